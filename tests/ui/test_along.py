"""My identity goes along by two buttons, and what is shown as mine is then another's no more."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator import identityfile, keys, whoami
from annotator.ui.dialogs import along
from annotator.ui.dialogs.identity import IdentityDialog
from annotator.ui.dialogs.settings import ME_PAGE, SettingsDialog
from annotator.ui.look import Look
from annotator.ui.window import MainWindow
from tests.ui.modal import answered


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The identity of Lena, saved on another computer; the dialog that asks for a file names it."""
    path = tmp_path / "lena.annotator-identity"
    with pytest.MonkeyPatch.context() as elsewhere:
        elsewhere.setenv("ANNOTATOR_HOME", str(tmp_path / "elsewhere"))
        whoami.save_identity("Lena B.")
        identityfile.save(path)
    monkeypatch.setattr(along, "ask_open", lambda *_: path)
    return path


def test_the_first_question_is_answered_by_a_file(
    qtbot: QtBot, qapp: object, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = IdentityDialog(Look(qapp))  # type: ignore[arg-type]  # qapp is a QApplication
    qtbot.addWidget(dialog)
    monkeypatch.setattr(along, "ask_open", lambda *_: None)
    dialog._take()
    assert dialog.identity is None
    monkeypatch.setattr(along, "ask_open", lambda *_: Path(__file__))
    dialog._take()
    assert "is no identity" in dialog._fault.text()
    assert dialog.identity is None
    monkeypatch.setattr(along, "ask_open", lambda *_: file)
    dialog._take()
    assert dialog.identity is not None
    assert dialog.identity == whoami.identity()
    assert dialog.identity.annotator.name == "Lena B."
    assert dialog.result() == IdentityDialog.DialogCode.Accepted


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every dialog
def test_that_is_me_in_the_settings(window: MainWindow, qtbot: QtBot, file: Path) -> None:
    session = window.session
    window.view.select(0, 5)
    qtbot.keyClick(window.view, Qt.Key.Key_Q)
    before, spans = session.me, len(session.spans)
    assert session.store is not None
    path = session.store.path

    def take(dialog: SettingsDialog) -> None:
        dialog.show_page(ME_PAGE)
        page = dialog.me_page
        old_key = page.key.text()
        assert old_key.replace(" ", "") == keys.public_hex()
        page.along.take.click()
        assert page.words.text().startswith("You are Lena B.")
        assert (page.name.text(), page.key.text().replace(" ", "")) == ("Lena B.", keys.public_hex())
        assert page.key.text() != old_key
        dialog.accept()

    with answered(SettingsDialog, take):
        window.sheets.settings()
    assert session.identity == whoami.identity()
    assert session.identity.also == (before.id,)
    assert window.bottom._who.text() == "Lena B."
    assert session.store is not None
    assert session.store.path == path
    # I stood in this project under the other id: what I tagged there is mine, by whatever the session acts as.
    qtbot.waitUntil(lambda: session.article is not None)
    assert len(session.store.spans(session.article.id, session.visible.ALL)) >= spans  # type: ignore[union-attr]
    window.view.select(6, 9)
    qtbot.keyClick(window.view, Qt.Key.Key_Q)
    window.undoing.undo()


def test_my_identity_is_saved(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whoami.save_identity('A/na "R."')
    told: list[str] = []
    suggested: list[Path] = []
    target = tmp_path / "me.annotator-identity"

    def ask(_parent: object, _title: str, suggestion: Path, _kinds: str) -> Path | None:
        suggested.append(suggestion)
        return target if len(suggested) > 1 else None

    monkeypatch.setattr(along, "ask_save", ask)
    along.save_to_file(window, told.append)
    assert not target.exists()
    along.save_to_file(window, told.append)
    assert suggested[0].name == "Ana R.annotator-identity"
    assert told == [f"Saved in {target}. {identityfile.WARNING}"]
    monkeypatch.setattr(along, "ask_save", lambda *_: tmp_path)
    along.save_to_file(window, told.append)
    assert "is a folder" in told[-1]
    assert identityfile.take(target).words.endswith("nothing changed.")
