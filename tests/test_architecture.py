"""The rooms of the house: the import contracts hold, and each is seen to break when a forbidden import is planted."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {contract["name"]: contract for contract in PYPROJECT["tool"]["importlinter"]["contracts"]}
GROUND = {
    "actions",
    "arrivals",
    "assets",
    "paths",
    "places",
    "recent",
    "settings",
    "whoami",
    "crashlog",
    "i18n",
    "identityfile",
    "keys",
    "times",
}

PLANTS = [
    ("Arrows go down only", "domain/text.py", "import annotator.storage.store"),
    ("Arrows go down only", "cli/__init__.py", "import annotator.ui.theme"),
    ("Arrows go down only", "review/align.py", "import annotator.storage.store"),
    ("Arrows go down only", "report/geometry.py", "import annotator.review.agreement"),
    ("Ground rooms import nothing above them", "assets.py", "import annotator.storage.store"),
    ("Qt only in ui", "storage/store.py", "import PySide6.QtCore"),
    ("Qt only in ui", "ui/text/keys.py", "from PySide6.QtCore import Qt"),
    ("Qt only in ui", "ui/text/selection.py", "import annotator.ui.theme"),
    ("The door imports Qt by way of ui only", "__main__.py", "import PySide6.QtCore"),
    ("SQL only in storage", "editing/workspace.py", "import sqlite3"),
    ("SQL only in storage", "ui/theme.py", "import sqlite_utils"),
    ("click only in cli", "jobs/__init__.py", "import click"),
    ("domain needs the standard library and words only", "domain/span.py", "import msgspec"),
]


def lint(folder: Path) -> tuple[int, str]:
    """Run import-linter on the copy in the folder; return its code and what it printed."""
    call = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", call], cwd=folder, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def house(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "annotator", tmp_path / "annotator", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_contracts_hold(house: Path) -> None:
    code, said = lint(house)
    assert code == 0, said
    assert f"{len(CONTRACTS)} kept, 0 broken" in said


def plant(house: Path, file: str, planted: str) -> int:
    """Put an import at the end of a file; return its line."""
    path = house / "annotator" / file
    source = path.read_text(encoding="utf-8")
    path.write_text(f"{source}\n{planted}\n", encoding="utf-8")
    return source.count("\n") + 2


def test_planted_imports_break(house: Path) -> None:
    lines = [(contract, file, plant(house, file, planted)) for contract, file, planted in PLANTS]
    code, said = lint(house)
    assert code != 0
    # Each contract's heading is underlined; what breaks it stands below.
    broken = re.split(r"\n(.+)\n-+\n", said.split("Broken contracts", 1)[1])
    below = dict(zip(broken[1::2], broken[2::2], strict=True))
    for contract, file, line in lines:
        assert f"{contract} BROKEN" in said
        told = below[contract]
        module = "annotator." + file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        assert re.search(rf"{re.escape(module)} -> [a-zA-Z0-9_.]+ \(l\.{line}\)", told), (contract, file, told)


@pytest.mark.full
@pytest.mark.parametrize(("contract", "file", "planted"), PLANTS)
def test_each_planted_import_breaks_by_itself(house: Path, contract: str, file: str, planted: str) -> None:
    plant(house, file, planted)
    code, said = lint(house)
    assert code != 0
    assert f"{contract} BROKEN" in said


def test_every_contract_has_a_plant() -> None:
    assert {contract for contract, _, _ in PLANTS} == set(CONTRACTS)


def rooms() -> set[str]:
    found = {path.stem for path in (ROOT / "annotator").glob("*.py")} - {"__init__"}
    return found | {path.parent.name for path in (ROOT / "annotator").glob("*/__init__.py")}


def test_no_room_is_forgotten() -> None:
    layers = " ".join(CONTRACTS["Arrows go down only"]["layers"]).replace("|", " ").split()
    ground = {
        name.removeprefix("annotator.")
        for name in CONTRACTS["Ground rooms import nothing above them"]["source_modules"]
    }
    assert {name.removeprefix("annotator.") for name in layers} | ground == rooms()
    assert ground == GROUND & rooms()
    for name, free in [("Qt only in ui", "ui"), ("SQL only in storage", "storage"), ("click only in cli", "cli")]:
        held = {source.split(".")[1] for source in CONTRACTS[name]["source_modules"] if source.count(".") == 1}
        assert held == rooms() - {free, "__main__"}, name


def test_every_room_stands_in_the_map() -> None:
    text = (ROOT / "annotator" / "README.md").read_text(encoding="utf-8")
    floors, of_storage = (
        text.split("## A keystroke")[0],
        text.split("## Rooms of `storage`")[1].split("## Decisions")[0],
    )
    assert {
        name for name in rooms() - {"resources"} if f"`{name}.py`" not in floors and f"`{name}/`" not in floors
    } == set()
    files = {path.stem for path in (ROOT / "annotator" / "storage").glob("*.py")} - {"__init__"}
    assert {name for name in files if f"`{name}`" not in of_storage} == set()


def test_domain_imports_the_standard_library_only() -> None:
    foreign = set()
    for path in (ROOT / "annotator" / "domain").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            foreign |= {
                (path.name, name) for name in names if not name.startswith(("annotator.domain", "annotator.i18n"))
            }
    assert {(file, name) for file, name in foreign if name.split(".")[0] not in sys.stdlib_module_names} == set()


def test_every_package_is_in_the_wheel() -> None:
    packages = set(PYPROJECT["tool"]["setuptools"]["packages"])
    ours = {str(path.parent.relative_to(ROOT)).replace("/", ".") for path in (ROOT / "annotator").rglob("__init__.py")}
    others = {
        str(path.parent.relative_to(ROOT)).replace("/", ".") for path in (ROOT / "resources").rglob("__init__.py")
    }
    assert packages == ours | {f"annotator.{name}" for name in others}


def test_no_timer_outlives_its_window() -> None:
    """A QBasicTimer that runs when its object goes gives its number back twice: something else crashes later."""
    found = [
        path.relative_to(ROOT)
        for path in (ROOT / "annotator").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and any(name.name == "QBasicTimer" for name in node.names)
    ]
    assert found == []
