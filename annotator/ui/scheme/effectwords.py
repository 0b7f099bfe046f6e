"""What happens to spans and ties when a scheme changes, in words: of one, of several, and what is added below."""

from __future__ import annotations

from collections.abc import Callable

from annotator.i18n import later, n_

SPANS: dict[str, tuple[Callable[[int], str], str]] = {
    "renamed": (lambda count: n_("span gets the new name", "spans get the new name", count), ""),
    "recoloured": (lambda count: n_("span gets another colour", "spans get another colour", count), ""),
    "regrouped": (
        lambda count: n_(
            "span stays; its label is in another group", "spans stay; their label is in another group", count
        ),
        "",
    ),
    "off": (
        lambda count: n_("span stays; “{label}” is off", "spans stay; “{label}” is off", count),
        later("no key, not among the labels"),
    ),
    "on": (lambda count: n_("span’s label is in use again", "spans’ label is in use again", count), ""),
    "defined": (
        lambda count: n_(
            "span of “{label}” has another definition", "spans of “{label}” have another definition", count
        ),
        "",
    ),
    "gone": (
        lambda count: n_("span is kept as “{label}”, unknown", "spans are kept as “{label}”, unknown", count),
        later("shown in grey; the label itself is gone"),
    ),
    "merged": (lambda count: n_("span of “{label}” becomes “{into}”", "spans of “{label}” become “{into}”", count), ""),
    "split": (lambda count: n_("span of “{label}” becomes “{into}”", "spans of “{label}” become “{into}”", count), ""),
    "deleted": (
        lambda count: n_("span of “{label}” is deleted", "spans of “{label}” are deleted", count),
        later("undo brings them back"),
    ),
    "required": (
        lambda count: n_("span lacks “{name}”", "spans lack “{name}”", count),
        later("it must be said from now on; they are pointed out"),
    ),
    "optional": (
        lambda count: n_("span gets an empty “{name}”", "spans get an empty “{name}”", count),
        later("optional, so no work is asked of anyone"),
    ),
    "attribute gone": (lambda count: n_("span keeps “{name}”, unseen", "spans keep “{name}”, unseen", count), ""),
    "value gone": (
        lambda count: n_(
            "span says “{into}”, which is no value any more", "spans say “{into}”, which is no value any more", count
        ),
        "",
    ),
    "unsaid": (
        lambda count: n_("span says nothing of “{name}” any more", "spans say nothing of “{name}” any more", count),
        "",
    ),
    "filled": (
        lambda count: n_("span says something of “{name}” now", "spans say something of “{name}” now", count),
        "",
    ),
    "said": (
        lambda count: n_("span says something else of “{name}”", "spans say something else of “{name}”", count),
        "",
    ),
    "relations": (lambda count: n_("relation “{name}” goes", "relations “{name}” go", count), ""),
    "groups": (
        lambda count: n_("group “{name}” goes, or loses a span", "groups “{name}” go, or lose a span", count),
        "",
    ),
    "relation gone": (
        lambda count: n_(
            "relation “{name}” is kept, of an unknown kind", "relations “{name}” are kept, of an unknown kind", count
        ),
        "",
    ),
    "group gone": (
        lambda count: n_(
            "group “{name}” is kept, of an unknown kind", "groups “{name}” are kept, of an unknown kind", count
        ),
        "",
    ),
    "meaning": (
        lambda count: n_(
            "span of “{label}” is to be looked at again", "spans of “{label}” are to be looked at again", count
        ),
        later("the meaning changed; they are in the worklist"),
    ),
}
"""What happens to so many, in words, and what is added below."""
BARE = {
    "new": later("“{label}” is a new label"),
    "renamed": later("“{label}” is the new name"),
    "rekeyed": later("“{label}” has other keys"),
    "optional": later("“{name}” can be said of “{label}”"),
    "required": later("“{name}” must be said of “{label}”"),
    "off": later("“{label}” is off"),
    "on": later("“{label}” is in use again"),
    "gone": later("“{label}” is gone"),
    "relation new": later("“{name}” is a new relation"),
    "group new": later("“{name}” is a new group"),
    "relation gone": later("The relation “{name}” is gone"),
    "group gone": later("The group “{name}” is gone"),
}
"""Where no span is touched."""
