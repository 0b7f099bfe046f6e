"""Asking for files. Qt's own dialogs, not the desktop's: they take a typed path everywhere and follow the theme."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileInfo
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import QApplication, QFileDialog, QStyle, QWidget

from annotator.i18n import _
from annotator.ui.dialogs.modal import run


class NameOnlyIcons(QAbstractFileIconProvider):
    """Tells files by their names alone.

    Qt's own provider reads into files to find out what they are. When it closes an open project or its -shm, POSIX
    drops SQLite's locks on it: the next program that looks at the project truncates the -shm under us (SIGBUS).
    """

    def __init__(self) -> None:
        super().__init__()
        style = QApplication.style()
        self._folder = style.standardIcon(QStyle.StandardPixmap.SP_DirIcon)
        self._file = style.standardIcon(QStyle.StandardPixmap.SP_FileIcon)

    def icon(self, what: QFileInfo | QAbstractFileIconProvider.IconType) -> QIcon:
        """Return a folder or a sheet."""
        if isinstance(what, QFileInfo):
            return self._folder if what.isDir() else self._file
        return self._file if what is QAbstractFileIconProvider.IconType.File else self._folder

    def type(self, info: QFileInfo) -> str:
        """Return the kind of file as its name says."""
        return _("Folder") if info.isDir() else _("{suffix} file").format(suffix=info.suffix()).strip()


def file_dialog(parent: QWidget | None, title: str, folder: Path, filters: str) -> QFileDialog:
    """Return a dialog that opens none of the files it shows."""
    # Icons first: told a folder, the dialog begins to look into it.
    dialog = QFileDialog(parent, title)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setOption(QFileDialog.Option.DontUseCustomDirectoryIcons)
    icons = NameOnlyIcons()
    dialog.setIconProvider(icons)
    dialog.setProperty("icons", icons)  # the dialog does not own it
    dialog.setDirectory(str(folder))
    dialog.setNameFilters(filters.split(";;"))
    dialog.resize(720, 480)
    return dialog


def ask_open(parent: QWidget, title: str, folder: Path, filters: str) -> Path | None:
    """Ask for one file that is there."""
    dialog = file_dialog(parent, title, folder, filters)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return Path(dialog.selectedFiles()[0]) if run(dialog) else None


def ask_several(parent: QWidget, title: str, folder: Path, filters: str) -> list[Path]:
    """Ask for files that are there."""
    dialog = file_dialog(parent, title, folder, filters)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return [Path(name) for name in dialog.selectedFiles()] if run(dialog) else []


def ask_save(parent: QWidget, title: str, suggestion: Path, filters: str) -> Path | None:
    """Ask where a file shall be written."""
    dialog = file_dialog(parent, title, suggestion.parent, filters)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(suggestion.suffix.removeprefix("."))
    dialog.selectFile(suggestion.name)
    return Path(dialog.selectedFiles()[0]) if run(dialog) else None
