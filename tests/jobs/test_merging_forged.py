"""Packages that are right on the outside, and well signed, by somebody who means harm or whose program is broken."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator import keys
from annotator.domain.article import Annotator, Layer, VisibleLayers, own_layer
from annotator.domain.change import Change, Imported, Value
from annotator.domain.errors import UserError
from annotator.domain.journalled import ChangeRecord, StepRecord, payload_sha256
from annotator.domain.span import Span
from annotator.domain.team import assigned
from annotator.editing.workspace import Workspace
from annotator.exchange import package
from annotator.exchange.header import Header, StepLine
from annotator.jobs.exporting import export
from annotator.jobs.merging import switch_on, unmerge
from annotator.jobs.packing import found, pack
from annotator.storage import payload
from annotator.storage.authority import spelt_lead
from annotator.storage.check import check
from annotator.storage.repair import repair
from annotator.storage.validating import FURTHEST, MOST_TICKS
from annotator.whoami import Identity
from tests.builders import ANA, TEXT, bring, project, tag, without_triggers, workspace
from tests.jobs.test_merging import article_of, good, labels, lines_of, merged, packed, refused, team

SPAN = "0190a000-0000-7000-8000-00000000005a"
SEED = "13" * 32
MAL = Annotator("0190a000-0000-7000-8000-0000000000ee", "Mal")


def made(value: Value) -> ChangeRecord:
    change = Change(None, value)
    return ChangeRecord(change.kind, change.entity, change.article, "", None, payload.encode(value))


def signed(digest: bytes) -> bytes:
    """Mal's signature: by a key of their own."""
    mine = keys.seed()
    keys.take(SEED)
    try:
        return keys.sign(digest)
    finally:
        keys.take(mine)


def forged(ws: Workspace, *values: Value, lamport: int = 50, also: ChangeRecord | None = None, **said: object) -> Path:
    """A package of one step of Mal's that makes these values, in the project that somebody works in."""
    about, id = ws.store.about(), ws.new_id()
    changes = (*map(made, values), *((also,) if also else ()))
    step = StepRecord(
        id, MAL.id, "mal", "2026-11-23T17:00:00.000Z", "Label", 1, "", id, lamport=lamport,
        payload_sha256=payload_sha256(changes),
    )  # fmt: skip
    header = Header(
        ws.new_id(), about["id"], about["name"], about["created"], about.get("lead", ""), MAL, "mal", ws.clock(),
        layers="all", key=keys.public_of(SEED),
    )  # fmt: skip
    path = ws.store.path.with_name(f"{ws.new_id()}.annotator-package")
    package.write(path, header._replace(**said), [StepLine(step, changes)], signed)  # type: ignore[arg-type]
    return path


def two_articles(folder: Path) -> Workspace:
    ws = workspace(project(folder), ANA, "home")
    for text in (TEXT, f"Once more: {TEXT}"):
        tag(ws, bring(ws, text), "quote", (0, 5))
    return ws


@pytest.mark.parametrize("how", ["a change", "an import", "twice in one package"])
def test_nothing_is_taken_from_one_article_to_another(tmp_path: Path, how: str) -> None:
    """A span of an article, said to stand in another one, would be gone from where it is."""
    ws = two_articles(tmp_path)
    one, other = sorted(ws.store.article_ids())
    (there,) = ws.store.spans(one, VisibleLayers.ALL)
    layer = own_layer(other, MAL.id)
    span = Span(there.id, other, layer.id, MAL.id, "cue", ((1, 5),))
    if how == "a change":
        path = forged(ws, layer, span)
    elif how == "an import":
        layer = Layer(SPAN, other, "imported", "", name="file")
        path = forged(ws, Imported(other, None, (layer,), (span._replace(layer=layer.id),)))
    else:
        mine = own_layer(one, MAL.id)
        new = span._replace(id=SPAN)
        path = forged(ws, layer, mine, new, new._replace(article=one, layer=mine.id))
    assert "stands in another article" in refused(ws, path)
    assert ws.store.spans(one, VisibleLayers.ALL) == [there]


def test_a_layer_of_one_article_is_not_made_in_another(tmp_path: Path) -> None:
    ws = two_articles(tmp_path)
    one, other = sorted(ws.store.article_ids())
    (layer,) = ws.store.layers(one, VisibleLayers.ALL)
    assert "stands in another article" in refused(ws, forged(ws, Layer(layer.id, other, "annotator", MAL.id)))
    assert list(check(ws.store)) == []


def test_what_was_deleted_is_not_made_in_another_article(tmp_path: Path) -> None:
    """Undo would bring it back to where it was."""
    ws = two_articles(tmp_path)
    one, other = sorted(ws.store.article_ids())
    (there,) = ws.store.spans(one, VisibleLayers.ALL)
    while ws.store.spans(one, VisibleLayers.ALL):
        ws.undo()
    layer = own_layer(other, MAL.id)
    path = forged(ws, layer, Span(there.id, other, layer.id, MAL.id, "cue", ((1, 5),)))
    assert "stands in another article" in refused(ws, path)


def test_who_is_not_known_does_not_set_the_clock_so_far_that_nobody_follows(tmp_path: Path) -> None:
    """Whoever goes on from it would stand beyond what others merge."""
    ws = two_articles(tmp_path)
    assert "no tick of the clock" in refused(ws, forged(ws, MAL, lamport=MOST_TICKS - 1))
    good(merged(ws, forged(ws, MAL, lamport=FURTHEST))[0])
    # By now their key is known.
    good(merged(ws, forged(ws, own_layer(next(iter(ws.store.article_ids())), MAL.id), lamport=3 * FURTHEST))[0])


@pytest.mark.parametrize("lamport", [0, -1, MOST_TICKS - 1, (1 << 63) - 1])
def test_no_project_is_made_with_a_clock_that_was_never_reached(tmp_path: Path, lamport: int) -> None:
    ws = two_articles(tmp_path)
    path = packed(ws)
    header, lines = lines_of(path)
    last = lines[-1]
    assert isinstance(last, StepLine)
    lines[-1] = StepLine(last.step._replace(lamport=lamport), last.changes)
    if lamport < 0:
        with pytest.raises(UserError, match="out of range"):
            package.write(path, header, lines, replace=True)
        return
    package.write(path, header, lines, replace=True)
    with pytest.raises(UserError, match="no tick of the clock"):
        found(path, tmp_path / "new.annotator")
    assert not (tmp_path / "new.annotator").exists()


@pytest.mark.parametrize("lead", ["x", "x ", f"x {'9' * 5000}", "a b 1", "x ²"])
def test_a_lead_is_an_id_and_a_tick(tmp_path: Path, lead: str) -> None:
    ws = two_articles(tmp_path)
    with pytest.raises(UserError, match="lead cannot be"):
        forged(ws, MAL, lead=lead)
    assert spelt_lead(f"x {'9' * 5000}") == ("x", 0)


@pytest.mark.parametrize("led", [False, True])
def test_what_waits_or_does_not_count_is_sound_as_well(tmp_path: Path, led: bool) -> None:
    """It is told of, and sent on, though it stands nowhere."""
    ws = two_articles(tmp_path)
    article = next(iter(ws.store.article_ids()))
    if led:
        ws.store.set_lead(ANA.id)
        bad = made(assigned(article, MAL.id))
        bad = bad._replace(after=bad.after and bad.after.replace('"id":', '"round":"x","id":'))
    else:
        text = f'{{"id":"s","article":"{article}","layer":9223372036854775808,"annotator":"m",'
        text += '"label":"q","fragments":[[0,1]]}'
        bad = ChangeRecord("span", "s", article, "", None, text)
    assert "cannot be understood" in refused(ws, forged(ws, MAL, also=bad))
    for before in (bad.after,):
        gone = bad._replace(before=before, after=None)
        assert "cannot be understood" in refused(ws, forged(ws, MAL, also=gone))


def test_a_key_that_came_in_a_package_takes_the_place_of_none_of_ours(tmp_path: Path) -> None:
    """Of two equal keys in a line of the export readers take one, and not all the same."""
    ws = two_articles(tmp_path)
    article = next(iter(ws.store.article_ids()))
    layer = own_layer(article, MAL.id)._replace(extra={"state": 5, "colour": "red"})
    span = Span(SPAN, article, layer.id, MAL.id, "cue", ((1, 5),), extra={"label": {}, "start": 7, "weight": 2})
    good(merged(ws, forged(ws, MAL, layer, span))[0])
    export(ws.store.path, tmp_path / "out.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    (line,) = [one for one in lines if one["id"] == article]
    (found_,) = [one for one in line["spans"] if one["id"] == SPAN]
    assert (found_["label"], found_["start"], found_["weight"]) == ("cue", 1, 2)
    assert sorted((one["state"], one.get("colour", "")) for one in line["layers"]) == [("new", "red"), ("started", "")]


def test_who_came_to_lead_with_a_package_goes_with_it(tmp_path: Path) -> None:
    """Else taking back what a stranger sent would leave them the lead, and nobody could change the scheme any more."""
    ws = two_articles(tmp_path)
    path = forged(ws, MAL, lead=f"{MAL.id} 1")
    assert good(merged(ws, path)[0]).warnings == ("Mal leads this project from now on.",)
    assert ws.store.leads() == {MAL.id}
    off = unmerge(ws, path.name)
    assert off.warnings == ("Nobody leads this project any more: who did came with this package.",)
    assert (ws.store.leads(), "lead" in ws.store.about()) == (frozenset(), False)
    assert list(check(ws.store)) == []
    assert switch_on(ws, path.name).warnings == ("Mal leads this project from now on.",)
    assert ws.store.leads() == {MAL.id}
    # Another that is switched on says who leads then.
    other = forged(ws, own_layer(next(iter(ws.store.article_ids())), MAL.id), lead=f"{ANA.id} 7")
    good(merged(ws, other)[0])
    assert ws.store.leads() == {MAL.id}
    assert unmerge(ws, path.name).warnings == ("Ana leads this project from now on.",)
    assert ws.store.leads() == {ANA.id}
    assert not unmerge(ws, other.name).warnings[1:]
    assert list(check(ws.store)) == []


def test_who_leads_here_stays_whatever_is_taken_back(tmp_path: Path) -> None:
    ws = two_articles(tmp_path)
    ws.store.set_lead(ANA.id)
    path = forged(ws, own_layer(next(iter(ws.store.article_ids())), MAL.id), lead=ws.store.about()["lead"])
    good(merged(ws, path)[0])
    assert unmerge(ws, path.name).warnings == ()
    assert ws.store.leads() == {ANA.id}


def test_a_repaired_project_may_still_send(tmp_path: Path) -> None:
    """A step that the damage altered is elsewhere as it was: kept under its id no package would be taken any more."""
    home, out = team(tmp_path, (ANA, "home"), (MAL, "out"))
    tag(home, article_of(home), "quote", (0, 5))
    tag(home, article_of(home), "cue", (6, 9))
    good(merged(out, packed(home))[0])
    home.store.close()
    with closing(sqlite3.connect(home.store.path, isolation_level=None)) as connection, without_triggers(connection):
        connection.execute("UPDATE step SET title = 'x' WHERE seq = (SELECT max(seq) - 1 FROM step)")
    repair(home.store.path, tmp_path / "new.annotator")
    new = workspace(tmp_path / "new.annotator", ANA, "home")
    tag(new, article_of(new), "source", (10, 14))
    path = tmp_path / "repaired.annotator-package"
    pack(new.store, Identity(ANA, "home"), path, layers="all")
    assert good(merged(out, path)[0]).spans_new == 1
    path = tmp_path / "back.annotator-package"
    pack(out.store, Identity(MAL, "out"), path, layers="all")
    assert good(merged(new, path)[0]).steps_new > 0  # the step that was lost among them
    assert labels(new) == labels(out) == ["cue", "quote", "source"]
    assert list(check(new.store)) == []


@pytest.mark.parametrize(
    "text",
    [
        '{"id":"test","name":"","version":1,"labels":[]}', '{"id":"test","name":"T","version":0,"labels":[]}',
        '{"id":"test","name":"T","version":1,"labels":[5]}', '{"id":"test"}', "5", "[]", "{",
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["scheme", "lead"])
def test_a_scheme_or_lead_that_is_none_is_refused_and_the_next_package_is_gone_on_with(
    tmp_path: Path, kind: str, text: str
) -> None:
    ws = two_articles(tmp_path)
    bad = forged(ws, MAL, also=ChangeRecord(kind, "test", "", "", None, text))
    next_ = forged(ws, own_layer(next(iter(ws.store.article_ids())), MAL.id))
    first, second = merged(ws, bad, next_)
    (sentence,) = first.refused
    assert bad.name in sentence
    assert second.refused == ()
