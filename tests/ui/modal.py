"""A dialog that stands in the way, answered while the test waits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog

D = TypeVar("D", bound=QDialog)


@contextmanager
def answered(kind: type[D], answer: Callable[[D], object]) -> Iterator[None]:
    """Answer one dialog of this kind as soon as it is there; fails where none came."""
    came: list[D] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not came and isinstance(dialog, kind):
            came.append(dialog)
            answer(dialog)

    timer = QTimer(interval=5)
    timer.timeout.connect(look)
    timer.start()
    try:
        yield
    finally:
        timer.stop()
    assert came, f"no {kind.__name__} came"
