"""Blind is blind: no read of a project tells of another's work before one's own is marked done, not by a number."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from annotator.domain import redrawing as draw
from annotator.domain.article import Article, VisibleLayers, own_layer
from annotator.domain.change import Change
from annotator.editing import articles, history, schemepreview, timesheet
from annotator.storage import assignments as stored
from annotator.storage import (
    examples,
    far,
    forks,
    labelled,
    library,
    marked,
    packable,
    packages,
    people,
    proposals,
    registry,
    remarks,
    sealing,
    search,
    touched,
)
from annotator.storage.library import Wanted
from annotator.storage.listing import limits
from annotator.storage.reader import Reader
from tests.blind import BOS, TRACE, own, twice, working
from tests.builders import ANA, BO
from tests.schemed import SCHEME

ALL = VisibleLayers.ALL


class World:
    """A reader of one of the two projects, and ids to ask for, the other's too."""

    def __init__(self, reader: Reader, blind: Article, open_: Article, whole: Reader) -> None:
        self.reader, self.blind, self.open = reader, blind, open_
        rows = whole.connection.execute
        self.articles = [blind.id, open_.id]
        self.ids = [
            id for (id,) in rows(
                "SELECT id FROM layer UNION SELECT id FROM span UNION SELECT id FROM relation UNION SELECT id FROM "
                "span_group UNION SELECT id FROM entry UNION SELECT id FROM decision UNION SELECT id FROM remark "
                "UNION SELECT entity FROM change"
            )
        ]  # fmt: skip
        self.steps = [id for (id,) in rows("SELECT id FROM step ORDER BY id")]


KINDS = ("layer", "span", "relation", "group", "entry", "decision", "remark", "assignment", "annotator", "article")
LABELS = [*(label.id for label in SCHEME.labels), f"{TRACE}-label"]

# What every public method is asked. A new one has its place here or the test fails.
READER: dict[str, Callable[[World], Any]] = {
    "about": lambda w: w.reader.about(),
    "name": lambda w: w.reader.name(),
    "scheme": lambda w: w.reader.scheme(),
    "annotators": lambda w: w.reader.annotators(),
    "leads": lambda w: w.reader.leads(),
    "assigned_round": lambda w: [w.reader.assigned_round(id, who) for id in w.articles for who in (ANA.id, BO.id)],
    "last_position": lambda w: w.reader.last_position(),
    "article": lambda w: [w.reader.article(id) for id in w.articles],
    "articles": lambda w: w.reader.articles(w.articles),
    "articles_with_text": lambda w: w.reader.articles_with_text(w.blind.sha256),
    "text": lambda w: w.reader.text(w.blind.sha256),
    "layers": lambda w: [w.reader.layers(id, ALL) for id in w.articles],
    "spans": lambda w: [w.reader.spans(id, ALL) for id in w.articles],
    "relations": lambda w: [w.reader.relations(id, ALL) for id in w.articles],
    "groups": lambda w: [w.reader.groups(id, ALL) for id in w.articles],
    "relations_at": lambda w: [w.reader.relations_at(id) for id in w.ids],
    "relations_into": lambda w: [w.reader.relations_into([id]) for id in w.articles],
    "far_spans": lambda w: w.reader.far_spans(w.ids, ALL),
    "far_candidates": lambda w: [w.reader.far_candidates(LABELS, id, ALL) for id in ("", *w.articles)],
    "examples": lambda w: [w.reader.examples(label, ALL, 9) for label in LABELS],
    "value": lambda w: [w.reader.value(kind, id, w.blind.id) for kind in KINDS for id in w.ids],
    "values": lambda w: [w.reader.values(kind, w.blind.id, w.ids) for kind in KINDS],
    "article_of": lambda w: [w.reader.article_of(kind, id) for kind in ("span", "relation", "group") for id in w.ids],
    "span_counts": lambda w: w.reader.span_counts(ALL),
    "tally": lambda w: [
        w.reader.tally(ALL, who, state) for who in (None, frozenset({BO.id})) for state in ("", "done")
    ],
    "purged": lambda w: w.reader.purged(),
    "deleted_by_hand": lambda w: [w.reader.deleted_by_hand(id) for id in w.ids],
    "step_count": lambda w: w.reader.step_count(),
    "articles_of_steps": lambda w: w.reader.articles_of_steps(w.steps),
    "article_of_step": lambda w: [w.reader.article_of_step(id) for id in w.steps],
    "article_after": lambda w: [w.reader.article_after(id, step) for id in w.articles for step in w.steps[:3]],
    "touches": lambda w: [w.reader.touches(id, 9) for id in w.ids],
    "steps": lambda w: [w.reader.steps(newest_first=newest) for newest in (True, False)],
    "seen": lambda w: w.reader.seen([Change(None, own_layer(w.blind.id, BO.id)._replace(note=TRACE))]),
    "mine": lambda w: [w.reader.mine(who) for who in (ANA.id, BO.id)],
    "article_count": lambda w: w.reader.article_count(),
    "article_page": lambda w: [w.reader.article_page(who, ALL, at, 9) for who in (ANA.id, BO.id) for at in (0, 1)],
    "article_row": lambda w: [w.reader.article_row(id, who, ALL) for id in w.articles for who in (ANA.id, BO.id)],
    "article_rows": lambda w: w.reader.article_rows(w.articles, BO.id, ALL),
    "matching": lambda w: [
        w.reader.matching(Wanted(state, words), who, limit)
        for state in ("", "new", "started", "done") for words in ("", TRACE, "quay")
        for who in (ANA.id, BO.id) for limit in (-1, 1)
    ],
    "reading_progress": lambda w: w.reader.reading_progress(),
    "pace": lambda w: [w.reader.pace(who) for who in (ANA.id, BO.id)],
    "article_index": lambda w: [w.reader.article_index(id, who) for id in w.articles for who in ("", ANA.id, BO.id)],
    "next_unfinished": lambda w: [w.reader.next_unfinished(who, id) for who in (ANA.id, BO.id) for id in w.articles],
    "article_ids": lambda w: w.reader.article_ids(),
    "states": lambda w: [sorted(w.reader.states(who).items()) for who in (ANA.id, BO.id)],
    "rows": lambda w: [w.reader.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in sealing.VIEWS],
}  # fmt: skip
NOT_READS = {"close", "seal", "snapshot"}


def older(w: World) -> dict[str, int]:
    return dict.fromkeys(LABELS, 3)


def drafts(w: World) -> Iterator[Any]:
    begun = draw.begun(w.reader.scheme())
    yield draw.define(begun, "quote", "Other words.")
    yield draw.merge(begun, "source", "cue", attributes_too=True)


# The functions of the rooms that read; each must have its place as well.
ROOMS: dict[Any, dict[str, Callable[[World], Any]]] = {
    labelled: {
        "counts": lambda w: labelled.counts(w.reader),
        "tie_counts": lambda w: labelled.tie_counts(w.reader),
        "touched": lambda w: labelled.touched(w.reader, LABELS, ["supports"], ["attribution"]),
        "far_ends": lambda w: labelled.far_ends(w.reader),
        "newest": lambda w: labelled.newest(w.reader, LABELS, ALL, 0, 99),
        "latest_version": lambda w: labelled.latest_version(w.reader),
        "older_by_article": lambda w: labelled.older_by_article(w.reader, older(w), ALL),
        "older": lambda w: labelled.older(w.reader, older(w), ALL),
    },
    registry: {
        "entries": lambda w: registry.entries(w.reader),
        "links": lambda w: [page for page in registry.links(w.reader, ALL, SCHEME) if page],
        "quotes": lambda w: registry.quotes(
            w.reader, ALL, SCHEME, [use for page in registry.links(w.reader, ALL, SCHEME) for use in page]
        ),
        "titles": lambda w: registry.titles(w.reader, w.articles),
    },
    marked: {
        # How many rows there are to look at is no more than a share of the time it takes.
        "marked": lambda w: [one for found, _done, _of in marked.marked(w.reader) for one in found],
        "older": lambda w: [one for found, _done, _of in marked.older(w.reader, older(w)) for one in found],
        "still_older": lambda w: [marked.still_older(w.reader, older(w), id) for id in w.ids],
        "next_article": lambda w: [marked.next_article(w.reader, w.articles, id, 1) for id in w.articles],
    },
    far: {
        "relations_at": lambda w: [far.relations_at(w.reader.connection, id) for id in w.ids],
        "relations_into": lambda w: far.relations_into(w.reader.connection, w.articles[:1]),
        "spans": lambda w: far.spans(w.reader.connection, w.ids, *limits(ALL)),
        "candidates": lambda w: far.candidates(w.reader.connection, LABELS, "", *limits(ALL)),
    },
    examples: {"newest": lambda w: [examples.newest(w.reader.connection, one, *limits(ALL), 9) for one in LABELS]},
    stored: {
        "everything": lambda w: stored.everything(w.reader),
        "of_annotator": lambda w: stored.of_annotator(w.reader, BO.id),
        "of_articles": lambda w: stored.of_articles(w.reader, w.articles),
        "some": lambda w: stored.some(w.reader, BO.id),
        "progress": lambda w: stored.progress(w.reader),
    },
    touched: {
        "spans": lambda w: touched.spans(w.reader, w.steps),
        "texts": lambda w: touched.texts(w.reader, [(w.blind.id, 1)]),
    },
    remarks: {
        "of_article": lambda w: [remarks.of_article(w.reader, id) for id in w.articles],
        "remarks": lambda w: [page for only in (True, False) for page in remarks.remarks(w.reader, only) if page],
    },
    proposals: {
        "proposals": lambda w: proposals.proposals(w.reader),
        "open_count": lambda w: proposals.open_count(w.reader),
        "waiting": lambda w: proposals.waiting(w.reader),
    },
    forks: {
        "stored": lambda w: [forks.stored(w.reader.connection, id) for id in w.articles],
        "listed": lambda w: [forks.listed(w.reader, id) for id in ("", *w.articles)],
    },
    packages: {"packages": lambda w: packages.packages(w.reader)},
    packable: {
        "sent": lambda w: packable.sent(w.reader),
        "forks": lambda w: packable.forks(w.reader),
        "spans": lambda w: [packable.spans(w.reader, None, who) for who in (None, [BO.id])],
        "assigned_to": lambda w: packable.assigned_to(w.reader, [BO.id]),
    },
    people: {
        "last_seen": lambda w: people.last_seen(w.reader),
        "done": lambda w: people.done(w.reader),
        "given_back": lambda w: people.given_back(w.reader),
    },
    search: {
        "expression": lambda w: search.expression([TRACE]),
        "hold": lambda w: search.hold(w.reader.connection, search.expression([TRACE]), 0),
        "progress": lambda w: search.progress(w.reader.connection),
        "unread": lambda w: search.unread(w.reader.connection),
        "wrong": lambda w: search.wrong(w.reader.connection),
        "strange": lambda w: search.strange(w.reader.connection),
        "is_there": lambda w: search.is_there(w.reader.connection),
    },
    library: {},
    history: {
        "lines": lambda w: history.lines(w.reader),
        "of_one": lambda w: [history.of_one(w.reader, id, 9) for id in w.ids],
        "span_words": lambda w: history.span_words(w.reader, list(history.lines(w.reader)), ALL, ANA.id),
        "place": lambda w: [history.place(w.reader, id, ALL, ANA.id) for id in w.steps],
    },
    schemepreview: {
        "effects": lambda w: [schemepreview.effects(w.reader, one) for one in drafts(w)],
        "examples": lambda w: [
            schemepreview.examples(w.reader, one, effect, ALL, 9)
            for one in drafts(w) for effect in schemepreview.effects(w.reader, one) or ()
        ],
        "lost": lambda w: [
            schemepreview.lost(schemepreview.effects(w.reader, one) or ()) for one in drafts(w)
        ],
    },
    timesheet: {"timesheet": lambda w: [timesheet.timesheet(w.reader, who, dict.fromkeys(w.articles, 60.0))
                                        for who in (ANA.id, BO.id)]},
}  # fmt: skip
WITHOUT_READER = {
    library: {"condition", "headings", "asked"}, search: {"add", "put_together", "empty", "is_damage"},
    forks: {"original", "found", "put", "look_again"}, packages: {"named"},
    history: {"mine_that_stand"}, timesheet: {"duration", "tab_separated"},
}  # fmt: skip


def rendered(value: Any) -> str:
    if isinstance(value, Iterator):
        value = list(value)
    if isinstance(value, list | tuple) and type(value) in (list, tuple):
        return "[" + ", ".join(map(rendered, value)) + "]"
    return repr(value)


def asked() -> Iterator[tuple[str, Callable[[World], Any]]]:
    for name, ask in READER.items():
        yield f"Reader.{name}", ask
    for room, functions in ROOMS.items():
        for name, ask in functions.items():
            yield f"{room.__name__}.{name}", ask


def answers(path: Path, blind: Article, open_: Article, ids: Path) -> dict[str, str]:
    with closing(Reader(path)) as reader, closing(Reader(ids)) as whole:
        reader.seal(ANA.id)
        world = World(reader, blind, open_, whole)
        return {name: rendered(ask(world)) for name, ask in asked()}


def test_every_method_and_function_has_its_place() -> None:
    public = {name for name, _ in inspect.getmembers(Reader, inspect.isfunction) if not name.startswith("_")}
    assert public - NOT_READS == set(READER)
    for room, functions in ROOMS.items():
        own_ = {
            name for name, one in inspect.getmembers(room, inspect.isfunction)
            if one.__module__ == room.__name__ and not name.startswith("_")
        }  # fmt: skip
        assert own_ - WITHOUT_READER.get(room, set()) == set(functions), room.__name__


def test_nothing_of_another_is_told_until_one_is_done(tmp_path: Path) -> None:
    without, with_, blind, open_ = twice(tmp_path)
    before, sealed = answers(without, blind, open_, with_), answers(with_, blind, open_, with_)
    told = {name: (before[name], sealed[name]) for name in before if before[name] != sealed[name]}
    assert not told
    assert not [
        name
        for name, words in sealed.items()
        if TRACE in words or BOS in words
        if not name.endswith("search.expression")
    ]
    with working(with_) as ws:
        ws.do(articles.set_state(blind.id, own(ws, blind), ANA, "done"))
    opened = answers(with_, blind, open_, with_)
    for name in ("Reader.spans", "Reader.layers", "Reader.steps", "registry.entries", "history.lines", "marked.marked",
                 "examples.newest", "labelled.counts", "stored.progress"):  # fmt: skip
        name = name.replace("stored", "assignments")
        shown = opened[next(key for key in opened if key.endswith(name))]
        assert TRACE in shown or BOS in shown or shown != sealed.get(name, ""), name
