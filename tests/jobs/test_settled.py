"""What review writes: decisions and the queue, as they stand in the golden files; one layer of the articles."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from contextlib import closing
from itertools import product
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from annotator import assets
from annotator.domain.article import Article, VisibleLayers, own_layer
from annotator.domain.change import Change, Imported, Step
from annotator.domain.ids import content_article_id
from annotator.domain.layerref import CONSENSUS_REF, LayerRef
from annotator.domain.relation import Group, Member, Relation
from annotator.domain.span import Span
from annotator.domain.text import fingerprint
from annotator.editing import review as editing
from annotator.editing.workspace import Workspace
from annotator.jobs.consensus import take_over
from annotator.jobs.exporting import export
from annotator.jobs.review import Queue
from annotator.jobs.settled import CSV, export_decisions, export_queue
from annotator.review.decide import Content, Verdict
from annotator.review.filter import Filter
from annotator.review.takeover import Rule
from annotator.storage import review as reading
from annotator.storage.corrections import decisions_about
from annotator.storage.store import Store
from tests.builders import counted_ids
from tests.jobs.reviewed import PEOPLE, REFS, made, reviewing
from tests.schemed import SCHEME

GOLDEN = Path(__file__).parents[1] / "data" / "golden"
TEXT = "=Dues rise,” said 🏗 chief Łucja Ødegård. “We doubt it,” the mayor, 61, told us.\n"
LISA, MARIA = PEOPLE[:2]


def place(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    path, ids = tmp_path / "p.annotator", counted_ids("d")
    Store.create(path, SCHEME)
    sha256 = fingerprint(TEXT)
    article = Article(content_article_id(sha256), "=HYPERLINK(“dues”)", sha256, position=1)
    layers = tuple(
        own_layer(article.id, person.id)._replace(state="done", fields={"genre": genre})
        for person, genre in ((LISA, "opinion"), (MARIA, "analysis"))
    )

    def span(who: int, label: str, words: str, **more: Any) -> Span:
        return Span(ids(), article.id, layers[who].id, PEOPLE[who].id, label, (place(words),), **more)

    quotes = [span(n, "quote", "=Dues rise", attributes={"mode": "direct"}) for n in (0, 1)]
    sources = [span(0, "source", "Łucja Ødegård"), span(1, "source", "chief Łucja Ødegård")]
    groups = tuple(
        Group(ids(), article.id, layers[n].id, "attribution",
              (Member("quote", quotes[n].id), Member("source", sources[n].id)))
        for n in (0, 1)
    )  # fmt: skip
    others = [span(0, "cue", "said"), span(0, "claim", "We doubt it"), span(1, "quote", "We doubt it"),
              span(1, "cue", "told"), span(0, "boilerplate", "=Dues")]  # fmt: skip
    imported = Imported(article.id, article, layers, (*quotes, *sources, *others), groups=groups)
    opened = Store.open(path)
    with Workspace(opened, LISA, "laptop").job() as job:
        job.add(Step("Import article", (Change(None, imported),)), {sha256: TEXT})
    ws, queue = reviewing(opened), Queue(REFS[:2])
    queue.fill(opened)
    ws.listen(lambda changed: queue.follow(opened, changed) and None)
    for words, verdict in (
        ("=Dues rise", Verdict("agreed", side=0, rule="all")),
        ("Łucja Ødegård", Verdict("side", side=1, reason="whole")),
        ("said", Verdict("none", reason="=no")),
        ("We doubt it", Verdict("own", own=(Content("claim", (place("We"),)),))),
        ("", Verdict("side", side=1)),
    ):
        item = next(it for it in queue.items(Filter(frozenset())) if it.difference.words == words)
        ground = queue.ground(opened, article.id)
        assert ground is not None
        ws.do(editing.decide(ground, item, verdict, ws.me, ws.clock(), 1))
    maria = Workspace(opened, MARIA, "other")
    maria.listen(lambda changed: queue.follow(opened, changed) and None)
    contested = next(it for it in queue.items(Filter(frozenset())) if it.difference.words == "Łucja Ødegård")
    assert contested.decision is not None
    id, at = contested.id, contested.decision.data["at"]
    maria.do(editing.answer(id, article.id, at, None, layers[1].id, MARIA, "contested", "-too long", "2026-11-23"))
    yield opened
    opened.close()


def test_what_is_written_is_the_golden_file(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for name, write in (
        ("review.decisions.jsonl", lambda: export_decisions(store.path, out)),
        ("review.queue.jsonl", lambda: export_queue(store.path, out, REFS[:2])),
        ("review.queue.csv", lambda: export_queue(store.path, out, REFS[:2], CSV)),
    ):
        report = write()
        data = out.read_bytes()
        assert report.bytes == len(data)
        assert data == (GOLDEN / name).read_bytes()


def test_every_line_is_as_the_schema_says(store: Store, tmp_path: Path) -> None:
    schema = jsonschema.Draft202012Validator(json.loads(assets.review_schema()))
    maria = Workspace(store, MARIA, "other")
    gone = next(it for id in store.article_ids() for it in store.spans(id, VisibleLayers.ALL) if it.label == "cue")
    maria.do(Step("Delete", (Change(gone, None),)))
    out = tmp_path / "out"
    export_decisions(store.path, out)
    decisions = out.read_bytes().splitlines()
    export_queue(store.path, out, REFS[:2])
    lines = [json.loads(line) for line in (*decisions, *out.read_bytes().splitlines())]
    assert {line["format"] for line in lines} == {"annotator-decision", "annotator-difference"}
    for line in lines:
        schema.validate(line)
        assert not schema.is_valid({**line, "kind": "other"})
        assert not schema.is_valid({key: value for key, value in line.items() if key != "sides"})


def test_every_decision_is_told_with_both_sides(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert export_decisions(store.path, out).rows == 5
    lines = [json.loads(line) for line in out.read_bytes().splitlines()]
    by_words = {line["sides"][0]["spans"][0]["text"][0] if line["sides"][0]["spans"] else "": line for line in lines}
    source = by_words["Łucja Ødegård"]
    assert (source["kind"], source["status"], source["answer"], source["side"]) == ("boundary", "contested", "side", 1)
    assert [it["text"] for it in source["consensus"]] == [["chief Łucja Ødegård"]]
    assert [it["annotator"]["name"] for it in source["sides"]] == ["Lisa", "Maria"]
    assert source["answers"][0]["reason"] == "-too long"
    for line in lines:
        for side in line["sides"]:
            for span in side["spans"]:
                assert span["text"] == [TEXT[start:end] for start, end in span["fragments"]]
    field = next(line for line in lines if line.get("field"))
    assert (field["values"], field["value"]) == (["opinion", "analysis"], "analysis")
    assert export_decisions(store.path, out, [LayerRef("annotator", "another")]).rows == 0
    assert export_decisions(store.path, out, [REFS[0]]).rows == 5


def test_what_a_colleagues_program_wrote_as_it_liked_is_written_all_the_same(store: Store, tmp_path: Path) -> None:
    """A decision that came with a package may hold anything where a word, a number or a list is meant."""
    ws, out, (article,) = Workspace(store, LISA, "odd"), tmp_path / "out", store.article_ids()
    schema = jsonschema.Draft202012Validator(json.loads(assets.review_schema()))
    one = next(it for it in reading.decisions(store, article) if it.data.get("made") and it.data["answer"] == "side")
    answer = next(it for it in reading.decisions(store, article) if it.data["about"] == "answer")
    anything: tuple[Any, ...] = (True, [[1]], [{}], {"a": 1}, ["x"])
    for keys, value in product((("made",), ("sides",), ("field",), _WORDS), anything):
        ws.do(Step("Odd", (Change(one, one._replace(data={**one.data, **dict.fromkeys(keys, value)})),)))
        assert export_decisions(store.path, out).rows == 5
        for line in out.read_bytes().splitlines():
            schema.validate(json.loads(line))
        export_queue(store.path, out, REFS[:2], CSV)
        assert decisions_about(store, [LISA.id]) in (3, 4)
        ws.undo()
    ws.do(Step("Odd", (Change(answer, answer._replace(data={**answer.data, "says": ["no"]})),)))
    export_decisions(store.path, out)
    assert [line for line in out.read_bytes().splitlines() if json.loads(line)["answers"]] == []


def test_of_two_decisions_about_the_same_spans_one_stands(store: Store, tmp_path: Path) -> None:
    """As after a merge of what two reviewers decided."""
    ws, out, (article,) = Workspace(store, LISA, "odd"), tmp_path / "out", store.article_ids()
    one = next(it for it in reading.decisions(store, article) if it.data.get("answer") == "none")
    twin = one._replace(id="0190a000-0000-7000-8000-0000000000ee", data={**one.data, "at": "2020-01-01"})
    ws.do(Step("Twin", (Change(None, twin),)))
    export_decisions(store.path, out)
    status = {line["id"]: line["status"] for line in map(json.loads, out.read_bytes().splitlines())}
    assert (status[one.id], status[twin.id]) == ("settled", "outdated")


_WORDS = ("side", "rule", "reason", "by", "at", "contested", "same")


def test_the_queue_as_a_table_is_no_formula(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "out"
    report = export_queue(store.path, out, REFS[:2], CSV)
    rows = list(csv.reader(io.StringIO(out.read_bytes().decode("utf-8-sig"), newline="")))
    assert report.rows == len(rows) - 1 == 3
    assert rows[0][:7] == ["article", "title", "kind", "status", "start", "end", "words"]
    assert rows[0][7:9] == ["Lisa", "Maria"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert {row[1] for row in rows[1:]} == {"'=HYPERLINK(“dues”)"}
    queue = Queue(REFS[:2])
    queue.fill(store)
    assert [row[-1] for row in rows[1:]] == [it.id for it in queue.items()]


def test_a_cancelled_export_leaves_what_was_there(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_bytes(b"old")
    assert export_queue(store.path, out, REFS[:2], cancelled=lambda: True).stopped
    assert export_decisions(store.path, out, cancelled=lambda: True).stopped
    assert out.read_bytes() == b"old"


def test_one_layer_of_the_articles_is_exported(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "out"

    def spans(*refs: LayerRef) -> list[tuple[str, str]]:
        export(store.path, out, refs=refs)
        return [(it["label"], it["text"]) for line in out.read_bytes().splitlines() for it in json.loads(line)["spans"]]

    assert len(spans()) == 12
    assert len(spans(REFS[0])) == 5
    assert len(spans(*REFS[:2])) == 9
    assert spans(CONSENSUS_REF) == [("quote", "=Dues rise"), ("source", "chief Łucja Ødegård"), ("claim", "We")]
    assert spans(REFS[3]) == []


def test_a_decision_about_spans_that_are_gone_is_written(store: Store, tmp_path: Path) -> None:
    lisa = Workspace(store, LISA, "laptop")
    article = next(iter(store.article_ids()))
    queue = Queue(REFS[:2])
    queue.fill(store)
    said = next(it for it in queue.items(Filter(frozenset())) if it.difference.words == "said").difference.spans[0]
    lisa.do(Step("Delete", (Change(said, None),)))
    out = tmp_path / "out"
    assert export_decisions(store.path, out).rows == 5
    lines = [json.loads(line) for line in out.read_bytes().splitlines()]
    (gone,) = (line for line in lines if {"id": said.id, "gone": True} in line["sides"][0]["spans"])  # type: ignore[union-attr]
    # Nothing belonged there, and nothing is there any more.
    assert (gone["status"], gone["answer"]) == ("settled", "none")
    assert gone["article"]["id"] == article


def test_the_files_are_read_without_the_program(store: Store, tmp_path: Path) -> None:
    with closing(Store.open(store.path, write=False)) as reader:
        assert reader.article_count() == 1
    export_queue(store.path, tmp_path / "out", REFS[:2])
    for line in (tmp_path / "out").read_bytes().splitlines():
        told = json.loads(line)
        assert told["format"] == "annotator-difference"
        assert told["article"]["sha256"] == fingerprint(TEXT)


def test_a_relation_into_another_article_leads_to_the_consensus_there(tmp_path: Path) -> None:
    """Exported alone, the consensus is whole: a reader's span, of which it would tell, is not in the file."""
    refs, out = REFS[:2], tmp_path / "out.jsonl"
    with closing(Store.open(made(tmp_path / "p.annotator", articles=2, spans=9, people=2))) as store:
        one, two = store.article_ids()
        lisa = VisibleLayers(frozenset({"annotator"}), frozenset({LISA.id}))
        source, target = (
            next(it for it in store.spans(id, lisa) if it.label == label)
            for id, label in ((one, "quote"), (two, "claim"))
        )
        relation = Relation("0192f0c1-0000-7000-8000-00000000abcd", one, source.layer, "states", source.id, target.id)
        ws = reviewing(store)
        ws.do(Step("Relate", (Change(None, relation),)))

        def written() -> tuple[int, list[str], set[str]]:
            """How many were left out, where relations from the first article lead, spans of the second."""
            report = export(store.path, out, refs=(CONSENSUS_REF,))
            lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
            spans = {it["id"] for line in lines if line["id"] == two for it in line["spans"]}
            far = [it["to"] for line in lines if line["id"] == one for it in line["relations"]
                   if it["to"] not in {span["id"] for span in line["spans"]}]  # fmt: skip
            return report.undecided, far, spans

        take_over(ws, refs, Rule("trusted", side=0), articles=[one])
        assert written() == (1, [], set())
        take_over(ws, refs, Rule("trusted", side=0), articles=[two])
        undecided, (far,), spans = written()
        assert (undecided, far in spans) == (0, True)
        made_of = next(it for it in store.spans(two, VisibleLayers(frozenset({"consensus"}))) if it.id == far)
        assert target.id in made_of.extra["from"]
        # With the readings beside it, it is written as it stands.
        export(store.path, out)
        first = json.loads(out.read_text(encoding="utf-8").splitlines()[0])
        assert [it["to"] for it in first["relations"]].count(target.id) == 2
        # Nothing belongs there after all.
        queue = Queue(refs)
        queue.fill(store)
        item = next(it for it in queue.of(two) if target.id in it.difference.ids)
        ground = queue.ground(store, two)
        assert ground is not None
        ws.do(editing.decide(ground, item, Verdict("none"), ws.me, ws.clock(), 1))
        assert written()[:2] == (1, [])
