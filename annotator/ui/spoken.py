"""What a screen reader is told of a step: for a span its label, how many words, and what became of it."""

from __future__ import annotations

from annotator.domain.change import Change, Changed
from annotator.domain.scheme import Scheme
from annotator.domain.span import Span
from annotator.editing.titles import DELETED, said
from annotator.i18n import _, n_


def spoken(changed: Changed, scheme: Scheme, text: str) -> str:
    """Return what is announced, "" where the notice says it; `text` is that of the open article, of the spans."""
    if changed.how == "do" and changed.title == DELETED:
        return ""  # heard twice it would sound like two
    of_spans = [change for change in changed.changes if isinstance(change.value, Span)]
    if len(of_spans) != 1:
        return said(changed.how, changed.title)
    return _of_one(of_spans[0], scheme, text)


def _of_one(change: Change, scheme: Scheme, text: str) -> str:
    before, span = change.before, change.value
    assert isinstance(span, Span)  # `spoken` has looked
    count = sum(len(text[start:end].split()) for start, end in span.fragments)
    what = n_("{label}, {count:,} word", "{label}, {count:,} words", count).format(
        label=scheme.name_of(span.label), count=count
    )
    if change.after is None:
        return _("{span}, deleted").format(span=what)
    if not isinstance(before, Span):
        return _("{span}, added").format(span=what)
    if before.label != span.label:
        return _("{span}, the label changed").format(span=what)
    if before.fragments != span.fragments:
        return _("{span}, the words changed").format(span=what)
    return _("{span}, changed").format(span=what)
