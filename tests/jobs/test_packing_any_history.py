"""Whatever three people did: a package for one holds nothing of the others, and all of theirs and of what is shared."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.article import Article, VisibleLayers, own_layer
from annotator.domain.change import Change, Entry, Imported, Step
from annotator.domain.errors import UserError
from annotator.domain.ids import content_article_id
from annotator.domain.span import Span
from annotator.domain.team import Remark, assigned
from annotator.domain.text import fingerprint
from annotator.editing.workspace import Workspace
from annotator.jobs.packing import found
from annotator.storage import fold
from annotator.storage.check import check
from annotator.storage.store import Store
from tests.builders import ANA, BO, project
from tests.jobs.test_packing import CY, bring_in, bytes_of, packed
from tests.seldom import seldom
from tests.storage.test_fold import TEXTS, act, state

PEOPLE = (ANA, BO, CY)
ACTION = st.tuples(
    st.integers(0, 2),
    st.sampled_from(
        ["tag", "tag", "relabel", "delete", "done", "undo", "redo", "bring", "import", "name", "rename", "link", "say",
         "scheme", "assign", "title"]
    ),
    st.integers(0, 7),
    st.integers(0, 7),
)  # fmt: skip
"""Who (by number), what, and two numbers to choose with."""


def one_act(everybody: list[Workspace], action: tuple[int, str, int, int]) -> None:
    who, what, one, other = action
    # Articles are the lead's to bring, the scheme is theirs to change.
    ws = everybody[0 if what in ("bring", "import", "scheme", "assign", "title") else who]
    try:
        if what in ("tag", "relabel", "delete", "done", "undo", "redo", "bring"):
            act(ws, (what, one, other))
        else:
            {"import": imports, "name": names, "rename": renames, "link": links, "say": says,
             "scheme": changes_the_scheme, "assign": assigns, "title": entitles}[what](ws, one, other)  # fmt: skip
    except UserError:
        pass  # refused in a sentence: nothing was written


def imports(ws: Workspace, one: int, other: int) -> None:
    """An import that brings an article, or layers of several people to one that is here."""
    text = TEXTS[one % 2]
    id = content_article_id(fingerprint(text))
    here = ws.store.article(id)
    people = [person for number, person in enumerate(PEOPLE) if other >> number & 1]
    layers = [own_layer(id, person.id) for person in people]
    new = [layer for layer in layers if ws.store.value("layer", layer.id, id) is None]
    spans = [Span(ws.new_id(), id, layer.id, layer.owner, "quote", ((one, one + 3),)) for layer in layers]
    if here is not None and not spans:
        return
    article = Article(id, "T", fingerprint(text)) if here is None else None
    with ws.job() as job:
        job.add(
            Step("Import", (Change(None, Imported(id, article, tuple(new), tuple(spans))),)), {fingerprint(text): text}
        )


def names(ws: Workspace, one: int, other: int) -> None:
    ws.do(Step("name", (Change(None, Entry(ws.new_id(), "person", f"by {ws.me.id} {one}")),)))


def renames(ws: Workspace, one: int, other: int) -> None:
    """Edit whoever's entry."""
    ids = ws.store.rows("SELECT id FROM entry ORDER BY id")
    entry = ws.store.value("entry", ids[one % len(ids)][0], "") if ids else None
    if entry is not None:
        data = {**entry.data, "aliases": [*entry.data.get("aliases", ()), f"other {other}"]}
        ws.do(Step("rename", (Change(entry, entry._replace(data=data)),)))


def mine(ws: Workspace, one: int) -> list[Span]:
    ids = list(ws.store.article_ids())
    if not ids:
        return []
    return list(ws.store.spans(ids[one % len(ids)], VisibleLayers(owners=frozenset({ws.me.id}))))


def links(ws: Workspace, one: int, other: int) -> None:
    """Link to an entry of mine, or of the lead's."""
    spans = mine(ws, one)
    entries = ws.store.rows(
        "SELECT id FROM entry WHERE instr(name, ?) OR instr(name, ?) ORDER BY id", (ws.me.id, ANA.id)
    )
    if spans and entries:
        span, (entry,) = spans[other % len(spans)], entries[other % len(entries)]
        ws.do(Step("link", (Change(span, span._replace(attributes={"speaker": entry})),)))


def says(ws: Workspace, one: int, other: int) -> None:
    spans, ids = mine(ws, one), list(ws.store.article_ids())
    if ids:
        to = ("", ANA.id, BO.id)[other % 3] if ws.me != CY else ("", ANA.id)[other % 2]
        span = spans[0].id if spans and other > 3 else ""
        article = ids[one % len(ids)]
        ws.do(Step("say", (Change(None, Remark(ws.new_id(), article, span, ws.me.id, f"by {ws.me.id}", to=to)),)))


def changes_the_scheme(ws: Workspace, one: int, other: int) -> None:
    scheme = ws.store.scheme()
    changes = [Change(scheme, scheme._replace(version=scheme.version + 1))]
    for article in ws.store.article_ids():
        changes += [
            Change(span, span._replace(label=f"label{other}", scheme_version=scheme.version + 1))
            for span in ws.store.spans(article, VisibleLayers.ALL)
        ]
    ws.do(Step("scheme", tuple(changes)))


def assigns(ws: Workspace, one: int, other: int) -> None:
    ids = list(ws.store.article_ids())
    if ids:
        ws.do(Step("assign", tuple(Change(None, assigned(ids[one % len(ids)], who.id)) for who in (BO, CY))))


def entitles(ws: Workspace, one: int, other: int) -> None:
    ids = list(ws.store.article_ids())
    article = ws.store.article(ids[one % len(ids)]) if ids else None
    if article is not None:
        ws.do(Step("title", (Change(article, article._replace(title=f"title {other}")),)))


def secrets(store: Store) -> set[str]:
    """Ids of everything in layers of others than Bo, of what they said and named, of Cy, and of steps that did it."""
    found = {CY.id, CY.name, "device-2"}
    rows = store.rows(
        "SELECT annotator, id, kind, entity, before, after FROM change JOIN step ON step.seq = change.step"
    )
    owners: dict[str, str] = {}
    values = []
    for annotator, step, kind, entity, *sides in rows:
        for side in sides:
            if side is not None:
                data = json.loads(side)
                values.append((annotator, step, kind, entity, data))
                for layer in data["layers"] if kind == "import" else [data] if kind == "layer" else []:
                    owners[layer["id"]] = layer["owner"]
    for annotator, _step, kind, entity, data in values:
        if kind in ("span", "layer") and owners[data["id"] if kind == "layer" else data["layer"]] != BO.id:
            found.add(entity)
        if kind == "import":
            found |= {layer["id"] for layer in data["layers"] if layer["owner"] != BO.id}
            found |= {row[0] for id, rows in data.get("spans", {}).items() if owners[id] != BO.id for row in rows}
        if annotator == CY.id and kind == "remark":
            found.add(entity)
        if kind == "entry" and CY.id in data["name"]:
            found.add(entity)
    found |= {step for annotator, step, *_ in values if annotator == CY.id}
    return found


def shared(store: Store, original: Store) -> dict[fold.Key, object]:
    """What Bo must have of it: what is shared, and what is theirs."""
    found: dict[fold.Key, object] = {}
    # What Cy, whom Bo is not to know, wrote into an entry of others stays away.
    edited = {
        row[0]
        for row in original.rows(
            "SELECT entity FROM change JOIN step ON step.seq = change.step WHERE kind = 'entry' AND annotator = ?",
            (CY.id,),
        )
    }
    for things in state(store).values():
        for (kind, id), value in things.items():
            if (
                kind in ("article", "scheme")
                or (kind == "layer" and value.owner == BO.id)  # type: ignore[attr-defined]
                or (kind == "span" and (value.layer == own_layer(value.article, BO.id).id))  # type: ignore[attr-defined]
                or (kind == "assignment" and value.annotator == BO.id)  # type: ignore[attr-defined]
                or (kind == "entry" and CY.id not in value.name and id not in edited)  # type: ignore[attr-defined]
                or (kind == "remark" and BO.id in (value.author, value.to))  # type: ignore[attr-defined]
            ):
                found[kind, id] = value
    return found


@given(st.lists(ACTION, max_size=25), st.lists(ACTION, max_size=15))
@seldom
def test_a_package_for_one_of_three(
    first: list[tuple[int, str, int, int]], then: list[tuple[int, str, int, int]]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = Store.open(project(folder))
        everybody = [Workspace(store, who, f"device-{number}") for number, who in enumerate(PEOPLE)]
        one, two, whole = (folder / f"{number}.annotator-package" for number in "12w")
        for action in [(0, "bring", 0, 0), *first]:
            one_act(everybody, action)
        assert packed(everybody[0], one, (BO,)).led
        assert_blind(store, one)
        found(one, folder / "bo.annotator")
        bo = Store.open(folder / "bo.annotator")
        assert shared(bo, store) == without_remarks_on_others(store, shared(store, store))
        assert list(check(bo)) == []
        for action in then:
            one_act(everybody, action)
        told = packed(everybody[0], two, (BO,), since_last=True)
        assert told.nothing_new != two.exists()
        if not told.nothing_new:
            assert_blind(store, two)
            bring_in(bo, two)
        assert list(check(bo)) == []
        assert shared(bo, store) == without_remarks_on_others(store, shared(store, store))
        assert packed(everybody[0], two, (BO,), since_last=True, replace=True).nothing_new
        packed(everybody[0], whole, (BO,))
        assert_blind(store, whole)
        found(whole, folder / "whole.annotator")
        again = Store.open(folder / "whole.annotator")
        assert state(again) == state(bo)
        for each in (store, bo, again):
            each.close()


def without_remarks_on_others(store: Store, things: dict[fold.Key, object]) -> dict[fold.Key, object]:
    """A remark on a span that one may not see is not seen either."""
    hidden = secrets(store)
    return {key: value for key, value in things.items() if key[0] != "remark" or value.span not in hidden}  # type: ignore[attr-defined]


def assert_blind(store: Store, file: Path) -> None:
    there = bytes_of(file).decode()
    assert leaks(secrets(store), there) == []


def leaks(words: Iterable[str], there: str) -> list[str]:
    return [word for word in sorted(words) if word in there]
