"""The pictures of the manual, each a moment of the real window on the sample project."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from annotator import assets, paths, whoami
from annotator.jobs.sample import make_sample
from annotator.ui.dialogs.export import ExportDialog
from annotator.ui.dialogs.history import HistoryDialog
from annotator.ui.dialogs.importing import ImportDialog
from annotator.ui.look import ARGUMENTS, Look
from annotator.ui.palette import Palette
from annotator.ui.scrim import Scrim
from annotator.ui.session import Session
from annotator.ui.window import MainWindow

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "resources" / "manual"
SMALL = 48
"""Width in pixels of the grey copies that are compared: machines draw letters a little differently, clocks go on."""
LIMIT = 24
"""Levels of grey, of 255, by which a pixel of the copies may differ."""
SIZE = (1200, 760)


@contextmanager
def shown() -> Iterator[MainWindow]:
    """Show the window on the sample project as the program does."""
    app = QApplication.instance() or QApplication(["annotator", *ARGUMENTS])
    assert isinstance(app, QApplication)
    font = QFont("DejaVu Sans")
    font.setPixelSize(13)
    app.setFont(font)
    who = whoami.identity() or whoami.save_identity("Lena Brandt")
    if not paths.sample_project_path().exists():
        make_sample(paths.sample_project_path())
    window = MainWindow(Session(who), Look(app))
    window.resize(*SIZE)
    window.files.open_path(paths.sample_project_path())
    window.show()
    window.settle()
    rest()
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
        rest()


def rest() -> None:
    """Let everything that waits be done."""
    for _ in range(8):
        QApplication.processEvents()


def tagged(window: MainWindow) -> None:
    """Label two words that are not labelled yet, and focus the quote in two pieces."""
    view, text = window.view, window.session.text
    for words, key in (("divers", "S"), ("found", "C")):
        start = text.index(words)
        view.select(start, start + len(words))
        QTest.keyClicks(view, key)
    quote = next(span for span in view.spans() if len(span.fragments) > 1)
    view.focus_span(quote.id)
    rest()


def picture(window: MainWindow, dialog: QDialog | None = None, *, dimmed: bool = False) -> QPixmap:
    """Return the window, with a dialog over its middle."""
    wait(lambda: window.page.margin.drawn)
    if dialog is None:
        rest()
        return window.grab()
    if dimmed:
        Scrim(dialog, window)
    dialog.show()
    rest()
    under, over = window.grab(), dialog.grab()
    with QPainter(under) as painter:
        left = (window.width() - dialog.width()) // 2
        top = 88 if dimmed else (window.height() - dialog.height()) // 2
        painter.drawPixmap(QPoint(left, top), over)
    dialog.close()
    return under


def main_window() -> QPixmap:
    """Return the window with a focused span."""
    with shown() as window:
        tagged(window)
        return picture(window)


def finding() -> QPixmap:
    """Return words found in the article."""
    with shown() as window:
        window.actions_["edit.find"].trigger()
        QTest.keyClicks(window.page.find_bar.field, "bridge")
        wait(lambda: window.view.selection is not None)
        return picture(window)


def finding_an_action() -> QPixmap:
    """Return the palette."""
    with shown() as window:
        dialog = Palette(window.actions_, window.preferences.settings, window.look, window)
        dialog.field.setText("span")
        return picture(window, dialog, dimmed=True)


def importing() -> QPixmap:
    """Return what files would bring, before they are imported."""
    with shown() as window:
        assert window.session.workspace is not None
        files = [assets.samples_path().with_name(f"{name}.txt") for name in ("river-bridge", "salt-works")]
        dialog = ImportDialog(window.session.workspace, files, window.look, window)
        wait(lambda: not dialog._runner.running)
        return picture(window, dialog)


def exporting() -> QPixmap:
    """Return what a file would hold, before it is written."""
    with shown() as window:
        store = window.session.store
        assert store is not None
        target = Path("Articles.jsonl")
        dialog = ExportDialog(store.path, window.session.me.id, target, window.look, window)
        wait(lambda: not dialog._runner.running)
        return picture(window, dialog)


def history() -> QPixmap:
    """Return what was done."""
    with shown() as window:
        tagged(window)
        assert window.session.workspace is not None
        dialog = HistoryDialog(window.session.workspace, window.session.visible, True, window.look, window)
        return picture(window, dialog)


def wait(condition: Callable[[], bool]) -> None:
    """Go on when the condition holds. Raises TimeoutError after ten seconds."""
    for _ in range(1_000):
        if condition():
            rest()
            return
        QTest.qWait(10)
    raise TimeoutError("waited 10 seconds in vain")


SCENES: dict[str, Callable[[], QPixmap]] = {
    "window": main_window,
    "find": finding,
    "palette": finding_an_action,
    "import": importing,
    "export": exporting,
    "history": history,
}


def flat(image: QImage) -> QImage:
    """Return the picture with its 256 most frequent colours: a third of the size, and nobody sees it."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    seen = Counter(memoryview(plain.constBits()).cast("I"))
    table = [colour for colour, _times in seen.most_common(256)]
    return plain.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.ThresholdDither)


def take() -> int:
    """Take every picture anew."""
    for name, scene in SCENES.items():
        flat(scene().toImage()).save(str(PAGES / f"{name}.png"))
    return 0


def check() -> int:
    """Compare every picture with the program; say which are stale and return their number."""
    stale = 0
    for name, scene in SCENES.items():
        kept = QImage(str(PAGES / f"{name}.png"))
        worst = difference(kept, scene().toImage())
        if worst > LIMIT:
            stale += 1
            print(f"{name}.png is stale (differs by {worst}); `python packaging/make_pictures.py` takes it anew.")
    return stale


def difference(one: QImage, other: QImage) -> int:
    """Return by how many levels of grey (0 to 255) the pixels of small copies differ at most; 255 for another size."""
    if one.isNull() or one.size() != other.size():
        return 255
    small = [
        image.scaledToWidth(SMALL, Qt.TransformationMode.SmoothTransformation).convertToFormat(
            QImage.Format.Format_Grayscale8
        )
        for image in (one, other)
    ]
    places = [(x, y) for x in range(small[0].width()) for y in range(small[0].height())]
    return max(abs((small[0].pixel(x, y) & 255) - (small[1].pixel(x, y) & 255)) for x, y in places)
