"""What program this is."""

from __future__ import annotations

import platform

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QWidget

from annotator import __version__
from annotator.i18n import _
from annotator.storage.connection import SQLITE_VERSION
from annotator.ui.dialogs.parts import Sheet, button
from annotator.ui.look import Look


class AboutDialog(Sheet):
    """Name, versions, licence."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(_("About Annotator"), look, parent, heading=f"Annotator {__version__}")
        self.setMinimumWidth(look.px(420))
        self.words(_("Mark who said what in the news, word by word."), "body")
        self.words(
            _("Python {python_version}, Qt {qt_version}, SQLite {sqlite_version}").format(
                python_version=platform.python_version(), qt_version=qVersion(), sqlite_version=SQLITE_VERSION
            )
        )
        self.words(_("Free software under the MIT licence. No account, no network."))
        self.words(
            _(
                "Qt by PySide6 (LGPL). The fonts for reading are Source Serif 4 and Atkinson Hyperlegible "
                "(SIL Open Font License)."
            ),
            "third",
        )
        self.column.addSpacing(8)
        self.buttons(button(_("Close"), self.accept, "main"))
