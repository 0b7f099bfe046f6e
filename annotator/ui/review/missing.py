"""What is missing before an article has its consensus, and the button that marks the others done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QPushButton, QWidget

from annotator.i18n import _, n_
from annotator.jobs.consensus import Made
from annotator.ui.dialogs.parts import Sheet, button
from annotator.ui.look import Look

_MOST = 500


class MakeDialog(Sheet):
    """Says what is missing; accepted, the consensus of articles that lack nothing is to be marked done."""

    def __init__(
        self, made: Made, titles: dict[str, str], names: Sequence[str], look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Make the consensus"), look, parent)
        articles = n_("{count:,} article", "{count:,} articles", made.of).format(count=made.of)
        told = _("Of {articles} {done:,} lack nothing: their consensus can be marked done.")
        if not made.changed:
            told = _("Of {articles} {done:,} lack nothing, and their consensus is marked done.")
        if not made.done:
            told = _("Of {articles} each lacks something: none can be marked done yet.")
        self.ready = self.words(told.format(articles=articles, done=made.done), "strong")
        lines = [*missing_lines(made, titles, names), *unheard_lines(made, titles)]
        self.list = QListWidget()
        self.list.setObjectName("entries")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(_("What is missing"))
        self.list.addItems(lines[:_MOST])
        self.list.setVisible(bool(lines))
        if len(lines) > len(made.unheard):
            self.words(_("The others lack:"))
        elif lines:
            self.words(_("They can be marked all the same:"))
        self.column.addWidget(self.list, 1)
        if not lines:
            self.column.addStretch(1)
        self.make: QPushButton = button("", self.accept, "main")
        told = n_("Mark it done in {count:,} article", "Mark it done in {count:,} articles", made.done)
        self.make.setText(told.format(count=made.done) if made.done and made.changed else _("Nothing to mark"))
        self.make.setEnabled(made.changed > 0)
        self.buttons(button(_("Close"), self.reject, "quiet"), self.make)
        self.fit(560, 440 if lines else 240)
        if self.make.isEnabled():
            # Without a list the way out would have the keyboard, and Return would do nothing.
            self.make.setFocus()


def missing_lines(made: Made, titles: dict[str, str], names: Sequence[str]) -> list[str]:
    """Return what each article lacks, a line each."""
    found = []
    for id in dict.fromkeys([*made.missing, *made.undone, *made.others]):
        counts = made.missing.get(id, {})
        said = [words for status, count in counts.items() if (words := _lacking(status, count))]
        if undone := made.undone.get(id):
            who = ", ".join(names[side] for side in undone)
            said.append(_("not marked done by {names}").format(names=who))
        if others := made.others.get(id):
            who = ", ".join(names[side] for side in others)
            said.append(_("another text was read by {names}").format(names=who))
        found.append(f"{' '.join(titles.get(id, '').split())}: {'; '.join(said)}")
    return found


def unheard_lines(made: Made, titles: dict[str, str]) -> list[str]:
    """Return in which articles something was decided without a reading that says something else, a line each."""
    found = []
    for id, count in made.unheard.items():
        words = n_(
            "{count:,} decision was made without a reading that says something else; it hinders nothing",
            "{count:,} decisions were made without a reading that says something else; they hinder nothing", count,
        ).format(count=count)  # fmt: skip
        found.append(f"{' '.join(titles.get(id, '').split())}: {words}")
    return found


def _lacking(status: str, count: int) -> str:
    words = {
        "open": n_("{count:,} open", "{count:,} open", count),
        "contested": n_("{count:,} contested", "{count:,} contested", count),
        "outdated": n_("{count:,} outdated", "{count:,} outdated", count),
        "discussed": n_("{count:,} for discussion", "{count:,} for discussion", count),
        "agreed": n_("{count:,} agreed, not taken over", "{count:,} agreed, not taken over", count),
    }  # fmt: skip
    return words.get(status, "").format(count=count)
