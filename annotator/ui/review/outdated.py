"""Why a decision is outdated, in words: whose span became another, and when."""

from __future__ import annotations

from datetime import date

from annotator.domain.dates import since as ago
from annotator.domain.sides import Ground
from annotator.i18n import _, later
from annotator.review.since import CHANGED, GONE, NEW, OTHERWISE, Since, since
from annotator.review.standing import Item
from annotator.ui.review.desk import Desk

_MOST = 4
_SHORT = 60
_SENTENCES = {
    CHANGED: later("{who} changed “{words}”"), GONE: later("{who} deleted a span that was here"),
    NEW: later("{who} has “{words}” here now"), OTHERWISE: later("{who} judges it otherwise now"),
}  # fmt: skip


def why(desk: Desk, item: Item, ground: Ground) -> list[str]:
    """Return a line for each span that is other than it was decided about, at most a few; at least one."""
    found = since(item, ground)
    if not found:
        return [_("Its spans are as they were: two decided about them, or what was made is another.")]
    return [_line(desk, one) for one in found[:_MOST]] + (["…"] if len(found) > _MOST else [])


def _line(desk: Desk, one: Since) -> str:
    last = next(iter(desk.store.touches(one.entity, 1)), None)
    who = desk.person(last.annotator) if last is not None and last.annotator else desk.name(one.side)
    words = f"{one.words[:_SHORT]}{'…' if len(one.words) > _SHORT else ''}"
    said = _(_SENTENCES[one.what]).format(who=who, words=" ".join(words.split()))
    when = ago(last.at if last is not None else one.at, date.today())
    return _("{what}, {when}").format(what=said, when=when) if when else said
