"""What was done, by whom, when: the journal in words, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from annotator.domain.article import VisibleLayers
from annotator.domain.journalled import StepRecord
from annotator.domain.span import Span, quoted
from annotator.editing.workspace import Workspace
from annotator.i18n import n_
from annotator.storage import journal, touched
from annotator.storage.reader import Reader

_QUOTED = 120
"""Code points of each fragment that stand beside a line."""


class Line(NamedTuple):
    """A step, or a job of `steps` steps; `how` is do, undo or redo; `annotator` an id, "" for the program.

    `ends` are the ids of the first and last original step that it did, took back or did again: the same for all lines
    about one thing. `stands` is False where a later line took it back.
    """

    id: str
    at: str
    annotator: str
    title: str
    how: str
    steps: int
    ends: frozenset[str] = frozenset()
    stands: bool = True


def lines(reader: Reader) -> Iterator[Line]:
    """Yield the history, newest first; steps of one group or job that follow one another are one line."""
    last: dict[frozenset[str], str] = {}
    for line in _grouped(reader.steps(newest_first=True)):
        # The newest line about a thing says whether it is done now.
        newest = last.setdefault(line.ends, line.how)
        yield line._replace(stands=newest != "undo" and line.how != "undo")


def of_one(reader: Reader, entity: str, most: int) -> list[Line]:
    """Return what was done to one span, newest first, at most `most` lines; not that it was imported."""
    # A boundary that was moved by held keys is one line of many steps.
    return list(islice(_grouped(reader.touches(entity, 20 * most)), most))


def span_words(reader: Reader, shown: Sequence[Line], visible: VisibleLayers, me: str) -> dict[str, str]:
    """Return the words of the span that each line (by id) is about, from the article's text.

    None for spans of layers that may not be seen, and for what a purge took out. Each text is read once.
    """
    found = _seen(reader, [line.id for line in shown], visible, me)
    by_text: dict[tuple[str, int], list[str]] = {}
    for id, (span, _count) in found.items():
        by_text.setdefault((span.article, span.revision), []).append(id)
    said: dict[str, str] = {}
    for revision, text in touched.texts(reader, by_text):
        for id in by_text[revision]:
            span, count = found[id]
            said[id] = _and_more(quoted(text, span.fragments, _QUOTED), count - 1)
    return said


def place(reader: Reader, step: str, visible: VisibleLayers, me: str) -> Span | None:
    """Return the span that a step (id) was about, None where it was about none, or one that may not be seen."""
    found = _seen(reader, [step], visible, me).get(step)
    return found.span if found is not None else None


def _seen(reader: Reader, steps: Sequence[str], visible: VisibleLayers, me: str) -> dict[str, touched.Touched]:
    found = touched.spans(reader, steps)
    layers = reader.values("layer", "", list({one.span.layer for one in found.values()}))

    def shows(span: Span) -> bool:
        layer = layers.get(span.layer)
        # A layer that went with its first span was nobody's or mine, or may not be seen.
        return visible.shows(layer) if layer is not None else span.annotator in ("", me)

    return {step: one for step, one in found.items() if shows(one.span)}


def _and_more(words: str, more: int) -> str:
    if not more:
        return words
    return n_("{words} and {count:,} more", "{words} and {count:,} more", more).format(words=words, count=more)


def _grouped(steps: Iterable[StepRecord]) -> Iterator[Line]:
    first: StepRecord | None = None
    last: StepRecord | None = None
    count = 0
    for step in steps:
        if first is not None and last is not None and not _one_line(first, step):
            yield _line(first, last, count)
            first, count = None, 0
        first, last = first or step, step
        count += 1
    if first is not None and last is not None:
        yield _line(first, last, count)


def mine_that_stand(workspace: Workspace, most: int) -> dict[str, int]:
    """Return how many undos it takes to take back each of my last lines, by the line's id; at most `most` of them."""
    stand = journal.standing(workspace.store.all_of_it, workspace.me.id, workspace.device)
    return {found[0][1].id: number for number, found in zip(range(1, most + 1), stand, strict=False)}


def _one_line(newer: StepRecord, older: StepRecord) -> bool:
    if newer.annotator != older.annotator:
        return False
    return bool(newer.job or newer.grp) and (newer.job, newer.grp) == (older.job, older.grp)


def _line(step: StepRecord, last: StepRecord, count: int) -> Line:
    how = "do" if not step.undoes else "undo" if step.takes_back else "redo"
    return Line(step.id, step.at, step.annotator, step.title, how, count, frozenset((step.root, last.root)))
