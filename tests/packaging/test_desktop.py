"""What tells a desktop about the program, judged by the desktops' own tools."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from annotator.exchange.header import ENDING
from annotator.exchange.member import HEAD
from annotator.storage.layout import APPLICATION_ID

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "desktop"
ENTRY, MIME = FOLDER / "annotator.desktop", FOLDER / "annotator-mime.xml"
ABOUT = FOLDER / "local.annotator.Annotator.metainfo.xml"


def judged(*command: str) -> tuple[int, str]:
    """Return what a tool says; skips where it is not installed (`packaging/test.py` installs it)."""
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


def test_the_entry_is_valid(tmp_path: Path) -> None:
    assert judged("desktop-file-validate", str(ENTRY)) == (0, "")
    broken = tmp_path / "annotator.desktop"
    broken.write_text(ENTRY.read_text(encoding="utf-8").replace("Exec=", "Exce="), encoding="utf-8")
    assert judged("desktop-file-validate", str(broken))[0] != 0


def test_the_description_is_valid(tmp_path: Path) -> None:
    status, said = judged("appstreamcli", "validate", "--no-net", "--no-color", str(ABOUT))
    assert status == 0, said
    broken = tmp_path / ABOUT.name
    broken.write_text(ABOUT.read_text(encoding="utf-8").replace("CC0-1.0", "none"), encoding="utf-8")
    assert judged("appstreamcli", "validate", "--no-net", "--no-color", str(broken))[0] != 0


def test_the_file_type_is_taken(tmp_path: Path) -> None:
    packages = tmp_path / "mime" / "packages"
    packages.mkdir(parents=True)
    shutil.copy(MIME, packages)
    status, said = judged("update-mime-database", str(tmp_path / "mime"))
    assert status == 0, said
    assert "rror" not in said
    globs = (tmp_path / "mime" / "globs2").read_text(encoding="utf-8")
    assert "60:application/x-annotator-project:*.annotator" in globs
    assert "60:application/x-annotator-package:*.annotator-package" in globs


def test_a_package_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    # What the type's magic says, read as the specification does, against what the program writes.
    kind = MIME.read_text(encoding="utf-8").partition("application/x-annotator-package")[2]
    found = re.findall(r'<match type="string" offset="(\d+)" value="(.*?)">?', kind)
    assert len(found) == 2
    for offset, value in found:
        data = value.encode("latin-1").decode("unicode_escape").encode("latin-1")
        assert HEAD[int(offset) : int(offset) + len(data)] == data
    packages = tmp_path / "mime" / "packages"
    packages.mkdir(parents=True)
    shutil.copy(MIME, packages)
    assert judged("update-mime-database", str(tmp_path / "mime"))[0] == 0
    assert b"application/x-annotator-package" in (tmp_path / "mime" / "magic").read_bytes()


def test_the_files_fit_one_another_and_the_program() -> None:
    entry = ENTRY.read_text(encoding="utf-8")
    kinds = re.findall(r'mime-type type="(.*?)"', MIME.read_text(encoding="utf-8"))
    assert len(kinds) == 2
    assert f"MimeType={';'.join(kinds)};" in entry
    for kind in kinds:
        assert f"<mediatype>{kind}</mediatype>" in ABOUT.read_text(encoding="utf-8")
    assert f'pattern="*{ENDING}"' in MIME.read_text(encoding="utf-8")
    assert f'value="{APPLICATION_ID.to_bytes(4, "big").decode()}"' in MIME.read_text(encoding="utf-8")
    assert f">{ENTRY.name}<" in ABOUT.read_text(encoding="utf-8")
