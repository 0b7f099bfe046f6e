"""Every public command of a tagger leaves exactly one step in the journal, and is undone by one more (T22).

The commands are found by looking at what `annotator.editing` offers: a new one without an example here fails.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from pathlib import Path

import pytest

import annotator.editing
from annotator.domain.article import Article, Layer, VisibleLayers, own_layer
from annotator.domain.change import Change, Decision, Entry, Step
from annotator.domain.corrections import Correction, read
from annotator.domain.grouping import Kind, RelationKind, Role
from annotator.domain.journalled import payload_sha256
from annotator.domain.layerref import LayerRef
from annotator.domain.redrawing import Redrawn, begun, define
from annotator.domain.relation import Group
from annotator.domain.sides import Ground
from annotator.domain.span import Span
from annotator.domain.team import Proposal, Remark
from annotator.domain.threads import Thread, threads
from annotator.editing.assignments import give_back, join
from annotator.editing.corrections import Taken
from annotator.editing.proposals import propose_article
from annotator.editing.registry import link
from annotator.editing.remarks import write
from annotator.editing.review import decide
from annotator.editing.spans import delete, move, relabel
from annotator.editing.ties import relate, started, tie
from annotator.editing.workspace import Workspace
from annotator.review.corrections import changes
from annotator.review.decide import Verdict
from annotator.review.standing import Item, standing
from annotator.storage import forks, journal, unite
from annotator.storage.forks import Twofold
from annotator.storage.proposed import NotCounted
from annotator.storage.review import ground
from tests.builders import ANA, BO, bring, my_layer, project, tag, workspace

Command = Callable[..., Step]


def found() -> dict[str, Command]:
    """Return every public function under `annotator.editing` that makes a step, by its name there."""
    commands: dict[str, Command] = {}
    for module in pkgutil.walk_packages(annotator.editing.__path__, f"{annotator.editing.__name__}."):
        held = importlib.import_module(module.name)
        for name, function in inspect.getmembers(held, inspect.isfunction):
            if function.__module__ != module.name or name.startswith("_"):
                continue
            made = inspect.signature(function).return_annotation
            if made == "Taken":  # with its step, what could not be in there
                commands[f"{module.name.rpartition('.')[2]}.{name}"] = step_of(function)
            if made in ("Step", Step):
                # Who stands in a project stays there (decision 6): there is nothing to take back.
                if function is join:
                    continue
                commands[f"{module.name.rpartition('.')[2]}.{name}"] = function
    return commands


def step_of(function: Callable[..., Taken]) -> Command:
    return lambda *given: function(*given).step


COMMANDS = found()
EXAMPLES: dict[str, Callable[[Command, Workspace, Article], Step]] = {
    "review.decide": lambda do, ws, article: do(*reviewed(ws, article), Verdict("none"), ws.me, "t", 1),
    "review.decide_all": lambda do, ws, article: do(
        [(of, [(item, Verdict("side", side=0))]) for of, item in [reviewed(ws, article)]], ws.me, "t", 1
    ),
    "review.undecide": lambda do, ws, article: next(do(of, [item]) for of, item in [decided(ws, article)]),
    "review.give_reason": lambda do, ws, article: do(*decided(ws, article), "Nobody said it."),
    "review.answer": lambda do, ws, article: do(
        decided(ws, article)[1].id, article.id, "t", None, "", ws.me, "contested", "Somebody did.", "t"
    ),
    "corrections.accept": lambda do, ws, article: do(corrected(ws, article), None, ws.me, "t"),
    "corrections.accept_all": lambda do, ws, article: do([(corrected(ws, article), None)], ws.me, "t"),
    "corrections.contest": lambda do, ws, article: do(corrected(ws, article), None, ws.me, "Somebody did.", "t"),
    "corrections.take_over": lambda do, ws, article: do(
        corrected(ws, article), None, article, asked(ws, article)[0].sides[0], ws.store.scheme(), ws.me, "t", ws.new_id
    ),
    "articles.describe": lambda do, ws, article: do(article, "Another headline", {"outlet": "Sound Courier"}),
    "articles.set_state": lambda do, ws, article: do(article.id, my_layer(ws, article), ws.me, "done"),
    "spans.label": lambda do, ws, article: do(
        article, my_layer(ws, article), ws.me, "cue", "Cue", ((18, 22),), id=ws.new_id(), now="t", scheme_version=1
    ),
    "spans.label_all": lambda do, ws, article: do(
        article,
        my_layer(ws, article),
        ws.me,
        "cue",
        "Cue",
        ((1, 5), (18, 22)),
        new_id=ws.new_id,
        now="t",
        scheme_version=1,
    ),
    "spans.take_away": lambda do, ws, article: do(tag(ws, article, "quote", (1, 5), (9, 12)), ((1, 5),), "t"),
    "spans.relabel": lambda do, ws, article: do(tag(ws, article, "quote", (1, 5)), "cue", "Cue", "t"),
    "spans.move": lambda do, ws, article: do(tag(ws, article, "quote", (1, 5)), ((1, 8),), "t"),
    "spans.add_fragment": lambda do, ws, article: do(tag(ws, article, "quote", (1, 5)), (9, 12), "t"),
    "spans.restore": lambda do, ws, article: restored(do, ws, article),
    "spans.restore_all": lambda do, ws, article: all_restored(do, ws, article),
    "spans.by_hand": lambda do, ws, article: do(move(tag(ws, article, "quote", (1, 5)), ((1, 8),), "t"), 1),
    "spans.delete": lambda do, ws, article: do(tag(ws, article, "quote", (1, 5))),
    "marks.say": lambda do, ws, article: do(tag(ws, article, "quote", (1, 5)), {"mode": "mixed"}, "Mode", "t"),
    "marks.mark": lambda do, ws, article: do(tag(ws, article, "quote", (1, 5)), "discuss", "t"),
    "marks.annotate": lambda do, ws, article: do(tag(ws, article, "quote", (1, 5)), "who is it?", "t"),
    "marks.mark_group": lambda do, ws, article: do(attributed(ws, article)[0], "discuss"),
    "marks.annotate_group": lambda do, ws, article: do(attributed(ws, article)[0], "who is it?"),
    "judgements.judge": lambda do, ws, article: do(article.id, my_layer(ws, article), ws.me, {"genre": "x"}, "Genre"),
    "judgements.mark": lambda do, ws, article: do(article.id, my_layer(ws, article), ws.me, "discuss"),
    "judgements.annotate": lambda do, ws, article: do(article.id, my_layer(ws, article), ws.me, "is it satire?"),
    "remarks.write": lambda do, ws, article: do(remark(ws, article)),
    "remarks.edit": lambda do, ws, article: do(said(ws, article).first, ws.me.id, "Who says so?"),
    "remarks.address": lambda do, ws, article: do(said(ws, article).first, ws.me.id, "somebody"),
    "remarks.close": lambda do, ws, article: do(said(ws, article)),
    "remarks.take_away": lambda do, ws, article: do(said(ws, article), said(ws, article).first, ws.me.id),
    "proposals.propose_article": lambda do, ws, article: do("p", article, "Another headline", {}, ws.me.id, "t"),
    "proposals.propose_scheme": lambda do, ws, article: do(
        "p", define(begun(ws.store.scheme()), "quote", "Marks included."), ws.me.id, "t"
    ),
    "proposals.accept_article": lambda do, ws, article: do(proposed(ws, article), article),
    "proposals.decline": lambda do, ws, article: do(proposed(ws, article), "It is right as it is."),
    "proposals.take_over": lambda do, ws, article: do(uncounted(ws, article), article, ws.new_id()),
    "proposals.leave_out": lambda do, ws, article: do(uncounted(ws, article), ws.new_id()),
    "forks.keep": lambda do, ws, article: do(forked(ws, article), ws.me, ws.new_id),
    "forks.take_other": lambda do, ws, article: do(forked(ws, article), ws.me, ws.new_id),
    "forks.keep_both": lambda do, ws, article: do(forked(ws, article), ws.me, ws.new_id),
    "assignments.give_back": lambda do, ws, article: do(article.id, my_layer(ws, article), ws.me),
    "assignments.take_again": lambda do, ws, article: do(returned(ws, article)),
    "schemes.apply": lambda do, ws, article: do(ws.store.scheme(), ws.store.scheme()._replace(name="Another name")),
    "schemes.in_force": lambda do, ws, article: do(
        ws.store, Redrawn(ws.store.scheme(), ws.store.scheme()._replace(name="Another name"))
    ),
    "schemes.still_right": lambda do, ws, article: do(tag(ws, article, "quote", (1, 5)), 2, "t"),
    "ties.tie": lambda do, ws, article: tied(do, ws, article),
    "ties.untie": lambda do, ws, article: do(*attributed(ws, article)),
    "ties.no_source": lambda do, ws, article: do(
        started(ATTRIBUTION, tag(ws, article, "quote", (1, 5)), ws.new_id()), ATTRIBUTION, True, stored=False
    ),
    "ties.relate": lambda do, ws, article: related(do, ws, article),
    "ties.unrelate": lambda do, ws, article: unrelated(do, ws, article),
    "registry.add": lambda do, ws, article: do(ADA),
    "registry.rename": lambda do, ws, article: do(entered(ws), "Eda"),
    "registry.set_kind": lambda do, ws, article: do(entered(ws), "outlet"),
    "registry.add_other_name": lambda do, ws, article: do(entered(ws), "The mayor"),
    "registry.remove_other_name": lambda do, ws, article: do(entered(ws), "A. Ø."),
    "registry.set_other_names": lambda do, ws, article: do(entered(ws), ["The mayor", "Eda"]),
    "registry.set_ids": lambda do, ws, article: do(entered(ws), "Q42"),
    "registry.set_note": lambda do, ws, article: do(entered(ws), "since 2019"),
    "registry.merge": lambda do, ws, article: do(entered(ws), entered(ws, Entry("2", "person", "Bo")), {}),
    "registry.take_apart": lambda do, ws, article: do(entered(ws, Entry("2", "person", "Bo", {"merged_into": ["1"]}))),
    "registry.delete": lambda do, ws, article: do([entered(ws)]),
    "registry.link": lambda do, ws, article: do(tag(ws, article, "source", (1, 5)), {"entity": "1"}, "t", ADA),
    "registry.unlink": lambda do, ws, article: unlinked(do, ws, article),
    "registry.relate": lambda do, ws, article: do(
        ABOUT, tag(ws, article, "claim", (1, 5)), ADA, (), ws.new_id(), "t", 1, made=True
    ),
    "ties.unrelate_all": lambda do, ws, article: unrelated(lambda one: do([one]), ws, article),
}
ADA = Entry("1", "person", "Ada", {"aliases": ["A. Ø."]})
ABOUT = RelationKind("about", "about", ("claim",), (), to_registry=True)
ATTRIBUTION = Kind("attribution", "Attribution", "quote", (Role("quote", "quote"), Role("source", "source")), True)
SUPPORTS = RelationKind("supports", "supports", ("evidence",), ("claim",))


def tied(do: Command, ws: Workspace, article: Article) -> Step:
    """A new source comes into the project with its group."""
    quote = tag(ws, article, "quote", (1, 5))
    source = quote._replace(id=ws.new_id(), label="source", fragments=((7, 9),))
    group = started(ATTRIBUTION, quote, ws.new_id())
    return do(group, ATTRIBUTION, [("source", source)], stored=False, made=[source])


def attributed(ws: Workspace, article: Article) -> tuple[Group, Kind, str]:
    """Return a group of the project, its kind, and the source in it."""
    step = tied(tie, ws, article)
    ws.do(step)
    group, source = step.changes[-1].after, step.changes[0].after
    assert isinstance(group, Group)
    assert isinstance(source, Span)
    return group, ATTRIBUTION, source.id


def entered(ws: Workspace, entry: Entry = ADA) -> Entry:
    """Put an entry into the registry."""
    ws.do(Step("An entry", (Change(None, entry),)))
    return entry


def unlinked(do: Command, ws: Workspace, article: Article) -> Step:
    """A source that was linked is linked no more."""
    span = tag(ws, article, "source", (1, 5))
    ws.do(link(span, {"entity": "1"}, "t", ADA))
    return do(ws.store.value("span", span.id, article.id), {}, "t")


def related(do: Command, ws: Workspace, article: Article) -> Step:
    """Evidence supports a claim."""
    evidence, claim = tag(ws, article, "evidence", (1, 5)), tag(ws, article, "claim", (7, 9))
    return do(SUPPORTS, evidence, claim, (), ws.new_id(), "t", 1)


def unrelated(do: Command, ws: Workspace, article: Article) -> Step:
    """A relation of the project goes."""
    step = related(relate, ws, article)
    ws.do(step)
    return do(step.changes[0].after)


def all_restored(do: Command, ws: Workspace, article: Article) -> Step:
    """Two spans that were deleted and come back, the second after it was moved too."""
    first, second = tag(ws, article, "quote", (1, 5)), tag(ws, article, "cue", (7, 9))
    ws.do(delete(first))
    ws.do(move(second, ((7, 12),), "t"))
    layer = my_layer(ws, article)
    assert layer is not None
    now = ws.store.values("span", article.id, [second.id])[second.id]
    return do([(first, None), (second, now)], {layer.id: layer}, {layer.id: layer}, article.revision)


def restored(do: Command, ws: Workspace, article: Article) -> Step:
    """Tag, move, and make it what it was."""
    then = tag(ws, article, "quote", (1, 5))
    ws.do(move(then, ((1, 8),), "t"))
    layer = my_layer(ws, article)
    assert layer is not None
    return do(then, ws.store.value("span", then.id, article.id), layer, layer, article.revision)


def remark(ws: Workspace, article: Article) -> Remark:
    """Something to be said."""
    return Remark("r", article.id, "", ws.me.id, "Is this a quote?")


def said(ws: Workspace, article: Article) -> Thread:
    """What was said, once."""
    if ws.store.value("remark", "r", article.id) is None:
        ws.do(write(remark(ws, article))._replace(repeat=""))  # some time ago
    return threads([ws.store.value("remark", "r", article.id)])[0]


def proposed(ws: Workspace, article: Article) -> Proposal:
    """Another headline, proposed."""
    ws.do(propose_article("p", article, "Another headline", {}, ws.me.id, "t"))
    found: Proposal = ws.store.value("proposal", "p", article.id)
    return found


def uncounted(ws: Workspace, article: Article) -> NotCounted:
    """Another headline, by somebody who may not give it one."""
    change = Change(article, article._replace(title="Another headline"))
    return NotCounted(ws.new_id(), "somebody", "t", "article", article.id, article.id, change)


def forked(ws: Workspace, article: Article) -> Twofold:
    """A span that I relabelled here, and on another machine before I knew of that."""
    span = tag(ws, article, "quote", (1, 5))
    (made,) = ws.store.touches(span.id, 1)
    ws.do(relabel(span, "cue", "Cue", "t"))
    changes = [journal.recorded(Change(span, span._replace(label="source")), made.id)]
    step = made._replace(
        id=ws.new_id(), device="elsewhere", lamport=made.lamport + 1, payload_sha256=payload_sha256(changes),
        prev_hash="",
    )  # fmt: skip
    unite.bring(ws.store, [(step, changes)], {})
    (one,) = forks.listed(ws.store)
    return one


REVIEWED = LayerRef("annotator", ANA.id), LayerRef("annotator", BO.id)


def reviewed(ws: Workspace, article: Article) -> tuple[Ground, Item]:
    """What I tagged and Bo did not, under review."""
    tag(ws, article, "quote", (1, 5))
    ws.do(Step("Read", (Change(None, own_layer(article.id, BO.id)),)))
    return asked(ws, article)


def asked(ws: Workspace, article: Article) -> tuple[Ground, Item]:
    of = ground(ws.store, article.id, REVIEWED)
    assert of is not None
    return of, standing(of)[0]


def decided(ws: Workspace, article: Article) -> tuple[Ground, Item]:
    """The same, and mine was taken."""
    ws.do(decide(*reviewed(ws, article), Verdict("side", side=0), ws.me, "s", 1))
    return asked(ws, article)


def corrected(ws: Workspace, article: Article) -> Correction:
    """What I am told of my span that was refused."""
    of, item = reviewed(ws, article)
    ws.do(decide(of, item, Verdict("none"), ws.me, "s", 1))
    now, _item = asked(ws, article)
    (change,) = changes(now._replace(sides=now.sides[:1]), ws.me.id, {})
    assert isinstance(change.after, Decision)
    told = read(change.after)
    assert told is not None
    return told


def test_every_command_has_an_example() -> None:
    assert sorted(EXAMPLES) == sorted(COMMANDS)


def returned(ws: Workspace, article: Article) -> Layer:
    ws.do(give_back(article.id, None, ws.me))
    layer = my_layer(ws, article)
    assert layer is not None
    return layer


def state(ws: Workspace, article: Article) -> object:
    """Return all that a command may change."""
    store, all_ = ws.store, VisibleLayers.ALL
    spans = sorted(store.spans(article.id, all_))
    ties = store.groups(article.id, all_), store.relations(article.id, all_)
    entries = store.values("entry", "", ["1", "2"])
    more = [store.rows(f"SELECT * FROM {name} ORDER BY id") for name in ("decision", "remark", "proposal")]
    told = [[row[:-1] for row in rows] for rows in more]  # without the number of the step
    return store.article(article.id), spans, ties, my_layer(ws, article), store.scheme(), entries, told


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_leaves_one_step_and_so_does_its_undo(name: str, tmp_path: Path) -> None:
    ws = workspace(project(tmp_path))
    article = bring(ws)
    step = EXAMPLES[name](COMMANDS[name], ws, article)  # may prepare something, in steps of its own
    before, stood = ws.store.step_count(), state(ws, article)
    ws.do(step)
    assert ws.store.step_count() == before + 1
    assert state(ws, article) != stood
    for turn, act in enumerate((ws.undo, ws.redo, ws.undo), 2):
        assert act() is not None
        assert ws.store.step_count() == before + turn
    assert state(ws, article) == stood
