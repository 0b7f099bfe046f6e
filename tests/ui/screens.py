"""Every screen of the program, made on a real project: what the tests of words, names and room look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from annotator import recent
from annotator.domain import clock, ids, redrawing
from annotator.domain.article import Annotator
from annotator.domain.assigning import Pair
from annotator.domain.attributes import Attribute, Choice
from annotator.domain.change import Change, Step
from annotator.domain.team import Remark
from annotator.editing import assignments, proposals, remarks
from annotator.editing.schemepreview import Effect
from annotator.editing.timesheet import timesheet
from annotator.exchange.header import ENDING
from annotator.exchange.package import glanced
from annotator.jobs.exporting import Report, Wishes
from annotator.jobs.importing import Outcome
from annotator.jobs.packing import pack
from annotator.recent import Recent
from annotator.settings import PAGES
from annotator.storage import backup, labelled
from annotator.ui.colleagues.arriving import WhoDialog
from annotator.ui.colleagues.brought import PackageReport
from annotator.ui.colleagues.byhand import ByHand
from annotator.ui.colleagues.mergedialog import BringDialog
from annotator.ui.colleagues.page import ColleaguesPage
from annotator.ui.colleagues.parts import PARTS
from annotator.ui.colleagues.sending import SendDialog
from annotator.ui.dialogs.about import AboutDialog
from annotator.ui.dialogs.backups import BackupsDialog
from annotator.ui.dialogs.describe import DescribeDialog
from annotator.ui.dialogs.export import ExportDialog, ExportReport
from annotator.ui.dialogs.history import HistoryDialog
from annotator.ui.dialogs.identity import IdentityDialog
from annotator.ui.dialogs.importing import ImportDialog
from annotator.ui.dialogs.keys import KeySheet
from annotator.ui.dialogs.moment import MomentDialog
from annotator.ui.dialogs.new import NewDialog
from annotator.ui.dialogs.outcomes import OutcomesDialog
from annotator.ui.dialogs.picture import PictureDialog
from annotator.ui.dialogs.settings import SettingsDialog
from annotator.ui.dialogs.time import TimeDialog
from annotator.ui.palette import Palette
from annotator.ui.scheme.alltouched import AllTouched
from annotator.ui.scheme.attributedialog import AttributeDialog
from annotator.ui.scheme.colours import OwnColour
from annotator.ui.scheme.consequences import Looked
from annotator.ui.scheme.draft import Draft
from annotator.ui.scheme.labelmoves import DeleteDialog, MergeDialog, SplitDialog
from annotator.ui.scheme.sections import SECTIONS
from annotator.ui.window import MainWindow
from tests.builders import BO

Make = Callable[[Path | None], MainWindow]


def tag_some(window: MainWindow) -> None:
    """Label two spans and undo one step, so that panels and history have something to show."""
    view = window.view
    for start, end, key in ((27, 34, "Q"), (36, 40, "C"), (41, 50, "S")):
        view.select(start, end)
        QTest.keyClicks(view, key)
    window.undoing.undo()
    window.view.next_span()


def main_windows(window: MainWindow, qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    """Yield the main window in its states; what is yielded is shown."""
    yield "nothing tagged", window
    tag_some(window)
    yield "a span is focused", window
    qtbot.waitUntil(lambda: window.hand.knows_remarks)
    say_something(window)
    window.actions_["span.remark"].trigger()
    yield "a remark", window
    window.actions_["view.text"].trigger()
    window.visibility.set("source", "hidden")
    window.visibility.set("claim", "dimmed")
    yield "labels are hidden", window
    window.visibility.show_all()
    window.actions_["view.spans"].trigger()
    yield "the table of spans", window
    window.actions_["view.spans"].trigger()
    window.side.show_tab(2)
    yield "the list of what is to be looked at", window
    window.side.show_tab(0)
    window.actions_["edit.find"].trigger()
    window.page.find_bar.field.setText("o")
    yield "finding", window
    window.page.find_bar.close_bar()
    window.actions_["label.hold"].trigger()
    yield "a label is held", window
    window.actions_["label.pick"].trigger()
    yield "choosing a label", window
    window.hand.choosing.picker.leave()
    window.hand.holding.let_go()
    window.view.select(27, 29)
    window.hand.choosing.equal_bar.open_bar(window.session.scheme.labels[3], (27, 29), itself=True)
    yield "equal words", window
    window.hand.choosing.equal_bar.close_bar()
    window.actions_["view.text"].trigger()
    window.actions_["view.search"].trigger()
    window.articles.filter.field.setText("nothing like this")
    qtbot.waitUntil(lambda: window.articles.model.rowCount() == 0)
    yield "nothing found", window
    window.articles._show_all()
    window.actions_["view.panel.articles"].trigger()
    yield "the articles as a rail", window
    window.actions_["view.panel.articles"].trigger()
    window.notice.say("·", True)
    yield "a notice", window
    window.bottom.set_progress("·", 1, 2)
    yield "something goes on", window
    window.bottom.set_progress("", 0, 0)


def scheme_pages(window: MainWindow, qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    """Yield the editor of the scheme over the window, in its states; what is yielded is shown."""
    tag_some(window)
    window.sheets.scheme("cue")
    page = window.sheets.editor.page
    assert page is not None
    yield "scheme, nothing changed", window
    page.draft.rename("cue", "Speech cue")
    page.form.key.setFocus()
    page.draft.set_key("cue", "S")
    qtbot.waitUntil(lambda: not page.watcher.busy)
    yield "scheme, a label", window
    page.draft.put_attribute("", Attribute("", "Tense", ("cue",), choices=(Choice("past", "past"),), required=True))
    page.draft.recolour("cue", "#0072B2", "#56B4E9")
    qtbot.waitUntil(lambda: not page.watcher.busy)
    yield "scheme, a required attribute, a colour that is taken", window
    for table, _name in SECTIONS:
        page.show_section(table)
        yield f"scheme, {table}", window
    while page.draft.scheme.labels:
        page.draft.edit(lambda now: redrawing.delete_label(now, now.wanted.labels[0].id, spans_too=True))
    qtbot.waitUntil(lambda: not page.watcher.busy)
    page.show_label("")
    yield "scheme, no labels", window
    page.draft.discard()
    window.sheets.editor.leave()


def scheme_dialogs(window: MainWindow) -> Iterator[tuple[str, QDialog]]:
    """Yield every dialog of the editor; none is shown yet."""
    look, store = window.look, window.session.store
    assert store is not None
    counts = {label: count.spans for label, count in labelled.counts(store).items()}
    draft = Draft(redrawing.begun(window.session.scheme), counts)
    for id in ("mode", "checkability", "anonymity-explained", "wording"):
        one = draft.attribute(id)
        assert one is not None
        yield f"attribute {id}", AttributeDialog(one, draft, look, window, one.labels[0])
    lost = AttributeDialog(draft.attribute("distance") or one, draft, look, window, "cue")
    lost.values.rows[0].away.click()
    yield "attribute, a value goes", lost
    empty = AttributeDialog(Attribute("", "", ("cue",)), draft, look, window, "cue")
    empty.take.click()
    yield "a new attribute", empty
    label = draft.scheme.labels[0]
    yield "a colour of its own", OwnColour(label._replace(light="#FFFF00"), look, window)
    yield "merge", MergeDialog(draft, "quote", look, window)
    yield "split", SplitDialog(draft, "quote", look, window)
    yield "delete", DeleteDialog(draft, "quote", look, window)
    draft.rename("quote", "Speech")
    effect = Effect("renamed", "quote", counts["quote"], "Speech")
    yield "what is touched", AllTouched(store, Looked(draft.now, shown=effect), window.session.visible, look, window)


def start_pages(make: Make, project: Path) -> Iterator[tuple[str, QWidget]]:
    """Yield the start page without and with projects one was in."""
    yield "start page, the first time", make(None)
    recent.remember(Recent(str(project), clock.now(), "", 2, 1, 3))
    recent.remember(Recent(str(project.with_name("Gone.annotator")), clock.now(), "", 2, 3, 3))
    yield "start page", make(None)


def dialogs(window: MainWindow, folder: Path) -> Iterator[tuple[str, QDialog]]:
    """Yield every dialog; none is shown yet."""
    session, look = window.session, window.look
    store, workspace, article = session.store, session.workspace, session.article
    assert store is not None
    assert workspace is not None
    assert article is not None
    tag_some(window)
    text = folder / "Letter.txt"
    text.write_text("The council met, a clerk said.\n", encoding="utf-8")
    for page in range(len(PAGES)):
        settings = SettingsDialog(window.preferences, session.identity, look, window)
        settings.show_page(page)
        yield f"settings, page {page}", settings
    window.preferences.choose("size", 18)
    settings = SettingsDialog(window.preferences, session.identity, look, window)
    settings.usual.click()
    yield "settings, back to the usual", settings
    yield "history", HistoryDialog(workspace, session.visible, True, look, window)
    first = min(store.steps(), key=lambda step: step.lamport)
    last = max(store.steps(), key=lambda step: step.lamport)
    assert first.id != last.id
    yield "a moment", MomentDialog(session, article.id, last.id, last.at, look, window)
    yield "about the article", DescribeDialog(article, True, lambda *_: None, look, window)
    yield "palette", Palette(window.actions_, window.preferences.settings, look, window)
    yield "keys", KeySheet(session.scheme.labels, window.preferences.settings, look, window)
    yield "about", AboutDialog(look, window)
    yield "export", ExportDialog(store.path, session.me.id, folder / "out.jsonl", look, window)
    (folder / "There.pdf").write_bytes(b"")
    yield "a picture of the article", PictureDialog(folder / "There", True, None, look, window, project=folder)
    hidden = PictureDialog(folder / "There", True, None, look, window, project=folder, hidden=2)
    yield "a picture of the article, labels are hidden", hidden
    report = Report(3, 12, 4_321, "0" * 64)
    yield "report of an export", ExportReport(folder / "out.jsonl", Wishes(), report, look, window)
    yield "import", ImportDialog(workspace, [text], look, window)
    remarked = ImportDialog(workspace, [text], look, window)
    remarked._tallies[str(text)].hear(Outcome(str(text), 3, "refused", "", "·", "span"))
    remarked._turn(1)
    yield "import, what is not taken", remarked
    outcomes = [Outcome(str(text), 3, "refused", "", "·"), Outcome(str(text), 4, "different", "", "·")]
    yield "report of an import", OutcomesDialog("·", outcomes, 3, look, window)
    for seconds in ({}, {article.id: 754.0}):
        yield (
            f"my time, {len(seconds)}",
            TimeDialog(timesheet(store, session.me.id, seconds), bool(seconds), False, look, window),
        )
    yield "backups, none", BackupsDialog(folder, [], look, window)
    backup.make(store.path, folder / "backups", "work")
    yield "backups", BackupsDialog(folder, backup.listed(folder / "backups", store.about()["id"]), look, window)
    yield "new project", NewDialog(folder / "New.annotator", look, window)
    elsewhere = NewDialog(folder / "New.annotator", look, window)
    elsewhere._file.line.setText(str(folder / "not there" / "New.annotator"))
    elsewhere._make()
    yield "new project, no such folder", elsewhere
    yield "who are you", IdentityDialog(look, window)
    yield from colleagues(window)
    yield from package_dialogs(window, folder)
    yield from scheme_dialogs(window)


def package_dialogs(window: MainWindow, folder: Path) -> Iterator[tuple[str, QDialog]]:
    """Yield what sends, merges and lists packages, with something to show; none is shown yet."""
    session, look, store = window.session, window.look, window.session.store
    assert store is not None
    assert session.article is not None
    bo = Annotator(ids.uuid7(), "Bo")
    assert session.do(Step("·", (Change(None, bo),)))
    yield "send a package", SendDialog(session, folder, [session.article.id], look, window)
    path = folder / f"for Bo{ENDING}"
    pack(store, session.acting_identity, path, recipients=(bo,))
    yield "a package is for somebody", WhoDialog(glanced(path), session.identity, look, window)
    (folder / f"damaged{ENDING}").write_bytes(path.read_bytes()[:-1])
    yield "merge packages", BringDialog(session, [path, folder / f"damaged{ENDING}"], look, window)
    yield "report of a package", PackageReport("·", "·", [("·", "·")], look, window)
    article = session.article
    proposed = proposals.propose_article(ids.uuid7(), article, "Other words", article.meta, bo.id, clock.now())
    assert session.do(proposed)
    for kind in PARTS:
        yield f"colleagues, {kind.id}", ColleaguesPage(window, kind.id)


def colleagues(window: MainWindow) -> Iterator[tuple[str, QDialog]]:
    """Yield what is about people and assignments, alone and with others; none is shown yet."""
    session, article = window.session, window.session.article
    assert article is not None
    assert session.store is not None
    for company in ("alone", "with others"):
        for part in ("people", "assignment", "progress"):
            yield f"{part}, {company}", ColleaguesPage(window, part)
        yield f"an article by hand, {company}", ByHand(session, article, window.look, window)
        if company == "alone":
            session.do(assignments.join(BO))
            assert session.workspace is not None
            session.workspace.do_whole(assignments.assign([Pair(article.id, BO.id)]))


def say_something(window: MainWindow) -> None:
    """Say something of the first span, and have somebody answer."""
    article, span = window.session.article, window.session.spans.at(0)
    assert article is not None
    window.view.focus_span(span.id)
    first = Remark(ids.uuid7(), article.id, span.id, window.session.me.id, "·", clock.now())
    window.session.do(remarks.write(first))
    answer = first._replace(id=ids.uuid7(), author=BO.id, answers=first.id)
    window.session.do(remarks.write(answer))


def seen(top: QWidget) -> list[QWidget]:
    """Return the widgets of a shown window that can be seen."""
    return [widget for widget in top.findChildren(QWidget) if widget.isVisibleTo(top) and widget.isVisible()]


def named(widget: QWidget) -> str:
    """Return what a widget is, for a message."""
    words = widget.text() if isinstance(widget, QLabel | QAbstractButton) else widget.accessibleName()
    return f"{type(widget).__name__} {words or widget.objectName()!r}"
