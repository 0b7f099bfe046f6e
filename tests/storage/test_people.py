"""When people were here last, and what they have done or given back."""

from __future__ import annotations

from pathlib import Path

from annotator.domain.assigning import Pair
from annotator.editing import articles, assignments
from annotator.storage import people
from annotator.storage.store import Store
from tests.builders import ANA, BO, bring, my_layer, opened, project, tag, workspace


def test_last_seen_done_and_given_back(tmp_path: Path) -> None:
    path = project(tmp_path)
    ws = workspace(path)
    one, two = bring(ws, "The mayor said no.\n"), bring(ws, "Nobody asked.\n")
    assert set(people.last_seen(ws.store)) == {ANA.id}
    tag(ws, one, "source", (0, 9))
    ws.do(assignments.join(BO))
    ws.do(articles.set_state(one.id, my_layer(ws, one), ANA, "done"))
    ws.do(assignments.give_back(two.id, None, ANA))
    (newest,) = [step.at for step in list(ws.store.steps())[:1]]
    assert people.last_seen(ws.store) == {ANA.id: newest}
    assert people.done(ws.store) == [Pair(one.id, ANA.id)]
    assert people.given_back(ws.store) == {Pair(two.id, ANA.id)}
    layer = my_layer(ws, two)
    assert layer is not None
    ws.do(assignments.take_again(layer))
    assert people.given_back(ws.store) == set()
    ws.store.close()
    assert people.done(opened(Store.open(path, write=False))) == [Pair(one.id, ANA.id)]
