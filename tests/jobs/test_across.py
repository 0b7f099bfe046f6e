"""Format 1.1: relations that lead out of their line, and the registry entries that lines name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from annotator import assets
from annotator.domain.article import VisibleLayers
from annotator.domain.change import Change, Entry, Step
from annotator.domain.relation import Relation
from annotator.editing import registry, schemes
from annotator.jobs.exporting import export
from annotator.jobs.importing import rehearse
from annotator.jobs.sources import Wishes
from annotator.storage.check import check
from annotator.storage.purge import purge
from tests.jobs.desk import ANA, Desk, span, tally

GOLDEN = Path(__file__).parents[1] / "data" / "golden"
SCHEMA = jsonschema.Draft202012Validator(json.loads(assets.article_schema()))
KREMLIN = "0192f0c1-0000-7000-8000-0000000000e1"
MOSCOW = "0192f0c1-0000-7000-8000-0000000000e2"


def line(text: str, *spans: dict[str, Any], version: str = "1.1", **more: Any) -> dict[str, Any]:
    return {"format": "annotator-article", "version": version, "text": text, "spans": list(spans), **more}


def relation(source: str, target: str, label: str = "same-claim", **more: Any) -> dict[str, Any]:
    return {"label": label, "from": source, "to": target, **more}


ONE = line("The ferry sank.", span(0, 9, "claim", id="one"), relations=[relation("one", "two")])
TWO = line("No ferry has sunk.", span(3, 8, "claim", id="two"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(tmp_path / "p.annotator") as made:
        yield made


def relations(desk: Desk) -> list[Relation]:
    store = desk.store
    return [one for id in store.article_ids() for one in store.relations(id, VisibleLayers.ALL)]


def ends(desk: Desk) -> list[tuple[str, str]]:
    """Return the words at both ends of the relations."""
    store, words = desk.store, {}
    for id in store.article_ids():
        article = store.article(id)
        assert article is not None
        text = store.text(article.sha256)
        words.update({one.id: text[one.start : one.end] for one in store.spans(id, VisibleLayers.ALL)})
    return [(words[one.source], words.get(one.target, one.target)) for one in relations(desk)]


def again(desk: Desk, name: str = "again") -> tuple[bytes, bytes]:
    """Export, import into a new project, export: return both, which must be valid."""
    first = desk.export()
    with Desk(desk.folder / f"{name}.annotator") as other:
        report = other.bring(desk.folder / "out.jsonl")
        assert (report.refused, report.different) == (0, 0)
        assert list(check(other.store)) == []
        second = other.export("second.jsonl")
    for written in first.splitlines():
        SCHEMA.validate(json.loads(written))
    return first, second


@pytest.mark.parametrize("lines", [(ONE, TWO), (TWO, ONE)])
def test_a_relation_finds_a_span_of_any_line(desk: Desk, lines: tuple[dict[str, Any], ...]) -> None:
    assert tally(desk.bring(desk.lines(*lines))) == (2, 0, 0, 0)
    assert ends(desk) == [("The ferry", "ferry")]
    assert list(check(desk.store)) == []
    first, second = again(desk)
    assert first == second
    # The same lines once more, and as written: nothing is new.
    for path in (desk.folder / "wire.jsonl", desk.folder / "out.jsonl"):
        assert tally(desk.bring(path)) == (0, 2, 0, 0)
    assert len(relations(desk)) == 1
    desk.workspace.undo()
    assert list(desk.store.article_ids()) == []
    assert list(check(desk.store)) == []


def test_the_other_span_may_stand_in_the_project_or_another_file(desk: Desk) -> None:
    other = desk.lines(TWO, name="a.jsonl")
    assert tally(desk.bring(desk.lines(ONE, name="b.jsonl"), other)) == (2, 0, 0, 0)
    id = relations(desk)[0].target
    third = line("So it sank.", span(3, 10, "claim", id="x"), relations=[relation("x", id)])
    assert tally(desk.bring(desk.lines(third))) == (1, 0, 0, 0)
    assert sorted(ends(desk)) == [("The ferry", "ferry"), ("it sank", "ferry")]


def test_a_relation_to_nothing_is_told_with_its_line_and_the_rest_is_taken(desk: Desk) -> None:
    report = desk.bring(desk.lines(TWO, ONE | {"relations": [relation("one", "nine"), relation("one", "two")]}))
    assert tally(report) == (2, 0, 0, 1)
    assert report.reasons == [
        'wire.jsonl, line 2: Relation 1: The span "nine" under "to" is in no line and not in the project.'
    ]
    assert ends(desk) == [("The ferry", "ferry")]


def test_an_id_of_several_lines_is_none(desk: Desk) -> None:
    third = line("Two ferries sank.", span(0, 11, "claim", id="two"))
    report = desk.bring(desk.lines(ONE, TWO, third))
    assert tally(report) == (3, 0, 0, 1)
    assert "is that of spans in several lines" in report.reasons[0]
    assert relations(desk) == []


@pytest.mark.parametrize("head", [{"version": "1.0"}, {"format": None}])
def test_older_and_short_lines_know_their_own_spans_only(desk: Desk, head: dict[str, Any]) -> None:
    item = {key: value for key, value in (ONE | head).items() if value is not None}
    report = desk.bring(desk.lines(item, TWO))
    assert tally(report) == (2, 0, 0, 1)
    assert "is not among the spans taken from the line" in report.reasons[0]


def test_a_rehearsal_says_the_same(desk: Desk) -> None:
    bad = ONE | {"relations": [relation("one", "nine"), relation("one", "two")]}
    with closing(desk.store.reader()) as reader:
        rehearsed = rehearse(reader, ANA, [desk.lines(bad, TWO)], Wishes())
    assert tally(rehearsed) == (2, 0, 0, 1)
    done = desk.bring(desk.folder / "wire.jsonl")
    assert (tally(done), done.reasons) == (tally(rehearsed), rehearsed.reasons)


def test_a_limited_export_keeps_relations_to_what_it_holds(desk: Desk) -> None:
    desk.bring(desk.lines(ONE, TWO))
    both = desk.export(visible=VisibleLayers(kinds=frozenset({"imported"})))
    assert [len(json.loads(it)["relations"]) for it in both.splitlines()] == [1, 0]
    far = desk.store.article_of("span", relations(desk)[0].target)
    assert far is not None
    layer = desk.store.layers(far, VisibleLayers.ALL)[0]
    desk.workspace.do(Step("Done", (Change(layer, layer._replace(state="done")),)))
    alone = desk.export(state="new")
    assert [len(json.loads(it)["relations"]) for it in alone.splitlines()] == [0]


def entry(id: str = KREMLIN, **more: Any) -> dict[str, Any]:
    return {"id": id, "kind": "organisation", "name": "Kremlin", "data": {"aliases": ["the Kremlin"]}, **more}


def test_entries_come_with_the_lines_that_name_them(desk: Desk) -> None:
    said = line(
        "The Kremlin denied it.", span(0, 11, "source", id="s", attributes={"entity": KREMLIN}),
        span(12, 18, "quote", id="q"), entries=[entry()],
        relations=[relation("q", KREMLIN, "about", to_kind="entry")],
    )  # fmt: skip
    more = line("Nobody else did.", span(0, 6, "source", attributes={"entity": KREMLIN}), entries=[entry()])
    assert tally(desk.bring(desk.lines(said, more))) == (2, 0, 0, 0)
    kept = desk.store.value("entry", KREMLIN, "")
    assert kept == Entry(KREMLIN, "organisation", "Kremlin", {"aliases": ["the Kremlin"]})
    assert [one.target for one in relations(desk)] == [KREMLIN]
    assert list(check(desk.store)) == []
    written = [json.loads(it) for it in desk.export().splitlines()]
    assert [one["to_kind"] for it in written for one in it["relations"]] == ["entry"]
    assert written[0]["entries"] == [entry()]
    first, second = again(desk)
    assert first == second
    desk.workspace.undo()
    assert desk.store.value("entry", KREMLIN, "") is None


def test_an_entry_brings_those_it_was_merged_into(desk: Desk) -> None:
    merged = entry(data={"merged_into": [MOSCOW]})
    about = relation("s", KREMLIN, "about", to_kind="entry")
    said = line("It denied.", span(0, 2, "claim", id="s"), entries=[merged, entry(MOSCOW)], relations=[about])
    desk.bring(desk.lines(said))
    assert [one["id"] for one in json.loads(desk.export())["entries"]] == [KREMLIN, MOSCOW]
    first, second = again(desk)
    assert first == second


def test_an_entry_that_differs_stays_as_it_is_here_or_is_updated(desk: Desk) -> None:
    said = line("It denied.", span(0, 2, "source", id="s"), entries=[entry()])
    desk.bring(desk.lines(said))
    changed = said | {"entries": [entry(name="The Kremlin")]}
    assert tally(desk.bring(desk.lines(changed))) == (0, 1, 1, 0)
    assert desk.store.value("entry", KREMLIN, "").name == "Kremlin"
    desk.bring(desk.lines(changed), update=True)
    assert desk.store.value("entry", KREMLIN, "").name == "The Kremlin"


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"id": "kremlin"}, "The id of a registry entry must be a UUID"),
        ({"name": "  "}, "It has no name"),
        ({"data": 3}, "data must be an object"),
    ],
)
def test_a_wrong_entry_is_told(desk: Desk, wrong: dict[str, Any], reason: str) -> None:
    report = desk.bring(desk.lines(line("It denied.", entries=[entry() | wrong])))
    assert tally(report) == (1, 0, 0, 1)
    assert "line 1: Entry 1: " in report.reasons[0]
    assert reason in report.reasons[0]


def test_a_relation_to_an_entry_that_is_nowhere_is_told(desk: Desk) -> None:
    item = ONE | {"relations": [relation("one", KREMLIN, "about", to_kind="entry")]}
    report = desk.bring(desk.lines(item))
    assert tally(report) == (1, 0, 0, 1)
    assert "The registry entry" in report.reasons[0]
    desk.workspace.do(Step("Add", (Change(None, Entry(KREMLIN, "person", "Kremlin")),)))
    assert desk.bring(desk.folder / "wire.jsonl").refused == 0
    assert [one.target for one in relations(desk)] == [KREMLIN]


def test_a_file_of_1_0_is_read_as_ever(tmp_path: Path) -> None:
    with Desk(tmp_path / "old.annotator") as old, Desk(tmp_path / "new.annotator") as new:
        assert tally(old.bring(GOLDEN / "version-1.0.jsonl"))[1:] == (0, 0, 0)
        assert tally(new.bring(GOLDEN / "exchange.code-points.jsonl"))[1:] == (0, 0, 0)
        was, now = old.export(), new.export("new.jsonl")
    for line_ in (GOLDEN / "version-1.0.jsonl").read_bytes().splitlines():
        assert b'"version":"1.0"' in line_
        SCHEMA.validate(json.loads(line_))
    assert was == now


def test_a_tie_to_what_is_gone_is_left_out_and_counted_so_that_the_file_can_be_read(desk: Desk) -> None:
    entry = Entry(KREMLIN, "organisation", "Kremlin")
    about = relation("one", KREMLIN, "about", to_kind="entry")
    item = ONE | {
        "relations": [relation("one", "two"), about],
        "entries": [{"id": KREMLIN, "kind": "organisation", "name": "Kremlin", "data": {}}],
    }
    assert tally(desk.bring(desk.lines(item, TWO))) == (2, 0, 0, 0)
    work, store = desk.workspace, desk.store
    found = store.value("entry", KREMLIN, "")
    assert found == entry
    work.do(registry.delete([found]))
    assert len(relations(desk)) == 2
    report = export(desk.path, desk.folder / "gone.jsonl")
    assert report.loose == 1
    first, second = again(desk)
    assert first == second
    assert b'"label":"about"' not in first
    work.undo()
    assert export(desk.path, desk.folder / "back.jsonl").loose == 0
    # Also where the article of the other end was taken out for good.
    other = next(
        one for id in store.article_ids() if (one := store.article(id)) and "No ferry" in store.text(one.sha256)
    )
    purge(store, [other.id], ANA.id)
    assert len(relations(desk)) == 2
    assert export(desk.path, desk.folder / "purged.jsonl").loose == 1
    first, second = again(desk, "purged")
    assert first == second
    assert b'"label":"about"' in first


def test_a_group_that_names_a_span_deleted_elsewhere_is_written_with_those_that_are_there(desk: Desk) -> None:
    group = {"kind": "attribution", "members": [{"role": "quote", "span": "q"}, {"role": "source", "span": "s"}]}
    text = line("“Yes,” she said.", span(0, 6, "quote", id="q"), span(7, 10, "source", id="s"), groups=[group])
    assert tally(desk.bring(desk.lines(text))) == (1, 0, 0, 0)
    store, id = desk.store, next(iter(desk.store.article_ids()))
    source = next(one for one in store.spans(id, VisibleLayers.ALL) if one.label == "source")
    # As a union leaves it where one side deleted the span while the other went on with the attribution.
    desk.workspace.do(Step("Delete", (Change(source, None),)))
    assert export(desk.path, desk.folder / "short.jsonl").loose == 1
    first, second = again(desk)
    assert first == second
    assert [member["role"] for member in json.loads(first)["groups"][0]["members"]] == ["quote"]


@pytest.mark.parametrize("said", [["x"], {"id": KREMLIN}, [], 7, True, None, "x", [KREMLIN]])
def test_a_link_that_is_no_id_is_kept_and_does_not_stop_the_export(desk: Desk, said: object) -> None:
    layer = {"id": "L", "kind": "annotator", "annotator": {"id": "ana", "name": "Ana"}, "fields": {"desk": said}}
    source = span(0, 3, "source", id="s", layer="L", attributes={"entity": said})
    assert tally(desk.bring(desk.lines(line("She said so.", source, layers=[layer])))) == (1, 0, 0, 0)
    store = desk.store
    linked = {"id": "desk", "name": "Desk", "type": "registry"}
    before = store.scheme()
    fields = [*before.rest.get("fields", []), linked]
    desk.workspace.do(schemes.apply(before, before._replace(rest={**before.rest, "fields": fields})))
    first, second = again(desk)
    written = json.loads(first)
    assert written["spans"][0]["attributes"]["entity"] == said
    assert written["layers"][0]["fields"]["desk"] == said
    assert json.loads(second)["spans"] == written["spans"]
