"""The contract of long work, which the window runs in a thread and the command line in front of the user.

A job gets what it works on, `progress` and `cancelled`. It may write through the workspace's own jobs (chunks of at
most 25 ms, so that a keystroke never waits) and reads through a reader of its own thread; it knows no window and
asks nothing. It calls `progress(done, total)` (total 0: not known) at least every few megabytes, and looks at
`cancelled()` between two articles: then it stops where everything so far is whole, and returns its report with
`stopped` set. It raises UserError for what the user can mend; its memory does not grow with the project.
"""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


def no_progress(done: int, total: int) -> None:
    """Tell nobody."""


def never() -> bool:
    """Go on to the end."""
    return False
