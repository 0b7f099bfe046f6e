"""What is well-formed and hostile all the same is shown like anything else, in every panel and dialog."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QListWidget, QTableView
from pytestqt.qtbot import QtBot

from annotator import keys
from annotator.domain import ids
from annotator.domain.article import Annotator, own_layer
from annotator.domain.change import Change, Decision, Entry, Value
from annotator.domain.journalled import ChangeRecord, StepRecord, payload_sha256
from annotator.domain.relation import Group, Member, Relation
from annotator.domain.span import Span
from annotator.domain.team import Assignment, Lead, Proposal, Remark, assigned
from annotator.exchange import package
from annotator.exchange.header import Header, StepLine
from annotator.storage import payload
from annotator.storage.store import Store
from annotator.ui.colleagues.parts import PARTS
from annotator.ui.window import MainWindow
from tests.ui.colleagues.team import articles

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|raise")  # the offscreen platform says so
MAL = Annotator(ids.uuid7(), "<b>Mal</b>\u202e<img src=x>\u2066\x07\n")
BAD = (
    "", "\x01\x1b[31m\x07\r\n\t", "<b>b</b><img src='file:///etc/passwd'><a href='javascript:1'>x</a>",
    "\u202eevil\u2066",
    "x" * 200_000, "\ufeff\u2028\u2029\u0085", "%s%n{0}{name}&amp;&x", "../../etc/passwd", "🏗" * 500, "\n" * 3_000,
)  # fmt: skip
BAD_ONE = Annotator(BAD[1], BAD[2])
FREE: tuple[Any, ...] = (
    {"mark": 5},
    {"mark": []},
    {"returned": []},
    {"returned": "x"},
    {"about": "fork", "entity": 5, "steps": 5},
    {"about": "fork", "entity": {}, "steps": [[]]},
    {"aliases": "none"},
    {"aliases": [1, None, {}]},
    {"aliases": {}},
    {"ids": 5},
    {"ids": {"wikidata": []}},
    {"note": []},
    {"merged_into": "x"},
    {"merged_into": [5]},
    {"+id": "x"},
    {"": ""},
    {"person": 5},
    {"person": [5, {}]},
    {"person": {"id": 1}},
    {"stance": [1.5]},
    {"genre": {}},
    {"topic": [{}]},
    {"before": 5, "after": []},
    {"after": {"title": 5}},
    {"before": {}, "after": {}},
    {"scheme": 5},
    {"data": None},
    {"label": {}},
    {"draft": [], "from": {}},
    {"fragments": [[0, 1]]},
    {"step": 5, "entity": []},
    {"confidence": "high"},
    {"rule": 5, "score": "x"},
    {"outlet": 5, "date": [], "url": {}, "authors": 5},
)


def values(store: Store, me: str) -> Iterator[Value]:
    first, second, *_ = articles(store)
    yield MAL
    yield Lead(ids.uuid7(), ids.uuid7())
    layer = own_layer(first.id, MAL.id)._replace(state="odd\n", name=BAD[2], note=BAD[4], fields={"genre": [5, {}]})
    yield layer
    spans = [
        Span(ids.uuid7(), first.id, layer.id, who, bad or "quote", ((n, n + 2),), 1, {bad: bad}, bad, bad, 7, bad, bad,
             bad, {bad: bad})
        for n, bad in enumerate(BAD) for who in (MAL.id, bad)
    ]  # fmt: skip
    spans += [Span(ids.uuid7(), first.id, layer.id, MAL.id, "quote", ((n % 20, n % 20 + 3),), 1, free, extra=free)
              for n, free in enumerate(FREE)]  # fmt: skip
    yield from spans
    nowhere = ids.uuid7()
    for n, (source, target) in enumerate(((0, 0), (0, 1), (1, 0))):
        for bad in BAD:
            yield Relation(ids.uuid7(), first.id, layer.id, bad, spans[source].id, spans[target].id, {bad: n}, bad, bad)
    yield Relation(ids.uuid7(), first.id, layer.id, "supports", nowhere, nowhere)
    yield Relation(ids.uuid7(), first.id, layer.id, "supports", spans[0].id, layer.id)
    for bad in BAD:
        twice = (
            Member("quote", spans[0].id),
            Member("quote", spans[0].id),
            Member(bad, nowhere),
            Member(bad, spans[1].id),
        )
        yield Group(ids.uuid7(), first.id, layer.id, bad or "attribution", twice, True, bad, bad, bad, {bad: bad})
    yield Group(ids.uuid7(), first.id, layer.id, "attribution", ())
    for n, bad in enumerate(BAD):
        yield Entry(ids.uuid7(), bad, bad or "x", FREE[n])
        root = Remark(ids.uuid7(), first.id, spans[n].id, MAL.id, bad, bad, me, "", False, {bad: bad})
        yield root
        yield Remark(ids.uuid7(), first.id, nowhere, bad, bad, "9999-99-99", bad, root.id, True)
        own = ids.uuid7()
        yield Remark(own, second.id, "", MAL.id, bad, "", "", own)
    for n, free in enumerate(FREE):
        yield Entry(ids.uuid7(), "person", f"P{n}", free)
        yield Decision(ids.uuid7(), first.id, BAD[n % len(BAD)], free)
        for kind, subject in (("scheme", store.scheme().id), ("article", first.id), (BAD[n % len(BAD)], "x")):
            for article in ("", first.id):
                yield Proposal(ids.uuid7(), article, MAL.id, kind, subject, free, BAD[n % 10], BAD[1], "open", BAD[2])
    yield assigned(first.id, nowhere)
    yield Assignment(ids.uuid7(), nowhere, MAL.id, 1 << 62, False, {"returned": 5})
    yield Assignment(ids.uuid7(), second.id, MAL.id, 9, False, {"": []})


def forged(store: Store, made: list[Value], folder: Path, **said: str) -> Path:
    about = store.about()
    changes = tuple(
        ChangeRecord(one.kind, one.entity, one.article, "", None, payload.encode(one.value))
        for one in (Change(None, value) for value in made)
    )
    steps = []
    for n in range(0, len(changes), 40):
        some = changes[n : n + 40]
        record = StepRecord(
            ids.uuid7(), MAL.id, f"mal {n}", "", "", 1, lamport=50 + n, payload_sha256=payload_sha256(some)
        )._replace(**said)
        steps.append(StepLine(record, some))
    header = Header(
        ids.uuid7(), about["id"], BAD[2], about["created"], "", MAL, BAD[1], BAD[2], (BAD_ONE,), "all",
        key=keys.public_hex(),
    )  # fmt: skip
    path = folder / "from <b>Mal<br>\n🏗 %s.annotator-package"
    package.write(path, header, steps, keys.sign)
    return path


@contextmanager
def nothing_waits() -> Iterator[list[str]]:
    """Look at every dialog that comes, each row and part of it, and leave it."""
    came: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        if dialog is None:
            return
        came.append(type(dialog).__name__)
        for table in dialog.findChildren(QTableView):
            for row in range(min(table.model().rowCount() if table.model() else 0, 60)):
                table.selectRow(row)
        for one in dialog.findChildren(QListWidget):
            for row in range(min(one.count(), 60)):
                one.setCurrentRow(row)
        for box in dialog.findChildren(QComboBox):
            for row in range(min(box.count(), 20)):
                box.setCurrentIndex(row)
        dialog.grab()
        dialog.close()

    timer = QTimer(interval=20)
    timer.timeout.connect(look)
    timer.start()
    try:
        yield came
    finally:
        timer.stop()


LOOKED_AT = (
    "edit.history",
    "package.list",
    "project.registry",
    "project.colleagues",
    "article.describe",
    "article.remark",
    "article.judge",
    "article.note",
    "project.report",
    "view.spans",
    "view.links",
    "view.checks",
    "view.labels",
    "go.remark",
    "go.discuss",
    "go.note",
    "go.older",
    "label.everywhere",
    "help.guideline",
    "view.labels.all",
    "span.next",
    "span.remark",
    "span.note",
    "tie.note",
    "span.tie",
    "span.tie.far",
    "span.entry",
    "span.outward",
    "span.delete",
    "edit.undo",
    "edit.redo",
    "article.done",
    "article.next",
    "article.previous",
    "package.send",
    "article.assign",
    "view.colleagues",
    "project.scheme",
    "project.scheme",
)


@pytest.mark.parametrize("title", [BAD[0], pytest.param(BAD[2], marks=pytest.mark.full)])
def test_nothing_of_it_harms(window: MainWindow, tmp_path: Path, qtbot: QtBot, title: str) -> None:
    store = window.session.store
    assert store is not None
    made = list(values(store, window.session.me.id)) if title == BAD[0] else [MAL, *list(values(store, "x"))[2:9]]
    path = forged(store, made, tmp_path, title=title, at=title, grp=title, job="")
    window.sheets.exchanging.bring_in([path])
    qtbot.waitUntil(lambda: not window.files.running and bool(window.notice.words), timeout=60_000)
    assert "brought" in window.notice.words or "new" in window.notice.words, window.notice.words[:300]
    with nothing_waits() as came:
        window.actions_["view.colleagues"].trigger()
        for _ in range(4):
            window.actions_["span.next"].trigger()
        for name in LOOKED_AT:
            window.actions_[name].trigger()
            window.settle()
            QApplication.processEvents()
            window.grab()
        for part in PARTS:
            window.sheets.colleagues(part.id)
            QApplication.processEvents()
    assert came
    assert store.findings() == []
