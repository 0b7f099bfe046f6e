"""What a tagger does to an article as a whole."""

from __future__ import annotations

from annotator.domain.article import Annotator, Article, Layer, own_layer
from annotator.domain.change import Change, Step
from annotator.domain.errors import UserError
from annotator.domain.free import Free
from annotator.i18n import _, later

_TITLES = {
    "done": later("Mark the article done"),
    "started": later("Open the article again"),
    "new": later("Mark the article new"),
}


def set_state(article: str, layer: Layer | None, me: Annotator, state: str, round: int = 1) -> Step:
    """Set the state (new, started, done) of my layer on the article, which is made (for a round) where it is None.

    Raises UserError where it has that state.
    """
    if layer is not None and layer.state == state:
        raise UserError(_("The article is in this state already."))
    before = layer
    after = (layer if layer is not None else own_layer(article, me.id, round))._replace(state=state)
    return Step(_TITLES[state], (Change(before, after),))


def describe(article: Article, title: str, meta: Free) -> Step:
    """Give the article another headline and other metadata. Raises UserError where nothing would change."""
    after = article._replace(title=title, meta=meta)
    if after == article:
        raise UserError(_("Nothing was changed."))
    return Step(later("Edit the metadata"), (Change(article, after),))
