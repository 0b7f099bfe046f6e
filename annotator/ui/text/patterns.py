"""Places of a regular expression; Qt's engine gives up on one that would never end, Python's does not."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression

from annotator.domain.errors import UserError
from annotator.domain.finding import MOST, Sought
from annotator.domain.offsets import Utf16Map
from annotator.i18n import _


def places(text: str, sought: Sought) -> list[tuple[int, int]]:
    """Return where the expression matches as ``[start, end)`` in code points; empty matches are left out, at most MOST.

    ``^`` and ``$`` are the ends of a line. Raises UserError for an expression that is wrong or takes too long.
    """
    option = QRegularExpression.PatternOption
    options = option.UseUnicodePropertiesOption | option.MultilineOption
    if not sought.case:
        options |= option.CaseInsensitiveOption
    written = rf"\b(?:{sought.words})\b" if sought.whole else sought.words
    expression = QRegularExpression(written, options)
    if not expression.isValid():
        at = expression.patternErrorOffset() - (len(r"\b(?:") if sought.whole else 0)
        raise UserError(
            _("The expression is wrong at character {max}: {errorString}.").format(
                max=max(at, 0) + 1, errorString=expression.errorString()
            )
        )
    units = Utf16Map(text)
    found: list[tuple[int, int]] = []
    matches, last = expression.globalMatch(text), 0
    while len(found) < MOST and matches.hasNext():
        match = matches.next()
        last = match.capturedEnd()
        # An expression can match half of a pair of surrogates only by asking for it; what it means is the character.
        start, end = units.to_code_point(match.capturedStart()), units.to_code_point(last)
        if start < end:
            found.append((start, end))
    # An iterator that gave up looks like one that is through.
    if len(found) < MOST and not expression.match(text, last).isValid():
        raise UserError(_("The expression takes too long on this text. Make it simpler."))
    return found
