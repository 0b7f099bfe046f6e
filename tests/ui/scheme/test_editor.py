"""The editor of the scheme in a window: made, looked at, put in force, used, taken back; by real keys and clicks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from annotator import assets, whoami
from annotator.domain import attributes, grouping, redrawing
from annotator.domain.redrawing import Redrawn
from annotator.domain.scheme import Scheme, from_data, parse
from annotator.editing import schemes
from annotator.editing.workspace import Workspace
from annotator.jobs.importing import import_paths
from annotator.jobs.redrawing import Outcome
from annotator.storage.store import Store
from annotator.ui.scheme.attributedialog import AttributeDialog
from annotator.ui.scheme.kinds import Relations
from annotator.ui.scheme.labelmoves import DeleteDialog, MergeDialog, SplitDialog
from annotator.ui.scheme.page import SchemePage
from annotator.ui.window import MainWindow
from tests.ui.conftest import TEXTS
from tests.ui.modal import answered
from tests.ui.test_saying import focused, said, tag
from tests.ui.test_window import press, select, stored

K = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
Make = Callable[[Path | None], MainWindow]
pytestmark = pytest.mark.qt_log_ignore("does not support")


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    """A project with one article and no label."""
    who = whoami.save_identity("Lena Brandt")
    path = tmp_path / "Own.annotator"
    Store.create(path, parse(assets.scheme_text("blank"), "blank.toml"))
    file = tmp_path / "0.txt"
    file.write_text(TEXTS[0], encoding="utf-8", newline="")
    store = Store.open(path)
    import_paths(Workspace(store, who.annotator, who.device), [file])
    store.close()
    return path


def opened(window: MainWindow, qtbot: QtBot) -> SchemePage:
    """Open the editor by its key."""
    qtbot.keyClick(window.view, K.Key_F7)
    return page_of(window)


def page_of(window: MainWindow) -> SchemePage:
    page = window.sheets.editor.page
    assert page is not None
    assert page.isVisible()
    return page


def type_(text: str) -> None:
    """Type into what has the keyboard."""
    QTest.keyClicks(now(), text)


def key(pressed: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    QTest.keyClick(now(), pressed, modifier)


def now() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def told(page: SchemePage, qtbot: QtBot) -> str:
    """Return what the right side says once it has counted."""
    qtbot.waitUntil(lambda: not page.watcher.busy)
    QApplication.processEvents()  # a layout shows what was put into it a moment later
    return " | ".join(label.text() for label in page.effects.findChildren(QLabel) if label.isVisible())


def go(window: MainWindow, qtbot: QtBot) -> None:
    """Apply with Ctrl+Return and wait until the text is there again."""
    window.activateWindow()  # offscreen nobody does when a dialog goes
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    page_of(window).labels.setFocus()
    key(K.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: window.sheets.editor.page is None and not window.files.running)


def scheme_of(window: MainWindow) -> Scheme:
    return window.session.scheme


def test_a_scheme_of_ones_own_is_made_used_and_taken_back(make_window: Make, blank: Path, qtbot: QtBot) -> None:
    window = make_window(blank)
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    window.side.labels.none_yet.setFocus()
    key(K.Key_Return)  # Make labels
    page = page_of(window)
    assert now() is page.form.name
    type_("Speaker")
    assert page.form.key.text() == "S"
    key(K.Key_Insert)
    type_("Promise")
    assert page.form.key.text() == "E"  # P, R, O, M and I are the program's
    page.form.attributes.fresh.setFocus()
    type_("Kept")
    with answered(AttributeDialog, fill_in):
        key(K.Key_Return)
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    QTest.mouseClick(page.sections[0], Qt.MouseButton.LeftButton)
    relations = page.stack.currentWidget()
    assert isinstance(relations, Relations)
    assert now() is relations.add
    key(K.Key_Return)
    assert now() is relations.name
    type_("gives")
    assert page.bottom._saved.text() == "4 changes not applied"
    assert page.bottom._count.text() == "2 labels, 1 attribute, 1 relation"
    assert "“Promise” is a new label | asks for Kept * |  | “gives” is a new relation | 0 | spans are lost" in told(
        page, qtbot
    )
    go(window, qtbot)
    made = scheme_of(window)
    assert [(one.id, one.name, one.key) for one in made.labels] == [
        ("speaker", "Speaker", "S"), ("promise", "Promise", "E")
    ]  # fmt: skip
    assert made.version == 2
    (kept,) = attributes.attributes(made)
    assert (kept.name, kept.labels, kept.required) == ("Kept", ("promise",), True)
    (gives,) = grouping.relations(made)
    assert (gives.id, gives.source, gives.target) == ("gives", ("speaker",), ("promise",))
    use_it(window, qtbot)


def fill_in(dialog: AttributeDialog) -> None:
    """Write two values, required, and take them."""
    rows = dialog.values.rows
    QTest.keyClicks(rows[0].line, "yes")
    QTest.keyClick(rows[0].line, K.Key_Return)
    QTest.keyClicks(rows[1].line, "not yet")
    QTest.keyClick(dialog.must, K.Key_Space)
    QTest.keyClick(rows[1].line, K.Key_Return)
    QTest.keyClick(rows[2].line, K.Key_Return)  # an empty line is the end


def use_it(window: MainWindow, qtbot: QtBot) -> None:
    """Tag by the keys of the scheme, answer what is required, tie the two, take it all back."""
    assert window.view.hasFocus()
    select(window, "We sail")
    press(qtbot, window, K.Key_E)
    press(qtbot, window, K.Key_2)
    select(window, "the owner")
    press(qtbot, window, K.Key_S)
    assert sorted(said(window), key=str) == [("promise", {"kept": "not yet"}), ("speaker", {})]
    press(qtbot, window, K.Key_R)
    press(qtbot, window, K.Key_Return)
    store, article = window.session.store, window.session.article
    assert store is not None
    assert article is not None
    (tie,) = store.relations(article.id, window.session.visible)
    assert tie.label == "gives"
    for _step in range(4):
        press(qtbot, window, K.Key_Z, CONTROL)
    assert said(window) == []
    assert scheme_of(window).version == 2
    press(qtbot, window, K.Key_Z, CONTROL)
    assert scheme_of(window) == parse(assets.scheme_text("blank"), "blank.toml")
    assert window.side.labels.none_yet.isVisible()


def test_the_form_tells_what_a_new_name_touches_before_anything_is_done(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "said", K.Key_C)
    tag(window, qtbot, "Nobody", K.Key_C)
    page = opened(window, qtbot)
    assert now() is page.labels
    key(K.Key_Down)
    key(K.Key_Down)
    assert page.form.name.text() == "Cue"
    key(K.Key_Return)
    key(K.Key_A, CONTROL)
    type_("Speech cue")
    assert page.form.told.text() == "Was “Cue”. 2 spans keep their place and get the new name."
    words = told(page, qtbot)
    assert "2 | spans get the new name | in 1 article" in words
    assert "0 | spans are lost" in words
    assert page.bottom._saved.text() == "1 change not applied"
    assert scheme_of(window).label("cue").name == "Cue"  # type: ignore[union-attr]
    go(window, qtbot)
    assert scheme_of(window).label("cue").name == "Speech cue"  # type: ignore[union-attr]
    assert window.notice.words == "Version 3 of the scheme is in force."
    assert window.view.hasFocus()
    press(qtbot, window, K.Key_Z, CONTROL)
    assert scheme_of(window).label("cue").name == "Cue"  # type: ignore[union-attr]


def test_a_key_that_is_taken_is_told_at_once_and_not_kept(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    page.show_label("cue")
    page.form.key.setFocus()
    for letter, words in (("s", "The key S is Source's already."), ("j", "The key J is the program's: Next span.")):
        key(K.Key_A, CONTROL)
        type_(letter)
        assert words in page.form.told.text()
        assert not page.apply.isEnabled()
    key(K.Key_A, CONTROL)
    type_("y")
    assert page.form.told.text() == ""
    assert page.draft.scheme.label("cue").key == "Y"  # type: ignore[union-attr]


def test_ctrl_z_takes_edits_of_the_draft_back_one_by_one(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "said", K.Key_C)
    page = opened(window, qtbot)
    page.show_label("cue")
    page.form.focus_name()
    type_("Word")
    page.form.meaning.setFocus()
    type_("x")
    key(K.Key_Z, CONTROL)
    assert page.form.meaning.toPlainText().startswith("The shortest")
    assert page.form.name.text() == "Word"
    key(K.Key_Z, CONTROL)
    assert page.form.name.text() == "Cue"
    key(K.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert page.form.name.text() == "Word"
    key(K.Key_Z, CONTROL)
    key(K.Key_Z, CONTROL)
    assert window.notice.words == "There is nothing left to undo."
    assert len(stored(window)) == 1  # nothing of the project was taken back


def test_esc_keeps_what_is_not_applied_and_says_so(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    page.show_label("claim")
    page.form.focus_name()
    type_("Assertion")
    key(K.Key_Escape)
    assert window.sheets.editor.page is None
    assert "1 change of the scheme is not applied" in window.notice.words
    assert "F7" in window.notice.words
    assert window.view.hasFocus()
    press(qtbot, window, K.Key_F7)
    assert page_of(window).draft.scheme.label("claim").name == "Assertion"  # type: ignore[union-attr]
    page_of(window).discard.click()
    assert page_of(window).bottom._saved.text() == "No change yet"
    key(K.Key_Escape)
    assert window.sheets.unapplied == 0


def test_a_window_with_a_draft_asks_once_before_it_closes(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    page.add_label()
    assert not window.close()
    assert "not applied" in window.notice.words
    assert window.close()


def test_what_changed_since_it_asked_is_asked_for_again(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    page.add_label()
    assert not window.close()
    page.add_label()
    assert not window.close()
    assert window.close()


def test_actions_of_the_text_rest_while_the_editor_is_open(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "said", K.Key_C)
    page = opened(window, qtbot)
    page.back.setFocus()
    for pressed in (K.Key_J, K.Key_Delete, K.Key_Q):
        key(pressed)
    assert not window.actions_["article.done"].isEnabled()
    assert not window.actions_["project.open"].isEnabled()
    assert len(stored(window)) == 1
    key(K.Key_Escape)
    assert window.actions_["article.done"].isEnabled()


def test_the_version_that_is_promised_is_the_one_that_comes_into_force(window: MainWindow, qtbot: QtBot) -> None:
    opened(window, qtbot).draft.rename("cue", "Verb")
    go(window, qtbot)
    used = scheme_of(window).version
    tag(window, qtbot, "said", K.Key_C)
    press(qtbot, window, K.Key_Z, CONTROL)
    press(qtbot, window, K.Key_Z, CONTROL)
    assert scheme_of(window).version == used - 1
    page = opened(window, qtbot)
    page.draft.rename("cue", "Speech verb")
    assert page.apply.text() == f"Apply as version {used + 1}"  # somebody worked under the one before
    go(window, qtbot)
    assert scheme_of(window).version == used + 1


def test_merging_is_told_done_and_taken_back(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "said", K.Key_C)
    tag(window, qtbot, "the owner", K.Key_S)
    before = stored(window)
    page = opened(window, qtbot)
    page.show_label("evidence")
    page.show_label("cue")

    def into(dialog: MergeDialog) -> None:
        dialog.into.setCurrentIndex(dialog.into.findData("source"))
        dialog.accept()

    with answered(MergeDialog, into):
        page.form.merge.click()
    assert "1 | span of “Cue” becomes “Source”" in told(page, qtbot)
    go(window, qtbot)
    assert {span.label for span in stored(window)} == {"source"}
    assert [span.id for span in stored(window)] == [span.id for span in before]
    assert scheme_of(window).label("cue") is None
    assert window.notice.words.startswith("Version 3")
    press(qtbot, window, K.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: scheme_of(window).label("cue") is not None)
    assert stored(window) == before


def test_splitting_by_an_attribute_moves_those_that_say_it(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "“We sail,”", K.Key_Q)
    tag(window, qtbot, "Nobody else spoke", K.Key_W)
    page = opened(window, qtbot)
    page.show_label("quote")

    def by_mode(dialog: SplitDialog) -> None:
        dialog.by.setCurrentIndex(dialog.by.findData("mode"))
        dialog.value.setCurrentIndex(dialog.value.findData("indirect"))
        dialog.name.setText("Paraphrase")
        dialog.accept()

    with answered(SplitDialog, by_mode):
        page.form.split.click()
    assert page.form.name.text() == "Paraphrase"
    assert "1 | span of “Quote” becomes “Paraphrase”" in told(page, qtbot)
    go(window, qtbot)
    assert sorted(span.label for span in stored(window)) == ["paraphrase", "quote"]
    press(qtbot, window, K.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: {span.label for span in stored(window)} == {"quote"})


@pytest.mark.parametrize(("spans_too", "left"), [(False, ["cue", "source"]), (True, ["source"])])
def test_deleting_asks_what_becomes_of_the_spans(
    window: MainWindow, qtbot: QtBot, spans_too: bool, left: list[str]
) -> None:
    tag(window, qtbot, "said", K.Key_C)
    tag(window, qtbot, "the owner", K.Key_S)
    before = stored(window)
    page = opened(window, qtbot)
    page.show_label("cue")
    assert page.form.delete.text() == "Delete, 1 span bears it…"
    with answered(DeleteDialog, lambda dialog: (dialog.go if spans_too else dialog.keep).click()):
        page.form.delete.click()
    words = told(page, qtbot)
    assert ("1 | span is lost" in words) is spans_too
    go(window, qtbot)
    assert sorted(span.label for span in stored(window)) == left
    assert scheme_of(window).label("cue") is None
    press(qtbot, window, K.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: scheme_of(window).label("cue") is not None)
    assert stored(window) == before


def test_the_editor_begins_anew_where_the_scheme_is_taken_back_below_it(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    page.show_label("cue")
    page.form.focus_name()
    type_("Verb")
    go(window, qtbot)
    assert scheme_of(window).version == 3
    opened(window, qtbot)
    window.notice._undo.click()  # still offered over the editor
    assert scheme_of(window).version == 2
    page = page_of(window)
    assert page.draft.before == scheme_of(window)
    page.show_label("cue")
    page.form.focus_name()
    type_("Sign")
    go(window, qtbot)
    assert scheme_of(window).label("cue").name == "Sign"  # type: ignore[union-attr]


def test_keys_go_from_the_form_to_what_stands_left_and_on_below_the_labels(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    assert now() is page.labels
    key(K.Key_F6)
    assert now() is page.form.name
    key(K.Key_F6)
    assert now() is page.labels
    for _label in page.labels.ids():
        key(K.Key_Down)
    assert now() is page.sections[0]
    key(K.Key_Up)
    assert now() is page.labels
    page.show_section("relations")
    key(K.Key_F6)
    assert now() is page.sections[0]


def test_who_ticks_required_by_keys_stays_there(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    page.show_label("quote")
    tick = page.form.attributes.rows[1].must
    tick.setFocus()
    key(K.Key_Space)
    assert now() is page.form.attributes.rows[1].must
    assert page.form.attributes.rows[1].must.isChecked()
    assert now() is not tick  # the row was made anew


def test_what_a_notice_of_the_text_would_undo_is_not_offered_in_the_editor(window: MainWindow, qtbot: QtBot) -> None:
    window.notice.say("2 articles imported.", undo=True)
    opened(window, qtbot)
    assert not window.notice.isVisible()


def test_labels_are_moved_by_keys(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    key(K.Key_Down)
    key(K.Key_Down, ALT)
    assert page.labels.ids()[:3] == ["source", "quote", "cue"] or page.labels.ids()[:3] == ["quote", "cue", "source"]
    moved = page.labels.ids()
    go(window, qtbot)
    assert [label.id for label in scheme_of(window).labels] == moved


def test_the_label_panel_leads_to_the_form(window: MainWindow, qtbot: QtBot) -> None:
    window.side.labels.change_wanted.emit("claim")
    page = page_of(window)
    assert page.form.name.text() == "Claim"
    assert page.form.name.hasFocus()


def test_a_scheme_file_is_taken_into_the_draft_and_written(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened(window, qtbot)
    page.show_label("cue")
    page.form.focus_name()
    type_("Verb")
    path = tmp_path / "own.toml"
    window.sheets.editor.write_file(path)
    assert window.notice.words == "own.toml is written."
    page.discard.click()
    window.sheets.editor.take_file(path)
    assert "taken into the draft" in window.notice.words
    assert page.draft.scheme.label("cue").name == "Verb"  # type: ignore[union-attr]
    assert scheme_of(window).label("cue").name == "Cue"  # type: ignore[union-attr]
    bad = "id = 'x'\nname = 'X'\nversion = 1\n[[labels]]\nid = 'a'\nname = 'A'\nkey = 'J'\n"
    path.write_text(bad, encoding="utf-8")
    window.sheets.editor.take_file(path)
    assert "own.toml:7" in window.notice.words
    assert "The key J is the program's" in window.notice.words
    window.sheets.editor.take_file(tmp_path / "not there.toml")
    assert "cannot be read" in window.notice.words
    assert page.draft.scheme.label("cue").name == "Verb"  # type: ignore[union-attr]


def test_a_scheme_that_changed_meanwhile_refuses_the_draft(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    page.show_label("cue")
    page.form.focus_name()
    type_("Verb")
    before = scheme_of(window)
    assert window.session.do(schemes.apply(before, before._replace(name="Elsewhere")))
    key(K.Key_Return, CONTROL)
    assert window.sheets.editor.page is page
    assert window.notice.words
    assert scheme_of(window).name == "Elsewhere"
    assert page.form.name.isEnabled()


def test_the_span_that_is_focused_keeps_its_place(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "said", K.Key_C)
    span = focused(window)
    opened(window, qtbot)
    key(K.Key_Escape)
    assert focused(window) == span


def test_a_label_that_is_off_has_no_key_and_keeps_its_spans(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "said", K.Key_C)
    page = opened(window, qtbot)
    page.show_label("cue")
    QTest.keyClick(page.form.used, K.Key_Space)
    assert "1 | span stays; “Cue” is off" in told(page, qtbot)
    go(window, qtbot)
    assert "Cue" not in [row.label.name for row in window.side.labels._rows]
    tag(window, qtbot, "Nobody", K.Key_C)
    assert [span.label for span in stored(window)] == ["cue"]
    assert window.view.labels["cue"].name == "Cue"  # its spans look as they did
    press(qtbot, window, K.Key_Z, CONTROL)
    assert "Cue" in [row.label.name for row in window.side.labels._rows]
    tag(window, qtbot, "Nobody", K.Key_C)
    assert [span.label for span in stored(window)] == ["cue", "cue"]


@pytest.mark.parametrize("same", [False, True])
def test_another_meaning_makes_a_worklist_unless_it_is_said_to_be_the_same(
    window: MainWindow, qtbot: QtBot, same: bool
) -> None:
    tag(window, qtbot, "said", K.Key_C)
    page = opened(window, qtbot)
    page.show_label("cue")
    assert not page.form.same.isVisible()
    page.form.meaning.setFocus()
    type_("Only verbs. ")
    assert page.form.same.isVisible()
    if same:
        QTest.keyClick(page.form.same, K.Key_Space)
    assert ("1 | span of “Cue” is to be looked at again" in told(page, qtbot)) is not same
    go(window, qtbot)
    assert ("1 of your spans was made under the older meaning" in window.notice.words) is not same


def test_long_names_and_hundreds_of_labels_are_edited(make_window: Make, tmp_path: Path, qtbot: QtBot) -> None:
    who = whoami.save_identity("Lena Brandt")
    labels = [
        {"id": f"l{number}", "name": f"{number} " + "long name " * 20, "light": f"#{number:02X}4080", "dark": "#80C0FF"}
        for number in range(200)
    ]
    path = tmp_path / "Many.annotator"
    Store.create(path, from_data({"id": "many", "name": "Many", "version": 1, "labels": labels}))
    file = tmp_path / "0.txt"
    file.write_text(TEXTS[0], encoding="utf-8", newline="")
    store = Store.open(path)
    import_paths(Workspace(store, who.annotator, who.device), [file])
    store.close()
    window = make_window(path)
    window.sheets.scheme("l150")
    page = page_of(window)
    assert page.labels.current == "l150"
    assert page.form.name.text().startswith("150 long name")
    page.form.focus_name()
    QTest.keyClicks(page.form.name, "Short")
    assert "hardly be told" in page.form.colour_told.text()
    assert "And" in told(page, qtbot)  # more colours than are named
    QTest.keyClick(page.form.name, K.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: window.sheets.editor.page is None)
    assert scheme_of(window).label("l150").name == "Short"  # type: ignore[union-attr]


def test_stopping_leaves_the_draft_and_the_project_as_they_were(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag(window, qtbot, "said", K.Key_C)
    before, scheme = stored(window), scheme_of(window)
    page = opened(window, qtbot)
    page.draft.edit(lambda now: redrawing.merge(now, "cue", "source"))

    def stopped(_workspace: object, draft: Redrawn, _progress: object, _cancelled: object, also: object) -> Outcome:
        return Outcome(draft.before, stopped=True)

    monkeypatch.setattr("annotator.jobs.redrawing.redraw", stopped)
    page.labels.setFocus()
    key(K.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: window.notice.words == "Stopped; nothing was changed.")
    assert window.sheets.editor.page is page
    assert page.apply.isEnabled()
    assert page.draft.now.moves
    assert (stored(window), scheme_of(window)) == (before, scheme)
