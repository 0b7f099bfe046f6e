"""Windows are found again where they were left, never off the screen, whatever has become of screens and file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from annotator import paths, places
from annotator.places import MOST, TITLE, Box, Place, arrangement, fitted, of, remember

LAPTOP, DESK, ABOVE = Box(0, 0, 1920, 1080), Box(1920, -200, 2560, 1440), Box(0, -1080, 1920, 1080)
NORMAL = Box(200, 100, 1280, 800)

SIDE = st.integers(min_value=1, max_value=5_000)
AT = st.integers(min_value=-9_000, max_value=9_000)
BOX = st.builds(Box, AT, AT, SIDE, SIDE)
SCREENS = st.lists(st.builds(Box, AT, AT, st.integers(640, 5_000), st.integers(480, 5_000)), min_size=1, max_size=4)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*Place._fields, "x"]), inner),
    max_leaves=12,
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {"window": st.just("main"), "screens": st.just("here")},
        optional={name: JSON | st.integers(-99_999, 99_999) for name in Place._fields[2:]},
    )
)


def file() -> Path:
    return paths.data_dir() / "windows.json"


def written(data: bytes) -> None:
    file().parent.mkdir(parents=True, exist_ok=True)
    file().write_bytes(data)


def inside(box: Box, screen: Box) -> bool:
    return box.shared(screen) == box.width * box.height


@pytest.mark.parametrize(
    ("what", "left", "screens", "wanted"),
    [
        ("as it was", NORMAL, [LAPTOP], NORMAL),
        ("on the other screen", Box(2500, 0, 1280, 800), [LAPTOP, DESK], Box(2500, 0, 1280, 800)),
        ("over two screens", Box(1500, 100, 1280, 800), [LAPTOP, DESK], Box(1500, 100, 1280, 800)),
        ("the other screen is gone", Box(2500, 0, 1280, 800), [LAPTOP], Box(640, TITLE, 1280, 800)),
        ("and it was large", Box(1920, -200, 2560, 1440), [LAPTOP], Box(0, TITLE, 1920, 1080 - TITLE)),
        ("the one above is gone", Box(300, -900, 1280, 800), [LAPTOP], Box(300, TITLE, 1280, 800)),
        ("half of it hung out", Box(1200, 700, 1280, 800), [LAPTOP], Box(640, 280, 1280, 800)),
        ("fewer pixels now", NORMAL, [Box(0, 0, 1024, 768)], Box(0, TITLE, 1024, 768 - TITLE)),
        ("a bar on top", Box(0, 0, 1280, 800), [Box(0, 40, 1920, 1040)], Box(0, 40 + TITLE, 1280, 800)),
        ("far away", Box(-30_000, 30_000, 900, 600), [LAPTOP, DESK], Box(0, 480, 900, 600)),
        ("no screen at all", NORMAL, [], NORMAL),
    ],
)  # fmt: skip
def test_what_is_left_of_the_screens(what: str, left: Box, screens: list[Box], wanted: Box) -> None:
    assert fitted(left, screens) == wanted


def test_a_title_bar_that_stood_on_a_screen_that_is_gone() -> None:
    below = Box(300, 0, 1280, 800)
    assert fitted(below, [LAPTOP, ABOVE], above=TITLE) == below
    assert fitted(below, [LAPTOP], above=TITLE) == Box(300, TITLE, 1280, 800)


@given(BOX, SCREENS, st.sampled_from([0, TITLE]))
@example(Box(0, 0, 1, 1), [Box(0, 0, 640, 480)], TITLE)
def test_it_is_on_the_screens_and_no_larger(box: Box, screens: list[Box], above: int) -> None:
    found = fitted(box, screens, above)
    if found != box:
        assert any(inside(found, screen) for screen in screens)
    else:
        corners = [(x, y) for x in (box.left, box.right - 1) for y in (box.top, box.bottom - 1)]
        assert all(any(Box(x, y, 1, 1).shared(screen) for screen in screens) for x, y in corners)
    assert 0 < found.width <= box.width
    assert 0 < found.height <= box.height
    assert fitted(found, screens) == found


def test_each_arrangement_has_its_place_and_a_new_one_the_last() -> None:
    alone, both = arrangement([LAPTOP]), arrangement([DESK, LAPTOP])
    assert both == arrangement([LAPTOP, DESK])
    remember(Place("main", alone, *NORMAL))
    remember(Place("main", both, *DESK, "maximised", tab=1))
    remember(Place("manual", alone, 1, 2, 3, 4))
    assert of("main", alone) == Place("main", alone, *NORMAL)
    assert of("main", both) == of("main", "elsewhere") == Place("main", both, *DESK, "maximised", True, 1)
    assert of("manual", both) == Place("manual", alone, 1, 2, 3, 4)
    remember(Place("main", alone, *LAPTOP))
    assert of("main", alone) == of("main", "elsewhere") == Place("main", alone, *LAPTOP)
    assert of("other", alone) is None


def test_no_more_than_so_many() -> None:
    for number in range(MOST + 5):
        remember(Place("main", str(number), 0, 0, 900, 600))
    assert len(json.loads(file().read_bytes())) == MOST


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(JSON | ROWS)
def test_whatever_stands_in_the_file(data: object) -> None:
    written(json.dumps(data).encode("ascii"))
    place = of("main", "here")
    if place is not None:
        assert all(type(it) is int and abs(it) < 40_000 for it in place.box)
        assert place.width > 0
        assert place.height > 0
        assert place.state in ("normal", "maximised", "full")
        assert place.tab in (0, 1)
    remember(Place("main", "here", *NORMAL))
    assert of("main", "here") == Place("main", "here", *NORMAL)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff\xfe", b"[", b"{}", b"null", b"[" * 100_000, b"[" * 90_000, b" " * 200_000, b'["main"]', b"[[]]",
        b'[{"window": "main"}]', b'[{"window": "main", "screens": 5, "width": 900, "height": 600}]',
        b'[{"window": "main", "screens": "s", "width": 900, "height": 0}]',
        b'[{"window": "main", "screens": "s", "width": 900, "height": -600}]',
        b'[{"window": "main", "screens": "s", "width": 900.0, "height": 600}]',
        b'[{"window": "main", "screens": "s", "width": true, "height": 600}]',
        b'[{"window": "main", "screens": "s", "width": 1e400, "height": 600}]',
        b'[{"window": "main", "screens": "s", "width": 99999999999999999999, "height": 600}]',
        b'[{"window": "main", "screens": "s", "left": 40000, "width": 900, "height": 600}]',
        b'[{"window": "main", "screens": "s", "top": NaN, "width": 900, "height": 600}]',
        b'[{"window": "main", "screens": "s", "width": 900, "height": 600, "state": "upside down"}]',
        b'[{"window": "main", "screens": "s", "width": 900, "height": 600, "tab": 3}]',
        b'[{"window": "main", "screens": "s", "width": 900, "height": 600, "positioned": 1}]',
    ],
)  # fmt: skip
def test_what_is_no_place(data: bytes) -> None:
    written(data)
    assert of("main", "s") is None


def test_a_field_more_from_a_newer_version_is_no_harm() -> None:
    written(b'[{"window": "main", "screens": "s", "width": 900, "height": 600, "more": [1]}]')
    assert of("main", "s") == Place("main", "s", 0, 0, 900, 600)


def test_a_folder_that_cannot_be_written_is_no_reason_to_complain(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(paths, "write_whole", full)
    remember(Place("main", "here", *NORMAL))
    assert of("main", "here") is None
    assert places._places() == []
