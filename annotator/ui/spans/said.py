"""What a value of an attribute or a field is in words, and what typed words are as a value."""

from __future__ import annotations

from annotator.domain.attributes import Attribute
from annotator.domain.errors import UserError
from annotator.i18n import _


def in_words(attribute: Attribute, value: object) -> str:
    """Return what is said as the window says it."""
    if attribute.type == "yes-no" and isinstance(value, bool):
        return _("Yes") if value else _("No")
    given = value if isinstance(value, list | tuple) else (value,)
    names = [choice.name if (choice := attribute.choice(one)) else str(one) for one in given if one is not None]
    return ", ".join(names) or _("not set")


def typed(attribute: Attribute, words: str) -> object:
    """Return the value that was typed, None for nothing. Raises UserError where it is to be a number and is none."""
    words = words.strip()
    if attribute.type != "number" or not words:
        return words or None
    try:
        value = float(words.replace(",", "."))
        return int(value) if value.is_integer() else value
    except (ValueError, OverflowError):
        raise UserError(_("“{words}” is no number.").format(words=words)) from None
