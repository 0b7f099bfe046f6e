"""The review page by real keys: one settles and goes on, all can be taken back, nothing is preselected."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from annotator import assets, recent, whoami
from annotator.domain.article import VisibleLayers
from annotator.domain.scheme import parse
from annotator.domain.span import Span
from annotator.editing.review import finish
from annotator.editing.workspace import Workspace
from annotator.jobs.consensus import Made
from annotator.review.standing import DISCUSSED, SETTLED
from annotator.storage.store import Store
from annotator.ui.dialogs.export import ExportDialog
from annotator.ui.dialogs.keys import KeySheet
from annotator.ui.review import decidepanel
from annotator.ui.review.alike import AlikeDialog
from annotator.ui.review.choice import ChoiceDialog
from annotator.ui.review.missing import MakeDialog
from annotator.ui.review.page import ReviewPage
from annotator.ui.review.rules import RuleDialog
from annotator.ui.window import MainWindow
from tests.builders import bring, tag
from tests.ui.modal import answered
from tests.ui.review.conftest import ANA, BAKERS, BO, DOCKS, counter, press, read, recounted, review, window_of

Make = Callable[[Path | None], MainWindow]
K = Qt.Key
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
pytestmark = pytest.mark.qt_log_ignore("does not support")


def consensus(page: ReviewPage) -> list[tuple[str, str]]:
    """Return label and words of the spans of the consensus."""
    store, found = page.desk.store, []
    for id in store.article_ids():
        article = store.article(id)
        assert article is not None
        text = store.text(article.sha256)
        spans = store.spans(id, VisibleLayers(frozenset({"consensus"}), None))
        found += [(it.label, " … ".join(text[a:b] for a, b in it.fragments)) for it in spans]
    return found


def words(page: ReviewPage) -> str:
    """Return the words of the difference that lies on the desk."""
    item = page.desk.item
    return item.difference.words if item is not None else ""


def cards(page: ReviewPage) -> list[tuple[str, str]]:
    """Return key and person of the shown cards."""
    return [(card.said.key, card.said.who) for card in page.decide._cards if not card.isHidden()]


def test_the_queue_stands_in_the_order_of_the_text(page: ReviewPage) -> None:
    kinds = [row.item.difference.kind if row.item else row.title for row in page.queue.list.shown]
    assert kinds == ["Dockers walk out", "boundary", "missed", "missed", "Bakers count the days", "boundary", "missed"]
    assert counter(page) == recounted(page) == 5
    assert page.queue.progress_words.text() == "0 of 5 settled, 3 spans agreed"
    assert page.article.headline.accessibleName() == "Dockers walk out"
    assert cards(page) == [("1", "Ana"), ("2", "Bo")]
    assert page.decide.heading.text() == "Boundary"
    assert page.decide.place.text() == "1 of 5"


def test_nothing_is_preselected(page: ReviewPage) -> None:
    before = words(page)
    press(page, K.Key_Return, K.Key_Space)
    assert words(page) == before
    assert consensus(page) == []
    assert not any(card.hasFocus() for card in page.decide._cards)


def test_one_key_settles_and_the_next_stands_in_view(page: ReviewPage) -> None:
    press(page, "1")
    assert consensus(page) == [("source", "Ines Korvald, who chairs the union")]
    assert words(page) == "claimed"
    assert counter(page) == recounted(page) == 4
    assert page.queue.settled.text() == "1 settled"
    place = page.article.view.caret_rect(DOCKS.index("claimed"))
    assert page.article.view.viewport().rect().contains(place.center())


def test_the_parts_fill_the_page(page: ReviewPage) -> None:
    parts = [page.queue, page._middle, page.decide]
    for size in ((1280, 800), (1000, 620)):
        window_of(page).resize(*size)
        QApplication.processEvents()
        assert page.bottom.geometry().bottomRight() == page.rect().bottomRight()
        assert page.bottom.height() >= page.bottom.sizeHint().height()
        assert [part.geometry().bottom() + 1 for part in parts] == [page.bottom.y()] * 3
        edges = [(part.geometry().left(), part.geometry().right() + 1) for part in parts]
        assert edges[0][0] == 0
        assert [edges[0][1], edges[1][1], edges[2][1]] == [edges[1][0], edges[2][0], page.width()]


def test_what_is_painted_from_pictures_is_what_would_be_painted_anew(page: ReviewPage) -> None:
    rows, answers = page.queue.list, [page.decide.both, page.decide.none, page.decide.own, page.decide.discuss]

    def compare() -> None:
        kept = [one.grab().toImage() for one in (rows, *answers)]
        rows._forget_pictures()
        for row in answers:
            row._drawn = (), QPixmap()
        assert [one.grab().toImage() for one in (rows, *answers)] == kept

    compare()
    for key in ("J", "1", "D", "2", "2", "Backspace"):
        press(page, key)
        compare()
    page.desk.show_list("settled")
    for key in ("J", "H", "K", "H", "J"):
        press(page, key)
        compare()


def test_a_key_that_is_held_down_decides_once(page: ReviewPage) -> None:
    def send(key: Qt.Key, text: str, again: bool) -> None:
        pressed = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text, again)
        QApplication.sendEvent(page, pressed)

    for again in (False, True, True):
        send(K.Key_1, "1", again)
    assert counter(page) == recounted(page) == 4
    for again in (True, True):
        send(K.Key_J, "j", again)
    assert page.decide.place.text() == "3 of 4"


def test_the_other_one_both_and_none(page: ReviewPage) -> None:
    press(page, "2", "0", "1", "3", "2")
    assert sorted(consensus(page)) == sorted([
        ("source", "Ines Korvald"), ("claim", "the rota would cut accidents by a third"),
        ("quote", "“The ovens are fine,”"), ("quote", "“The ovens are fine"),
    ])  # fmt: skip
    assert counter(page) == recounted(page) == 0
    assert page.nothing.text() == "No differences left. 5 settled, 3 agreed."
    assert page.finish.text() == "Make the consensus"


def test_behind_the_last_difference_the_keyboard_is_with_what_is_next(page: ReviewPage, qtbot: QtBot) -> None:
    press(page, "2", "0", "1", "3", "2")
    assert page.agreeing.hasFocus()
    with answered(RuleDialog, lambda dialog: dialog.take.click()):
        qtbot.keyClick(page.agreeing, Qt.Key.Key_Return)
    qtbot.waitUntil(page.finish.hasFocus)
    assert page.agreeing.isHidden()
    qtbot.keyClick(page.finish, Qt.Key.Key_Backspace)
    assert counter(page) == recounted(page) == 1
    assert page.hasFocus()


def test_behind_the_consensus_it_is_brought_out(page: ReviewPage, qtbot: QtBot, tmp_path: Path) -> None:
    press(page, "2", "0", "1", "3", "2")
    window = window_of(page)
    for id in page.desk.queue.articles:
        ground = page.desk.queue.ground(page.desk.store, id)
        assert ground is not None
        step = finish(id, ground.consensus.layer, done=True)
        assert step is not None
        window.session.do(step)
    assert page.nothing.text() == "No differences left. 5 settled, 3 agreed."  # what agrees is not taken over yet
    with answered(RuleDialog, lambda dialog: dialog.take.click()):
        qtbot.keyClick(page.agreeing, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.nothing.text() == "The consensus is done. 5 settled, 3 agreed.")
    assert not page.sending.isHidden()
    qtbot.waitUntil(lambda: not window.files.running and page.finish.hasFocus())
    shown: list[str] = []

    def answer(dialog: ExportDialog) -> None:
        qtbot.waitUntil(lambda: not dialog._runner.running)
        shown.extend([dialog._whose.currentText(), dialog._status.text()])
        dialog._file.line.setText(str(tmp_path / "made.jsonl"))
        dialog.accept()

    with answered(ExportDialog, answer):
        qtbot.keyClick(page.finish, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "made.jsonl" in window.notice.words)
    lines = [json.loads(line) for line in (tmp_path / "made.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {layer["kind"] for line in lines for layer in line["layers"]} == {"consensus"}
    assert shown == ["Only the consensus", f"2 articles with {len(consensus(page))} spans. The first line:"]


def test_what_was_made_is_brought_out_from_the_page_too(page: ReviewPage) -> None:
    actions = window_of(page).actions_
    able = [id for id in ("project.export", "package.send", "package.merge") if actions[id].isEnabled()]
    assert able == ["project.export", "package.send"]
    press(page, "E")  # half set: what would go out is not yet there
    assert not actions["project.export"].isEnabled()
    press(page, "Escape")
    assert actions["project.export"].isEnabled()


def test_a_notice_leaves_the_bar_at_the_bottom_free(page: ReviewPage) -> None:
    notice = window_of(page).notice
    notice.say("2 were taken over.", True)
    assert notice.geometry().bottom() < page.bottom.geometry().top()


def test_the_key_of_who_has_nothing_says_that_nothing_belongs_there(page: ReviewPage) -> None:
    press(page, "J", "1")  # Ana has no cue there
    decision = page.desk.queue.items(page.desk.wanted.filter._replace(statuses=frozenset({SETTLED})))[0].decision
    assert decision is not None
    assert decision.data["answer"] == "none"
    assert consensus(page) == []


def test_backspace_takes_the_last_decision_back(page: ReviewPage) -> None:
    press(page, "1", "2")
    press(page, "Backspace")
    assert words(page) == "claimed"
    assert counter(page) == recounted(page) == 4
    press(page, "Backspace")
    assert words(page).startswith("Ines Korvald")
    assert consensus(page) == []
    assert counter(page) == recounted(page) == 5
    press(page, "Backspace")
    assert window_of(page).notice.words == "No decision was made here that could be taken back."


def test_undo_and_redo_work_here(page: ReviewPage) -> None:
    press(page, "1")
    press(page, "Z", held=CONTROL)
    assert counter(page) == recounted(page) == 5
    assert words(page).startswith("Ines Korvald")
    press(page, "Y", held=CONTROL)
    assert counter(page) == recounted(page) == 4
    assert consensus(page) == [("source", "Ines Korvald, who chairs the union")]


def test_settings_reach_the_text_of_the_page(page: ReviewPage) -> None:
    window = window_of(page)
    before = page.article.view._type.leading
    window.appearance.resize(4)
    assert page.article.view._type.leading == window.view._type.leading > before


def test_undo_of_what_was_done_in_the_text_is_told(page: ReviewPage) -> None:
    window = window_of(page)
    session = window.session
    assert session.workspace is not None
    assert session.article is not None
    tag(session.workspace, session.article, "cue", (0, 4))
    press(page, "Z", held=CONTROL)
    assert window.notice.words == "Taken back: Label Cue"
    assert page.hasFocus()
    press(page, "Y", held=CONTROL)
    assert window.notice.words == "Made again: Label Cue"


def test_discuss_leaves_the_queue_and_is_counted(page: ReviewPage) -> None:
    assert not page.queue.discussed.isVisible()
    press(page, "D")
    assert counter(page) == recounted(page) == 4
    assert page.queue.discussed.text() == "1 to discuss"
    assert page.bottom._count.text() == "1 left for discussion"
    page.queue.discussed.click()
    assert words(page).startswith("Ines Korvald")
    item = page.desk.item
    assert item is not None
    assert item.status == DISCUSSED
    press(page, "2")
    assert consensus(page) == [("source", "Ines Korvald")]
    assert page.desk.item is None
    assert page.nothing.text() == "No difference of this sort."


def test_what_is_settled_is_folded_away_and_can_be_decided_anew(page: ReviewPage) -> None:
    press(page, "1", "1")
    page.queue.settled.click()
    assert [row.item is not None for row in page.queue.list.shown] == [False, True, True]
    assert page.decide.decision.text() == "Decided: took Ana"
    page.setFocus()
    press(page, "2")
    assert ("source", "Ines Korvald") in consensus(page)
    assert len(page.queue.list.shown) == 3
    page.queue.settled.click()
    assert page.desk.list == "left"


def test_letters_and_arrows_go_through_the_queue(page: ReviewPage) -> None:
    first = words(page)
    press(page, "J", "Down", "K", "K")
    assert words(page) == first
    press(page, "K")
    assert page.decide.place.text() == "5 of 5"
    press(page, "J")
    assert words(page) == first


def test_the_sheet_of_keys_and_the_manual_begin_with_this_page(page: ReviewPage) -> None:
    window = window_of(page)

    def look(sheet: KeySheet) -> None:
        heading, rows = sheet._shown[0]
        assert (heading, rows[0]) == ("Review", ("Take the first, the second, …", "1"))
        sheet.accept()

    with answered(KeySheet, look):
        press(page, K.Key_Question)
    window.sheets.manual()
    manual = window.sheets.manual_window
    assert manual.list.currentItem().text() == "Review"
    manual.close()


def test_the_guideline_opens_at_the_label_and_leaves_the_page_alone(page: ReviewPage) -> None:
    window = window_of(page)
    press(page, "G")
    guide = window.sheets.guideline_window
    assert guide.isVisible()
    assert guide.list.currentItem().text() == "Source"
    article = window.session.article
    guide.span_wanted.emit("0190a000-0000-7000-8000-00000000aaaa", "0190a000-0000-7000-8000-00000000bbbb")
    assert window.notice.words == "Leave this page first; then examples open in the text."
    assert window.session.article is article
    guide.close()


def test_names_can_be_hidden(page: ReviewPage) -> None:
    press(page, "H")
    assert cards(page) == [("1", "First"), ("2", "Second")]
    assert page.article.above.accessibleName() == "First above the line"
    assert "Ana" not in page.article.below.accessibleName()
    press(page, "1")
    page.queue.settled.click()
    assert "Ana" not in page.decide.decision.text()
    page.setFocus()
    press(page, "H")
    assert cards(page)[0] == ("1", "Ana")


def test_hidden_names_are_told_with_the_key_that_shows_them(page: ReviewPage) -> None:
    press(page, "H")
    assert page.bottom._count.text() == "Names hidden; H shows them"
    press(page, "H")
    assert page.bottom._count.text() == ""


def test_names_stay_hidden_when_the_page_comes_again_where_it_was_left(page: ReviewPage, qtbot: QtBot) -> None:
    window = window_of(page)
    press(page, "H", "J", "J", "K", K.Key_Escape)
    again = review(window, qtbot)
    assert again.decide.place.text() == "2 of 5"
    assert cards(again) == [("1", "First"), ("2", "Second")]
    press(again, "H", K.Key_Escape)
    assert cards(review(window, qtbot))[0] == ("1", "Ana")


def test_names_that_are_hidden_are_not_told_by_the_figures_either(page: ReviewPage, qtbot: QtBot) -> None:
    window = window_of(page)
    press(page, "H", K.Key_Escape)
    window.actions_["project.agreement"].trigger()
    figures = window.sheets.agreeing.page
    assert figures is not None
    qtbot.waitUntil(lambda: figures.found is not None)
    assert figures.found is not None
    assert figures.found.names == ("First", "Second")
    assert window.notice.words == "Names are hidden, as on the review page: H there shows them again."


def test_the_hint_names_keys_that_stand_on_the_cards(page: ReviewPage) -> None:
    assert page.bottom._words[0] == "+".join(key for key, _who in cards(page)) == "1+2"


def test_a_click_on_an_answer_rings_none_of_the_next(page: ReviewPage, qtbot: QtBot) -> None:
    page.setFocus()
    qtbot.mouseClick(page.decide._cards[0], Qt.MouseButton.LeftButton)
    assert counter(page) == recounted(page) == 4
    assert page.hasFocus()


def test_a_reason_is_kept_with_the_decision(page: ReviewPage) -> None:
    press(page, "N")
    assert page.decide.reason.hasFocus()
    press(page, "T", "1", "E")
    assert counter(page) == 5  # these were letters of the reason
    press(page, K.Key_Return, "2")
    (item,) = page.desk.queue.items(page.desk.wanted.filter._replace(statuses=frozenset({SETTLED})))
    assert item.decision is not None
    assert item.decision.data["reason"] == "t1e"
    assert page.decide.reason.text() == ""


def test_set_it_myself_with_the_ordinary_keys(page: ReviewPage) -> None:
    view = page.article.view
    press(page, "E")
    assert view.hasFocus()
    assert view.focused is not None
    assert page.bottom._hint.accessibleName() == "takes it as it is now; Esc leaves it"
    press(page, K.Key_Left, held=ALT)  # the end, a word to the left
    press(page, "Q")  # the label
    assert counter(page) == recounted(page) == 5
    assert consensus(page) == []
    press(page, K.Key_Return)
    assert consensus(page) == [("quote", "Ines Korvald, who chairs the")]
    assert counter(page) == recounted(page) == 4
    assert not view.free
    assert words(page) == "claimed"
    press(page, "1")  # the keys are the page's again
    assert counter(page) == 3


def test_digits_say_something_of_what_one_sets(page: ReviewPage) -> None:
    press(page, "E")
    first = page.decide.about.text().split("\n")
    assert len(first) == 2
    assert first[1].startswith("Naming: 1 ")
    press(page, "1")
    offered = page.decide.about.text().split("\n")[1]
    assert offered.startswith("1 Naming, 2 ")
    press(page, next(one[0] for one in offered.split(", ") if one.endswith("Who it is")))
    assert window_of(page).notice.words == "“Who it is” is set in the consensus itself, once this is decided."
    press(page, K.Key_Return)
    (span,) = page.desk.store.spans(next(iter(page.desk.store.article_ids())), VisibleLayers(frozenset({"consensus"})))
    assert "naming" in span.attributes


def test_setting_it_oneself_is_undone_inside_and_left_by_escape(page: ReviewPage) -> None:
    view = page.article.view
    press(page, "E")
    before = view.focused
    assert before is not None
    press(page, K.Key_Left, held=ALT)
    assert view.focused is not None
    assert view.focused.fragments != before.fragments
    press(page, "Z", held=CONTROL)
    span = view.span(before.id)
    assert span is not None
    assert span.fragments == before.fragments
    press(page, K.Key_Escape)
    assert not page.owning.active
    assert counter(page) == recounted(page) == 5
    assert view.span(before.id) is None
    window = window_of(page)
    assert window.sheets.reviewing
    press(page, K.Key_Escape)
    assert not window.sheets.reviewing


def test_in_the_text_undo_says_that_it_took_a_decision_back(page: ReviewPage) -> None:
    window = window_of(page)
    press(page, "1", K.Key_Escape)
    assert not window.sheets.reviewing
    window.actions_["edit.undo"].trigger()
    assert window.notice.words == "A decision of the review was taken back."
    window.actions_["edit.redo"].trigger()
    assert window.notice.words == "A decision of the review was made again."


def test_a_place_where_nothing_is_left_is_no_answer(page: ReviewPage) -> None:
    press(page, "E", "Delete", K.Key_Return)
    assert page.owning.active
    assert window_of(page).notice.words.startswith("Nothing is left here")
    press(page, K.Key_Escape)
    assert not page.owning.active
    assert counter(page) == recounted(page) == 5


def test_the_same_for_all_alike_is_one_step(tmp_path: Path, make_window: Make, qtbot: QtBot) -> None:
    whoami.save_identity("Mara Lindt")
    texts = {
        f"Report {n}\n\nNo link, a clerk said on day {n}.\n": (("cue", "said", ""), ("source", "a clerk", "a clerk"))
        for n in range(4)
    }
    page = review(make_window(read(tmp_path / "Alike.annotator", texts)), qtbot)
    assert counter(page) == 4
    assert page.decide.alike.text() == "See the 3 still open like this  S"

    def answer(dialog: AlikeDialog) -> None:
        corner = [row.grab().toImage().pixelColor(0, 0) for row in dialog.rows]
        assert corner == [dialog.grab().toImage().pixelColor(4, 40)] * len(dialog.rows)
        rows = dialog.list.model()
        assert rows.rowCount() == 4
        first = rows.index(0, 0).data()
        assert first.startswith("Missed, Cue, said – Report ")
        assert "No link, a clerk said on day " in first.split("\n")[1]
        assert dialog.count.text().startswith("4 differences in 4 articles")
        dialog.list.setCurrentIndex(rows.index(1, 0))
        qtbot.keyClick(dialog.list, K.Key_Space)
        assert dialog.count.text().startswith("3 differences in 3 articles")
        qtbot.keyClick(dialog.list, "1")  # which has the keyboard

    with answered(AlikeDialog, answer):
        press(page, "S")
    assert counter(page) == recounted(page) == 1
    assert consensus(page) == [("cue", "said")] * 3
    assert page.decide.like.text() == "3 of 3 times Ana was taken."
    window_of(page).activateWindow()
    qtbot.waitUntil(window_of(page).isActiveWindow)
    press(page, "Z", held=CONTROL)
    assert counter(page) == recounted(page) == 4


def test_of_very_many_like_cases_is_told_when_the_hand_rests(
    page: ReviewPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(page, "3", "J", "J")
    assert page.decide._box.isHidden()
    text = page.decide.alike.text()
    monkeypatch.setattr(decidepanel, "_AT_ONCE", 0)
    shown = page.decide._say_like
    seen: list[str] = []
    monkeypatch.setattr(page.decide, "_say_like", lambda item: (seen.append(item.id), shown(item)))
    press(page, "J", "K")
    assert not seen
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [page.desk.current]
    assert page.decide.alike.text() == text


def test_kinds_labels_and_people_are_filters(page: ReviewPage) -> None:
    chips = page.queue.chips
    assert {kind: chip.text() for kind, chip in chips._chips.items()} == {
        "missed": "Missed  3",
        "boundary": "Boundary  2",
    }
    chips._chips["missed"].click()
    assert words(page) == "claimed"
    assert page.decide.place.text() == "1 of 3"
    assert counter(page) == 5
    chips._chips["missed"].click()
    page.queue.label.setCurrentIndex(page.queue.label.findData("quote"))
    page.queue.label.activated.emit(page.queue.label.currentIndex())
    assert [row.item.difference.words for row in page.queue.list.shown if row.item] == ["“The ovens are fine,”"]
    page.setFocus()
    press(page, "1")
    assert page.nothing.text() == "No difference of this sort."
    page.finish.click()
    assert page.decide.place.text() == "1 of 4"


def test_what_agrees_is_taken_over_after_a_rule(page: ReviewPage, qtbot: QtBot) -> None:
    def answer(dialog: RuleDialog) -> None:
        assert dialog.count.text() == "Takes 3 spans on which all agree."
        dialog.trusted.click()
        dialog.who.setCurrentIndex(1)
        dialog.who.activated.emit(1)
        assert dialog.count.text() == "Takes 3 spans on which all agree, and settles 3 differences."
        dialog.all.click()
        dialog.take.click()

    with answered(RuleDialog, answer):
        page.queue.agree.click()
    qtbot.waitUntil(lambda: len(consensus(page)) == 3)
    qtbot.waitUntil(lambda: not window_of(page).files.running)
    assert counter(page) == recounted(page) == 5
    assert page.queue.progress_words.text() == "0 of 5 settled, 3 spans agreed"
    # Among what is settled they have a chip of their own, so that what was decided one by one can be seen alone.
    page.setFocus()
    press(page, "1")
    page.queue.settled.click()
    agreed = page.queue.chips._chips["agreed"]
    assert agreed.text().split() == ["Agreed", "3"]
    assert page.decide.place.text().endswith("of 4")
    agreed.click()
    assert page.decide.place.text() == "1 of 3"


def test_make_the_consensus_says_what_is_missing(page: ReviewPage, qtbot: QtBot) -> None:
    press(page, "D")

    def answer(dialog: MakeDialog) -> None:
        lines = [dialog.list.item(number).text() for number in range(dialog.list.count())]
        assert lines[0] == (
            "Dockers walk out: 2 open; 1 for discussion; 2 agreed, not taken over; not marked done by Ana, Bo"
        )
        assert not dialog.make.isEnabled()
        dialog.reject()

    with answered(MakeDialog, answer):
        page.queue.make.click()
        qtbot.waitUntil(lambda: not window_of(page).files.running)
    # A consensus that is marked done, be it by hand, says where it lacks something.
    ground = page.desk.queue.ground(page.desk.store, page.desk.queue.articles[0])
    assert ground is not None
    assert "marked done" not in page.queue.progress_words.text()
    step = finish(ground.article.id, ground.consensus.layer, done=True)
    assert step is not None
    window_of(page).session.do(step)
    said = page.queue.progress_words.text().splitlines()[1]
    assert said == "The consensus of 1 article is marked done, but something is left there."


def test_a_consensus_that_is_made_is_not_to_be_made(page: ReviewPage, qtbot: QtBot) -> None:
    for changed, told, button in (
        (1, "Of 2 articles 2 lack nothing: their consensus can be marked done.", "Mark it done in 2 articles"),
        (0, "Of 2 articles 2 lack nothing, and their consensus is marked done.", "Nothing to mark"),
    ):
        dialog = MakeDialog(Made(of=2, done=2, changed=changed), {}, [], window_of(page).look)
        qtbot.addWidget(dialog)
        assert (dialog.ready.text(), dialog.make.text()) == (told, button)
        assert dialog.make.isEnabled() is bool(changed)


def test_a_changed_span_comes_back_with_what_was_decided(readings: Path, make_window: Make, qtbot: QtBot) -> None:
    window = make_window(readings)
    page = review(window, qtbot)
    press(page, "1")
    window.sheets.reviewer._close()
    window.session.close()
    with closing(Store.open(readings)) as store:
        ws = Workspace(store, BO, "device")
        article = store.article(next(iter(store.article_ids())))
        assert article is not None
        span = next(
            it for it in store.spans(article.id, VisibleLayers.ALL) if it.annotator == BO.id and it.label == "source"
        )
        from annotator.editing import spans

        ws.do(spans.relabel(span, "cue", "Cue", "2026-12-01T10:00:00Z"))
    window.files.open_path(readings)
    page = review(window, qtbot)
    assert counter(page) == recounted(page) == 5
    assert page.decide.about.text().endswith("It was decided, but the spans have changed since.")
    assert page.decide.decision.text().startswith("Decided: took Ana\nBo changed “Ines Korvald”, today, ")
    press(page, "H")
    assert page.decide.decision.text().startswith("Decided: took First\nSecond changed “Ines Korvald”, today, ")
    press(page, "2")
    assert counter(page) == recounted(page) == 4
    assert consensus(page) == [("cue", "Ines Korvald")]


def test_a_contested_decision_comes_back_with_the_reason(readings: Path, make_window: Make, qtbot: QtBot) -> None:
    from annotator.domain.article import own_layer
    from annotator.editing import review as editing

    window = make_window(readings)
    page = review(window, qtbot)
    press(page, "1")
    item = page.desk.queue.items(page.desk.wanted.filter._replace(statuses=frozenset({SETTLED})))[0]
    assert item.decision is not None
    window.session.close()
    with closing(Store.open(readings)) as store:
        ws = Workspace(store, BO, "device")
        layer = own_layer(item.decision.article, BO.id).id
        done, at = item.decision, str(item.decision.data["at"])
        reason, now = "A title is no name.", ws.clock()
        ws.do(editing.answer(done.id, done.article, at, None, layer, BO, "contested", reason, now))
    window.files.open_path(readings)
    page = review(window, qtbot)
    assert counter(page) == recounted(page) == 5
    assert page.decide.about.text().endswith("An annotator contests the decision.")
    assert page.decide.decision.text() == "Decided: took Ana\nBo contests it: A title is no name."
    press(page, "2")
    assert counter(page) == recounted(page) == 4
    assert consensus(page) == [("source", "Ines Korvald")]


def test_a_click_in_text_and_queue_leads_to_the_difference(page: ReviewPage, qtbot: QtBot) -> None:
    view = page.article.view
    place = view.caret_rect(DOCKS.index("rota would"))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    assert words(page).startswith("the rota")
    rows = page.queue.list
    number = rows.number(page.desk.items()[1].id)
    point = rows.viewport().rect().topLeft()
    point.setX(30)
    point.setY((rows._top(number) + rows._top(number + 1)) // 2)
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert words(page) == "claimed"
    qtbot.mouseClick(page.decide._cards[1], Qt.MouseButton.LeftButton)
    assert consensus(page) == [("cue", "claimed")]


def test_f6_goes_through_the_parts_and_enter_takes_a_card(page: ReviewPage) -> None:
    press(page, K.Key_F6)
    assert page.queue.list.hasFocus()
    press(page, K.Key_End)
    assert page.decide.place.text() == "5 of 5"
    press(page, K.Key_Home, K.Key_F6)
    assert page.article.view.hasFocus()
    press(page, K.Key_F6)
    assert page.decide._cards[0].hasFocus()
    press(page, K.Key_Down, K.Key_Return)
    assert consensus(page) == [("source", "Ines Korvald")]


def test_the_choice_of_layers_is_remembered(readings: Path, make_window: Make, qtbot: QtBot) -> None:
    window = make_window(readings)

    def choose(dialog: ChoiceDialog) -> None:
        assert [ref.owner for ref in dialog.refs] == [ANA.id, BO.id]
        dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
        assert not dialog.begin.isEnabled()
        assert dialog.about.text() == "Choose two readings or more."
        dialog.list.item(0).setCheckState(Qt.CheckState.Checked)
        assert dialog.where.itemText(0) == "All 2 articles that at least two of them have"
        dialog.begin.click()

    with answered(ChoiceDialog, choose):
        press_f5 = window.actions_["project.review"]
        press_f5.trigger()
    qtbot.waitUntil(lambda: window.sheets.reviewing)
    left = recent.of(readings)
    assert left is not None
    assert left.review.split("\n") == [ANA.id, BO.id]
    assert not window.actions_["label.repeat"].isEnabled()
    assert window.actions_["edit.undo"].text() == "Undo"


def test_one_reading_only_is_told_in_a_sentence(tmp_path: Path, make_window: Make) -> None:
    whoami.save_identity("Mara Lindt")
    path = read(tmp_path / "One.annotator", {BAKERS: (("cue", "said", ""),)})
    window = make_window(path)

    def look(dialog: ChoiceDialog) -> None:
        assert dialog.about.text().startswith("There is only one reading.")
        assert not dialog.begin.isEnabled()
        dialog.reject()

    with answered(ChoiceDialog, look):
        window.sheets.review()
    assert not window.sheets.reviewing


def test_a_project_open_for_reading_only_is_read(readings: Path, make_window: Make, qtbot: QtBot) -> None:
    with closing(Store.open(readings)):
        window = make_window(readings)
        page = review(window, qtbot)
        press(page, "1", "E", "S")
        assert counter(page) == 5
        assert not page.owning.active
        assert window.notice.words == "Nothing else that is open is like this one."
        press(page, "J", "0")
        assert window.notice.words == "This project is open for reading only."
        window.close()


def test_nothing_differs(tmp_path: Path, make_window: Make, qtbot: QtBot) -> None:
    whoami.save_identity("Mara Lindt")
    path = read(tmp_path / "Same.annotator", {BAKERS: (("cue", "said", "said"),)})
    page = review(make_window(path), qtbot)
    assert page.nothing.text() == "No differences left. 0 settled, 1 agreed."
    press(page, "1", "0", "E", "D", "S", "N", "J", "K", "Backspace")
    assert counter(page) == recounted(page) == 0


def test_a_span_over_everything_and_many_readings(tmp_path: Path, make_window: Make, qtbot: QtBot) -> None:
    from annotator.domain.article import Annotator

    whoami.save_identity("Mara Lindt")
    path = tmp_path / "Many.annotator"
    Store.create(path, parse(assets.scheme_text(), "news-sourcing.toml"))
    with closing(Store.open(path)) as store:
        for number in range(26):
            person = Annotator(
                f"0190a000-0000-7000-8000-0000000000{number:02x}", f"A reader with a very long name {number}" * 3
            )
            ws = Workspace(store, person, "device")
            article = bring(ws, BAKERS, "Bakers") if not number else store.article(next(iter(store.article_ids())))
            assert article is not None
            tag(ws, article, "claim", (0, len(BAKERS) - 1) if number % 2 else (number, len(BAKERS) - 1))
    page = review(make_window(path), qtbot)
    assert counter(page) == recounted(page) == 1
    assert len(cards(page)) == 13
    assert page.decide.both.key == "B"
    assert page.grab().width() == page.width()
    assert [key for key, _who in cards(page)] == [*"123456789", "", "", "", ""]
    press(page, "2")
    assert counter(page) == recounted(page) == 0
    (found,) = consensus(page)
    assert len(found[1]) == len(BAKERS) - 3


def test_a_field_of_the_article_is_settled_too(readings: Path, make_window: Make, qtbot: QtBot) -> None:
    from annotator.domain.article import own_layer
    from annotator.editing.judgements import judge

    for person, genre in ((ANA, "analysis"), (BO, "opinion")):
        with closing(Store.open(readings)) as store:
            ws = Workspace(store, person, "device")
            article = next(iter(store.article_ids()))
            layer = store.value("layer", own_layer(article, person.id).id, article)
            ws.do(judge(article, layer, person, {"genre": genre}, "Genre"))
    page = review(make_window(readings), qtbot)
    assert counter(page) == 6
    page.queue.chips.chosen.emit(frozenset({"field"}))
    assert page.decide.heading.text() == "Article field"
    assert [card.said.empty for card in page.decide._cards[:2]] == ["analysis", "opinion"]
    assert not page.decide.both.isVisible()
    press(page, "3")
    assert window_of(page).notice.words == "Of two values of a field only one can be taken."
    press(page, "E")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text() == "interview").trigger()
    menu.close()
    layers = page.desk.store.layers(article, VisibleLayers(frozenset({"consensus"})))
    assert [dict(layer.fields) for layer in layers] == [{"genre": "interview"}]
    assert counter(page) == recounted(page) == 5


def test_the_page_goes_with_its_project(page: ReviewPage) -> None:
    window = window_of(page)
    window.session.close()
    assert not window.sheets.reviewing
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    window.look.changed.emit()  # what is gone hears nothing any more
    QApplication.processEvents()


def test_another_scheme_begins_the_page_anew(page: ReviewPage, qtbot: QtBot) -> None:
    from annotator.domain.redrawing import begun, rename
    from annotator.editing import schemes

    window = window_of(page)
    press(page, "1")
    workspace = window.session.workspace
    assert workspace is not None
    draft = rename(begun(window.session.scheme, {}), "source", "Speaker")
    workspace.do(schemes.in_force(workspace.store, draft))
    qtbot.waitUntil(lambda: window.sheets.reviewing and window.sheets.reviewer.page is not page)
    fresh = window.sheets.reviewer.page
    assert fresh is not None
    assert counter(fresh) == recounted(fresh) == 4
    assert fresh.article.view.label_name("source") == "Speaker"


def spans_of(page: ReviewPage) -> list[Span]:
    return page.article.view.spans()


def test_settled_ones_turn_pale_in_the_text(page: ReviewPage) -> None:
    view = page.article.view
    first = {span.id for span in spans_of(page)}
    press(page, "1")
    looks = view._looks
    pale = [span for span in spans_of(page) if looks.is_agreed(span)]
    assert ("source", "Ines Korvald, who chairs the union") in [(it.label, DOCKS[it.start : it.end]) for it in pale]
    press(page, "Backspace")
    assert {span.id for span in spans_of(page)} == first
