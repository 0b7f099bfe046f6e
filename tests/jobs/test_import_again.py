"""Importing again: unknown, equal, different, deleted, taken back, another text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.domain.article import VisibleLayers
from annotator.editing import spans
from annotator.jobs import importing, sources
from annotator.storage.check import check
from tests.jobs.desk import Desk, new_id, span, tally

ALL = VisibleLayers.ALL
TEXT = "“Nobody wants this,” the mayor said on Tuesday."


@pytest.fixture
def desk(tmp_path: Path):  # type: ignore[no-untyped-def]
    with Desk(tmp_path / "p.annotator") as desk:
        yield desk
        assert list(check(desk.store)) == []


def _article(desk: Desk) -> str:
    return next(desk.store.article_ids())


def test_equal_is_known(desk: Desk) -> None:
    file = desk.lines({"text": TEXT, "spans": [span(0, 20)]})
    assert tally(desk.bring(file)) == (1, 0, 0, 0)
    assert tally(desk.bring(file)) == (0, 1, 0, 0)


def test_unknown_is_added_to_what_is_here(desk: Desk) -> None:
    desk.bring(desk.lines({"text": TEXT, "spans": [span(0, 20)]}))
    report = desk.bring(desk.lines({"text": TEXT, "spans": [span(0, 20), span(21, 30, "source")]}))
    assert tally(report) == (1, 0, 0, 0)
    assert desk.heard[0].reason == "1 span added to an article that was here."
    assert desk.store.article_count() == 1
    assert len(desk.store.spans(_article(desk), ALL)) == 2


def test_undone_spans_that_come_back_are_no_new_articles(desk: Desk) -> None:
    desk.bring(desk.lines(*({"text": f"{TEXT} {number}", "spans": []} for number in range(3))))
    for id in list(desk.store.article_ids())[:2]:
        article = desk.store.article(id)
        assert article is not None
        desk.workspace.do(
            spans.label(
                article, None, desk.workspace.me, "quote", "Quote", ((0, 20),), id=new_id(), now="", scheme_version=1
            )
        )
    desk.export("older.jsonl")
    desk.workspace.undo()
    desk.workspace.undo()
    told = importing.rehearse(desk.store, desk.workspace.me, [desk.folder / "older.jsonl"])
    report = desk.bring(desk.folder / "older.jsonl")
    for one in (told, report):
        assert tally(one) == (2, 1, 0, 0)
        assert (one.more, one.spans, one.grown) == (2, 2, set(list(desk.store.article_ids())[:2]))


def test_parts_that_were_deleted_here_are_counted_apart(desk: Desk) -> None:
    file = desk.lines({"text": TEXT, "spans": [span(0, 20)]})
    desk.bring(file)
    (ours,) = desk.store.spans(_article(desk), ALL)
    desk.workspace.do(spans.delete(ours))
    report = desk.bring(file)
    assert (report.known, report.deleted) == (2, 1)


def test_an_article_that_grows_by_many_lines_is_one(desk: Desk) -> None:
    desk.bring(desk.lines({"text": TEXT}))
    report = desk.bring(desk.lines(*({"text": TEXT, "spans": [span(at, at + 1)]} for at in range(5))))
    assert (report.added, report.more, report.spans, len(report.grown)) == (5, 5, 5, 1)


def test_different_stays_unless_updated(desk: Desk) -> None:
    id = new_id()
    desk.bring(desk.lines({"text": TEXT, "spans": [span(0, 20, id=id)]}))
    other = desk.lines({"text": TEXT, "spans": [span(0, 20, "claim", id=id)]})
    assert tally(desk.bring(other)) == (0, 1, 1, 0)
    assert desk.store.spans(_article(desk), ALL)[0].label == "quote"
    assert tally(desk.bring(other, update=True)) == (0, 1, 1, 0)
    assert desk.store.spans(_article(desk), ALL)[0].label == "claim"
    desk.workspace.undo()
    assert desk.store.spans(_article(desk), ALL)[0].label == "quote"


def test_a_title_that_is_stated_and_differs_is_told_and_taken_on_request(desk: Desk) -> None:
    desk.bring(desk.lines({"text": TEXT, "id": "wire-1", "title": "One", "spans": []}))
    other = desk.lines({"text": TEXT, "id": "wire-1", "title": "Other"})
    assert tally(desk.bring(other)) == (0, 1, 1, 0)
    assert desk.store.article(_article(desk)).title == "One"  # type: ignore[union-attr]  # it is there
    desk.bring(other, update=True)
    assert desk.store.article(_article(desk)).title == "Other"  # type: ignore[union-attr]  # it is there


def test_what_a_short_line_leaves_out_is_not_taken_away(desk: Desk) -> None:
    desk.bring(desk.lines({"text": TEXT, "id": "wire-1", "title": "One", "meta": {"a": 1}, "spans": []}))
    before = desk.store.article(_article(desk))
    assert tally(desk.bring(desk.lines({"text": TEXT}), update=True)) == (0, 1, 0, 0)
    assert desk.store.article(_article(desk)) == before
    assert before is not None
    assert before.source_id == "wire-1"


def test_deleted_stays_deleted(desk: Desk) -> None:
    file = desk.lines({"text": TEXT, "spans": [span(0, 20)]})
    desk.bring(file)
    (ours,) = desk.store.spans(_article(desk), ALL)
    desk.workspace.do(spans.delete(ours))
    assert tally(desk.bring(file)) == (0, 2, 0, 0)
    assert "stays deleted" in desk.heard[1].reason
    assert desk.store.spans(_article(desk), ALL) == []


def test_taken_back_counts_as_unknown(desk: Desk) -> None:
    file = desk.lines({"text": TEXT, "spans": [span(0, 20)]}, {"text": "more"})
    desk.bring(file)
    desk.workspace.undo()
    assert desk.store.article_count() == 0
    assert tally(desk.bring(file)) == (2, 0, 0, 0)


def test_another_text_under_a_known_id_is_refused(desk: Desk) -> None:
    desk.bring(desk.lines({"id": "7", "text": TEXT}))
    report = desk.bring(desk.lines({"id": "7", "text": "Other words"}))
    assert tally(report) == (0, 0, 0, 1)
    assert "another text" in desk.heard[0].reason


def test_a_span_id_of_another_article_is_refused(desk: Desk) -> None:
    id = new_id()
    report = desk.bring(
        desk.lines({"text": TEXT, "spans": [span(0, 20, id=id)]}, {"text": "b", "spans": [span(0, 1, id=id)]})
    )
    assert tally(report) == (2, 0, 0, 1)


def test_one_text_under_two_names_is_one_article(desk: Desk) -> None:
    for name in ("a.txt", "b.txt"):
        (desk.folder / name).write_bytes(TEXT.encode())
    assert tally(desk.bring(desk.folder / "a.txt", desk.folder / "b.txt")) == (1, 1, 0, 0)


def test_two_colleagues_get_equal_ids(tmp_path: Path) -> None:
    exports = []
    for who in ("ana", "ben"):
        (tmp_path / who).mkdir()
        with Desk(tmp_path / who / f"{who}.annotator") as desk:
            (desk.folder / "note.txt").write_bytes(TEXT.encode())
            desk.bring(desk.folder / "note.txt", desk.lines({"text": "x y", "spans": [span(0, 1), span(2, 3)]}))
            exports.append(desk.export())
    assert exports[0] == exports[1]


def test_an_import_is_one_undo_and_a_rehearsal_writes_nothing(desk: Desk) -> None:
    file = desk.lines(*({"text": f"text {number}"} for number in range(200)))
    steps = desk.store.step_count()
    report = importing.rehearse(desk.store, desk.workspace.me, [file])
    assert report.added == 200
    assert desk.store.step_count() == steps
    desk.bring(file)
    assert desk.store.article_count() == 200
    desk.workspace.undo()
    assert desk.store.article_count() == 0


def test_a_rehearsal_tells_what_the_import_then_does(desk: Desk) -> None:
    first = desk.lines({"text": TEXT, "spans": [span(0, 20)]}, {"text": TEXT, "id": "wire-1"}, name="first.jsonl")
    desk.bring(first)
    id = new_id()
    file = desk.lines(
        {"text": TEXT, "spans": [span(21, 30, "source")]},  # more for an article that is here
        {"text": TEXT, "spans": [span(0, 20), span(21, 30, "source")]},  # nothing more
        {"id": "wire-2", "text": "A new one", "spans": [span(0, 1, id=id)]},
        {"id": "wire-2", "text": "A new one", "spans": [span(0, 1, "claim", id=id)]},  # differs from the line before
        {"id": "wire-2", "text": "A new one", "title": "Titled", "spans": [span(2, 5)]},
        {"id": "wire-2", "text": "Another text"},
        {"text": "A new one"},  # a text known by another name
    )
    for update in (False, True):
        heard: list[importing.Outcome] = []
        wishes = sources.Wishes(update=update)
        told = importing.rehearse(desk.store, desk.workspace.me, [file], wishes, hear=heard.append)
        done = desk.bring(file, update=update)
        assert tally(told) == tally(done)
        assert heard == desk.heard
        desk.workspace.undo()


def test_ids_that_repeat_within_what_is_written_together(desk: Desk) -> None:
    id = new_id()
    lines = [{"id": f"wire-{number}", "text": f"text {number}", "spans": [span(0, 4)]} for number in range(5)]
    lines[1]["spans"] = [span(0, 4, id=id)]
    lines[3]["spans"] = [span(0, 4, id=id), span(1, 3)]
    report = desk.bring(desk.lines(*lines))
    assert tally(report) == (5, 0, 0, 1)
    assert "has the id of one in another article" in desk.heard[4].reason
    assert [len(desk.store.spans(id, ALL)) for id in desk.store.article_ids()] == [1, 1, 1, 1, 1]


def test_taken_back_and_brought_again_is_the_same(desk: Desk) -> None:
    file = desk.lines({"text": TEXT, "spans": [span(0, 20)]})
    desk.bring(file)
    before = desk.export()
    desk.workspace.undo()
    desk.bring(file)
    assert desk.export() == before


def test_a_stopped_import_goes_on(desk: Desk) -> None:
    file = desk.lines(*({"text": f"text {number}"} for number in range(300)))
    seen: list[int] = []
    report = importing.import_paths(
        desk.workspace, [file], progress=lambda done, total: seen.append(done), cancelled=lambda: len(seen) >= 150
    )
    assert report.stopped
    assert (report.added, desk.store.article_count()) == (150, 150)
    assert tally(desk.bring(file)) == (150, 150, 0, 0)


def test_work_done_meanwhile_is_looked_at_again(desk: Desk) -> None:
    file = desk.lines({"text": TEXT, "spans": [span(0, 20)]}, {"text": "b"})

    def meanwhile(done: int, total: int) -> None:
        if desk.store.article_count() == 0:
            with_same = desk.lines({"text": TEXT, "spans": [span(0, 20)]}, name="meanwhile/../wire.jsonl")
            importing.import_paths(desk.workspace, [with_same])

    (desk.folder / "meanwhile").mkdir()
    data = file.read_bytes()
    report = importing.import_paths(desk.workspace, [file], progress=meanwhile)
    assert file.read_bytes() != data
    assert report.refused == 0
    assert desk.store.article_count() >= 1


def test_the_project_itself_and_folders_are_refused(desk: Desk) -> None:
    report = desk.bring(desk.path, desk.folder, desk.folder / "none.txt", desk.lines({"text": "good"}))
    assert tally(report) == (1, 0, 0, 3)


def test_layers_and_people_come_with_their_article(desk: Desk) -> None:
    desk.bring(desk.lines({"text": TEXT, "spans": [span(0, 20)]}), owner=desk.workspace.me)
    line = json.loads(desk.export())
    assert line["layers"][0]["annotator"] == {"id": desk.workspace.me.id, "name": "Ana"}
    assert line["layers"][0]["state"] == "started"
