"""A package that is opened as a project: who I am in it, and the project in the making."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QButtonGroup, QProgressBar, QRadioButton, QWidget

from annotator import keys, whoami
from annotator.domain import ids
from annotator.domain.article import Annotator
from annotator.domain.errors import UserError
from annotator.domain.text import printable
from annotator.exchange.header import Header
from annotator.i18n import _
from annotator.ui.dialogs.modal import run
from annotator.ui.dialogs.parts import Sheet, button, say
from annotator.ui.look import Look
from annotator.ui.tasks import Progress, Runner
from annotator.whoami import Identity


def ask_who(header: Header, identity: Identity | None, look: Look, parent: QWidget | None = None) -> Identity | None:
    """Return who I am, having asked where a package is for people I am not known to be; None where I do not say.

    Whose package it is knows itself: it is theirs. Raises UserError.
    """
    for_me = {one.id for one in header.recipients}
    mine = {identity.annotator.id, *identity.also} if identity is not None else set()
    if identity is not None and (not for_me or for_me & mine or header.maker.id in mine):
        return identity
    if not for_me:
        return identity  # it is for whoever gets it: the first question asks for a name
    dialog = WhoDialog(header, identity, look, parent)
    return dialog.identity if run(dialog) else None


class WhoDialog(Sheet):
    """Asks which of its recipients I am, or whether I am somebody else; `identity` is who I am then."""

    def __init__(self, header: Header, identity: Identity | None, look: Look, parent: QWidget | None = None) -> None:
        names = ", ".join(printable(one.name) for one in header.recipients[:6])
        more = " …" if len(header.recipients) > 6 else ""
        super().__init__(
            _("A package"), look, parent, heading=_("This package is for {names}.").format(names=names + more)
        )
        self.identity = identity
        self._recipients = header.recipients
        self.words(
            _("It was made by {maker}. Say who you are, so that your work comes back under the right name.").format(
                maker=printable(header.maker.name)
            )
        )
        self.choices = QButtonGroup(self)
        for number, person in enumerate(header.recipients):
            words = _("That is me: {name}") if len(header.recipients) > 1 or identity is not None else _("That is me")
            self._add(words.format(name=printable(person.name)), number)
        somebody = _("I am somebody else")
        if identity is not None:
            somebody = _("I am somebody else: {name}").format(name=printable(identity.annotator.name))
        self._add(somebody, len(header.recipients))
        self._fault = self.words("", "error")
        self.column.addStretch(1)
        self.buttons(button(_("Cancel"), self.reject, "quiet"), button(_("Go on"), self._take, "main"))
        self.setFixedWidth(look.px(480))
        first = self.choices.buttons()[0]
        first.setChecked(True)
        first.setFocus()

    def _add(self, words: str, number: int) -> None:
        choice = QRadioButton(words)
        self.choices.addButton(choice, number)
        self.column.addWidget(choice)

    def _take(self) -> None:
        number = self.choices.checkedId()
        try:
            if number < len(self._recipients):
                self.identity = _become(self._recipients[number], self.identity)
        except UserError as error:
            say(self._fault, str(error))
            return
        self.accept()


def _become(person: Annotator, known: Identity | None) -> Identity:
    """Take a person's id for mine: as the only one, or beside the one I have."""
    if known is not None:
        return whoami.add_also(person.id)
    made = whoami.keep(Identity(Annotator(person.id, whoami.checked_name(person.name)), ids.uuid7()))
    keys.make()
    return made


class Founding(Sheet):
    """Makes the project of a package, with its progress; `made` says whether it is there, `fault` why not."""

    def __init__(self, package: Path, target: Path, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(_("Opening the package"), look, parent)
        self.made, self.fault = False, ""
        self._package, self._target = package, target
        self.words(printable(package.name))
        self.bar = QProgressBar()
        self.bar.setAccessibleName(_("Progress"))
        self.bar.setRange(0, 0)
        self.column.addWidget(self.bar)
        self.column.addStretch(1)
        self.stop = button(_("Cancel"), self._stop, "quiet")
        self.buttons(self.stop)
        self.setFixedWidth(look.px(440))
        self._runner = Runner(self)
        self._runner.advanced.connect(self._advance)
        self._runner.failed.connect(self._fail)
        self._begin()

    def _begin(self) -> None:
        package, target = self._package, self._target

        def work(progress: Progress, cancelled: Callable[[], bool]) -> bool:
            from annotator.jobs.packing import found

            return not found(package, target, progress=progress, cancelled=cancelled).stopped

        self._runner.start(work, self._end)

    def _advance(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(min(done, total))

    def _fail(self, words: str) -> None:
        self.fault = words
        self.reject()

    def _end(self, made: bool) -> None:
        self.made = made
        self.accept() if made else self.reject()

    def _stop(self) -> None:
        self._runner.cancel()
        self.stop.setEnabled(False)

    def reject(self) -> None:
        """Close when the work has ended: half a project must not stay."""
        if self._runner.running:
            self._stop()
        else:
            super().reject()

    def done(self, result: int) -> None:
        self._runner.finish()
        super().done(result)
