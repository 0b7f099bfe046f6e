"""What a tagger does to spans; each action is a function that returns a Step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from annotator.domain.article import Annotator, Article, Layer, own_layer
from annotator.domain.change import Change, Step
from annotator.domain.errors import BadSpan, UserError
from annotator.domain.free import NOTHING, Free
from annotator.domain.ids import IdSource
from annotator.domain.span import Fragments, Span, joined
from annotator.editing.titles import DELETED, LABELLED, LABELLED_ALL, RELABELLED
from annotator.i18n import _, later


def label(
    article: Article,
    layer: Layer | None,
    me: Annotator,
    label: str,
    title: str,
    fragments: Fragments,
    *,
    id: str,
    now: str,
    scheme_version: int,
    attributes: Free = NOTHING,
    round: int = 1,
) -> Step:
    """Put a label (its id; `title` is its name) on fragments in code points, in the layer of `me` for a round.

    `layer` is that layer as it is, None where there is none yet: the step makes it then.
    """
    mine = layer if layer is not None else own_layer(article.id, me.id, round)
    span = Span(
        id, article.id, mine.id, me.id, label, joined(fragments), article.revision, attributes,
        scheme_version=scheme_version, created=now, updated=now,
    )  # fmt: skip
    return Step(LABELLED.format(title=title), (*begun(article.id, layer, me, round), Change(None, span)))


def label_all(
    article: Article,
    layer: Layer | None,
    me: Annotator,
    label: str,
    title: str,
    places: Iterable[tuple[int, int]],
    *,
    new_id: IdSource,
    now: str,
    scheme_version: int,
    attributes: Free = NOTHING,
    round: int = 1,
) -> Step:
    """Put a label on each of the places ``[start, end)`` (code points), a span each, in the layer of `me`.

    As `label` otherwise. Raises UserError where there is no place.
    """
    mine = layer if layer is not None else own_layer(article.id, me.id, round)
    made = tuple(
        Span(
            new_id(), article.id, mine.id, me.id, label, joined((place,)), article.revision, attributes,
            scheme_version=scheme_version, created=now, updated=now,
        )
        for place in places
    )  # fmt: skip
    if not made:
        raise UserError(_("There is no place to label."))
    changes = (Change(None, span) for span in made)
    return Step(LABELLED_ALL.format(title=title), (*begun(article.id, layer, me, round), *changes))


def begun(article: str, layer: Layer | None, me: Annotator, round: int = 1) -> tuple[Change, ...]:
    """Return the changes that make my layer (for a round), or start it where it is new."""
    if layer is None:
        return (Change(None, own_layer(article, me.id, round)._replace(state="started")),)
    return (Change(layer, layer._replace(state="started")),) if layer.state == "new" else ()


def relabel(
    span: Span, label: str, title: str, now: str, attributes: Free | None = None, ties: tuple[Change, ...] = ()
) -> Step:
    """Give the span another label, and other attributes where given; `ties` that it outgrows change with it.

    Raises UserError where it has both already.
    """
    changed = span._replace(label=label, attributes=span.attributes if attributes is None else attributes)
    if changed == span:
        raise UserError(_("This span is labelled {title} already.").format(title=title))
    return Step(RELABELLED.format(title=title), (*ties, Change(span, changed._replace(updated=now))))


def move(span: Span, fragments: Fragments, now: str, repeat: str = "") -> Step:
    """Change where the span stands; id, attributes, links and note stay. Raises BadSpan where nothing would change."""
    fragments = joined(fragments)
    if fragments == span.fragments:
        raise BadSpan(_("The boundary cannot move further."))
    return Step(later("Move a boundary"), (Change(span, span._replace(fragments=fragments, updated=now)),), repeat)


def add_fragment(span: Span, fragment: tuple[int, int], now: str) -> Step:
    """Add a piece of text (code points) to the span; what touches is joined. Raises BadSpan where it has it all."""
    fragments = joined((*span.fragments, fragment))
    if fragments == span.fragments:
        raise BadSpan(_("The span holds these words already."))
    return Step(later("Add a fragment"), (Change(span, span._replace(fragments=fragments, updated=now)),))


def take_away(span: Span, left: Fragments, now: str) -> Step:
    """Leave the span only these fragments. Raises BadSpan where they are none, or all."""
    left = joined(left)
    if left == span.fragments:
        raise BadSpan(_("The span holds these words already."))
    return Step(later("Take words away"), (Change(span, span._replace(fragments=left, updated=now)),))


def by_hand(step: Step, version: int) -> Step:
    """Return the step with this version of the scheme on spans that somebody changed under it.

    A note or a state says nothing of the label, and what is restored is as old as it was.
    """
    return step._replace(changes=tuple(_stamped(change, version) for change in step.changes))


def _stamped(change: Change, version: int) -> Change:
    before, after = change.before, change.after
    if not (isinstance(before, Span) and isinstance(after, Span)) or after.updated <= before.updated:
        return change
    same = (before.label, before.fragments, before.attributes) == (after.label, after.fragments, after.attributes)
    return change if same else Change(before, after._replace(scheme_version=version))


def delete(span: Span, hanging: tuple[Change, ...] = ()) -> Step:
    """Delete the span; what hangs on it changes with it."""
    return Step(DELETED, (*hanging, Change(span, None)))


def restore(then: Span, now: Span | None, layer_then: Layer, layer_now: Layer | None, revision: int) -> Step:
    """Make a span what it once was, `now` it is as given (None: gone); so its layer where that is gone too.

    `revision` is the article's present one. Raises UserError where the span is as it was, or its text is another.
    """
    if then == now:
        raise UserError(_("This span is as it was."))
    if then.revision != revision:
        raise UserError(_("The text has changed since then; the span no longer fits it."))
    layer = (Change(None, layer_then),) if layer_now is None else ()
    return Step(later("Restore a span"), (*layer, Change(now, then)))


def restore_all(
    spans: Sequence[tuple[Span, Span | None]],
    layers_then: Mapping[str, Layer],
    layers_now: Mapping[str, Layer],
    revision: int,
) -> Step:
    """Make spans (then, now) what they once were, in one step, with the layers that are gone; as `restore` does."""
    changes: list[Change] = []
    there = dict(layers_now)
    for then, now in spans:
        one = restore(then, now, layers_then[then.layer], there.get(then.layer), revision)
        there[then.layer] = layers_then[then.layer]
        changes += one.changes
    return Step(later("Restore spans"), tuple(changes))
