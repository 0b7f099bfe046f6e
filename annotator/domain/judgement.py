"""Judgements about a whole article: the fields that a scheme declares, as attributes without a label."""

from __future__ import annotations

from collections.abc import Mapping

from annotator.domain import attributes
from annotator.domain.attributes import Attribute
from annotator.domain.free import Free
from annotator.domain.scheme import Scheme

_read: tuple[Scheme | None, tuple[Attribute, ...]] = (None, ())


def fields(scheme: Scheme) -> tuple[Attribute, ...]:
    """Return the fields of a scheme, in its order; what the program does not understand is left out."""
    global _read
    # The last scheme is kept: the panel asks with every article. A job may keep another one meanwhile.
    kept = _read
    if kept[0] is not scheme:
        found = scheme.rest.get("fields")
        tables = [table for table in found if isinstance(table, Mapping)] if isinstance(found, list) else []
        _read = kept = scheme, tuple(filter(None, (attributes.read({**table, "labels": []}) for table in tables)))
    return kept[1]


def with_field(own: tuple[Attribute, ...], values: Free, id: str, value: object) -> Free:
    """Return the values of an article's fields with one of them set, or taken out (None).

    The first that is said brings the scheme's defaults of the others: an article that nobody judged has none.
    """
    begun = attributes.begun(own, {}) if not values and attributes.is_set(value) else values
    return attributes.with_value(own, begun, id, value)
