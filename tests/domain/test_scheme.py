"""Schemes from TOML and back, what is unknown kept, what is wrong refused with file and reason."""

from __future__ import annotations

import pytest

from annotator.domain import ids
from annotator.domain import scheme as schemes
from annotator.domain.errors import UserError
from annotator.domain.scheme import Label, Scheme

TOML = """
id = "mine"
name = "Mine"
version = 3
[[labels]]
id = "quote"
name = "Quote"
key = "q"
light = "#0072B2"
dark = "#56B4E9"
examples = ["one"]
[[labels]]
id = "cue"
name = "Cue"
[[relations]]
id = "supports"
"""


def test_a_scheme_is_read_and_what_is_unknown_kept() -> None:
    scheme = schemes.parse(TOML, "mine.toml")
    assert [(label.id, label.key) for label in scheme.labels] == [("quote", "Q"), ("cue", "")]
    assert scheme.label("cue") == scheme.labels[1]
    assert scheme.label("other") is None
    data = schemes.to_data(scheme)
    assert data["relations"] == [{"id": "supports"}]
    assert data["labels"][0]["examples"] == ["one"]
    again = schemes.from_data(data)
    assert again == scheme
    assert again.sha256 == scheme.sha256


def test_the_fingerprint_follows_the_content() -> None:
    assert schemes.parse(TOML, "x").sha256 != schemes.parse(TOML.replace("supports", "contradicts"), "x").sha256


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("version = 3", "version = 0", "version"),
        ("version = 3", "version = true", "version"),
        ('name = "Mine"', "name = 3", "name"),
        ('id = "cue"', 'id = "quote"', "share the id"),
        ('name = "Cue"', 'name = "Cue"\nkey = "Q"', "share the key"),
        ('key = "q"', 'key = "qq"', "one character"),
        ("#0072B2", "blue", "not a colour"),
        ('id = "mine"', "id = ", "not valid TOML"),
    ],
)
def test_a_wrong_scheme_is_refused_with_file_and_reason(old: str, new: str, reason: str) -> None:
    with pytest.raises(UserError, match=f"mine.toml: .*{reason}"):
        schemes.parse(TOML.replace(old, new), "mine.toml")


def test_a_project_begins_with_a_scheme_of_its_own_where_that_has_no_labels() -> None:
    blank = Scheme("blank", "Blank", 1, ())
    made = [schemes.begun(blank, name, ids.uuid7) for name in ("Harbour", "Harbour", "\udcff" * 99)]
    assert [one.name for one in made] == ["Harbour", "Harbour", "?" * 80]
    assert len({one.id for one in made}) == 3
    labelled = Scheme("ours", "Ours", 4, (Label("a", "A", "A", "#000000", "#FFFFFF"),))
    assert schemes.begun(labelled, "Harbour", ids.uuid7) is labelled
