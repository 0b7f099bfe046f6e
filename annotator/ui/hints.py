"""The one hint that matters now, for the bottom bar."""

from __future__ import annotations

from typing import NamedTuple

from annotator.actions import BY_ID


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


def hint(now: Now) -> tuple[str, str]:
    """Return a portable key sequence ("" for none) and words."""
    if not now.articles:
        return (_key("article.import"), "Import articles to begin") if now.editable else ("", "")
    if not now.article:
        return "", ""
    if now.waiting:
        return "", "Nothing else can be done until the step is saved or given up"
    if not now.editable:
        return "", "Open for reading only"
    if now.finding and now.selection:
        return "Escape", "back to the text; a label’s key takes the words found"
    if now.selection and now.focused:
        return _key("span.fragment"), "adds the words to the focused span; a label’s key makes a new one"
    if now.selection:
        return "", "Press a label’s key"
    if now.focused:
        return _key("span.end.right"), "moves the end by a word"
    if now.state != "done" and now.spans:
        return _key("article.done"), "done, next article"
    return _key("select.expand"), "selects word, quotation, sentence"


def _key(id: str) -> str:
    return BY_ID[id].keys[0]
