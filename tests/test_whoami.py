"""Who I am: asked once, kept whole, never guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator import paths, whoami
from annotator.domain.errors import UserError


def test_nobody_is_known_before_they_are_asked() -> None:
    assert whoami.identity() is None


@pytest.mark.parametrize("name", ["Ana", "Łucja “Lu” Ødegård", 'back\\slash "quoted"', "محمود", "🙂", "  spaces  "])
def test_a_name_is_kept_and_the_id_stays(name: str) -> None:
    first = whoami.save_identity("First")
    second = whoami.save_identity(name)
    assert whoami.identity() == second
    assert second.annotator.name == name.strip()
    assert (second.annotator.id, second.device) == (first.annotator.id, first.device)


@pytest.mark.parametrize("name", ["", "   ", "a\nb", "a\x00b", "x" * 201, "a\u202eb"])
def test_a_name_that_cannot_be_shown_is_refused(name: str) -> None:
    with pytest.raises(UserError):
        whoami.save_identity(name)
    assert whoami.identity() is None


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"id = 3", b'id = "x"\nname = ""\ndevice = "d"', b"{"])
def test_a_damaged_file_is_told_and_not_replaced(content: bytes) -> None:
    file = paths.config_dir() / "identity.toml"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    with pytest.raises(UserError, match=r"identity\.toml"):
        whoami.identity()
    with pytest.raises(UserError):
        whoami.save_identity("Ana")
    assert file.read_bytes() == content


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "x"
    paths.write_whole(file, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        paths.write_whole(file, b"new")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]
