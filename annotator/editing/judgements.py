"""What a person says of an article as a whole: fields, mark and note of the layer; each is a function -> Step."""

from __future__ import annotations

from annotator.domain.article import MARKS, Annotator, Layer, own_layer
from annotator.domain.change import Change, Entry, Step
from annotator.domain.errors import UserError
from annotator.domain.free import Free
from annotator.editing.titles import SAID, TAKEN_BACK
from annotator.i18n import _, later

_NOTE = later("Change the note on the article")
_MARKED = {
    "ok": later("Mark the article as settled"),
    "discuss": later("Mark the article to be discussed"),
    "unsure": later("Mark the article as unsure"),
}


def judge(
    article: str, layer: Layer | None, me: Annotator, fields: Free, name: str, *, unset: bool = False,
    made: Entry | None = None, round: int = 1,
) -> Step:  # fmt: skip
    """Give my layer on the article (its id) these fields; it is made where it is None, as a first label does it.

    `name` is that of the field which changes, `unset` whether it goes, `made` the new entry of the registry it links
    to. Raises UserError where nothing would change.
    """
    before = _mine(article, layer, me, round)
    if fields == before.fields:
        raise UserError(_("{name} is so already.").format(name=name))
    change = _change(layer, before._replace(fields=fields))
    changes = (change,) if made is None else (Change(None, made), change)
    return Step((TAKEN_BACK if unset else SAID).format(title=name), changes)


def mark(article: str, layer: Layer | None, me: Annotator, mark: str, round: int = 1) -> Step:
    """Mark the article in my layer, one of MARKS. Raises UserError where it is marked so already."""
    if mark not in MARKS:
        raise ValueError(mark)
    before = _mine(article, layer, me, round)
    if before.mark == mark:
        raise UserError(_("The article is marked so already."))
    return Step(_MARKED[mark], (_change(layer, before.marked(mark)),))


def annotate(article: str, layer: Layer | None, me: Annotator, note: str, round: int = 1) -> Step:
    """Write my note on the article, "" for none; what is typed within a second is undone together.

    Raises UserError where nothing would change.
    """
    before, note = _mine(article, layer, me, round), note.strip()
    if note == before.note:
        raise UserError(_("The note says that already."))
    return Step(_NOTE, (_change(layer, before._replace(note=note)),), f"note {before.id}")


def _mine(article: str, layer: Layer | None, me: Annotator, round: int) -> Layer:
    return layer if layer is not None else own_layer(article, me.id, round)


def _change(before: Layer | None, after: Layer) -> Change:
    # Who says something of an article has begun with it.
    return Change(before, after._replace(state="started") if after.state == "new" else after)
