"""What was saved on one computer is me on another, and each of the two stays a place of its own."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator import identityfile, keys, paths, whoami
from annotator.domain.article import Annotator
from annotator.domain.errors import UserError
from annotator.whoami import Identity

BO = "0190a000-0000-7000-8000-00000000000b"


@pytest.fixture
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Go to a computer: a home of its own."""

    def go(name: str) -> None:
        monkeypatch.setenv("ANNOTATOR_HOME", str(tmp_path / name))

    go("desk")
    return go


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ana.annotator-identity"


def identity() -> Identity:
    found = whoami.identity()
    assert found is not None
    return found


def test_who_was_nobody_yet_is_who_was_saved(computer: Callable[[str], None], file: Path) -> None:
    saved, key = whoami.save_identity("Łucja “Lu” Ødegård"), keys.public_hex()
    identityfile.save(file)
    computer("laptop")
    taken = identityfile.take(file)
    assert taken.identity == identity()
    assert taken.words == f"You are {saved.annotator.name} ({saved.annotator.id}) here now."
    assert (identity().annotator, identity().also) == (saved.annotator, ())
    assert identity().device not in ("", saved.device)
    assert keys.public_hex() == key


def test_what_was_done_here_before_counts_as_mine(computer: Callable[[str], None], file: Path) -> None:
    whoami.save_identity("Ana")
    saved = whoami.add_also(BO)
    key = keys.public_hex()
    identityfile.save(file)
    computer("laptop")
    before = whoami.save_identity("Ana R.")
    old_key = keys.public_hex()
    words = identityfile.take(file).words
    assert before.annotator.id in words
    assert "counts as yours too" in words
    now = identity()
    assert now == Identity(saved.annotator, before.device, (BO, before.annotator.id))
    assert keys.public_hex() == key
    # Packages that I made here before are known as mine.
    assert keys.badge(before.annotator.id, old_key) == "known"
    assert keys.badge(before.annotator.id, key) == "known"
    assert keys.badge(before.annotator.id, "ab" * 32) == "other"
    assert keys.badge(now.annotator.id, key) == "known"
    # A second time nothing changes.
    assert "nothing changed" in identityfile.take(file).words
    assert identity() == now
    # And the way back is there.
    identityfile.take(identityfile.before_path())
    assert (identity().annotator, keys.public_hex()) == (before.annotator, old_key)


def test_a_new_name_and_key_of_the_same_person(computer: Callable[[str], None], file: Path) -> None:
    first = whoami.save_identity("Ana")
    identityfile.save(file)
    old = keys.public_hex()
    (paths.config_dir() / "identity.key").unlink()
    whoami.save_identity("Anna")
    new = keys.public_hex()
    assert new != old
    assert "as before; name and key are those of the file" in identityfile.take(file).words
    assert (identity(), keys.public_hex()) == (first, old)
    assert keys.badge(first.annotator.id, new) == "known"
    assert not identityfile.before_path().exists()


def test_a_damaged_key_is_mended_by_the_file(file: Path) -> None:
    whoami.save_identity("Ana")
    key = keys.public_hex()
    identityfile.save(file)
    (paths.config_dir() / "identity.key").write_bytes(b"")
    identityfile.take(file)
    assert keys.public_hex() == key


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_nobody_else_reads_the_file(file: Path) -> None:
    whoami.save_identity("Ana")
    mask = os.umask(0)
    try:
        identityfile.save(file)
        file.chmod(0o644)
        identityfile.save(file, replace=True)
    finally:
        os.umask(mask)
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_stays_unless_told(file: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="who you are"):
        identityfile.save(file)
    whoami.save_identity("Ana")
    file.write_bytes(b"other")
    for target, words in (
        (file, "is there already"),
        (tmp_path, "is a folder"),
        (tmp_path / "none" / "x", "does not exist"),
        (tmp_path / "p.annotator", "name of a project"),
    ):
        with pytest.raises(UserError, match=words):
            identityfile.save(target)
    assert file.read_bytes() == b"other"
    identityfile.save(file, replace=True)
    assert json.loads(file.read_bytes())["name"] == "Ana"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"format": "annotator-package"}, "is no identity"),
        ({"version": "2.0"}, "newer Annotator"),
        ({"version": None}, "newer Annotator"),
        ({"id": "ana"}, "does not say who"),
        ({"id": None}, "does not say who"),
        ({"also": None}, "does not say who"),
        ({"also": ["x"]}, "does not say who"),
        ({"name": 3}, "does not say who"),
        ({"name": " "}, "must not be empty"),
        ({"name": "a\nb"}, "line ends"),
        ({"key": "ab"}, "holds no key"),
        ({"key": None}, "holds no key"),
    ],
)
def test_a_file_that_is_not_right_changes_nothing(
    computer: Callable[[str], None], file: Path, said: dict[str, Any], words: str
) -> None:
    whoami.save_identity("Ana")
    identityfile.save(file)
    secret = json.loads(file.read_bytes())["key"]
    file.write_text(json.dumps(json.loads(file.read_bytes()) | said), encoding="utf-8")
    computer("laptop")
    before, key = whoami.save_identity("Bo"), keys.public_hex()
    with pytest.raises(UserError, match=words) as told:
        identityfile.take(file)
    assert secret not in str(told.value)
    assert (identity(), keys.public_hex(), keys.trusted()) == (before, key, {})


def test_what_is_no_such_file(tmp_path: Path, file: Path) -> None:
    for data in (b"", b"\x89PNG", b"[1]", b"[" * 60_000, b" " * 100_000, b'{"format": NaN}'):
        file.write_bytes(data)
        with pytest.raises(UserError, match="is no identity"):
            identityfile.take(file)
    for path in (tmp_path, tmp_path / "missing"):
        with pytest.raises(UserError, match="is no file"):
            identityfile.take(path)
    assert whoami.identity() is None


# who I am in a project


def test_i_am_who_of_me_stands_in_the_project() -> None:
    ana = Annotator("a", "Ana")
    me = Identity(ana, "desk", ("b", "c"))
    assert whoami.acting(me, {}) == ana
    assert whoami.acting(me, {"x": None, "c": None}) == Annotator("c", "Ana")
    assert whoami.acting(me, {"c": None, "b": None}) == Annotator("b", "Ana")
    assert whoami.acting(me, {"c": None, "a": None}) == ana


def test_further_ids_are_kept_with_the_name() -> None:
    with pytest.raises(UserError, match="who you are"):
        whoami.add_also(BO)
    first = whoami.save_identity("Ana")
    assert whoami.add_also(BO).also == (BO,)
    assert whoami.add_also(BO).also == (BO,)
    assert whoami.add_also(first.annotator.id).also == (BO,)
    assert whoami.add_also(first.device).also == (BO, first.device)
    again = whoami.save_identity("Anna")
    assert again == Identity(Annotator(first.annotator.id, "Anna"), first.device, (BO, first.device))
    assert identity() == again


@pytest.mark.parametrize("also", ['"x"', "[3]", '[""]', "{}"])
def test_further_ids_that_cannot_be_read_are_told(also: str) -> None:
    whoami.save_identity("Ana")
    path = paths.config_dir() / "identity.toml"
    path.write_text(path.read_text(encoding="utf-8") + f"also = {also}\n", encoding="utf-8")
    with pytest.raises(UserError, match="also is not a list of ids"):
        whoami.identity()


def test_the_quick_reader_reads_what_we_write(monkeypatch: pytest.MonkeyPatch) -> None:
    import tomllib

    whoami.save_identity("Ana")
    whoami.add_also(BO)
    text = (paths.config_dir() / "identity.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["also"] == [BO]
    monkeypatch.setattr(tomllib, "loads", None)
    assert identity().also == (BO,)
