"""The lock: names packages and hashes, no host; holds what pyproject asks for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def normal(name: str) -> str:
    return re.sub("[-_.]+", "-", name).lower()


def locked() -> dict[str, str]:
    return {normal(name): version for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", LOCK, re.M)}


def test_names_no_host_and_no_path() -> None:
    assert "://" not in LOCK
    assert not re.search(r"^\s*(-i|--index|--extra-index|-f|--find-links|#)", LOCK, re.M)


def test_every_package_has_hashes() -> None:
    entries = re.split(r"^(?=\S)", LOCK, flags=re.M)[1:]
    assert len(entries) == len(locked()) > 20
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_holds_what_pyproject_asks_for_and_what_builds_it() -> None:
    project = PYPROJECT["project"]
    wanted = [
        *project["dependencies"],
        *project["optional-dependencies"]["dev"],
        *PYPROJECT["build-system"]["requires"],
    ]
    names = {normal(re.match(r"[\w.-]+", line)[0]) for line in wanted}
    assert names | {"wheel"} <= locked().keys()


def test_qt_is_of_the_sound_release() -> None:
    assert locked()["pyside6-essentials"].startswith("6.11.")
