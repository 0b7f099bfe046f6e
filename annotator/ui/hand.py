"""What the hand does to labels and spans, and what helps it: held labels, the picker, equal words."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QTimer

from annotator.domain.scheme import Label
from annotator.i18n import _
from annotator.ui.choosing import Choosing
from annotator.ui.holding import Holding
from annotator.ui.marking import Marking

if TYPE_CHECKING:
    from annotator.ui.checks import Checks
    from annotator.ui.dragging import Dragging
    from annotator.ui.far import Far
    from annotator.ui.judging import Judging
    from annotator.ui.linking import Linking
    from annotator.ui.proposing import Proposing
    from annotator.ui.registry.desk import Desk
    from annotator.ui.remarks.desk import RemarkDesk
    from annotator.ui.saying import Saying
    from annotator.ui.suggesting import Suggesting
    from annotator.ui.tiedrag import TieDrag
    from annotator.ui.todo import ToDo
    from annotator.ui.travel import Travel
    from annotator.ui.tying import Tying
    from annotator.ui.window import MainWindow


class Hand(QObject):
    """One for the window. A label's key labels; a click on a label does too, and holds it where there is nothing to
    label. While one is held both change which one, unless words are selected."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.marking = Marking(window)
        self._session, self._view, self._tagging = window.session, window.view, window.tagging
        self.holding = Holding(window.session, window.view, window.tagging, window.look, self)
        window.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        window.view.customContextMenuRequested.connect(self._offer)
        window.preferences.changed.connect(lambda _id: self._take_settings())
        window.tagging.made.connect(self._propose)
        self._take_settings()
        self.choosing = Choosing(window, self)

    def _offer(self, point: QPoint) -> None:
        from annotator.ui.contextmenu import menu_at, place_for

        menu = menu_at(self._window, point)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place_for(self._window, menu, point))

    def _take_settings(self) -> None:
        settings = self._window.preferences.settings
        self._tagging.without_comma = settings["comma"] == "left"
        self._view.drags_words = settings["drag"] == "on"

    # Parts that are made when they are first wanted, or after the first picture: every start would wait for them.

    @cached_property
    def dragging(self) -> Dragging:
        """What hears the handles of the focused span."""
        from annotator.ui.dragging import Dragging

        return Dragging(self._view, self._tagging, self._window.actions_["edit.undo"], self)

    @cached_property
    def suggesting(self) -> Suggesting:
        """What a label would take where nothing is selected."""
        from annotator.ui.suggesting import Suggesting

        suggesting = Suggesting(self._session, self._view, self._tagging, self)
        suggesting.changed.connect(self._window.showing.refresh)
        return suggesting

    @cached_property
    def saying(self) -> Saying:
        """What is said of the focused span."""
        from annotator.ui.saying import Saying

        saying = Saying(self._session, self._view, self._tagging, self._name_of, self)
        saying.changed.connect(self._window.showing.refocus)
        saying.wanted.connect(self._say)
        saying.entry_wanted.connect(lambda attribute: self.registry.linker.offer(attribute))
        return saying

    @cached_property
    def judging(self) -> Judging:
        """What is said of the article as a whole."""
        from annotator.ui.judging import Judging

        judging = Judging(self._session, self._view, self._tagging, self._name_of, self)
        judging.changed.connect(self._window.side.span.show_judgement)
        judging.wanted.connect(self.marking.judge)
        judging.entry_wanted.connect(lambda field: self.registry.offer_for_field(field))
        return judging

    @cached_property
    def registry(self) -> Desk:
        """People, organisations and outlets."""
        from annotator.ui.registry.desk import Desk

        return Desk(self._window)

    @cached_property
    def remarks(self) -> RemarkDesk:
        """What people tell each other of the shown article."""
        from annotator.ui.remarks.desk import RemarkDesk

        desk = RemarkDesk(self._session, self)
        desk.changed.connect(self._window.showing.refocus)
        return desk

    @property
    def knows_remarks(self) -> bool:
        """Whether what people tell each other is looked after."""
        return "remarks" in self.__dict__

    @property
    def picking_entry(self) -> bool:
        """Whether the list of entries is open."""
        return "registry" in self.__dict__ and self.registry.picking

    def _name_of(self, entry: str) -> str | None:
        return self.registry.name_of(entry)

    @cached_property
    def checks(self) -> Checks:
        """What does not look finished in the article."""
        from annotator.ui.checks import Checks

        checks = Checks(self._session, self._view, self)
        checks.changed.connect(self._window.showing.refresh)
        checks.changed.connect(lambda: self._window.side.count_findings(len(checks.found)))
        self._window.side.count_findings(len(checks.found))
        if checks.found:
            QTimer.singleShot(0, self, self._window.showing.refresh)
        return checks

    @property
    def unfinished(self) -> tuple[int, str]:
        """How many things there are to look at of the kind that comes first, and what it is called."""
        return self.checks.summary() if "checks" in self.__dict__ else (0, "")

    @cached_property
    def tying(self) -> Tying:
        """What ties spans together."""
        from annotator.ui.tying import Tying

        return Tying(self._session, self._view, self._tagging, self._name_of, self.far, self)

    @cached_property
    def proposing(self) -> Proposing:
        """Who is likely to have said a quote."""
        from annotator.ui.proposing import Proposing

        proposing = Proposing(self._session, self._view, self._tagging, self.tying, self)
        proposing.changed.connect(self._window.showing.refresh)
        return proposing

    @cached_property
    def far(self) -> Far:
        """What ties the focused span to spans of other articles."""
        from annotator.ui.far import Far

        return Far(self._window, self)

    def _go_far(self) -> None:
        if self.linked:
            self.linking.drop()
        # Once what the key did is shown: the list has an event loop of its own.
        QTimer.singleShot(0, self, lambda: self.far.offer())

    @cached_property
    def linking(self) -> Linking:
        """What ties the focused span to another."""
        from annotator.ui.linking import Linking

        linking = Linking(self._session, self._view, self._tagging, self.tying, self)
        linking.far_wanted.connect(self._go_far)
        linking.changed.connect(self._window.showing.refresh)
        return linking

    @cached_property
    def tie_drag(self) -> TieDrag:
        """What hears the tag of the focused span that is dragged to another span."""
        from annotator.ui.tiedrag import TieDrag

        return TieDrag(self._view, lambda span, other: self.linking.to(span, other), self)

    @property
    def linked(self) -> str:
        """By what the focused span would be tied to the one that is shown, "" where none is."""
        return self.linking.name if "linking" in self.__dict__ else ""

    @property
    def proposed(self) -> tuple[bool, bool, bool]:
        """Whether a source and cue are proposed, whether there is another proposal, whether it names nobody."""
        if "proposing" not in self.__dict__:
            return False, False, False
        return self.proposing.shown, self.proposing.several, self.proposing.nobody

    @property
    def suggested(self) -> Label | None:
        """The label whose suggestion is shown, None while none is."""
        return self.suggesting.label if "suggesting" in self.__dict__ else None

    @cached_property
    def todo(self) -> ToDo:
        """The way through what is marked."""
        from annotator.ui.todo import ToDo

        return ToDo(self._session, self._view, self._window.articles.worklist, self)

    @cached_property
    def travel(self) -> Travel:
        """Ways through the text."""
        from annotator.ui.travel import Travel

        travel = Travel(self._session, self._view, self)
        travel.waiting_changed.connect(self._window.showing.refresh)
        return travel

    @property
    def awaits_letters(self) -> bool:
        """Whether the first letters of a word are waited for."""
        return "travel" in self.__dict__ and self.travel.waiting is not None

    # From keys and clicks

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what does the actions of spans and labels, by their ids."""
        view, tagging = self._view, self._tagging
        return {
            "select.clause": lambda: self._clause(1),
            "select.clause.back": lambda: self._clause(-1),
            "select.sentence": lambda: self.travel.sentence(),
            "go.word": lambda: self.travel.to_word(),
            "go.word.extend": lambda: self.travel.to_word(extend=True),
            "go.unlabelled": lambda: self.travel.unlabelled(1),
            "go.unlabelled.back": lambda: self.travel.unlabelled(-1),
            "go.back": lambda: self.travel.back(),
            "label.pick": self.choosing.pick,
            "label.repeat": tagging.repeat,
            "label.hold": self._toggle_held,
            "label.everywhere": self.choosing.label_everywhere,
            "span.next": lambda: self._step(1),
            "span.previous": lambda: self._step(-1),
            "span.outward": view.outward,
            "span.fragment": tagging.add_fragment,
            "span.fragment.away": tagging.take_away,
            "span.fit": tagging.fit,
            **tagging.moves(),
            "check.next": lambda: self.checks.step(1),
            "check.previous": lambda: self.checks.step(-1),
            "span.propose": self.propose,
            "span.sourceless": lambda: self.tying.turn_no_source(),
            "span.tie": lambda: self.linking.start(),
            "span.entry": lambda: self.registry.linker.start(),
            "span.tie.far": self._go_far,
            "span.discuss": lambda: self.saying.mark("discuss"),
            "span.unsure": lambda: self.saying.mark("unsure"),
            "span.note": self._note,
            "span.delete": tagging.delete,
            **self.marking.handlers(),
        }

    def focus(self, span: str) -> None:
        """Focus a span (its id) and go on in the text."""
        if span in self._session.spans:
            self._view.focus_span(span)
            self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._session.told.emit(_("This span is not shown here, so there is no way to it."), False)

    def go_far_to(self, article: str, span: str) -> None:
        """Show a span of another article (ids) and go on in the text there."""
        self._window.navigation.open_span(article, span)

    def _propose(self, id: str) -> None:
        """Propose who said it, where a span (its id) that was made is one that somebody says."""
        from annotator.domain.grouping import headed_by

        span = self._session.spans.get(id)
        wanted = self._window.preferences.settings["proposals"] == "on"
        if span is not None and wanted and headed_by(self._session.scheme, span.label) is not None:
            self.proposing.offer(span)

    def propose(self) -> None:
        """Propose who said the focused quote, also where it was made long ago."""
        span = self._view.focused
        if span is None or not self._tagging.may_change(span):
            return
        from annotator.domain.grouping import headed_by

        if headed_by(self._session.scheme, span.label) is None:
            self._session.told.emit(_("Only what somebody says has a source: focus a quote."), False)
        elif self.proposed[0]:
            self.proposing.step(1)
        else:
            self.proposing.offer(span, asked=True)

    def _say(self, attribute: str) -> None:
        self._window.showing.catch_up(now=True)  # its row may not be there yet
        self._window.side.span.full.take_keyboard(attribute)

    def _note(self) -> None:
        self._window.showing.catch_up(now=True)
        self._window.arrangement.show_side()
        self._window.side.span.full.take_note()

    def key(self, text: str, another: bool) -> bool:
        """Act on a label's key or on a digit that says something of the focused span, False where it is neither."""
        meaning = self._tagging.named(text)
        if meaning is None:
            # By its place where the layout has digits only with Shift.
            digit = text if text.isdigit() or another else self._view.place_digit
            return digit.isdigit() and (self.saying.digit(digit) or self.judging.digit(digit))
        label, sets = meaning
        if self.holding.label is not None and self._view.selection is None and not another:
            self.holding.hold(label)
        elif self._view.selection is None and self._view.focused is None:
            self.suggesting.press(label, sets)
        else:
            self._tagging.label(label, another, sets)
        return True

    def choose(self, label: Label, another: bool = False) -> None:
        """Act on a label that was clicked or picked."""
        held = self.holding.label is not None
        if self._view.selection is None and not another and (held or self._view.focused is None):
            self.holding.toggle(label)
        else:
            self._tagging.label(label, another)

    def _clause(self, by: int) -> None:
        if self.choosing.showing_equal:
            self.choosing.equal_bar.toggle()
        elif self.suggested is None or not self.suggesting.grow(by):
            self.travel.clause(by)

    def _step(self, by: int) -> None:
        if self.choosing.walk(by):
            return
        self.travel.leave_behind()
        if by > 0:
            self._view.next_span()
        else:
            self._view.previous_span()

    def _toggle_held(self) -> None:
        self.holding.toggle_present()
        # Qt has turned the tick of the menu by itself, whether or not something is held now.
        self._window.actions_["label.hold"].setChecked(self.holding.label is not None)
