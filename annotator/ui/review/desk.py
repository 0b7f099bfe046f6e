"""The reviewer's desk: which difference lies on it, what is done with it, and what comes next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from annotator.domain import clock
from annotator.domain.change import Changed, Decision, Step
from annotator.domain.errors import UserError
from annotator.domain.layerref import LayerRef, all_called
from annotator.domain.sides import Ground
from annotator.editing import review as editing
from annotator.i18n import _
from annotator.jobs.review import Queue
from annotator.review import decide as deciding
from annotator.review.decide import Verdict
from annotator.review.standing import DISCUSSED, LEFT, SETTLED, Item
from annotator.storage.store import Store
from annotator.ui.review.begun import Begun
from annotator.ui.review.listing import SHOWN, Listing, Looked, Narrow, Wanted
from annotator.ui.review.parts import Answer, of_digit
from annotator.ui.review.words import NameOf, hidden_name, nobody, reason_of
from annotator.ui.session import Session

AT_ONCE = 50
"""Articles in which decisions are made or taken back within the keystroke; more would be felt."""


class Desk(QObject):
    """`changed()` when anything of it is another: what lies on it, the list, the counts, the names.

    `long_wanted(items, verdict)` when that is to be done with decisions in more articles than are done at once: they
    get the verdict, None takes them back.
    """

    changed = Signal()
    long_wanted = Signal(list, object)

    def __init__(self, session: Session, queue: Queue, begun: Begun, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session, self.queue, self.begun = session, queue, begun
        self.name_of: NameOf = nobody
        self._listing = Listing(queue)
        self.list, self.kinds = "left", frozenset[str]()
        self.label, self.side = "", -1
        self.names_hidden = False
        self.current = ""
        """The id of the difference that lies on it, "" for none."""
        self._settled: list[str] = []
        """What was decided here, the newest last."""
        self._item: tuple[str, Item | None] | None = None
        self._doing = self._held = False
        self._heard: list[Changed] = []
        """What was done while it was held."""
        self._touched: set[str] = set()
        """The articles (ids) of that."""
        self._names = self._called()
        session.changed.connect(self.follow)
        self.to_first()

    def _called(self) -> list[str]:
        return list(all_called(self.queue.refs, self.store.annotators()))

    @property
    def store(self) -> Store:
        """The open project."""
        assert self.session.store is not None  # the page goes when it is closed
        return self.session.store

    @property
    def refs(self) -> tuple[LayerRef, ...]:
        """The layers that are compared."""
        return self.queue.refs

    def name(self, side: int) -> str:
        """Return what a side is called: by its person, or by its number while names are hidden."""
        return hidden_name(side) if self.names_hidden else self._names[side]

    def named(self, person: str) -> str:
        """Return what the side of somebody (id) is called, "" where they have none."""
        return next((self.name(n) for n, ref in enumerate(self.refs) if ref.owner == person), "")

    def person(self, id: str) -> str:
        """Return what somebody is called who need not have read: nobody is named while names are hidden."""
        if (name := self.named(id)) or self.names_hidden:
            return name or _("Somebody")
        person = self.store.annotators().get(id)
        return person.name if person is not None else _("Somebody")

    @property
    def names(self) -> list[str]:
        """What all sides are called."""
        return [self.name(number) for number in range(len(self._names))]

    # What is looked at

    @property
    def wanted(self) -> Wanted:
        """What the shown list holds; `label` holds several a line each."""
        return Wanted(self.list, self.kinds, self.label, self.side)

    def shows(self, item: Item) -> bool:
        """Whether the item is in the shown list."""
        return self.wanted.shows(item)

    def items(self) -> list[Item]:
        """Return the shown list."""
        return self.look().items

    def look(self) -> Looked:
        """Return the shown list with what is counted beside it."""
        return self._listing.look(self.wanted)

    @property
    def item(self) -> Item | None:
        """The difference that lies on the desk, as it stands now."""
        if self._item is None or self._item[0] != self.current:
            # With every key it is asked for many times.
            self._item = self.current, self.queue.item(self.current) if self.current else None
        return self._item[1]

    def ground(self) -> Ground | None:
        """Return what the article of the present difference stands on."""
        item = self.item
        return self.queue.ground(self.store, item.difference.article) if item is not None else None

    def counts(self) -> dict[str, int]:
        """Return how many there are of each status; what is agreed and taken over counts as agreed."""
        return self.queue.counts()

    def show_list(self, which: str) -> None:
        """Show what is left, what is for discussion or what is settled."""
        self.list = which
        self.to_first()

    def narrow(self, *, kinds: frozenset[str] | None = None, label: str | None = None, side: int | None = None) -> None:
        """Show only these kinds, a label's (id) or a side's; what is not given stays."""
        self.kinds = self.kinds if kinds is None else kinds
        self.label = self.label if label is None else label
        self.side = self.side if side is None else side
        item = self.item
        if item is not None and self.shows(item):
            self.changed.emit()
        else:
            self.to_first()

    def show_only(self, narrow: Narrow) -> bool:
        """Show only these, of what is left or else of another list; False where there are none in any."""
        self.kinds, self.label, self.names_hidden = narrow.kinds, "\n".join(narrow.labels), narrow.hidden
        self.list = next((which for which in SHOWN if self._holds(which)), "left")
        self.to_first()
        return bool(self.current)

    def _holds(self, which: str) -> bool:
        self.list = which
        return self.look().many > 0

    def go(self, id: str) -> None:
        """Lay a difference (its id) on the desk."""
        self.current = id
        self.changed.emit()

    def to_first(self) -> None:
        """Lay the first one of the list on the desk."""
        looked = self.look()
        self.go(looked.item(0).id if looked.many else "")

    def step(self, by: int) -> None:
        """Go to the next (1) or the last (-1), round at the end."""
        found = self._next(self.current, by)
        if found:
            self.go(found)

    def next_article(self) -> str:
        """Return the article (id) of the next difference where that is another one, else ""."""
        here, found = (self.queue.place(id) for id in (self.current, self._next(self.current)))
        return found[0] if here is not None and found is not None and here[0] != found[0] else ""

    def _next(self, after: str, by: int = 1) -> str:
        return self._listing.next(after, by, self.wanted)

    def hide_names(self) -> None:
        """Hide or show who is who."""
        self.names_hidden = not self.names_hidden
        self.changed.emit()

    # What is done

    def take(self, digit: int) -> bool:
        """Take what a digit (from 0) stands for; False where there is no such answer here."""
        item = self.item
        answer = of_digit(item.difference, digit) if item is not None else None
        return answer is not None and self.answer(answer)

    def answer(self, answer: Answer) -> bool:
        """Take one of the answers to the present difference."""
        # Who takes the one that has nothing says that nothing belongs here.
        return self.decide(Verdict(deciding.NONE) if answer.empty else Verdict(deciding.SIDE, answer.sides[0]))

    def decide(self, verdict: Verdict) -> bool:
        """Decide the present difference and go to the next; False where that was refused, which is told."""
        item, ground = self.item, self.ground()
        if item is None or ground is None or not self._may():
            return False
        reason = verdict.reason or self.reason
        if item.status == SETTLED and not reason:
            reason = reason_of(item)  # it stands in its field
        verdict = verdict._replace(reason=reason)
        me, version = self.session.me, self.session.scheme.version
        if not self._do(lambda: editing.decide(ground, item, verdict, me, clock.now(), version)):
            return False
        self._settled.append(item.id)
        self.begun.forget(item.id)
        self.go(self._next(item.id))
        return True

    def decide_alike(self, items: list[Item], verdict: Verdict) -> bool:
        """Decide all these as one, in one step; False where that is not done now."""
        if not items or not self._may():
            return False
        me, version = self.session.me, self.session.scheme.version
        verdict = verdict._replace(reason=verdict.reason or self.reason)
        if _is_long(items):
            self.long_wanted.emit(items, verdict)
            return False
        if not self._do(lambda: self.queue.decide_alike(self.store, items, verdict, me, clock.now(), version)):
            return False
        self._settled.append(items[-1].id)
        for item in items:
            self.begun.forget(item.id)
        self.go(self._next(items[0].id))
        return True

    def take_back(self) -> bool:
        """Take back what was decided of the present difference, or else the last decision made here."""
        item = self.item
        if item is None or item.status not in (SETTLED, DISCUSSED):
            last = next((it for id in reversed(self._settled) if (it := self.queue.item(id)) is not None
                         and it.status in (SETTLED, DISCUSSED)), None)  # fmt: skip
            if last is None:
                self.session.told.emit(_("No decision was made here that could be taken back."), False)
                return False
            item = last
        back = [item]
        if same := str(item.decision.data.get("same", "")) if item.decision is not None else "":
            back = self.queue.together(same)
        if not self._may():
            return False
        if _is_long(back):
            self.long_wanted.emit([item, *(it for it in back if it.id != item.id)], None)
            return False
        if not self._do(lambda: self.queue.undecide(self.store, back)):
            return False
        self._went_back(item, back)
        return True

    def settled(self, items: list[Item], verdict: Verdict | None) -> None:
        """Go on behind what a job decided, or to what it took back (None), the first of these."""
        if verdict is None:
            self._went_back(items[0], items)
            return
        self._settled.append(items[-1].id)
        for item in items:
            self.begun.forget(item.id)
        self.changed.emit()

    def _went_back(self, item: Item, back: list[Item]) -> None:
        for it in back:
            # What was typed is not to be typed again.
            self.begun.say(it.id, reason_of(it))
        gone = {it.id for it in back}
        self._settled = [id for id in self._settled if id not in gone]
        now = self.queue.item(item.id)
        if now is not None and not self.shows(now):
            # What was taken back is open again, and lies there to be decided.
            self.list, self.kinds, self.label, self.side = "left", frozenset(), "", -1
        self.go(item.id if now is not None else self._next(item.id))

    def forget_settled(self) -> None:
        """Forget what was begun at differences that were settled otherwise, as by a rule or in a merge."""
        for id in self.begun.ids:
            item = self.queue.item(id)
            if item is not None and item.status == SETTLED:
                self.begun.forget(id)

    @property
    def reason(self) -> str:
        """What the reviewer has typed as reason of the next decision of the present difference."""
        return self.begun.reasons.get(self.current, "")

    def type_reason(self, words: str) -> None:
        """Keep what is being typed as the reason; the decision takes it along, whoever has the keyboard then."""
        item = self.item
        if item is not None:
            known = reason_of(item) if item.status in (SETTLED, DISCUSSED) else ""
            self.begun.say(item.id, words.strip(), known)

    def say_reason(self, words: str) -> bool:
        """Give the reason of the next decision, or of one that was made already."""
        item, ground = self.item, self.ground()
        if item is None or ground is None:
            return True
        reason = words.strip()
        self.type_reason(reason)
        if item.status not in (SETTLED, DISCUSSED) or item.decision is None or reason == reason_of(item):
            return True
        if not self._may() or not self._do(lambda: editing.give_reason(ground, item, reason)):
            return False
        self.begun.reasons.pop(item.id, None)
        return True

    def _may(self) -> bool:
        if not self.session.editable:
            self.session.told.emit(_("This project is open for reading only."), False)
        elif self._held:
            # What a job decides as one could not be taken back as one behind a decision in between.
            self.session.told.emit(_("Wait until what is going on has ended."), False)
        return self.session.editable and not self._held

    def _do(self, make: Callable[[], Step]) -> bool:
        self._doing = True
        try:
            return self.session.do_made(make)
        except UserError as error:
            self.session.told.emit(str(error), False)
            return False
        finally:
            self._doing = False

    # What it hears

    def hold(self) -> None:
        """Only remember what is done, as while a job goes on: to follow each of its chunks would hold up the window."""
        self._held = True

    def catch_up(self) -> bool:
        """Follow what was done since `hold`; False where that is too much, and a queue filled anew is wanted."""
        heard, touched, self._heard, self._touched = self._heard, self._touched, [], set()
        if len(touched) > AT_ONCE:
            return False
        self._held = False
        for changed in heard:
            self.follow(changed)
        return True

    def renew(self, queue: Queue) -> None:
        """Go on with a queue of the same layers that was filled since; what is remembered is to be caught up with."""
        self.queue, self._listing, self._item = queue, Listing(queue), None
        self._settle()

    def follow(self, changed: Changed) -> None:
        """Keep up with what was done in the project."""
        if self._held:
            self._touched |= changed.articles
            if len(self._touched) <= AT_ONCE:
                self._heard.append(changed)
            return
        self._item = None
        if self.session.store is None:
            return
        if "annotator" in changed.kinds():
            self._names = self._called()
        if not self.queue.follow(self.store, changed):
            return
        if self._doing:
            return  # who does it says where to go
        if changed.how in ("undo", "redo"):
            touched = next((it.entity for it in changed.changes if isinstance(it.value, Decision)), "")
            found = self.queue.item(touched) if touched else None
            if found is not None and found.status in LEFT:
                self.list, self.current = "left", found.id
        self._settle()

    def _settle(self) -> None:
        item = self.item
        if item is None or not self.shows(item):
            self.current = self._next(self.current)
        self.changed.emit()


def _is_long(items: list[Item]) -> bool:
    return len({item.difference.article for item in items}) > AT_ONCE
