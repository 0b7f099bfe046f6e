"""What people tell each other of spans and articles: write, answer, close; each function -> Step."""

from __future__ import annotations

from annotator.domain.change import Change, Step
from annotator.domain.errors import UserError
from annotator.domain.team import Remark
from annotator.domain.threads import Thread
from annotator.i18n import _, later

WRITE = later("Write a remark")
ANSWER = later("Answer a remark")
EDIT = later("Change a remark")
ADDRESS = later("Say whom a remark is for")
CLOSE = later("Close a remark")
REOPEN = later("Open a remark again")
TAKE_AWAY = later("Take a remark away")


def write(remark: Remark) -> Step:
    """Say something new. Raises UserError where nothing is said."""
    said = remark._replace(text=_checked(remark.text))
    return Step(ANSWER if remark.answers else WRITE, (Change(None, said),), _repeat(remark))


def edit(remark: Remark, me: str, text: str) -> Step:
    """Say it in other words; what is typed within a second is undone together.

    Raises UserError where `me` (an id) is not its author, or where nothing would change.
    """
    text = _checked(text)
    _of_author(remark, me)
    if text == remark.text:
        raise UserError(_("The remark says that already."))
    return Step(EDIT, (Change(remark, remark._replace(text=text)),), _repeat(remark))


def address(remark: Remark, me: str, to: str) -> Step:
    """Mean it for somebody else (an id), "" for all. Raises UserError as `edit` does."""
    _of_author(remark, me)
    if to == remark.to:
        raise UserError(_("The remark is for them already."))
    return Step(ADDRESS, (Change(remark, remark._replace(to=to)),))


def close(thread: Thread, closed: bool = True) -> Step:
    """Close a thread, or open it again. Raises UserError where it is so already."""
    if thread.closed == closed:
        raise UserError(_("The remark is closed already.") if closed else _("The remark is open already."))
    return Step(CLOSE if closed else REOPEN, (Change(thread.first, thread.first._replace(closed=closed)),))


def take_away(thread: Thread, remark: Remark, me: str) -> Step:
    """Take away what I (an id) said; with the beginning of a thread what I added to it.

    Raises UserError where others have answered: their words would hang in the air.
    """
    _of_author(remark, me)
    gone = thread.all if remark.id == thread.first.id else (remark,)
    if any(one.author != me for one in gone):
        raise UserError(_("Somebody has answered: close the remark instead."))
    return Step(TAKE_AWAY, tuple(Change(one, None) for one in reversed(gone)))


def _of_author(remark: Remark, me: str) -> None:
    if remark.author != me:
        raise UserError(_("Only who wrote a remark changes it."))


def _checked(text: str) -> str:
    if not (text := text.strip()):
        raise UserError(_("A remark must not be empty."))
    return text


def _repeat(remark: Remark) -> str:
    return f"remark {remark.id}"
