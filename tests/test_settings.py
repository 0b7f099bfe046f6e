"""Settings come back as they were chosen; whatever becomes of their file, the program starts, and says so."""

from __future__ import annotations

import random
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import paths, settings
from annotator.actions import BY_ID
from annotator.domain.errors import UserError
from annotator.settings import PAGES, SETTINGS, Setting, Settings, bare, load, on_page, save


def values(setting: Setting) -> st.SearchStrategy[object]:
    if setting.choices:
        return st.sampled_from([value for value, _ in setting.choices])
    return st.integers(setting.least, setting.most)


CHOSEN = st.fixed_dictionaries({}, optional={setting.id: values(setting) for setting in SETTINGS})
KEYS = st.dictionaries(
    st.sampled_from(sorted(BY_ID)),
    st.lists(st.sampled_from(["Ctrl+J", "F2", "Alt+Shift+Right", '"', "\\", "é", "Ctrl++"]), max_size=3).map(tuple),
    max_size=3,
)


def written(text: str | bytes) -> None:
    settings.file().parent.mkdir(parents=True, exist_ok=True)
    settings.file().write_bytes(text.encode() if isinstance(text, str) else text)


def test_without_a_file_the_usual_hold() -> None:
    chosen, fault = load()
    assert fault == ""
    assert {setting.id: chosen[setting.id] for setting in SETTINGS} == {one.id: one.default for one in SETTINGS}
    assert all(setting.allows(setting.default) for setting in SETTINGS)
    assert not settings.file().exists()


@given(CHOSEN, KEYS)
def test_what_was_chosen_comes_back(chosen: dict[str, str | int], keys: dict[str, tuple[str, ...]]) -> None:
    before = Settings(keys=keys)
    for id, value in chosen.items():
        before.choose(id, value)
    save(before)
    tomllib.loads(settings.file().read_text(encoding="utf-8"))
    after, fault = load()
    assert fault == ""
    assert after == before


def test_only_what_differs_is_written() -> None:
    chosen = Settings()
    chosen.choose("size", 20)
    chosen.choose("theme", "dark")
    chosen.choose("theme", "system")
    save(chosen)
    assert settings.file().read_text(encoding="utf-8") == "size = 20\n"


@pytest.mark.parametrize(
    ("id", "value"), [("size", 3), ("size", "17"), ("size", True), ("theme", "pink"), ("theme", 1)]
)
def test_what_no_setting_allows(id: str, value: str | int) -> None:
    with pytest.raises(ValueError, match=id):
        Settings().choose(id, value)
    written(f"{id} = {str(value).lower() if isinstance(value, bool) else repr(value)}\n")
    chosen, fault = load()
    assert chosen == Settings()
    assert id in fault


@pytest.mark.parametrize("text", [
    b"\xff\xfe", b"size = ", b"size = 20\nsize = 20\n", b"[size]\n", b"colour = 1\n", b"keys = 3\n", b"theme = [1]\n",
    b'[keys]\n"no.such" = ["F2"]\n', b'[keys]\n"edit.undo" = "F2"\n', b'[keys]\n"edit.undo" = [""]\n', b"a" * 200_000,
    b'[keys]\n"edit.undo" = ["F1", "F2", "F3", "F4", "F5"]\n', b"size = 1e3\n", b"\x00", b"x = " + b"[" * 5_000,
])  # fmt: skip
def test_a_damaged_file_is_set_aside_and_told(text: bytes) -> None:
    written(text)
    chosen, fault = load()
    assert chosen == Settings()
    assert "settings.toml" in fault
    assert "settings.toml.bad" in fault
    assert (paths.config_dir() / "settings.toml.bad").read_bytes() == text
    assert load() == (Settings(), "")


def test_500_damaged_files() -> None:
    """Every variant starts; where the values are not what was chosen or another allowed one, it is told."""
    chosen = Settings(values={"theme": "dark", "size": 20}, keys={"edit.undo": ("Ctrl+U",)})
    save(chosen)
    sound = settings.file().read_bytes()
    noise, told = random.Random(4), 0
    for number in range(500):
        data = bytearray(sound)
        for _ in range(1 + number % 4):
            at = noise.randrange(len(data))
            how = noise.randrange(3)
            if how == 0:
                data[at] = noise.randrange(256)
            elif how == 1:
                del data[at : at + noise.randrange(1, 9)]
            else:
                data[at:at] = noise.randbytes(3)
            if not data:
                data = bytearray(b"\n")
        written(bytes(data))
        got, fault = load()
        told += bool(fault)
        if fault:
            assert got == Settings()
        for setting in SETTINGS:
            assert setting.allows(got[setting.id])
    assert told >= 400


def test_a_key_is_one_action_s() -> None:
    chosen = Settings()
    with pytest.raises(UserError, match="Ctrl\\+Z is the key of “Undo”"):
        chosen.bind("edit.find", ("Ctrl+Z",))
    chosen.bind("edit.undo", ("Ctrl+U",))
    chosen.bind("edit.find", ("Ctrl+Z",))
    assert chosen.keys_of("edit.undo") == ("Ctrl+U",)
    assert chosen.holder("Ctrl+Z") == "edit.find"
    chosen.bind("edit.find", BY_ID["edit.find"].keys)
    chosen.bind("edit.undo", BY_ID["edit.undo"].keys)
    assert chosen == Settings()


def test_the_usual_keys_do_not_clash() -> None:
    for id, action in BY_ID.items():
        for key in action.keys:
            assert Settings().holder(key, besides=id) == "", (id, key)


@pytest.mark.parametrize(("key", "letter"), [
    ("Q", "Q"), ("q", "Q"), ("Shift+Q", "Q"), ("shift+q", "Q"), ("+", "+"), (",", ","), ("é", "É"), ("Q, Ctrl+X", "Q"),
    (",, X", ","), ("Ctrl+Q", ""), ("Ctrl+,", ""), ("Shift+Left", ""), ("Shift+1", ""), ("F2", ""), ("Space", ""),
    ("Ctrl+X, Q", ""),
])  # fmt: skip
def test_which_label_a_key_would_take(key: str, letter: str) -> None:
    assert bare(key) == letter


def test_a_label_s_key_is_no_action_s() -> None:
    chosen = Settings()
    chosen.labels = {"Q": "Quote", "J": "Jury"}
    for key in ("Q", "Shift+Q", "Q, F2"):
        with pytest.raises(UserError, match="is the key of the label “Quote”"):
            chosen.bind("project.report", ("Ctrl+Alt+R", key))
    with pytest.raises(UserError, match="J is the key of the label “Jury”"):
        chosen.bind("span.next", BY_ID["span.next"].keys)
    assert chosen == Settings()


def test_a_file_that_gives_a_label_s_key_away_is_overruled_and_told() -> None:
    written('[keys]\n"project.report" = ["q", "Ctrl+Alt+R"]\n"edit.find" = ["Shift+Q"]\n')
    chosen, fault = load()
    assert fault == ""
    assert chosen.keys_of("project.report") == ("q", "Ctrl+Alt+R")
    assert chosen.clashes() == []
    chosen.labels = {"Q": "Quote"}
    assert chosen.keys_of("project.report") == ("Ctrl+Alt+R",)
    assert chosen.keys_of("edit.find") == ()
    assert chosen.holder("q") == ""
    assert chosen.clashes() == [
        "q is the key of the label “Quote” here, so it does not start “Report of the last import or export”.",
        "Shift+Q is the key of the label “Quote” here, so it does not start “Find in the article”.",
    ]
    save(chosen)  # another scheme may leave the key free
    assert load()[0].keys == chosen.keys


def test_a_scheme_that_claims_a_key_of_the_program_is_told() -> None:
    chosen = Settings()
    chosen.labels = {"J": "Jury"}
    assert chosen.keys_of("span.next") == ("J",)
    assert chosen.clashes() == ["J starts “Next span”, so the label “Jury” has no key. Give the action another one."]
    chosen.bind("span.next", ("Ctrl+.",))
    assert chosen.clashes() == []


def test_a_full_disk_keeps_the_old_file(monkeypatch: pytest.MonkeyPatch) -> None:
    save(Settings(values={"size": 20}))

    def full(path: object, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(paths, "write_whole", full)
    with pytest.raises(UserError, match="No space left"):
        save(Settings(values={"size": 21}))
    assert load()[0]["size"] == 20


def test_every_setting_stands_on_one_page_of_the_dialog() -> None:
    for setting in SETTINGS:
        assert sum(setting.group in page.groups for page in PAGES) == 1, setting.id
    assert [setting for page in PAGES for setting in on_page(page)] == list(SETTINGS)
