from __future__ import annotations

from annotator import assets
from annotator.actions import RESERVED_KEYS
from annotator.domain.labelkeys import keys_of, meanings, sets_of
from annotator.domain.scheme import Scheme, parse


def shipped() -> Scheme:
    return parse(assets.scheme_text(), "news-sourcing.toml")


def test_further_keys_say_at_once_how_it_is_quoted() -> None:
    found = meanings(shipped())
    assert {key: dict(found[key].sets) for key in "QWE"} == {
        "Q": {"mode": "direct"},
        "W": {"mode": "indirect"},
        "E": {"mode": "mixed"},
    }
    assert {found[key].label.id for key in "QWE"} == {"quote"}
    assert found["S"].label.id == "source"
    assert found["S"].sets == {}


def test_keys_by_the_value_they_set() -> None:
    assert keys_of(shipped(), "quote", "mode") == {"direct": "Q", "indirect": "W", "mixed": "E"}
    assert keys_of(shipped(), "quote", "act") == {} == keys_of(shipped(), "cue", "mode")
    assert sets_of(shipped(), "quote") == {"mode": "direct"}
    assert sets_of(shipped(), "cue") == {}


def test_no_key_of_a_shipped_scheme_is_reserved_or_twice() -> None:
    for name in assets.scheme_names():
        scheme = parse(assets.scheme_text(name), name)
        keys = [label.key for label in scheme.labels if label.key]
        tables = scheme.rest.get("labels") or []
        keys += [further["key"] for table in tables for further in table.get("keys", ())]
        assert len(set(keys)) == len(keys), name
        assert not RESERVED_KEYS & set(keys), name


def test_a_label_s_own_key_wins_over_a_further_one_and_rubbish_is_passed_over() -> None:
    scheme = parse(
        """
        id = "s"
        name = "s"
        version = 1
        [[labels]]
        id = "a"
        name = "A"
        key = "a"
        keys = [{ key = "b", sets = { x = "1" } }, { key = 3 }, "c", { sets = {} }]
        [[labels]]
        id = "b"
        name = "B"
        key = "B"
        sets = "nothing"
        """,
        "s.toml",
    )
    assert {key: meaning.label.id for key, meaning in meanings(scheme).items()} == {"A": "a", "B": "b"}
    assert meanings(scheme)["B"].sets == {}
