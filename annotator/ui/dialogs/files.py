"""Asking for files. Qt's own dialogs, not the desktop's: they take a typed path everywhere and follow the theme."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def _dialog(parent: QWidget, title: str, folder: Path, filters: str) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(folder), filters)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.resize(720, 480)
    return dialog


def ask_open(parent: QWidget, title: str, folder: Path, filters: str) -> Path | None:
    """Ask for one file that is there."""
    dialog = _dialog(parent, title, folder, filters)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return Path(dialog.selectedFiles()[0]) if dialog.exec() else None


def ask_several(parent: QWidget, title: str, folder: Path, filters: str) -> list[Path]:
    """Ask for files that are there."""
    dialog = _dialog(parent, title, folder, filters)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return [Path(name) for name in dialog.selectedFiles()] if dialog.exec() else []


def ask_save(parent: QWidget, title: str, suggestion: Path, filters: str) -> Path | None:
    """Ask where a file shall be written."""
    dialog = _dialog(parent, title, suggestion.parent, filters)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(suggestion.suffix.removeprefix("."))
    dialog.selectFile(suggestion.name)
    return Path(dialog.selectedFiles()[0]) if dialog.exec() else None
