"""Putting the words of articles into the project's index, so that they are found; nobody waits for it."""

from __future__ import annotations

import time

from annotator.jobs.job import Cancelled, Progress, never, no_progress
from annotator.storage import search
from annotator.storage.store import Store


def read(
    store: Store, progress: Progress = no_progress, cancelled: Cancelled = never, *, anew: bool = False
) -> tuple[int, int]:
    """Read the articles that are not in the index; return how many are now, and how many there are.

    A project that is open for reading only is counted and left as it is. With `anew` the index is emptied first.
    What is changed while it goes on is left for the next time. Raises UserError.
    """
    reader = store.reader()
    try:
        if anew and store.writable:
            with store.writing() as connection:
                search.empty(connection)
        done, total = reader.reading_progress()
        progress(done, total)
        if not store.writable or done == total:
            return done, total
        for chunk in search.unread(reader.connection):
            if cancelled():
                break
            _add(store, chunk, cancelled)
            done += len(chunk)
            progress(min(done, total), total)
        store.fold_in()
        return reader.reading_progress()
    finally:
        reader.close()


def _add(store: Store, chunk: list[search.Unread], cancelled: Cancelled) -> None:
    begun = time.monotonic()
    with store.writing() as connection:
        search.add(connection, chunk)
    more = True
    while more and not cancelled():
        _let_others(begun)
        begun = time.monotonic()
        with store.writing() as connection:
            more = search.put_together(connection)
    _let_others(begun)


def _let_others(begun: float) -> None:
    """Leave the project to others for as long as it was held: the lock does not ask who waits longest."""
    time.sleep(time.monotonic() - begun)
