"""Names of package files: the project, and for whom or from whom."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from annotator.domain.article import Annotator
from annotator.exchange.header import ENDING
from annotator.i18n import _

_LONGEST = 60
"""Characters of each part; file systems take 255 bytes of a name."""
_BAD = frozenset('/\\:*?"<>|')


def clean(text: str) -> str:
    """Return words as a part of a file's name that every system takes."""
    kept = "".join(" " if sign in _BAD or not sign.isprintable() else sign for sign in text)
    return " ".join(kept.split())[:_LONGEST].strip(" .")


def name_for(
    project: str, recipients: Sequence[Annotator], me: str, *, returning: bool = False, taken: Collection[str] = ()
) -> str:
    """Return the name of a package: "NAME for BO", of work on its way back "NAME from ME"; none that is `taken`."""
    start = clean(project) or _("Package")
    if returning and me:
        words = _("{project} from {name}").format(project=start, name=clean(me))
    elif len(recipients) == 1:
        words = _("{project} for {name}").format(project=start, name=clean(recipients[0].name))
    elif recipients:
        names = clean(", ".join(one.name for one in recipients))
        words = _("{project} for {name}").format(project=start, name=names)
    else:
        words = start
    # Two people of one name stay two.
    for number in range(1, len(taken) + 2):
        name = f"{words}{f' {number}' if number > 1 else ''}{ENDING}"
        if name not in taken:
            break
    return name
