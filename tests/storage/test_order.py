"""The list of articles with mine first: pages, numbers, what is found and what comes next agree, whatever is done."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from annotator.domain.article import VisibleLayers
from annotator.domain.assigning import Pair
from annotator.editing import assignments
from annotator.editing.articles import set_state
from annotator.storage import assignments as stored
from annotator.storage import listing
from annotator.storage.library import Wanted
from tests.builders import ANA, BO, TEXT, bring, my_layer, project, workspace

ALL = VisibleLayers.ALL


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("few", [0, 2_000])
def test_pages_numbers_and_what_comes_next_agree(
    tmp_path: Path, seed: int, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "_FEW", few)
    noise = random.Random(seed)
    ws = workspace(project(tmp_path))
    store, me = ws.store, ANA.id
    texts = {one.id: one for one in (bring(ws, f"{n} {TEXT}", f"Article {n}") for n in range(14))}
    in_order = list(store.article_ids())
    for _ in range(12):
        one = noise.choice(in_order)
        layer = my_layer(ws, texts[one])
        given = [some for some in stored.of_annotator(store, me) if some.article == one]
        match noise.choice(("assign", "assign", "bo", "take", "back", "done", "undo")):
            case "assign":
                ws.do_whole(assignments.assign([Pair(one, me)], stored.everything(store)))
            case "bo":
                ws.do_whole(assignments.assign([Pair(one, BO.id)], stored.everything(store)))
            case "take":
                ws.do_whole(assignments.take_away(given))
            case "back" if given and not (layer is not None and layer.returned):
                ws.do(assignments.give_back(one, layer, ANA))
            case "done" if layer is None or layer.state != "done":
                ws.do(set_state(one, layer, ANA, "done"))
            case "undo" if ws.undo_title() != "Import article":
                ws.undo()
        layers = {id: my_layer(ws, article) for id, article in texts.items()}
        back = {id for id, some in layers.items() if some is not None and some.returned}
        all_given = {some.article for some in stored.of_annotator(store, me)}
        mine = [id for id in in_order if id in all_given - back]
        wanted = mine + [id for id in in_order if id not in mine]
        assert store.mine(me) == tuple(mine)
        rows = store.article_page(me, ALL, 0, 99)
        assert [row.id for row in rows] == wanted
        assert [row.given for row in rows] == [
            "mine" if row.id in mine else "returned" if row.id in all_given & back else "" for row in rows
        ]
        at = noise.randrange(14)
        size = noise.randrange(1, 6)
        page = [row.id for row in store.article_page(me, ALL, at, size)]
        assert page == wanted[at : at + size]
        after = store.article_page(me, ALL, at + size, 5, rows[at + size - 1] if at + size <= 14 else None)
        assert [row.id for row in after] == wanted[at + size : at + size + 5]
        assert [store.article_index(id, me) for id in wanted] == list(range(14))
        assert [store.article_index(id) for id in in_order] == list(range(14))
        for limit in (-1, 3, 14):
            assert store.matching(Wanted(words="article"), me, limit) == wanted[: limit if limit >= 0 else None]
            assert store.matching(Wanted(mine=True), me, limit) == mine[: limit if limit >= 0 else None]
        done = {id for id, some in layers.items() if some is not None and some.state == "done"}
        place = wanted.index(one)
        following = [*wanted[place + 1 : len(mine)], *wanted[:place]] if one in mine else mine
        others = [id for id in in_order if id not in mine and id != one and id not in back & all_given]
        number = in_order.index(one)
        rest = [id for id in others if in_order.index(id) > number] + [
            id for id in others if in_order.index(id) < number
        ]
        if all_given:
            expected = next((id for id in [*following, *rest] if id not in done), None)
            assert store.next_unfinished(me, one) == expected
