"""The contract of long work, which the window runs in a thread and the command line in front of the user.

A job gets what it works on, `progress` and `cancelled`. It may write through the workspace's own jobs (chunks of at
most 25 ms, so that a keystroke never waits) and reads through a reader of its own thread; it knows no window and
asks nothing. It calls `progress(done, total)` (total 0: not known) at least every few megabytes, and looks at
`cancelled()` between two articles: then it stops where everything so far is whole, and returns its report with
`stopped` set. It raises UserError for what the user can mend; its memory does not grow with the project.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


_USUAL = gc.get_threshold()


def no_progress(done: int, total: int) -> None:
    """Tell nobody."""


def never() -> bool:
    """Go on to the end."""
    return False


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Look for reference cycles a hundred times less often: a job makes many values and no cycles of them."""
    # It took a seventh of an import. Of two jobs at once the first that ends restores what is usual; nothing is lost.
    gc.set_threshold(100 * _USUAL[0], *_USUAL[1:])
    try:
        yield
    finally:
        gc.set_threshold(*_USUAL)


_FEW = 1_000


def stays(count: int) -> None:
    """Look for reference cycles now, and no more among all that is there: what a job made, so many values, stays.

    Else one of the next keys would pay for it: after a large review was opened it took 75 ms.
    """
    if count > _FEW:  # fewer are hardly felt
        gc.collect()
        gc.freeze()
