"""What was packed, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotator.domain.text import printable
from annotator.i18n import _, n_
from annotator.ui.colleagues.words import LAYERS, people
from annotator.ui.reports import articles, shortened, size, spans

if TYPE_CHECKING:
    from annotator.jobs.packing import Packed


def packed(made: Sequence[Packed], wanted: int) -> str:
    """Say what became of the packages that were wanted, in a sentence or two."""
    done = [one for one in made if not one.nothing_new and not one.stopped]
    nothing = sum(one.nothing_new for one in made)
    parts = []
    if len(done) == 1:
        (one,) = done
        words = _("{name} is made: {articles}, {spans}, signed.")
        parts.append(
            words.format(name=shortened(one.path.absolute()), articles=articles(one.articles), spans=spans(one.spans))
        )
    elif done:
        words = n_("{count:,} package is made in {folder}.", "{count:,} packages are made in {folder}.", len(done))
        parts.append(words.format(count=len(done), folder=shortened(done[0].path.absolute().parent)))
    if nothing:
        words = n_(
            "Nothing is new since the last one: no file was made.",
            "For {count:,} nothing is new since the last one: no file was made for them.",
            nothing,
        )
        parts.append(words.format(count=nothing))
    if len(done) + nothing < wanted:
        parts.append(_("Stopped; the rest was not made.") if done else _("Stopped; nothing was made."))
    if any(one.led for one in done):
        parts.append(_("You lead this project from now on: scheme, assignments and metadata are yours to change."))
    return " ".join(parts)


def report_rows(made: Sequence[Packed]) -> list[tuple[str, str]]:
    """Return all that is known of what was packed, a row each."""
    rows: list[tuple[str, str]] = []
    for one in made:
        if one.stopped:
            continue
        rows += [(_("File"), str(one.path)), (_("For"), people(person.name for person in one.recipients))]
        if one.nothing_new:
            rows.append((_("Holds"), _("nothing new: no file was made")))
            continue
        rows += [
            (_("Articles"), f"{one.articles:,}"),
            (_("Spans"), f"{one.spans:,}"),
            (_("Spans in it"), _(LAYERS.get(one.layers, one.layers))),
            *([(_("Corrections to their spans"), f"{one.corrections:,}")] if one.corrections else []),
            (_("Steps"), f"{one.steps:,}"),
            *([(_("Holds"), _("what is new since the package before it"))] if one.after else []),
            (_("Size"), size(one.bytes)),
            (_("SHA-256"), one.sha256),
            (_("Signature"), _("yours")),
        ]
    return [(name, printable(words)) for name, words in rows]
