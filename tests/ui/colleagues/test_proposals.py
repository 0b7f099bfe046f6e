"""Proposals in the window: made where somebody else leads, accepted and declined by the lead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator import whoami
from annotator.domain import clock, ids, redrawing
from annotator.domain.team import Proposal
from annotator.editing import proposals as editing
from annotator.editing.articles import describe
from annotator.editing.workspace import Workspace
from annotator.exchange.header import ENDING
from annotator.jobs.packing import found as found_project
from annotator.jobs.packing import pack
from annotator.storage import proposals as stored
from annotator.storage.store import Store
from annotator.storage.writing import Writing
from annotator.ui.colleagues.page import ColleaguesPage
from annotator.ui.colleagues.proposals import Proposals
from annotator.ui.dialogs.describe import DescribeDialog
from annotator.ui.window import MainWindow
from tests.ui.colleagues.team import BO as TEAM_BO
from tests.ui.colleagues.team import articles, sent_to
from tests.ui.modal import answered


@contextmanager
def without_lead() -> Iterator[None]:
    """Let everybody write what is the lead's, as a program of another kind would."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Writing, "_require_authority", lambda *_: None)
        yield


pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every dialog
BO = ids.uuid7()


def led_by(path: Path, annotator: str) -> None:
    store = Store.open(path)
    store.set_lead(annotator)
    store.close()


def found(window: MainWindow) -> list[Proposal]:
    store = window.session.store
    assert store is not None
    return stored.proposals(store)


def propose_title(window: MainWindow, title: str) -> None:
    """Propose another headline for the shown article, as Bo would whose package was merged."""
    article = window.session.article
    assert article is not None
    step = editing.propose_article(ids.uuid7(), article, title, article.meta, BO, clock.now())
    assert window.session.do(step)


def page_of(window: MainWindow, qtbot: QtBot) -> tuple[ColleaguesPage, Proposals]:
    page = ColleaguesPage(window, "proposals")
    qtbot.addWidget(page)
    page.show()
    part = page.part
    assert isinstance(part, Proposals)
    return page, part


def test_metadata_of_somebody_else_become_a_proposal(
    project: Path, make_window: Callable[[Path | None], MainWindow]
) -> None:
    led_by(project, BO)
    window = make_window(project)
    article = window.session.article
    assert article is not None

    def answer(dialog: DescribeDialog) -> None:
        dialog.title.setText("Crews vote")
        dialog._take()

    with answered(DescribeDialog, answer):
        window.actions_["article.describe"].trigger()
    (one,) = found(window)
    assert one.data["after"] == {"title": "Crews vote", "meta": {}}
    assert one.author == window.session.me.id
    assert window.session.article.title == article.title
    assert "Proposed to the lead" in window.notice.words
    window.undoing.undo()
    assert not found(window)


def test_a_scheme_of_somebody_else_becomes_a_proposal(
    project: Path, make_window: Callable[[Path | None], MainWindow], qtbot: QtBot
) -> None:
    led_by(project, BO)
    window = make_window(project)
    before = window.session.scheme
    window.sheets.scheme("cue")
    page = window.sheets.editor.page
    assert page is not None
    assert "belongs to the lead" in page.about.accessibleName() + page.about.toolTip() + page._about
    page.draft.rename("cue", "Speech cue")
    assert page.apply.text() == "Propose it"
    qtbot.waitUntil(lambda: not page.watcher.busy)
    window.sheets.editor.apply()
    (one,) = found(window)
    assert one.kind == "scheme"
    assert window.session.scheme == before
    assert window.sheets.editor.page is None


def test_the_lead_accepts_with_one_key_and_undo_takes_it_back(window: MainWindow, qtbot: QtBot) -> None:
    propose_title(window, "Crews vote")
    page, part = page_of(window, qtbot)
    assert page.list.item(page.list.currentRow()).text() == "Proposals  1"
    assert "“Ferry crews vote to stop” → “Crews vote”" in part._lines.text()
    qtbot.keyClick(part.table, Qt.Key.Key_A)
    store = window.session.store
    assert store is not None
    assert window.session.article is not None
    assert store.article(window.session.article.id).title == "Crews vote"  # type: ignore[union-attr]
    assert found(window)[0].state == "accepted"
    assert not part.take.isEnabled()
    page._undo()
    assert found(window)[0].state == "open"
    assert store.article(window.session.article.id).title == "Ferry crews vote to stop"  # type: ignore[union-attr]


def test_the_lead_declines_with_a_word(window: MainWindow, qtbot: QtBot) -> None:
    propose_title(window, "Crews vote")
    _page, part = page_of(window, qtbot)
    qtbot.keyClick(part.table, Qt.Key.Key_D)
    assert part.focusWidget() is part.why
    qtbot.keyClicks(part.why, "too short")
    qtbot.keyClick(part.why, Qt.Key.Key_Return)
    (one,) = found(window)
    assert (one.state, one.reply) == ("declined", "too short")
    assert "Answer: too short" in part._lines.text()


def test_a_proposed_scheme_is_looked_at_in_the_editor(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    draft = redrawing.rename(redrawing.begun(session.scheme), "cue", "Speech cue")
    assert session.do(editing.propose_scheme(ids.uuid7(), draft, BO, clock.now()))

    def answer(page: ColleaguesPage) -> None:
        part = page.part
        assert isinstance(part, Proposals)
        assert "Speech cue" in part._lines.text()
        qtbot.keyClick(part.table, Qt.Key.Key_A)

    with answered(ColleaguesPage, answer):
        window.sheets.colleagues("proposals")
    editor = window.sheets.editor
    assert editor.page is not None
    assert editor.page.draft.scheme.name_of("cue") == "Speech cue"
    qtbot.waitUntil(lambda: editor.page is not None and not editor.page.watcher.busy)
    editor.apply()
    assert session.scheme.name_of("cue") == "Speech cue"
    assert found(window)[0].state == "accepted"
    window.undoing.undo()
    assert session.scheme.name_of("cue") == "Cue"
    assert found(window)[0].state == "open"


def test_who_does_not_lead_only_reads(
    project: Path, make_window: Callable[[Path | None], MainWindow], qtbot: QtBot
) -> None:
    assert whoami.identity() is not None
    led_by(project, BO)
    window = make_window(project)
    article = window.session.article
    assert article is not None
    me = window.session.me.id
    assert window.session.do(editing.propose_article(ids.uuid7(), article, "Crews", article.meta, me, clock.now()))
    _page, part = page_of(window, qtbot)
    qtbot.keyClick(part.table, Qt.Key.Key_A)
    assert found(window)[0].state == "open"
    assert part.take.isHidden()
    assert "next package" in part._about.text()


def test_what_another_version_proposed_is_told(window: MainWindow, qtbot: QtBot) -> None:
    from annotator.domain.change import Change, Step

    article = window.session.article
    assert article is not None
    odd = Proposal(ids.uuid7(), article.id, BO, "article", article.id, {"later": 1}, clock.now())
    assert window.session.do(Step("·", (Change(None, odd),)))
    page, part = page_of(window, qtbot)
    assert "another version" in part._lines.text()
    qtbot.keyClick(part.table, Qt.Key.Key_A)
    assert "another version" in page.notice.words
    assert found(window)[0].state == "open"


def test_nothing_is_there(window: MainWindow, qtbot: QtBot) -> None:
    page, part = page_of(window, qtbot)
    assert part.empty.isVisible()
    assert not part.table.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert page.isVisible()


def test_what_somebody_else_changed_all_the_same_is_shown_as_a_proposal(
    window: MainWindow, project: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    # Bo's copy does not know that Lena leads: his changes come along, and do not count.
    package = sent_to(window, TEAM_BO, tmp_path)
    copy = tmp_path / "Bo.annotator"
    found_project(package, copy)
    store = Store.open(copy)
    (first, *_rest) = articles(store)
    workspace = Workspace(store, TEAM_BO.annotator, TEAM_BO.device)
    with without_lead():
        workspace.do(describe(first, "Crews vote", first.meta))
    pack(store, TEAM_BO, tmp_path / f"back{ENDING}", layers="mine")
    store.close()
    window.sheets.exchanging.bring_in([tmp_path / f"back{ENDING}"])
    qtbot.waitUntil(lambda: not window.files.running and bool(window.notice.words))
    page, part = page_of(window, qtbot)
    assert "“Ferry crews vote to stop” → “Crews vote”" in part._lines.text()
    assert window.session.article is not None
    here = window.session.store
    assert here is not None

    def title() -> str:
        article = here.article(first.id)
        assert article is not None
        return article.title

    assert title() == "Ferry crews vote to stop"
    qtbot.keyClick(part.table, Qt.Key.Key_A)
    assert title() == "Crews vote"
    assert not part._direct
    page._undo()
    assert title() == "Ferry crews vote to stop"
    qtbot.keyClick(part.table, Qt.Key.Key_D)
    qtbot.keyClick(part.why, Qt.Key.Key_Return)
    assert not part._direct
    assert title() == "Ferry crews vote to stop"
