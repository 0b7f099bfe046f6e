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
from annotator.domain.article import Article
from annotator.domain.change import Step
from annotator.editing.spans import delete, move
from annotator.editing.workspace import Workspace
from tests.builders import bring, my_layer, project, spans_of, tag, workspace

Command = Callable[..., Step]


def found() -> dict[str, Command]:
    """Return every public function under `annotator.editing` that makes a step, by its name there."""
    commands: dict[str, Command] = {}
    for module in pkgutil.walk_packages(annotator.editing.__path__, f"{annotator.editing.__name__}."):
        held = importlib.import_module(module.name)
        for name, function in inspect.getmembers(held, inspect.isfunction):
            if function.__module__ != module.name or name.startswith("_"):
                continue
            if inspect.signature(function).return_annotation in ("Step", Step):
                commands[f"{module.name.rpartition('.')[2]}.{name}"] = function
    return commands


COMMANDS = found()
EXAMPLES: dict[str, Callable[[Command, Workspace, Article], Step]] = {
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
    "spans.delete": lambda do, ws, article: do(tag(ws, article, "quote", (1, 5))),
}


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


def test_every_command_has_an_example() -> None:
    assert sorted(EXAMPLES) == sorted(COMMANDS)


def state(ws: Workspace, article: Article) -> object:
    """Return all that a command may change."""
    return ws.store.article(article.id), spans_of(ws, article), my_layer(ws, article)


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
