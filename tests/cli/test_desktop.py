"""The entry in the desktop's menu."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.cli.desktop import command_line
from annotator.cli.main import main


def test_it_is_put_in_and_taken_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = tmp_path / "share"
    monkeypatch.setenv("XDG_DATA_HOME", str(base))
    assert main(["desktop"]) == 0
    entry = (base / "applications" / "annotator.desktop").read_text(encoding="utf-8")
    (line,) = [line for line in entry.splitlines() if line.startswith("Exec=")]
    program = shlex.split(line.removeprefix("Exec="))
    assert Path(program[0]).is_absolute()
    assert Path(program[0]).exists()
    assert program[-1] == "%f"
    assert (base / "icons" / "hicolor" / "scalable" / "apps" / "annotator.svg").read_bytes().startswith(b"<svg")
    assert main(["desktop"]) == 0  # a second time changes nothing
    assert main(["desktop", "--remove"]) == 0
    assert not (base / "applications" / "annotator.desktop").exists()
    assert main(["desktop", "--remove"]) == 0


def test_a_folder_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "share").write_text("a file", encoding="utf-8")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    assert main(["desktop"]) == 1
    assert "cannot be written" in capsys.readouterr().err


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\n"), min_size=1), min_size=1, max_size=4))
def test_any_path_can_stand_in_the_line(words: list[str]) -> None:
    assert _read(command_line(words)) == words


def _read(value: str) -> list[str]:
    """Read a value of Exec as the specification says a desktop does: string escapes, quotes, then field codes."""
    text, words, word, quoted, at = value.replace("\\\\", "\\"), [], "", False, 0
    begun = False
    while at < len(text):
        letter = text[at]
        if quoted and letter == "\\":
            at += 1
            word += text[at]
        elif letter == '"':
            quoted, begun = not quoted, True
        elif letter == " " and not quoted:
            words.append(word)
            word, begun = "", False
        else:
            word, begun = word + letter, True
        at += 1
    if begun:
        words.append(word)
    return [word.replace("%%", "%") for word in words]
