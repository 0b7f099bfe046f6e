"""A dialog is shown, answered, and gone."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget


def run(dialog: QDialog) -> int:
    """Show a dialog until it is closed, then let it go; what it was asked for can still be read at once."""
    try:
        return dialog.exec()
    finally:
        # Its parent would keep it, with all it shows, for as long as the window stands.
        dialog.deleteLater()


def run_over(dialog: QDialog, window: QWidget) -> bool:
    """Show a dialog over a page that hears keys of its own; return whether it was accepted."""
    accepted = bool(run(dialog))
    # Where no window manager gives the keyboard back, no shortcut would be heard on the page.
    window.activateWindow()
    return accepted
