"""Choosing a label from a list to type in, for the selected words, the focused span, or all equal words."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from annotator.domain.scheme import Label
from annotator.i18n import _
from annotator.ui.tagging import NOTHING_CHOSEN

if TYPE_CHECKING:
    from annotator.ui.equal import EqualBar
    from annotator.ui.hand import Hand
    from annotator.ui.labels.picker import LabelPicker
    from annotator.ui.window import MainWindow


class Choosing:
    """The list of labels and the bar of equal words; both are made when they are first wanted."""

    def __init__(self, window: MainWindow, hand: Hand) -> None:
        self._window, self._hand = window, hand
        self._session, self._view, self._tagging = window.session, window.view, window.tagging
        self._everywhere = False
        """Whether the label that is being picked is for all equal words."""

    @cached_property
    def picker(self) -> LabelPicker:
        """The list of labels to type in."""
        from annotator.ui.labels.picker import LabelPicker

        picker = LabelPicker(self._view, self._window.look, self._window.page)
        picker.chosen.connect(self._picked)
        picker.moved.connect(self._window.showing.refresh)
        self._session.article_shown.connect(lambda: picker.leave(False))
        return picker

    @cached_property
    def equal_bar(self) -> EqualBar:
        """The bar that shows equal words."""
        from annotator.ui.equal import EqualBar

        window = self._window
        bar = EqualBar(self._session, self._view, self._tagging, window.look)
        bar.moved.connect(window.showing.refresh)
        bar.leaves.connect(self._hand.travel.leave_behind)
        window.page.put_below_header(bar)
        return bar

    @property
    def showing_equal(self) -> bool:
        """Whether equal words are shown."""
        return "equal_bar" in self.__dict__ and not self.equal_bar.isHidden()

    @property
    def picking(self) -> bool:
        """Whether the list of labels is open."""
        return "picker" in self.__dict__ and not self.picker.isHidden()

    def walk(self, by: int) -> bool:
        """Go to the next (1) of the equal words that are shown or the one before (-1); False where none are."""
        if self.showing_equal:
            self.equal_bar.step(by)
        return self.showing_equal

    def pick(self) -> None:
        """Offer all labels, for the selection, the focused span, or to be held."""
        view = self._view
        if view.selection is not None:
            what = _("A label for the selected words")
        elif view.focused is not None and self._hand.holding.label is None:
            what = _("Another label for the span")
        else:
            what = _("A label to hold")
        self._pick(what, everywhere=False)

    def _pick(self, what: str, everywhere: bool) -> None:
        view, labels = self._view, self._session.scheme.in_use
        if self._session.article is None or not self._tagging.may_write():
            return
        if not labels:
            self._session.told.emit(_("The scheme of this project has no labels."), False)
            return
        self._everywhere = everywhere
        span = view.focused
        here = (span.start, span.end) if span is not None else (view.caret, view.caret)
        self.picker.open_at(labels, view.selection or here, what)

    def _picked(self, label: Label, another: bool) -> None:
        if self._everywhere and (selection := self._view.selection) is not None:
            self.equal_bar.open_bar(label, selection, itself=True)
        else:
            self._hand.choose(label, another)

    # Equal words

    def label_everywhere(self) -> None:
        """Show the words that are equal to the selected ones, or to those of the focused span, for labelling them."""
        session, span = self._session, self._view.focused
        if session.article is None or not self._tagging.may_write():
            return
        if self._view.selection is not None:
            self._pick(_("A label for all equal words"), everywhere=True)
        elif span is None:
            session.told.emit(_(NOTHING_CHOSEN), False)
        elif len(span.fragments) > 1:
            session.told.emit(_("This span is in pieces. Select the words that are looked for."), False)
        elif (label := session.scheme.label(span.label)) is None:
            session.told.emit(_("The scheme does not know this label. Select the words and choose one."), False)
        else:
            self.equal_bar.open_bar(label, span.fragments[0], itself=False)
