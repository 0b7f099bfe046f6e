"""From the command line to a window: application, look, identity, project."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from annotator import crashlog, i18n, paths, whoami
from annotator.domain.errors import UserError
from annotator.i18n import _, later

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from annotator.ui.look import Look
    from annotator.ui.window import MainWindow

NO_DISPLAY = later(
    "There is no display to open a window on. The command line does the work without one: see `annotator --help`."
)
PACKAGE = ".annotator-package"
"""The ending of packages that colleagues exchange; a project is made of one."""
_WINDOWLESS = ("offscreen", "minimal", "linuxfb", "eglfs")


def has_display(environment: Mapping[str, str], system: str = sys.platform) -> bool:
    """Whether a window can be shown; Qt itself aborts the process where it cannot."""
    if system in ("win32", "darwin"):
        return True
    if environment.get("QT_QPA_PLATFORM", "").split(":")[0] in _WINDOWLESS:
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def run(project: Path | None, *, sample: bool = False) -> int:
    """Show the window until it is closed, or bring the one up that has the project open; return the exit status.

    `project` is opened if given; with `sample` the sample project is, and is made first where it is missing.
    """
    if not has_display(os.environ):
        print(_(NO_DISPLAY), file=sys.stderr)
        return 1
    # Whatever is made until the first picture stays: looking among it for cycles only holds the start up.
    gc.disable()
    from PySide6.QtWidgets import QApplication

    _spare_the_sources()
    from annotator.ui import elsewhere
    from annotator.ui.look import ARGUMENTS

    app = QApplication([*sys.argv[:1], *ARGUMENTS])
    app.setApplicationName("Annotator")
    app.setDesktopFileName("annotator")
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        identity = whoami.identity()
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    package: Path | None = None
    if project is not None and project.suffix == PACKAGE:
        package, project = project, None
        if identity is not None:
            project = _made_of(package, identity)
    wanted = paths.sample_project_path() if sample else project
    if identity is not None and wanted is not None:
        if package is not None:
            from annotator import arrivals

            arrivals.put(wanted, package)
        if words := elsewhere.called_up(wanted, identity.annotator.id):
            print(words)
            return 0
        if package is not None:
            arrivals.take(wanted)  # this window brings it in itself
    return _show(app, identity, wanted, sample=sample, package=package)


def _made_of(package: Path, identity: whoami.Identity) -> Path | None:
    """Return the project of this computer that a package belongs to; None where only the window finds out."""
    from annotator.exchange.package import glanced
    from annotator.jobs.opening import project_of

    try:
        header = glanced(package)
        return project_of(header, package, identity, whoami.acting(identity, {one.id for one in header.recipients}))
    except UserError:
        return None  # the window tells why


def _spare_the_sources() -> None:
    """Keep PySide from reading the source of every module that is imported from now on.

    It looks whether the word PySide6 stands there, for `from __feature__ import snake_case`, which nobody here uses:
    a twentieth of the start, more at the first opening of every dialog, and all those lines stay in memory.
    """
    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        setattr(feature, "_mod_uses_pyside", lambda _: True)  # noqa: B010 (a module mypy does not know)


def _show(
    app: QApplication,
    identity: whoami.Identity | None,
    project: Path | None,
    *,
    sample: bool,
    package: Path | None = None,
) -> int:
    from PySide6.QtCore import QTimer

    from annotator.ui.alerts import Alerts
    from annotator.ui.first import FirstPicture
    from annotator.ui.look import Look
    from annotator.ui.repeats import LateRepeats
    from annotator.ui.session import Session
    from annotator.ui.window import MainWindow

    _let_qt_speak(app)
    look = Look(app)
    alerts = Alerts(look, app)
    alerts.install()
    asked = identity is None
    if identity is None and package is not None:
        identity = _ask_of(package, look)
    identity = identity or _ask(look)
    if identity is None:
        return 0
    window = MainWindow(Session(identity, app), look)
    window.view.paint_failed.connect(alerts.told)
    if project is not None and (not sample or window.files.make_sample()):
        window.files.enter(project)
    window.show()
    window.windowHandle().installEventFilter(LateRepeats(app))
    FirstPicture(window.windowHandle(), lambda: _after_the_first_picture(window))
    if package is not None:
        arrived = package
        QTimer.singleShot(0, window, lambda: window.sheets.exchanging.open_package(arrived, asked=asked))
    window.settle()
    return app.exec()


def _let_qt_speak(app: QApplication) -> None:
    """Have Qt's own words, in its file dialogs, in the language of ours."""
    if not (wanted := i18n.language()):
        return
    from PySide6.QtCore import QLibraryInfo, QTranslator

    translator = QTranslator(app)
    if translator.load(f"qtbase_{wanted}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)


def _after_the_first_picture(window: MainWindow) -> None:
    gc.freeze()
    gc.enable()
    crashlog.watch_the_process()
    # Where a small Linux lacks what QtNetwork needs, a second start opens the project for reading.
    with suppress(ImportError):
        from annotator.ui.doorbell import hang_out

        bell = hang_out(window.session, window)
        bell.rung.connect(lambda _token: window.sheets.exchanging.welcome())


def _ask_of(package: Path, look: Look) -> whoami.Identity | None:
    """Ask who I am of those a package is for; None where it is for others, or cannot be read."""
    from annotator.exchange.package import glanced
    from annotator.ui.colleagues.arriving import ask_who

    try:
        return ask_who(glanced(package), None, look)
    except UserError:
        return None


def _ask(look: Look) -> whoami.Identity | None:
    from annotator.ui.dialogs.identity import IdentityDialog

    dialog = IdentityDialog(look)
    dialog.exec()
    return dialog.identity
