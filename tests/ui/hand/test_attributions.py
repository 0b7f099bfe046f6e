"""Who says what, tagged in the real window by keyboard: quote, source, cue, what must be said of them, their tie.

The whole article is tagged on the way, as in `test_paths`; counted are the keys of the attributions.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from annotator.domain.article import VisibleLayers
from annotator.domain.quotemode import mode
from annotator.domain.relation import Group
from annotator.domain.span import Span
from annotator.editing.workspace import Workspace
from annotator.jobs.exporting import export
from annotator.jobs.importing import import_paths
from annotator.storage.store import Store
from annotator.ui.window import MainWindow
from tests.domain.attribution_gold import golds
from tests.ui.hand.fingers import Fingers
from tests.ui.hand.search import Gold, Way, told, ways_with_proposals
from tests.ui.hand.test_paths import Make, keys, text_and_gold, window_with
from tests.ui.test_window import stored

MOST = 6.0
"""Keys an attribution, on average: its spans, what must be said of them, and the tie."""
MODES = {"direct": "Q", "indirect": "W", "mixed": "E"}
NAMING = {"him": "1", "Western": "7", "Ines Oduya": "1", "the harbour master": "3"}
"""By which digit a source is named, where it is no organisation."""


def said(text: str, way: Way) -> list[str]:
    """Return the keys of a way with those that say what must be said: the mode by the label's key, the naming after."""
    pressed = list(way.keys)
    if way.gold.label == "claim":
        return [*pressed, "2"]
    if way.gold.label != "quote":
        return [*pressed, "1"] if way.gold.label == "source" else pressed
    key = MODES[mode(text, (way.gold.place,))]
    # A letter of a word that is gone to is none of the label.
    last = max(number for number, each in enumerate(pressed) if each == "Q")
    doubled = last and pressed[last - 1] == "Q"
    pressed[last] = key
    if doubled:
        pressed[last - 1] = key
    pressed += [NAMING.get(text[slice(*one.place)], "2") for one in way.more if one.label == "source"]
    return pressed


@pytest.mark.parametrize("name", ["own", "seed"])
def test_an_attribution_takes_six_keys_with_all_that_must_be_said(
    name: str, tmp_path: Path, make_window: Make, qapp: QApplication
) -> None:
    text, gold = text_and_gold(name)
    found = ways_with_proposals(text, gold, keys())
    window = window_with(text, tmp_path, make_window)
    fingers = Fingers(window)
    fingers.press("Ctrl+Home")
    counted: list[tuple[Gold, int]] = []
    for way in found:
        fingers.reset()
        for each in said(text, way):
            fingers.press(each)
        if way.more:
            counted.append((way.gold, fingers.keys))
    print(told(found))
    for quote, count in counted:
        print(count, quote.words)
    mean = sum(count for _quote, count in counted) / len(counted)
    print(f"mean {mean:.2f} keys an attribution, of {len(counted)}")
    assert mean <= MOST
    assert len(counted) >= 3
    quotes = [one for one in stored(window) if one.label == "quote"]
    assert {one.fragments[0]: one.attributes["mode"] for one in quotes} == {
        way.gold.place: mode(text, (way.gold.place,)) for way in found if way.gold.label == "quote"
    }
    assert [it.words for it in window.hand.checks.fresh() if it.kind == "required"] == []
    if name == "seed":
        as_by_hand(window)
    same_again(window, tmp_path)


def as_by_hand(window: MainWindow) -> None:
    """Compare every attribution of the seed article with those made by hand."""
    gold = next(one for one in golds() if one.name == "seed")
    spans = {span.id: span for span in stored(window)}
    found = {
        spans[group.members[0].span].fragments: (
            {spans[member.span].fragments for member in group.members if member.role == "source"},
            {spans[member.span].fragments for member in group.members if member.role == "cue"},
            group.no_source,
        )
        for group in window.session.links.all_groups()
    }
    for one in gold.attributions:
        cue = {one.cue.fragments} if one.cue is not None else set()
        assert found[one.quote.fragments] == ({it.fragments for it in one.sources}, cue, one.no_source), one.quote.words


def same_again(window: MainWindow, folder: Path) -> None:
    """Export the project, import it into a new one, and compare spans, attributes and ties."""
    store, me = window.session.store, window.session.me
    assert store is not None
    out = folder / "out.jsonl"
    export(Path(store.path), out)
    other = folder / "again.annotator"
    Store.create(other, window.session.scheme)
    again = Store.open(other)
    import_paths(Workspace(again, me, "elsewhere"), [out])
    assert content(again) == content(store)
    again.close()


def content(store: Store) -> tuple[list[Span], list[Group]]:
    (article,) = store.article_ids()
    spans = sorted(store.spans(article, VisibleLayers.ALL), key=lambda span: span.id)
    groups = sorted(store.groups(article, VisibleLayers.ALL), key=lambda group: group.id)
    return spans, groups
