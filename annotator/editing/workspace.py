"""The one door for writing: a step is checked, done, journalled and committed, or nothing happens."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, NamedTuple

from annotator.domain import clock as clocks
from annotator.domain import ids
from annotator.domain.article import Annotator
from annotator.domain.change import Change, Changed, Step
from annotator.domain.errors import NotSaved, UserError
from annotator.domain.journalled import StepRecord
from annotator.editing.replay import Latest, Replay, without_people
from annotator.i18n import _
from annotator.storage import journal
from annotator.storage.reader import scheme_in_force
from annotator.storage.store import Store
from annotator.storage.writing import Prepared, Writing, transaction

if TYPE_CHECKING:
    from annotator.editing.job import Job
    from annotator.storage.merging import Written as Brought

Listener = Callable[[Changed], None]

REPEAT_SECONDS = 1.0
CHUNK_SECONDS = 0.025
"""How long a job may hold the writing connection before a keystroke gets its turn."""
KEYSTROKE_WEIGHT = 1_000
"""Values in a chunk of a job: about CHUNK_SECONDS of writing."""


class Workspace:
    """A project as one person works on it.

    `device` is the id of this machine; `clock` gives the time as text, `new_id` ids, `seconds` a clock that never
    goes back, for telling repeats.
    """

    def __init__(
        self,
        store: Store,
        me: Annotator,
        device: str,
        *,
        clock: clocks.Clock = clocks.now,
        new_id: ids.IdSource = ids.uuid7,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self.store = store
        self.me = me
        self.device = device
        self.clock = clock
        self.new_id = new_id
        self._seconds = seconds
        self._listeners: list[Listener] = []
        self.pending: Pending | None = None
        """A step that the disk refused; nothing else can be done until it is saved or given up."""
        self._alone = ""  # what large is being written whole, in a sentence: nobody is to wait for it
        self._repeat = ("", "", 0.0)  # what is repeated, the group of its steps, when the last was done
        self._latest: Latest | None = None
        self._standing_at = -1  # `Store.writes` when I stood in the project for certain
        self._titles_at: tuple[str, tuple[str | None, str | None]] = ("", (None, None))
        self._scheme_version = store.scheme().version

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Tell `listener` of everything that was committed, in the thread that did it; call the result to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def do(self, step: Step) -> Changed:
        """Do a step. Raises Stale where the project is no longer as the step expects, ReadOnly, UserError.

        Raises NotSaved where the disk refuses; the step is `pending` then.
        """
        self._require_nothing_pending()
        return self._keep(Pending(self.new_id(), step, self._group(step.repeat)))

    def _keep(self, pending: Pending) -> Changed:
        step = pending.step
        introduction: tuple[Change, ...] = ()
        self.pending, self._latest = pending, None
        try:
            with self._certain([pending.id]), self._transaction() as writing:
                introduction = self._introduction(writing)
                header = self._header(pending.id, step.title, root=pending.id, grp=pending.group)
                seq = writing.record(header, introduction + step.changes)
        except NotSaved:
            raise
        except BaseException:
            self.pending = None
            raise
        self.pending = None
        if step.repeat:
            self._repeat = (step.repeat, pending.group, self._seconds())
        else:
            self._latest = Latest(self.store.writes, "undo", seq, header, pending.id, step.changes)
        return self._tell(Changed(step.title, introduction + step.changes))

    def save_again(self) -> Changed | None:
        """Try once more to save the pending step; None where there is none. Raises NotSaved, Stale, UserError.

        What the disk kept of the first try is found by the step's id and not done twice.
        """
        pending = self.pending
        if pending is None:
            return None
        if self.store.recovered(pending.id):
            self.pending = None
            return self._tell(Changed(pending.step.title, pending.step.changes))
        return self._keep(pending)

    def let_go(self) -> None:
        """Give the pending step up."""
        self.pending = None

    def _group(self, repeat: str) -> str:
        last, group, when = self._repeat
        self._repeat = ("", "", 0.0)
        if not repeat:
            return ""
        fresh = last != repeat or self._seconds() - when > REPEAT_SECONDS
        return self.new_id() if fresh else group

    def _transaction(self) -> AbstractContextManager[Writing]:
        return transaction(self.store, self.me.id, self.device)

    def do_all(self, steps: Sequence[tuple[Step, Mapping[str, str]]], job: str, written: Callable[[], None]) -> Changed:
        """Do steps of one job in one transaction, each with the texts it needs by fingerprint; in any thread.

        Calls `written` when only the commit is left. Raises as `do`; nothing of them is written then.
        """
        prepared: list[Prepared] = []
        self._require_nothing_pending()
        brought: list[str] = []
        with self._certain(brought), self._transaction() as writing:
            introduction = self._introduction(writing)
            for step, texts in steps:
                id = self.new_id()
                header = self._header(id, step.title, root=id, job=job)
                prepared.append((header, introduction + step.changes, texts))
                brought.append(id)
                introduction = ()
            writing.record_all(prepared)
            written()
        changes = tuple(change for _, some, _ in prepared for change in some)
        return self._tell(Changed(steps[0][0].title, changes))

    def do_whole(self, steps: Iterable[Step]) -> Changed | None:
        """Do steps of one job in one transaction, in any thread: all of it is kept, or nothing, also in a crash.

        `steps` may be made while it goes on, and raise GivenUp: then nothing is written, and None returned. What others
        do meanwhile is refused at once, so that no key waits. Raises as `do`.
        """
        self._require_nothing_pending()
        brought: list[str] = []
        changes: list[Change] = []
        title, job = "", self.new_id()
        self._latest, self._repeat = None, ("", "", 0.0)
        try:
            with self._by_itself(), self._certain(brought), self._transaction() as writing:
                introduction = self._introduction(writing)
                for step in steps:
                    id = self.new_id()
                    writing.record(self._header(id, step.title, root=id, job=job), introduction + step.changes)
                    brought.append(id)
                    changes += introduction + step.changes
                    introduction, title = (), title or step.title
        except GivenUp:
            return None
        return self._tell(Changed(title, tuple(changes))) if brought else None

    @property
    def held_up_by(self) -> str:
        """What is being written whole while everything else is refused, in a sentence; "" for nothing."""
        return self._alone

    @contextmanager
    def _by_itself(self, words: str = "") -> Iterator[None]:
        self._alone = words or _("The scheme is being changed. Nothing else can be done until that is through.")
        try:
            yield
        finally:
            self._alone = ""

    def bring(self, words: str, write: Callable[[], Brought | None]) -> Brought | None:
        """Let `write` bring in what was done elsewhere, in any thread, and tell what it changed; None where it gave up.

        What others do meanwhile is refused at once in these words.
        """
        self._require_nothing_pending()
        self._latest, self._repeat = None, ("", "", 0.0)
        with self._by_itself(words):
            brought = write()
        if brought is not None:
            with self.store.looking() as connection:
                self._scheme_version = scheme_in_force(connection).version
            self._tell(Changed(_("Packages merged"), brought.changes, "merge"))
            self._standing_at = -1
        return brought

    def _header(self, id: str, title: str, *, root: str, undoes: str = "", grp: str = "", job: str = "") -> StepRecord:
        return StepRecord(
            id, self.me.id, self.device, self.clock(), title, self._scheme_version, undoes, root, grp, job
        )

    @contextmanager
    def _certain(self, steps: list[str]) -> Iterator[None]:
        """Pass over a refusal of the disk where the last of these steps (ids) is in the journal after all.

        The block may add to the steps while it goes on.
        """
        try:
            yield
        except NotSaved:
            if not self.store.recovered(steps[-1] if steps else ""):
                raise

    def _require_nothing_pending(self) -> None:
        if self.pending is not None:
            raise NotSaved(_("The step before this one is not saved yet."))
        if self._alone:
            raise UserError(self._alone)

    def _introduction(self, writing: Writing) -> tuple[Change, ...]:
        # Nobody works in a project without standing in it; a name changed elsewhere arrives with the next step.
        if self._standing_at == self.store.writes:
            return ()
        known = writing.annotator(self.me.id)
        return () if known == self.me else (Change(known, self.me),)

    # undo and redo

    def undo_title(self) -> str | None:
        """Return the title of what an undo would take back."""
        return self._titles()[0]

    def redo_title(self) -> str | None:
        """Return the title of what a redo would do again."""
        return self._titles()[1]

    def _titles(self) -> tuple[str | None, str | None]:
        # Asked for with every move of the caret; behind an import that was undone they stand far back in the journal.
        line = (self.store.all_of_it, self.me.id, self.device)
        last = journal.last_of_line(*line)
        if last is not None and last.id != self._titles_at[0]:
            self._titles_at = (last.id, journal.next_titles(*line))
        return self._titles_at[1]

    def undo(self) -> Changed | None:
        """Take back my last step, group or job; None where there is none. Raises Stale, ReadOnly, UserError."""
        return self.carry_out(self.planned_undo())

    def redo(self) -> Changed | None:
        """Do again what the last undo took back; None where there is nothing. Raises Stale, ReadOnly, UserError."""
        return self.carry_out(self.planned_redo())

    def planned_undo(self) -> Replay:
        """Return what an undo would take back; in any thread."""
        if latest := self._still("undo"):
            return latest.replay(self._header, self.new_id())
        with self.store.looking() as connection:
            found = journal.to_undo(connection, self.me.id, self.device)
        return self._undo_of(found)

    def planned_undos(self) -> Iterator[Replay]:
        """Yield what undo after undo would take back, to be carried out in this order with nothing between.

        For the thread that opened the project.
        """
        return map(self._undo_of, journal.standing(self.store.all_of_it, self.me.id, self.device))

    def _undo_of(self, found: Sequence[tuple[int, StepRecord]]) -> Replay:
        steps = [(seq, self._header(self.new_id(), it.title, undoes=it.id, root=it.id)) for seq, it in found]
        return self._replay("undo", steps, found)

    def planned_redo(self) -> Replay:
        """Return what a redo would do again; in any thread."""
        if latest := self._still("redo"):
            return latest.replay(self._header, self.new_id())
        with self.store.looking() as connection:
            found = journal.to_redo(connection, self.me.id, self.device)
        steps = [(seq, self._header(self.new_id(), it.title, undoes=undo.id, root=it.id)) for seq, it, undo in found]
        return self._replay("redo", steps, [(seq, it) for seq, it, _undo in reversed(found)])

    def _replay(
        self, how: str, steps: Sequence[tuple[int, StepRecord]], found: Sequence[tuple[int, StepRecord]]
    ) -> Replay:
        """Return the plan for steps to write; `found` are the original ones, the newest first."""
        job = found[-1][1].job if found else ""
        if not job:
            return Replay(how, tuple(steps))
        with self.store.looking() as connection:
            whole = journal.touches_scheme(connection, found[-1][0])
        return Replay(how, tuple(steps), not whole, whole=whole, job=job)

    def _still(self, how: str) -> Latest | None:
        latest = self._latest
        return latest if latest and latest.how == how and latest.writes == self.store.writes else None

    def carry_out(
        self,
        replay: Replay,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Changed | None:
        """Do an undo or redo, in any thread; a long job in chunks, with listeners told of each.

        Returns what the last chunk changed, None where there was nothing. Raises Stale, ReadOnly, UserError; chunks
        that were committed stay, and the next undo (or redo) goes on from there. What is undone whole is asked
        between two steps whether it is `cancelled`; then nothing was done.
        """
        self._repeat = ("", "", 0.0)
        changed: Changed | None = None
        count, done = len(replay.steps), 0
        group = self.new_id() if count > 1 else ""
        latest, self._latest = self._latest, None
        self._require_nothing_pending()
        try:
            while done < count:
                changes: list[Change] = []
                taken: list[str] = []
                # Only what is whole may say that it is through: a chunk may wait here for somebody who is alone.
                alone = self._by_itself() if replay.whole else nullcontext()
                with alone, self._certain(taken), self._transaction() as writing:
                    until = self._seconds() + CHUNK_SECONDS
                    while done < count and (not changes or not replay.is_job or self._seconds() < until):
                        changes += self._replayed(writing, replay, done, group)
                        taken.append(replay.steps[done][1].id)
                        done += 1
                        if replay.whole:
                            _go_on(done, count, progress, cancelled)
                if latest is not None and replay.changes is latest.changes:
                    self._latest = latest.taken_back(self.store.writes, taken[0])
                changed = self._tell(Changed(replay.title, tuple(changes), replay.how))
                if progress is not None:
                    progress(done, count)
        except GivenUp:
            return None
        return changed

    def _replayed(self, writing: Writing, replay: Replay, number: int, group: str) -> tuple[Change, ...]:
        seq, header = replay.steps[number]
        did = writing.stored_changes(seq) if replay.changes is None else replay.changes
        step = Step(header.title, without_people(did))
        step = step.inverse() if replay.how == "undo" else step
        writing.record(header._replace(grp=group), step.changes)
        return step.changes

    # jobs

    @contextmanager
    def job(self, weight: int = KEYSTROKE_WEIGHT) -> Iterator[Job]:
        """Do many steps as one job that one undo takes back; may be used in a thread of its own.

        `weight` is how many values are committed together; more than the default makes a keystroke wait.
        What was committed stays when the block raises: the job can be gone on with, or undone.
        """
        # Imported here: the pool of threads costs every start some milliseconds.
        from annotator.editing.job import Job

        job = Job(self.do_all, self.new_id(), weight)
        try:
            yield job
        finally:
            job.close()

    def _tell(self, changed: Changed) -> Changed:
        self._standing_at = self.store.writes
        if "scheme" in changed.kinds():
            # In whatever thread: the reading connection is for the one that opened the project.
            with self.store.looking() as connection:
                self._scheme_version = scheme_in_force(connection).version
        for listener in tuple(self._listeners):
            listener(changed)
        return changed


class GivenUp(Exception):
    """Raised inside what is written whole: all of it is to be left undone."""


def _go_on(
    done: int, count: int, progress: Callable[[int, int], None] | None, cancelled: Callable[[], bool] | None
) -> None:
    if done < count and cancelled is not None and cancelled():
        raise GivenUp
    if progress is not None:
        progress(done, count)


class Pending(NamedTuple):
    """A step that is not on the disk yet: its id in the journal, and the group it belongs to."""

    id: str
    step: Step
    group: str
