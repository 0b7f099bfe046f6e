"""A dialog is shown, answered, and gone."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog


def run(dialog: QDialog) -> int:
    """Show a dialog until it is closed, then let it go; what it was asked for can still be read at once."""
    try:
        return dialog.exec()
    finally:
        # Its parent would keep it, with all it shows, for as long as the window stands.
        dialog.deleteLater()
