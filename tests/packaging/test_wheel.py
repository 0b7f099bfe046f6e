"""The built program, outside the checkout: a wheel from the source archive, in a virtual environment of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILD = """
import os, sys, tarfile
from setuptools import build_meta
target = sys.argv[1]  # setuptools puts words of its own into sys.argv
sdist = os.path.join(target, build_meta.build_sdist(target))
with tarfile.open(sdist) as archive:
    archive.extractall(target, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
os.chdir(sdist.removesuffix(".tar.gz"))
build_meta.build_wheel(target)
"""


SHOWN = """
from annotator import whoami
from annotator.jobs.sample import make_sample
from annotator.paths import sample_project_path
from annotator.ui.icons import icon
from annotator.ui.look import ARGUMENTS, Look
from annotator.ui.session import Session
from annotator.ui.window import MainWindow
from PySide6.QtWidgets import QApplication

app = QApplication(["annotator", *ARGUMENTS])
make_sample(sample_project_path())
window = MainWindow(Session(whoami.save_identity("Lena Brandt")), Look(app))
window.files.sample()
window.show()
window.settle()
app.processEvents()
assert window.session.text and window.session.spans, "the sample is shown"
picture = icon("search", "#102030").pixmap(16, 16).toImage()
assert any(picture.pixelColor(x, y).alpha() for x in range(16) for y in range(16)), "an icon is drawn"
assert window.grab().toImage().pixelColor(700, 60).isValid()
window.sheets.manual()
app.processEvents()
assert "Annotator" in window.sheets.manual_window.windowTitle() or window.sheets.manual_window.isVisible()
window.close()
print("shown")
"""


def run(command: list[str], folder: Path, seconds: int = 100) -> str:
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "DISPLAY")}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=seconds)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, made of the source archive."""
    folder = tmp_path_factory.mktemp("wheel")
    source, built = folder / "source", folder / "built"
    leave = shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "build", "dist")
    shutil.copytree(ROOT, source, ignore=leave)
    built.mkdir()
    run([sys.executable, "-c", BUILD, str(built)], source)
    (wheel,) = built.glob("*.whl")
    return wheel


def test_wheel_from_the_source_archive_runs_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "place"
    names = zipfile.ZipFile(wheel).namelist()
    wanted = ["samples/samples.jsonl", "schemes/news-sourcing.toml", "icons/annotator.svg"]
    assert [name for name in wanted if f"annotator/resources/{name}" not in names] == []
    shipped = (path.relative_to(ROOT) for path in (ROOT / "resources").rglob("*") if path.is_file())
    there = [str(path) for path in shipped if path.suffix not in (".py", ".pyc")]
    assert len(there) > 20
    assert [path for path in there if f"annotator/{path}" not in names] == []
    assert [name for name in names if name.startswith(("tests/", "packaging/"))] == []

    venv.create(place, symlinks=True)
    site = next(place.glob("lib/python*/site-packages"))
    zipfile.ZipFile(wheel).extractall(site)
    # what the wheel depends on comes from the environment of the tests; the checkout itself must not
    libraries = Path(pytest.__file__).parents[1]
    (site / "zz-dependencies.pth").write_text(f"{libraries}\n", encoding="utf-8")
    python = str(place / "bin" / "python")
    where = run(
        [python, "-c", "import annotator, annotator.assets as a; print(annotator.__file__, a.icon_names())"], tmp_path
    )
    assert where.startswith(str(site))
    assert "chevron-left" in where
    said = run([python, "-m", "annotator", "--version"], tmp_path)
    assert "0.1.0" in said
    env = [f"ANNOTATOR_HOME={tmp_path / 'home'}", "QT_QPA_PLATFORM=offscreen"]
    assert run(["env", *env, python, "-c", SHOWN], tmp_path).split("\n")[-2] == "shown"


@pytest.mark.full
@pytest.mark.timeout(300)
def test_pipx_installs_it_as_readme_says(wheel: Path, tmp_path: Path) -> None:
    home, bin = tmp_path / "pipx", tmp_path / "bin"
    env = ["env", f"PIPX_HOME={home}", f"PIPX_BIN_DIR={bin}", f"PIPX_MAN_DIR={home / 'man'}"]
    # The same versions as everywhere here, so that a release of tomorrow breaks no run of today.
    pip = f"--pip-args=--constraint={constraints(tmp_path)}"
    run([*env, sys.executable, "-m", "pipx", "install", pip, str(wheel)], tmp_path, seconds=280)
    assert "0.1.0" in run([str(bin / "annotator"), "--version"], tmp_path)
    python = str(home / "venvs" / "annotator" / "bin" / "python")
    more = [f"ANNOTATOR_HOME={tmp_path / 'home'}", "QT_QPA_PLATFORM=offscreen"]
    assert run(["env", *more, python, "-c", SHOWN], tmp_path).split("\n")[-2] == "shown"


def constraints(folder: Path) -> Path:
    """Return a file of the versions that the lock names, without their hashes."""
    pins = re.findall(r"^[\w.-]+==[^\s;\\]+", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(pins) > 20
    file = folder / "constraints.txt"
    file.write_text("\n".join(pins), encoding="utf-8")
    return file
