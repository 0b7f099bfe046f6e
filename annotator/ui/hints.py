"""The one hint that matters now, for the bottom bar."""

from __future__ import annotations

from typing import NamedTuple

from annotator.i18n import _

_LONGEST = 40
"""Signs of a label's name that are told."""


class Now(NamedTuple):
    """What the hint depends on."""

    editable: bool = False
    articles: bool = False
    article: bool = False
    selection: bool = False
    focused: bool = False
    spans: bool = False
    state: str = "new"
    waiting: bool = False
    finding: bool = False
    only_text: bool = False
    held: str = ""
    """The name of the label that is held."""
    picking: bool = False
    entry: bool = False
    """Whether entries of the registry are offered."""
    equal: bool = False
    """Whether equal words are shown that may be labelled."""
    suggested: str = ""
    """The key of the label that would take what is shown, or its name."""
    letters: bool = False
    """Whether the first letters of a word are waited for."""
    hidden: bool = False
    """Whether spans are hidden with their labels."""
    proposed: bool = False
    """Whether a source and cue are proposed for the quote."""
    several: bool = False
    """Whether there is another proposal."""
    nobody: bool = False
    """Whether what is proposed says that the text names no source."""
    linked: str = ""
    """By what the focused span would be tied to the one that is shown."""
    asked: str = ""
    """The name of the attribute whose values the digits choose."""
    values: int = 0
    """How many values it has."""
    unfinished: int = 0
    """How many things there are to look at, of the kind that comes first."""
    what: str = ""
    """What that kind is called."""
    wrong: str = ""
    """What is not finished or does not look right at the focused span."""
    free: bool = False
    """Whether the focused span is tied to nothing and the scheme lets it be tied."""
    piece: str = ""
    """What the selected words can be to a span: "add" or "take away" to the focused one, "made last", or nothing."""
    foreign: bool = False
    """Whether the focused span is a colleague's, to be read only."""
    far: str = ""
    """The key that offers spans of other articles to be tied, "" where the scheme has no use for it."""


def _piece(piece: str) -> tuple[str, str]:
    if piece == "take away":
        return "span.fragment.away", _("takes the words out of the focused span; a label’s key makes a new one")
    if piece == "made last":
        return "span.fragment", _("adds the words to the span made last; a label’s key makes a new one")
    return "span.fragment", _("adds the words to the focused span; a label’s key makes a new one")


def hint(now: Now) -> tuple[str, str]:
    """Return what to press (the id of an action, a key, or "" for nothing) and words."""
    if not now.articles:
        return ("article.import", _("Import articles to begin")) if now.editable else ("", "")
    if not now.article:
        return "", ""
    if now.waiting:
        return "", _("Nothing else can be done until the step is saved or given up")
    if not now.editable:
        return "", _("Open for reading only")
    if now.picking:
        return "Return", _("takes the label; Esc leaves")
    if now.entry:
        return "Return", _("links the span to it; Esc leaves")
    if now.equal:
        return "Return", _("labels them all; Space leaves the present one out, Esc leaves everything")
    if now.letters:
        return "", _("Type the first two letters of the word; Enter goes to the next like the last")
    if now.suggested:
        return now.suggested, _("again takes it, Space lengthens")
    if now.linked and now.far:
        words = _("ties them: {name}; Tab shows others, {key} other articles, Esc leaves")
        return "Return", words.format(name=now.linked, key=now.far)
    if now.linked:
        return "Return", _("ties them: {name}; Tab shows others, Esc leaves").format(name=now.linked)
    if now.proposed:
        if now.nobody:
            return "Return", _("takes the cue; the text names no source")
        more = _("takes source and cue; Tab shows others, Esc leaves") if now.several else _("takes source and cue")
        return "Return", more
    if now.held:
        name = now.held if len(now.held) <= _LONGEST else f"{now.held[: _LONGEST - 1]}…"
        return "", _("{label} is held: every drag makes one; Esc lets it go").format(label=name)
    if now.finding and now.selection:
        return "Escape", _("back to the text; a label’s key takes the words found")
    if now.selection and now.piece:
        return _piece(now.piece)
    if now.selection:
        return "", _("Press a label’s key")
    if now.hidden and not now.focused:
        return "view.labels.all", _("shows the hidden labels")
    if now.only_text:
        return "view.focus", _("brings the panels back")
    if now.focused and now.foreign:
        return "span.next", _("goes on to the next span")
    if now.focused and now.asked:
        name = now.asked if len(now.asked) <= _LONGEST else f"{now.asked[: _LONGEST - 1]}…"
        return f"1…{min(now.values, 10) % 10}", _("says what its {name} is").format(name=name)
    if now.focused and now.wrong:
        return "check.next", _("goes on. Here: {words}").format(words=now.wrong)
    if now.focused and now.free:
        return "span.tie", _("ties it to another span")
    if now.unfinished and not now.selection:
        return "check.next", _("goes to what is left: {what} ({count:,})").format(what=now.what, count=now.unfinished)
    if now.focused:
        return "span.end.right", _("moves the end by a word")
    if now.state != "done" and now.spans:
        return "article.done", _("done, next article")
    return "select.expand", _("selects word, quotation, sentence")
