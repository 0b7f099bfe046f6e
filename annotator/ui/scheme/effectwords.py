"""What happens to spans and ties when a scheme changes, in words: of one, of several, and what is added below."""

from __future__ import annotations

from annotator.i18n import later

SPANS: dict[str, tuple[str, str, str]] = {
    "renamed": (
        later("span gets the new name"),
        later("spans get the new name"),
        "",
    ),
    "recoloured": (
        later("span gets another colour"),
        later("spans get another colour"),
        "",
    ),
    "regrouped": (
        later("span stays; its label is in another group"),
        later("spans stay; their label is in another group"),
        "",
    ),
    "off": (
        later("span stays; “{label}” is off"),
        later("spans stay; “{label}” is off"),
        later("no key, not among the labels"),
    ),
    "on": (
        later("span’s label is in use again"),
        later("spans’ label is in use again"),
        "",
    ),
    "defined": (
        later("span of “{label}” has another definition"),
        later("spans of “{label}” have another definition"),
        "",
    ),
    "gone": (
        later("span is kept as “{label}”, unknown"),
        later("spans are kept as “{label}”, unknown"),
        later("shown in grey; the label itself is gone"),
    ),
    "merged": (
        later("span of “{label}” becomes “{into}”"),
        later("spans of “{label}” become “{into}”"),
        "",
    ),
    "split": (
        later("span of “{label}” becomes “{into}”"),
        later("spans of “{label}” become “{into}”"),
        "",
    ),
    "deleted": (
        later("span of “{label}” is deleted"),
        later("spans of “{label}” are deleted"),
        later("undo brings them back"),
    ),
    "required": (
        later("span lacks “{name}”"),
        later("spans lack “{name}”"),
        later("it must be said from now on; they are pointed out"),
    ),
    "optional": (
        later("span gets an empty “{name}”"),
        later("spans get an empty “{name}”"),
        later("optional, so no work is asked of anyone"),
    ),
    "attribute gone": (
        later("span keeps “{name}”, unseen"),
        later("spans keep “{name}”, unseen"),
        "",
    ),
    "value gone": (
        later("span says “{into}”, which is no value any more"),
        later("spans say “{into}”, which is no value any more"),
        "",
    ),
    "unsaid": (
        later("span says nothing of “{name}” any more"),
        later("spans say nothing of “{name}” any more"),
        "",
    ),
    "filled": (
        later("span says something of “{name}” now"),
        later("spans say something of “{name}” now"),
        "",
    ),
    "said": (
        later("span says something else of “{name}”"),
        later("spans say something else of “{name}”"),
        "",
    ),
    "relations": (
        later("relation “{name}” goes"),
        later("relations “{name}” go"),
        "",
    ),
    "groups": (
        later("group “{name}” goes, or loses a span"),
        later("groups “{name}” go, or lose a span"),
        "",
    ),
    "relation gone": (
        later("relation “{name}” is kept, of an unknown kind"),
        later("relations “{name}” are kept, of an unknown kind"),
        "",
    ),
    "group gone": (
        later("group “{name}” is kept, of an unknown kind"),
        later("groups “{name}” are kept, of an unknown kind"),
        "",
    ),
    "meaning": (
        later("span of “{label}” is to be looked at again"),
        later("spans of “{label}” are to be looked at again"),
        later("the meaning changed; they are in the worklist"),
    ),
}
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
