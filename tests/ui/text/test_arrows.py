"""Links in the text: where their lines run, what they point at, what stands for ends off the screen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.domain.links import Links
from annotator.domain.relation import Group, Member, Relation
from annotator.domain.span import Span
from annotator.ui.text import arrows, painter
from annotator.ui.text.arrows import Route, Trunk
from annotator.ui.text.page import Shown
from annotator.ui.text.typography import LANE_STEP, TAG_HEIGHT
from annotator.ui.text.view import ArticleView
from annotator.ui.window import MainWindow
from tests.ui.test_window import press

HEAD = "“Nobody wants a strike,” said Ines Korvald, who leads the union, “but we will not sign.”\n\n"
TEXT = HEAD + "It rained on the quay, and the ferries stayed where they were.\n\n" * 60 + "Later Korvald came back.\n"


def span(id: str, *words: str, label: str = "quote") -> Span:
    return Span(id, "a", "l", "p", label, tuple((TEXT.index(it), TEXT.index(it) + len(it)) for it in words))


QUOTE = span("quote", "“Nobody wants a strike,”", "“but we will not sign.”")
OVER = span("over", "wants a strike,” said Ines Korvald, who", label="claim")
CUE = span("cue", "said", label="cue")
SOURCE = span("source", "Ines Korvald", label="source")
RAIN = span("rain", "It rained", label="evidence")
LATER = span("later", "Later Korvald", label="source")
ALL = (QUOTE, OVER, CUE, SOURCE, RAIN, LATER)
GROUP = Group("g", "a", "l", "attribution", tuple(Member("part", id) for id in ("quote", "cue", "source")))
LINKS = Links([Relation("r", "a", "l", "repeats", "rain", "later")], [GROUP])


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ArticleView]:
    result = ArticleView()
    qtbot.addWidget(result)
    failed: list[object] = []
    result.paint_failed.connect(failed.append)
    result.resize(760, 500)
    result.show_article(TEXT, ALL)
    result.set_links(LINKS)
    result.show()
    result.setFocus()
    yield result
    result.grab()
    assert failed == []


def found(view: ArticleView) -> list[Route]:
    view.viewport().repaint()
    top = 12 - view.verticalScrollBar().value()
    shown = [Shown(each.top + top, each.layout) for each in view._visible()]
    seen = [(it.layout, [(it.top + line.top, line) for line in it.layout.lines]) for it in shown]
    height = view.viewport().height()
    return arrows.routes(seen, view._trunks(), view.column()[0], view._type.box, 3.0, height)


def through_words(view: ArticleView, routes: list[Route]) -> list[str]:
    """Return what runs through the letters of a line or the name in a tag."""
    top, left = 12 - view.verticalScrollBar().value(), view.column()[0]
    told = []
    for shown in view._visible():
        for line in shown.layout.lines:
            y = shown.top + top + line.top
            right = left + max((piece.right for piece in line.pieces), default=view._type.width)
            for route in routes:
                for x1, y1, x2, y2 in route.lines:
                    low, high = min(y1, y2), max(y1, y2)
                    if max(x1, x2) >= left and min(x1, x2) <= right and high > y and low < y + view._type.box:
                        told.append(f"line {y}: {x1, y1, x2, y2}")
    return told


def test_one_trunk_leads_to_each_member_and_through_no_word(view: ArticleView) -> None:
    assert found(view) == []
    view.focus_span("quote")
    (route,) = found(view)
    assert len(route.heads) == 2
    assert route.stubs == ()
    left, box = view.column()[0], view._type.box
    for head, it in zip(route.heads, (CUE, SOURCE), strict=True):
        assert head.x == pytest.approx(left + view._page.spot(it.start).x + 12, abs=3)
        spot = view.caret_rect(it.start)
        lanes = (head.y - spot.y() - box - 1 - TAG_HEIGHT) / LANE_STEP
        assert lanes == pytest.approx(round(lanes), abs=0.1), "under the tag, whichever lane that is in"
    assert through_words(view, [route]) == []


def test_from_a_member_the_arrows_go_to_the_others(view: ArticleView) -> None:
    view.focus_span("cue")
    (route,) = found(view)
    assert len(route.heads) == 2
    assert through_words(view, [route]) == []


def test_an_end_off_the_screen_is_a_stub_that_leads_there(view: ArticleView) -> None:
    view.focus_span("rain")
    (route,) = found(view)
    (stub,) = route.stubs
    assert stub.down
    assert stub.spans == (LATER,)
    assert stub.y == pytest.approx(view.viewport().height() - 5)
    assert stub.x < view.column()[0]
    assert through_words(view, [route]) == []
    (box, there) = view._stubs[0]
    assert there == LATER
    QTest.mouseMove(view.viewport(), box.center().toPoint())
    assert view.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert view.focused == LATER
    (route,) = found(view)
    (stub,) = route.stubs
    assert not stub.down
    assert stub.y == pytest.approx(5)
    assert next(head.y for head in route.heads) > 50, "a relation that ends here points here"


def test_a_relation_points_at_where_it_leads(view: ArticleView) -> None:
    view.set_links(Links([Relation("r", "a", "l", "repeats", "cue", "rain")]))
    view.focus_span("cue")
    (away,) = found(view)
    view.focus_span("rain")
    (back,) = found(view)
    assert len(away.heads) == len(back.heads) == 1
    assert away.heads == back.heads


def test_a_hidden_end_is_not_pointed_at(view: ArticleView) -> None:
    view.set_shown(frozenset(), frozenset({"cue"}))
    view.focus_span("quote")
    (route,) = found(view)
    assert len(route.heads) == 1


def test_all_links_of_the_screen_on_request(view: ArticleView) -> None:
    view.show_links("all")
    routes = found(view)
    assert len(routes) == 2
    assert not any(route.strong for route in routes)
    assert through_words(view, routes) == []
    view.focus_span("quote")
    assert [route.strong for route in found(view)] == [False, True]
    view.show_links("focused")
    assert len(found(view)) == 1


def test_the_links_of_the_paragraph_follow_the_caret(view: ArticleView) -> None:
    view.show_links("paragraph")
    view.set_caret(len(view.text))
    assert found(view) == []
    view.set_caret(len(HEAD) - 1)
    assert found(view) == []  # an empty line
    view.focus_span("rain")
    view.reveal(0, 0)
    assert [route.strong for route in found(view)] == [True]
    view.focus_span("cue")
    assert [route.strong for route in found(view)] == [True]
    view.focus_span("over")
    assert [route.strong for route in found(view)] == [False]  # not what is tied in the next paragraph
    view.set_caret(TEXT.index("Nobody"))
    assert through_words(view, found(view)) == []


def test_the_line_keeps_its_room_whether_links_are_drawn_or_not(view: ArticleView) -> None:
    place = view.caret_rect(RAIN.start)
    for id in ("quote", "over", "source"):
        view.focus_span(id)
        view.viewport().repaint()
        assert view.caret_rect(RAIN.start) == place
    view.set_links(Links())
    assert view.caret_rect(RAIN.start).y() < place.y()


def test_the_spans_of_a_group_light_up_together(view: ArticleView, monkeypatch: pytest.MonkeyPatch) -> None:
    lit: list[frozenset[str]] = []
    paint = painter.paint

    def watched(painter_: object, shown: object, context: painter.PaintContext) -> object:
        lit.append(context.lit | {context.hovered or ""})
        return paint(painter_, shown, context)  # type: ignore[arg-type]

    monkeypatch.setattr("annotator.ui.text.canvas.paint", watched)
    spot = view.caret_rect(SOURCE.start)
    ground = QPoint(spot.x() + 40, spot.y() + 1)

    def fill() -> str:
        return view.viewport().grab().toImage().pixelColor(ground).name()

    before = fill()
    view.focus_span("cue")
    after = fill()
    assert before != after
    assert lit[-1] >= {"quote", "cue", "source"}
    view.set_caret(len(HEAD) + 30)
    view.reveal(0, 0)
    assert fill() == before
    QTest.mouseMove(view.viewport(), view.caret_rect(CUE.start + 2).center())
    assert fill() == after


def test_a_trunk_of_nothing_seen_draws_nothing(view: ArticleView) -> None:
    assert arrows.routes([], [Trunk(QUOTE, ())], 40, 22, 3, 500) == []


def test_an_import_brings_links_and_undo_takes_them(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    def part(id: str, label: str, it: Span) -> dict[str, object]:
        return {"id": id, "label": label, "start": it.start, "end": it.end}

    line = {
        "format": "annotator-article", "version": "1.0", "title": "Linked", "text": TEXT, "offsets": "code-points",
        "spans": [part("1", "cue", CUE), part("2", "source", SOURCE), part("3", "claim", LATER)],
        "groups": [{"kind": "attribution", "members": [{"role": "cue", "span": "1"}, {"role": "source", "span": "2"}]}],
        "relations": [{"label": "repeats", "from": "2", "to": "3"}],
    }  # fmt: skip
    path = tmp_path / "linked.jsonl"
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    from annotator.jobs.importing import import_paths

    assert window.session.workspace is not None
    import_paths(window.session.workspace, [path])
    assert window.session.store is not None
    qtbot.waitUntil(lambda: window.articles.model.rowCount() == 4)
    window.session.show_article(list(window.session.store.article_ids())[-1])
    view = window.view
    view.next_span()
    view.next_span()
    assert view.focused is not None
    assert view.focused.label == "source"
    (route,) = found(view)
    assert (len(route.heads), len(route.stubs)) == (2, 1)
    view.previous_span()  # the cue, which the relation does not touch
    drawn = [len(found(view))]
    for words in ("of the paragraph with the caret", "of all spans on the screen", "of the focused span"):
        press(qtbot, window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
        assert words in window.notice.words
        drawn.append(len(found(view)))
    assert drawn == [1, 2, 2, 1]
    window.undoing.undo()
    assert not window.session.links
