"""What the window does for the project by itself: backups, folding the -wal in, looking after disk and file."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer

from annotator import paths
from annotator.domain.change import Changed
from annotator.i18n import _, n_
from annotator.storage import whereabouts
from annotator.storage.store import Store
from annotator.ui.session import Session
from annotator.ui.tasks import Runner

TICK = 2_000
"""Milliseconds between two looks."""
IDLE = 5.0
BACKUP_EVERY = 30 * 60.0
DISK_EVERY = 60.0
LOW = 500_000_000
"""Bytes of free disk below which, or below twice the project's size, the user is warned."""


class Keeper(QObject):
    """Looks after the open project. `seconds` is a clock that never goes back."""

    def __init__(
        self, session: Session, parent: QObject | None = None, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._seconds = seconds
        self._runner = Runner(self)
        self._runner.failed.connect(self._tell)
        self._begin()
        session.project_opened.connect(self._begin)
        session.changed.connect(self._note)
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @property
    def at_rest(self) -> bool:
        """Whether nothing goes on in the background."""
        return not self._runner.running

    def _begin(self) -> None:
        self._changed_at: float | None = None
        self._folded = True
        self._backed_up_at = self._seconds()
        self._looked_at_disk = float("-inf")
        self._told: set[str] = set()
        self._looked_at_all = False
        store = self._session.store
        if store is None:
            return
        if cloud := whereabouts.cloud(store.path):
            self._tell(
                _(
                    "This project lies in a folder of {cloud}. While it is open here, do not open it on "
                    "another computer: the cloud would mix two versions."
                ).format(cloud=cloud)
            )

    def _note(self, _changed: Changed) -> None:
        if self._changed_at is None:
            self._changed_at = self._seconds()
        self._last_change = self._seconds()
        self._folded = False

    def look(self) -> None:
        """Do what is due."""
        store = self._session.store
        if store is None:
            return
        if not self._looked_at_all and not self._runner.running:
            # Not at once: the window stands first.
            self._looked_at_all = True
            self._work(store.findings, lambda found: self._tell_findings(store, found))
        if not store.writable:
            return
        now = self._seconds()
        if words := store.astray():
            self._tell(words)
            return
        if now - self._looked_at_disk >= DISK_EVERY:
            self._looked_at_disk = now
            self._look_at_disk()
        if not self._folded and now - self._last_change >= IDLE:
            self._folded = store.fold_in()
        if self._changed_at is not None and now - self._backed_up_at >= BACKUP_EVERY:
            self.back_up()

    def _look_at_disk(self) -> None:
        store = self._session.store
        if store is None:
            return
        free, size = store.room()
        if free < max(LOW, 2 * size):
            self._tell(
                _("Only {free:,} MB are free on the disk of this project. Make room before it is full.").format(
                    free=free // 1000000
                )
            )

    def back_up(self, then: Callable[[], None] | None = None) -> None:
        """Make a backup in a thread of its own; `then` is called when it is there."""
        store = self._session.store
        if store is None or self._runner.running:
            return
        path = store.path

        def work() -> Any:
            from annotator.storage import backup

            return backup.make(path, paths.backups_dir(), "work")

        self._changed_at, self._backed_up_at = None, self._seconds()
        self._work(work, lambda _: then() if then is not None else None)

    def _work(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        if not self._runner.running:
            self._runner.start(lambda _progress, _cancelled: work(), done)

    def _tell_findings(self, store: Store, found: list[str]) -> None:
        # Another project may have been opened meanwhile.
        if found and store is self._session.store:
            rest = len(found) - 1
            more = n_("And {count:,} more finding.", "And {count:,} more findings.", rest).format(count=rest)
            more = f" {more}" if rest else ""
            self._tell(
                _(
                    "This project is damaged: {found}{more} `annotator check` lists all; restore a backup or repair it."
                ).format(found=found[0], more=more)
            )

    def _tell(self, words: str) -> None:
        """Say something once in the life of an open project."""
        if words not in self._told:
            self._told.add(words)
            self._session.told.emit(words, False)

    def finish(self) -> None:
        """Wait for what goes on; before the project is closed."""
        self._timer.stop()
        self._runner.finish()
