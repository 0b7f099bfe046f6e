"""Who is likely to have said a quote: proposed when it is made, taken by one key."""

from __future__ import annotations

from PySide6.QtCore import QObject

from annotator.domain import attributes, clock, grouping, ids
from annotator.domain.attributions import Proposal, proposals
from annotator.domain.change import Changed
from annotator.domain.free import Free
from annotator.domain.grouping import Kind
from annotator.domain.span import Fragments, Span
from annotator.editing import ties as editing
from annotator.i18n import _
from annotator.ui.offering import Offering
from annotator.ui.session import Session
from annotator.ui.tagging import Tagging
from annotator.ui.text import accessibility
from annotator.ui.text.held import SUGGESTED
from annotator.ui.text.view import ArticleView
from annotator.ui.tying import Tying

_SOURCE, _CUE = "source", "cue"
_FAR = 4_000
"""Code points on both sides of a quote in which a source that is marked may be its own."""


class Proposing(Offering):
    """Offers one proposal at a time for the focused quote, gone as soon as the hand does something else."""

    walks = True

    def __init__(self, session: Session, view: ArticleView, tagging: Tagging, tying: Tying, parent: QObject) -> None:
        super().__init__(view, parent)
        self._session, self._tagging, self._tying = session, tagging, tying
        self._quote = ""
        self._found: list[Proposal] = []
        self._index = 0
        for gone in (view.caret_moved, view.selection_changed, session.article_shown):
            gone.connect(self.drop)
        view.focus_changed.connect(self._refocus)
        session.changed.connect(self._follow)

    @property
    def nobody(self) -> bool:
        """Whether what is shown says that the text names no source."""
        return bool(self._found) and self._found[self._index].nobody

    @property
    def several(self) -> bool:
        """Whether there is another one."""
        return len(self._found) > 1

    def offer(self, span: Span, asked: bool = False) -> bool:
        """Show who is likely to have said the quote; False, and told where it was asked for, where nobody is found."""
        kind = grouping.headed_by(self._session.scheme, span.label)
        if kind is None or kind.role(_SOURCE) is None or not self._session.mine(span):
            return False
        known = [(one.start, one.end) for one in self._marked(span, kind, _SOURCE)]
        found = proposals(self._session.text, span.fragments, known)
        held = self._tying.group_of(span)
        there = {member.role for member in held[1].members} if held is not None else set()
        if _SOURCE in there or (held is not None and held[1].no_source):
            found = [] if _CUE in there else [one._replace(source=None, nobody=False) for one in found]
        elif _CUE in there:
            found = [one._replace(cue=None) for one in found]
        self._found = list(dict.fromkeys(one for one in found if one.source is not None or one.cue is not None))
        if not self._found:
            if asked:
                self._session.told.emit(_("No source or cue was found for this quote."), False)
            return False
        self._quote, self._index = span.id, 0
        self._show()
        return True

    def _marked(self, quote: Span, kind: Kind, role: str) -> list[Span]:
        """Return the spans of the quote's layer near it that play a role in such groups."""
        wanted = kind.role(role)
        if wanted is None:
            return []
        near = self._session.spans.beginning(quote.start - _FAR, quote.end + _FAR)
        return [one for one in near if one.label == wanted.label and one.layer == quote.layer]

    def _show(self) -> None:
        quote = self._session.spans.get(self._quote)
        kind = grouping.headed_by(self._session.scheme, quote.label) if quote is not None else None
        if quote is None or kind is None:
            return
        shown, words = [], []
        for role, fragments in self._pieces(self._found[self._index]):
            label = kind.role(role)
            if label is not None:
                shown.append(self._span(quote, label.label, fragments, f"proposal {role}")._replace(state=SUGGESTED))
                name = known.name if (known := self._session.scheme.label(label.label)) else role
                words.append(_("{name}: {words}").format(name=name, words=self._words(fragments)))
        self.hold(shown)
        if self._found[self._index].nobody and kind.no_source:
            words.append(_("no source in the text"))
        said = _("{found}? Enter takes it.").format(found=", ".join(words))
        accessibility.announce(self._view, said)

    def _words(self, fragments: Fragments) -> str:
        return " … ".join(self._session.text[slice(*fragment)] for fragment in fragments)

    @staticmethod
    def _pieces(found: Proposal) -> list[tuple[str, Fragments]]:
        pieces: list[tuple[str, Fragments]] = [(_SOURCE, (found.source,))] if found.source is not None else []
        return [*pieces, (_CUE, found.cue)] if found.cue is not None else pieces

    def _span(self, quote: Span, label: str, fragments: Fragments, id: str) -> Span:
        return Span(
            id, quote.article, quote.layer, quote.annotator, label, fragments, quote.revision,
            scheme_version=self._session.scheme.version,
        )  # fmt: skip

    # What the hand does with it

    def step(self, by: int) -> None:
        """Show the next proposal (1), or the one before (-1)."""
        self._index = (self._index + by) % len(self._found)
        self._show()

    def take(self) -> None:
        """Mark what is shown and tie it to the quote, as one step."""
        quote, found = self._session.spans.get(self._quote), self._found[self._index]
        kind = grouping.headed_by(self._session.scheme, quote.label) if quote is not None else None
        self.drop()
        if quote is None or kind is None or not self._tagging.may_change(quote):
            return
        made: list[Span] = []
        additions: list[tuple[str, Span]] = []
        for role, fragments in self._pieces(found):
            declared = kind.role(role)
            if declared is None:
                continue
            span = self._there(quote, declared.label, fragments)
            if span is None:
                now = clock.now()
                span = self._span(quote, declared.label, fragments, ids.uuid7())
                values = self._begun(declared.label, fragments)
                span = span._replace(created=now, updated=now, attributes=values)
                made.append(span)
            additions.append((role, span))
        held = self._tying.group_of(quote)
        group = held[1] if held is not None else editing.started(kind, quote, ids.uuid7())
        if self._session.do_made(
            lambda: editing.tie(group, kind, additions, stored=held is not None, made=made, nobody=found.nobody)
        ):
            self._go_on(made)

    def _begun(self, label: str, fragments: Fragments) -> Free:
        known = self._session.scheme.label(label)
        return self._tagging.begun(known, fragments) if known is not None else {}

    def _there(self, quote: Span, label: str, fragments: Fragments) -> Span | None:
        """Return the span of a label that stands at a place already."""
        near = self._session.spans.with_hull(fragments[0][0], fragments[-1][1])
        return next((one for one in near if one.label == label and one.layer == quote.layer), None)

    def _go_on(self, made: list[Span]) -> None:
        """Focus the new span of which something must be said, so that a digit says it."""
        for span in made:
            own = attributes.of_label(self._session.scheme, span.label)
            if attributes.missing(own, span.attributes):
                self._view.focus_span(span.id, reveal=False)
                return

    def _follow(self, changed: Changed) -> None:
        """Go on where only the quote itself was changed, as by a moved boundary; else show it no longer."""
        after = [change.after for change in changed.changes if change.entity == self._quote]
        if self._found and len(after) == len(changed.changes) and isinstance(after[-1], Span):
            self.drop()
            self.offer(after[-1])
        else:
            self.drop()

    def _refocus(self) -> None:
        # A quote that was changed is another value, and is still the one that is focused.
        if self._view.focused is None or self._view.focused.id != self._quote:
            self.drop()

    def forget(self) -> None:
        """Forget what was shown."""
        self._found, self._quote = [], ""
