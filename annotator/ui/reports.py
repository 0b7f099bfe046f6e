"""What there is, when it was saved, and what an import or export came to, in a few words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from annotator.i18n import _, n_

if TYPE_CHECKING:
    from annotator.jobs.importing import Outcome, Report
    from annotator.ui.session import Session


def articles(number: int) -> str:
    """Return "1 article", "1,234 articles"."""
    return n_("{count:,} article", "{count:,} articles", number).format(count=number)


def spans(number: int) -> str:
    """Return "1 span", "1,234 spans"."""
    return n_("{count:,} span", "{count:,} spans", number).format(count=number)


def saved(session: Session) -> str:
    """Return when something was saved last in the open project, or that nothing can be."""
    if not session.editable:
        return _("Read only")
    return _("Saved {saved_at}").format(saved_at=session.saved_at) if session.saved_at else _("Saved")


def titled(title: str) -> str:
    """Return the title of an article on one line, or that it has none."""
    return " ".join(title.split()) or _("Without a title")


def kind_word(outcome: Outcome) -> str:
    """Return what an outcome of an import is called, or that of a part of a line."""
    kind, part = outcome.result, outcome.part
    if kind == "refused" and part:
        words = {"span": _("span refused"), "relation": _("link refused"), "group": _("group refused"),
                 "layer": _("layer refused"), "event": _("event refused"), "attribute": _("attribute refused"),
                 "note": _("note refused"), "reference": _("reference refused"), "line": _("line refused")}  # fmt: skip
        return words.get(part, part)
    words = {"added": _("added to it") if outcome.grown else _("comes in"),
             "known": _("deleted here") if part else _("known already"),
             "different": _("different here"), "refused": _("refused")}  # fmt: skip
    return words.get(kind, kind)


def coming_words(report: Report) -> str:
    """Say what an import would bring, "" for nothing."""
    new, here = report.added - report.more, _those_here(report)
    some = spans(report.spans) if report.spans else _("layers or links")
    return ", ".join(filter(None, (
        n_("{count:,} article comes in", "{count:,} articles come in", new).format(count=new) if new else "",
        _("{spans} for {articles}").format(spans=some, articles=here) if here else "",
        _known_words(report),
        n_("{count:,} different here", "{count:,} different here", report.different).format(count=report.different)
        if report.different else "",
        _refused_words(report),
    )))  # fmt: skip


def import_words(report: Report, update: bool = False) -> str:
    """Say what an import brought: numbers of outcomes, and the first reason for refusals.

    `update` tells that the file's side was taken where it differs.
    """
    new, here, different = report.added - report.more, _those_here(report), report.different
    parts = []
    if new:
        parts.append(n_("{count:,} article imported", "{count:,} articles imported", new).format(count=new))
    if here:
        added = _("{spans} added to {articles}") if report.spans else _("Layers or links added to {articles}")
        parts.append(added.format(spans=spans(report.spans), articles=here))
    if not parts and not (update and different):
        parts.append(_("Nothing new"))
    parts.append(_known_words(report))
    if different:
        stayed = n_("{count:,} different here: yours stayed", "{count:,} different here: yours stayed", different)
        taken = n_(
            "{count:,} different here: the file’s taken", "{count:,} different here: the file’s taken", different
        )
        parts.append((taken if update else stayed).format(count=different))
    words = ", ".join(filter(None, parts)) + "."
    if report.refused:
        words += " " + _("Refused: {reason}").format(reason=report.reasons[0] if report.reasons else "")
    if (rest := report.refused - 1) > 0:
        words += " " + n_("And {count:,} more.", "And {count:,} more.", rest).format(count=rest)
    return words


def _those_here(report: Report) -> str:
    count = len(report.grown)
    words = n_("{count:,} article that is here already", "{count:,} articles that are here already", count)
    return words.format(count=count) if count else ""


def _known_words(report: Report) -> str:
    known, deleted = report.known - report.deleted, report.deleted
    words = n_("{count:,} deleted here stays deleted", "{count:,} deleted here stay deleted", deleted)
    return ", ".join(filter(None, (
        n_("{count:,} known already", "{count:,} known already", known).format(count=known) if known else "",
        words.format(count=deleted) if deleted else "",
    )))  # fmt: skip


def _refused_words(report: Report) -> str:
    lines, parts = report.refused - report.parts, report.parts
    of_articles = n_("{count:,} span or link refused", "{count:,} spans or links refused", parts)
    return ", ".join(filter(None, (
        n_("{count:,} refused", "{count:,} refused", lines).format(count=lines) if lines else "",
        of_articles.format(count=parts) if parts else "",
    )))  # fmt: skip


def shortened(path: Path, most: int = 56) -> str:
    """Return a path in so many characters; what is left out stands in the middle, before its last folder if it can."""
    whole = str(path)
    if len(whole) <= most:
        return whole
    last = len(path.name) + len(path.parent.name) + 2
    tail = last if last < most - 8 else most // 2
    return f"{whole[: most - tail - 1]}…{whole[-tail:]}"


def export_words(
    path: Path, written: int, held: int, loose: int = 0, undecided: int = 0, *, blind: bool = False
) -> str:
    """Say what was written where: how many articles, with how many spans; `loose` ties were left out.

    `undecided` and `blind` as the report of the export.
    """
    words = _("{articles} with {spans} written to {name}; every text was compared.").format(
        articles=articles(written), spans=spans(held), name=shortened(path)
    )
    left = n_(
        "{count:,} tie names what is gone from the project and was left out, or its part that is gone.",
        "{count:,} ties name what is gone from the project and were left out, or their part that is gone.",
        loose,
    ).format(count=loose)
    away = n_(
        "{count:,} relation of the consensus leads to an article that has no consensus there, and was left out.",
        "{count:,} relations of the consensus lead to articles that have no consensus there, and were left out.",
        undecided,
    ).format(count=undecided)
    sealed = _("Layers of others are left out where you tag blind and are not done.")
    return " ".join((words, *([left] if loose else []), *([away] if undecided else []), *([sealed] if blind else [])))


def size(bytes: int) -> str:
    """Return a file's size: "812 bytes", "4.3 kB", "12.6 MB" (of 1000, as file managers count)."""
    if bytes < 1_000:
        return n_("{count} byte", "{count} bytes", bytes).format(count=bytes)
    if bytes < 1_000_000:
        return _("{size:,.1f} kB").format(size=bytes / 1_000)
    return _("{size:,.1f} MB").format(size=bytes / 1_000_000)
