"""What packages say and bring, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.domain.dates import to_the_minute
from annotator.domain.text import printable
from annotator.i18n import _, later, n_
from annotator.ui.reports import articles

if TYPE_CHECKING:
    from annotator.exchange.header import Header
    from annotator.jobs.mergereport import Preview, Report

_MOST = 200
"""Sentences of one kind that are listed; of more than that their number is told."""
_BADGES = {
    "known": later("signed, known"),
    "first": later("signed, first time"),
    "other": later("signed by a key that is not this person’s"),
    "unsigned": later("not signed"),
}
_BADGES_EXPLAINED = {
    "known": later("Signed with the key that is known on this computer for {name}."),
    "first": later("Signed. It is the first package of {name} on this computer; the next must bear the same key."),
    "other": later("Signed with another key than the one that is known on this computer for {name}."),
    "unsigned": later("Not signed: anybody can have made it."),
}
LAYERS = {
    "none": later("nobody’s (blind)"),
    "mine": later("the sender’s own"),
    "all": later("everybody’s"),
}


def badge(name: str) -> str:
    """Return the few words of a badge: known, first, other or unsigned."""
    return _(_BADGES.get(name, name))


def badge_explained(name: str, maker: str) -> str:
    """Return the sentence of a badge; `maker` is the name of who made the package."""
    return _(_BADGES_EXPLAINED.get(name, name)).format(name=printable(maker))


def people(names: Iterable[str]) -> str:
    """Return names in a row, or that it is whoever gets it."""
    return ", ".join(printable(name) for name in names) or _("whoever gets it")


def span_words(new: int, changed: int, deleted: int) -> str:
    """Return "3 new, 1 changed, 2 deleted", "" for none."""
    return ", ".join(filter(None, (
        n_("{count:,} new", "{count:,} new", new).format(count=new) if new else "",
        n_("{count:,} changed", "{count:,} changed", changed).format(count=changed) if changed else "",
        n_("{count:,} deleted", "{count:,} deleted", deleted).format(count=deleted) if deleted else "",
    )))  # fmt: skip


def brought(seen: Preview) -> str:
    """Say in one line what a package brings or brought, or that it is refused."""
    if seen.refused:
        return _("refused")
    parts = []
    if seen.articles_new:
        words = n_("{count:,} new article", "{count:,} new articles", seen.articles_new)
        parts.append(words.format(count=seen.articles_new))
    parts += _span_parts(seen.spans_new, seen.spans_changed, seen.spans_deleted)
    parts += _further([seen])
    if seen.contests:
        words = n_("{count:,} contested decision", "{count:,} contested decisions", seen.contests)
        parts.append(words.format(count=seen.contests))
    if not parts and (seen.nothing_new or not seen.steps_new):
        return _("nothing new")
    if not parts:
        # People, registry entries, what was settled: nothing that a count here would make clearer.
        return n_("{count:,} other change", "{count:,} other changes", seen.steps_new).format(count=seen.steps_new)
    return ", ".join(parts)


def brought_together(seen: Sequence[Preview]) -> str:
    """Say in one line what several packages bring or brought."""
    parts = []
    if fresh := sum(one.articles_new for one in seen):
        parts.append(n_("{count:,} new article", "{count:,} new articles", fresh).format(count=fresh))
    parts += _span_parts(
        sum(one.spans_new for one in seen),
        sum(one.spans_changed for one in seen),
        sum(one.spans_deleted for one in seen),
    )
    parts += _further(seen)
    return ", ".join(parts) or _("no new spans")


def _span_parts(new: int, changed: int, deleted: int) -> list[str]:
    return list(filter(None, (
        n_("{count:,} new span", "{count:,} new spans", new).format(count=new) if new else "",
        n_("{count:,} changed span", "{count:,} changed spans", changed).format(count=changed) if changed else "",
        n_("{count:,} deleted span", "{count:,} deleted spans", deleted).format(count=deleted) if deleted else "",
    )))  # fmt: skip


def _further(seen: Sequence[Preview]) -> list[str]:
    assigned, schemes = sum(one.assigned for one in seen), any(one.schemes for one in seen)
    twofold, remarks = sum(len(one.twofold) for one in seen), sum(one.remarks for one in seen)
    proposals = any(one.proposals for one in seen)
    decided = sum(one.decisions for one in seen)
    told, said = sum(one.corrections for one in seen), sum(one.answers for one in seen)
    return list(filter(None, (
        n_("{count:,} article assigned", "{count:,} articles assigned", assigned).format(count=assigned)
        if assigned else "",
        _("a new version of the scheme") if schemes else "",
        n_("{count:,} changed on two machines", "{count:,} changed on two machines", twofold).format(count=twofold)
        if twofold else "",
        _("proposals") if proposals else "",
        n_("{count:,} remark", "{count:,} remarks", remarks).format(count=remarks) if remarks else "",
        n_("{count:,} decision of a review", "{count:,} decisions of a review", decided).format(count=decided)
        if decided else "",
        n_("{count:,} correction", "{count:,} corrections", told).format(count=told) if told else "",
        n_("{count:,} answer to a correction", "{count:,} answers to corrections", said).format(count=said)
        if said else "",
    )))  # fmt: skip


def header_rows(header: Header, badge_name: str) -> list[tuple[str, str]]:
    """Return what a package says of itself: names and words, a row each."""
    signed = [(_("Signature"), badge_explained(badge_name, header.maker.name))] if badge_name else []
    rows = [
        (_("From"), printable(header.maker.name)),
        *signed,
        (_("Made"), to_the_minute(header.made)),
        (_("For"), people(one.name for one in header.recipients)),
        (_("Spans in it"), _(LAYERS.get(header.layers, header.layers))),
    ]
    if header.after:
        rows.append((_("Holds"), _("what is new since the package before it")))
    return rows


def rows(seen: Preview) -> list[tuple[str, str]]:
    """Return all that is known of what a package brings or brought: names and words, a row each."""
    found = [(_("Refused"), words) for words in _first(seen.refused)]
    if seen.header is not None:
        # Of what is refused the signature was not looked at to the end.
        found += header_rows(seen.header, "" if seen.refused else seen.badge)
    if seen.refused:
        return [(name, printable(words)) for name, words in found]
    if seen.nothing_new:
        found.append((_("Brings"), _("nothing that is not here already")))
    if seen.articles_new:
        found.append((_("New articles"), f"{seen.articles_new:,}"))
    if seen.assigned:
        found.append((_("Assigned"), articles(seen.assigned)))
    if seen.schemes:
        found.append((_("Scheme"), _("a new version")))
    if seen.articles_changed:
        found.append((_("Articles with other metadata"), f"{seen.articles_changed:,}"))
    for one in seen.by_annotator:
        words = span_words(one.spans_new, one.spans_changed, one.spans_deleted)
        if words:
            found.append((_("Spans of {name}").format(name=one.name or _("nobody")), words))
    if seen.twofold:
        words = n_(
            "{count:,}; both values are kept, see Colleagues…", "{count:,}; both values are kept, see Colleagues…",
            len(seen.twofold),
        )  # fmt: skip
        found.append((_("Changed on two machines"), words.format(count=len(seen.twofold))))
    found += [(_("Proposal"), words) for words in _first(seen.proposals)]
    if seen.remarks:
        found.append((_("Remarks"), f"{seen.remarks:,}"))
    if seen.decisions:
        found.append((_("Decisions of a review"), f"{seen.decisions:,}"))
    if seen.corrections:
        found.append((_("Corrections"), f"{seen.corrections:,}"))
    if seen.answers:
        found.append((_("Answers to corrections"), f"{seen.answers:,}"))
    if seen.contests:
        found.append((_("Contested decisions"), f"{seen.contests:,}"))
    if seen.waiting:
        words = n_(
            "{count:,} change waits for a package that is not here yet",
            "{count:,} changes wait for a package that is not here yet",
            seen.waiting,
        )
        found.append((_("Waiting"), words.format(count=seen.waiting)))
    found += [(_("Note"), words) for words in _first(seen.warnings)]
    return [(name, printable(words)) for name, words in found]


def _first(sentences: tuple[str, ...]) -> list[str]:
    more = len(sentences) - _MOST
    rest = [n_("And {count:,} more.", "And {count:,} more.", more).format(count=more)] if more > 0 else []
    return [*sentences[:_MOST], *rest]


def merged(reports: list[Report]) -> str:
    """Say what a merge of one package or several came to."""
    taken = [one for one in reports if not one.refused and not one.stopped]
    refused = [one for one in reports if one.refused]
    parts = []
    new = [one for one in taken if not one.nothing_new]
    if len(new) == 1 and new[0].header is not None:
        name = printable(new[0].header.maker.name)
        # How many are contested by now is told behind it.
        words = brought(replace(new[0], contests=0))
        parts.append(_("Merged the package of {name}: {words}.").format(name=name, words=words))
    elif new:
        count = n_("Merged {count:,} package: {words}.", "Merged {count:,} packages: {words}.", len(new))
        parts.append(count.format(count=len(new), words=brought_together(new)))
    elif taken:
        parts.append(_("Nothing new: all of that was here already."))
    if refused:
        parts.append(_("Refused: {reason}").format(reason=printable(refused[0].refused[0])))
    if len(refused) > 1:
        parts.append(n_("And {count:,} more.", "And {count:,} more.", len(refused) - 1).format(count=len(refused) - 1))
    return " ".join(parts) or _("Stopped; nothing was merged.")
