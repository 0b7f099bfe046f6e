"""One project twice: as it is without another's work on an article that is blind for Ana, and with it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from annotator.domain.article import Article, Layer, own_layer
from annotator.domain.assigning import Pair
from annotator.domain.change import Change, Decision, Entry, Imported, Step
from annotator.domain.ids import layer_id
from annotator.domain.relation import Group, Member, Relation
from annotator.domain.span import Span
from annotator.domain.team import Remark
from annotator.editing import articles, assignments, judgements, marks, spans
from annotator.editing.workspace import Workspace
from annotator.storage.store import Store
from tests.builders import ANA, BO, TEXT, bring, counted_clock, counted_ids
from tests.schemed import SCHEME

NAME = "team.annotator"
TRACE = "zebra"
"""Stands in everything that Bo says."""
BOS = "b0b0b0b0"
"""So do the ids begin of what Bo makes."""


@contextmanager
def working(path: Path, who: object = ANA, prefix: str = "a0a0a0a0") -> Iterator[Workspace]:
    """Give the project as somebody works on it, with ids and times that can be foretold."""
    with closing(Store.open(path)) as store:
        me = ANA if who == ANA else BO
        device = "laptop" if me == ANA else "desk"
        yield Workspace(store, me, device, new_id=counted_ids(prefix), clock=counted_clock())


def twice(folder: Path, *, fork: bool = True) -> tuple[Path, Path, Article, Article]:
    """Return the project without and with Bo's work, the article that is blind for Ana, and one that is not.

    A `fork` is put into the table by hand, for the views; a check finds that no journal tells of it.
    """
    without, with_ = folder / "without" / NAME, folder / "with" / NAME
    without.parent.mkdir()
    with_.parent.mkdir()
    Store.create(without, SCHEME)
    with working(without) as ws:
        blind, open_ = bring(ws, TEXT, "Quay"), bring(ws, f"Once more: {TEXT}", "Harbour")
        for article in (blind, open_):
            _tag(ws, article, None, "quote", (0, 19), "mine")
    with working(without, BO, "b1b1b1b1") as ws:
        # Bo stands in the project, and did something that may be seen.
        _tag(ws, open_, None, "claim", (3, 9), "seen by all")
    with working(without, prefix="a1a1a1a1") as ws:
        ws.do_whole(assignments.assign([Pair(blind.id, ANA.id), Pair(blind.id, BO.id)]))
    shutil.copy(without, with_)
    with working(with_, BO, BOS) as ws:
        made = do_much(ws, blind)
        if fork:
            with ws.store.writing() as connection:
                connection.execute(
                    "INSERT INTO fork (kind, entity, article, step) SELECT 'span', ?, ?, id FROM step "
                    "ORDER BY seq DESC LIMIT 1", (made.id, blind.id),
                )  # fmt: skip
    return without, with_, blind, open_


def _tag(ws: Workspace, article: Article, layer: Layer | None, label: str, place: tuple[int, int], note: str) -> Span:
    id = ws.new_id()
    ws.do(spans.label(article, layer, ws.me, label, label.title(), (place,), id=id, now=ws.clock(), scheme_version=1))
    span: Span = ws.store.value("span", id, article.id)
    ws.do(marks.annotate(span, note, ws.clock()))
    return span._replace(note=note)


def own(ws: Workspace, article: Article, round: int = 1) -> Layer | None:
    """Return the layer of who works there."""
    found: Layer | None = ws.store.value("layer", own_layer(article.id, ws.me.id, round).id, article.id)
    return found


def do_much(ws: Workspace, article: Article) -> Span:
    """Let Bo do everything one can do to an article; return one of the spans."""
    made = [_tag(ws, article, own(ws, article), label, (at, at + 7), f"{TRACE} note {at}")
            for at, label in ((3, "quote"), (14, "source"), (24, "cue"), (40, f"{TRACE}-label"))]  # fmt: skip
    layer = own(ws, article)
    assert layer is not None
    entry = Entry(ws.new_id(), "person", f"{TRACE} Hill")
    linked = made[0]._replace(attributes={"person": entry.id, "said": TRACE}, state="discuss", updated=ws.clock())
    ws.do(Step(f"Set {TRACE}", (Change(None, entry), Change(_now(ws, made[0]), linked))))
    relation = Relation(ws.new_id(), article.id, layer.id, "supports", made[0].id, made[1].id, note=f"{TRACE} tie")
    members = (Member("quote", made[0].id), Member("source", made[1].id))
    group = Group(ws.new_id(), article.id, layer.id, "attribution", members, note=f"{TRACE} group")
    ws.do(Step(f"Tie {TRACE}", (Change(None, relation), Change(None, group))))
    ws.do(Step(f"Take away {TRACE}", (Change(_now(ws, made[3]), None),)))
    fields = {"genre": TRACE, "about": entry.id}
    ws.do(judgements.judge(article.id, own(ws, article), ws.me, fields, TRACE))
    ws.do(judgements.mark(article.id, own(ws, article), ws.me, "unsure"))
    ws.do(judgements.annotate(article.id, own(ws, article), ws.me, f"{TRACE} whole"))
    remark = Remark(ws.new_id(), article.id, made[0].id, ws.me.id, f"{TRACE} remark")
    decision = Decision(ws.new_id(), article.id, layer.id, {"because": TRACE})
    ws.do(Step(f"Say {TRACE}", (Change(None, remark), Change(None, decision))))
    brought = Imported(article.id, None, *_brought(ws, article))
    with ws.job() as job:
        job.add(Step(f"Import {TRACE}", (Change(None, brought),)), {})
    ws.do(articles.set_state(article.id, own(ws, article), ws.me, "done"))
    last = ws.store.rows("SELECT id FROM step ORDER BY seq DESC LIMIT 1")[0][0]
    with ws.store.writing() as connection:
        connection.execute(
            "INSERT INTO package VALUES (?, ?, ?, '', 1, '', '', '{}', '{}')", (ws.new_id(), f"{TRACE} package", BO.id)
        )
        connection.execute("INSERT INTO package_step SELECT id, ? FROM package", (last,))
    return made[0]


def _now(ws: Workspace, span: Span) -> Span:
    found: Span = ws.store.value("span", span.id, span.article)
    return found


def _brought(ws: Workspace, article: Article) -> tuple[tuple[Layer, ...], tuple[Span, ...]]:
    layers = tuple(
        Layer(layer_id(article.id, kind, owner, 1), article.id, kind, owner, f"{TRACE} {kind}", note=TRACE)
        for kind, owner in (("consensus", ""), ("suggested", BO.id), ("imported", BO.id))
    )
    made = tuple(
        Span(ws.new_id(), article.id, layer.id, BO.id, "evidence", ((n, n + 4),), note=f"{TRACE} {layer.kind}",
             created=ws.clock(), updated=ws.clock())
        for n, layer in enumerate(layers)
    )  # fmt: skip
    return layers, made
