"""The shortest way through gold spans: at most 4.5 keys a span, and the whole way pressed in the real window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from annotator import assets
from annotator.domain.scheme import parse
from annotator.editing.workspace import Workspace
from annotator.jobs.importing import import_paths
from annotator.storage.store import Store
from annotator.ui.window import MainWindow
from tests.ui.hand.fingers import Fingers
from tests.ui.hand.search import SHARED, Gold, Way, read_gold, told, ways_through, ways_with_proposals
from tests.ui.test_window import stored

MOST_A_SPAN, MOST_WITH_PROPOSALS = 4.5, 3.5
TEXTS = {"seed": SHARED / "seed" / "kim-shoigu.txt", "tribunal": SHARED / "wikinews" / "wikinews-20160714-UN.txt"}
OWN = """Ferry crews vote to stop

Two ferries stayed in Halm on Monday, the harbour master said. “We sail when we are paid,” Ines Oduya told the Courier,
“and not an hour before.”

The owner has denied that wages are late; a ledger of June, seen by this paper, shows three weeks without pay.
Photo: A. Holm
"""
OWN_GOLD = (
    ("quote", "Two ferries stayed in Halm on Monday"), ("source", "the harbour master"), ("cue", "said"),
    ("quote", "“We sail when we are paid,”"), ("source", "Ines Oduya"), ("cue", "told"),
    ("quote", "“and not an hour before.”"), ("source", "The owner"), ("cue", "denied"),
    ("quote", "that wages are late"), ("evidence", "a ledger of June"), ("claim", "three weeks without pay"),
    ("boilerplate", "Photo: A. Holm"),
)  # fmt: skip

Make = Callable[[Path | None], MainWindow]


def keys() -> dict[str, str]:
    """Return the key of each label of the default scheme."""
    return {label.id: label.key for label in parse(assets.scheme_text(), "news-sourcing.toml").labels if label.key}


def own_gold() -> list[Gold]:
    """Return what is to be marked in our own text."""
    found: list[Gold] = []
    for label, words in OWN_GOLD:
        start = OWN.index(words, found[-1].place[0] if found else 0)
        found.append(Gold(label, (start, start + len(words)), words))
    return found


def text_and_gold(name: str) -> tuple[str, list[Gold]]:
    """Return a text and what is to be marked in it."""
    if name == "own":
        return OWN, own_gold()
    if not TEXTS[name].exists():
        pytest.skip("the article lies beside the repository; the twin on our own text never skips")
    text = TEXTS[name].read_bytes().decode("utf-8")
    return text, read_gold(name, text)


def mean(found: list[Way]) -> float:
    return sum(len(way.keys) for way in found) / sum(1 + len(way.more) for way in found)


@pytest.mark.parametrize("name", ["own", "seed", pytest.param("tribunal", marks=pytest.mark.full)])
def test_the_shortest_way_pressed_in_the_window(
    name: str, tmp_path: Path, make_window: Make, qapp: QApplication
) -> None:
    text, gold = text_and_gold(name)
    found = ways_through(text, gold, keys())
    print(told(found))
    assert mean(found) <= MOST_A_SPAN
    window = window_with(text, tmp_path, make_window)
    fingers = Fingers(window)
    fingers.press("Ctrl+Home")
    fingers.reset()
    for way in found:
        before = {span.id for span in stored(window)}
        for each in way.keys:
            fingers.press(each)
        made = [(span.label, span.fragments) for span in stored(window) if span.id not in before]
        assert made == [(way.gold.label, (way.gold.place,))], (way, text[slice(*way.gold.place)])
    assert fingers.keys == sum(len(way.keys) for way in found)
    assert len(stored(window)) == len(gold)


@pytest.mark.parametrize("name", ["own", "seed", pytest.param("tribunal", marks=pytest.mark.full)])
def test_sources_and_cues_that_come_with_their_quotes(
    name: str, tmp_path: Path, make_window: Make, qapp: QApplication
) -> None:
    text, gold = text_and_gold(name)
    found = ways_with_proposals(text, gold, keys())
    print(told(found))
    assert mean(found) <= MOST_WITH_PROPOSALS
    assert sum(1 + len(way.more) for way in found) == len(gold)
    window = window_with(text, tmp_path, make_window)
    fingers = Fingers(window)
    fingers.press("Ctrl+Home")
    fingers.reset()
    for way in found:
        before = {span.id for span in stored(window)}
        for each in way.keys:
            fingers.press(each)
        made = {(span.label, span.fragments) for span in stored(window) if span.id not in before}
        assert made == {(one.label, (one.place,)) for one in (way.gold, *way.more)}, (way, text[slice(*way.gold.place)])
    assert fingers.keys == sum(len(way.keys) for way in found)
    assert len(stored(window)) == len(gold)
    tied = [member.span for group in window.session.links.all_groups() for member in group.members]
    assert len(tied) >= sum(1 + len(way.more) for way in found if way.more)


def window_with(text: str, folder: Path, make_window: Make) -> MainWindow:
    """Return a window that shows an article with this text."""
    from annotator import whoami

    who = whoami.identity() or whoami.save_identity("Lena Brandt")
    path, file = folder / "Way.annotator", folder / "way.txt"
    file.write_bytes(text.encode("utf-8"))
    Store.create(path, parse(assets.scheme_text(), "news-sourcing.toml"))
    store = Store.open(path)
    import_paths(Workspace(store, who.annotator, who.device), [file])
    store.close()
    window = make_window(path)
    assert window.view.text == text
    return window


def test_gold_is_of_this_text() -> None:
    with pytest.raises(ValueError, match="another text"):
        read_gold("seed", "Another text.")
