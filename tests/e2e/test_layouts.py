"""Labels and actions on keyboards of other countries, at a real window: by letter, by place; dead keys do nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from annotator import assets, whoami
from annotator.domain.scheme import parse
from annotator.editing.workspace import Workspace
from annotator.jobs.importing import import_paths
from annotator.storage.store import Store
from tests.e2e.desk import Desk, environment, until
from tests.x11 import x_server

SIZE = (1280, 800)
TEXT = "Ferry crews vote\n\n" + "They stay out until May, the union said. " * 8
BY_LETTER = ("q", "j", "ctrl+z")
BY_PLACE = ("24", "44", "ctrl+52")
"""X11's numbers of the keys where a US keyboard has Q, J and Z. Qt finds Ctrl+Z where a Latin layout stands second."""
LAYOUTS = {
    "us": BY_LETTER, "de": BY_LETTER, "fr": BY_LETTER, "es": BY_LETTER,
    "ru,us": BY_PLACE, "gr,us": BY_PLACE, "il,us": BY_PLACE,
}  # fmt: skip

pytestmark = [
    pytest.mark.x11,
    pytest.mark.timeout(120),
    pytest.mark.skipif(shutil.which("xdotool") is None, reason="xdotool is missing; packaging/test.py installs it"),
    pytest.mark.skipif(shutil.which("setxkbmap") is None, reason="setxkbmap is missing; it comes with Xvfb"),
]


def project_in(folder: Path, home: Path) -> Path:
    """Make a project with one article, for somebody who has a name."""
    before = os.environ.get("ANNOTATOR_HOME", "")
    os.environ["ANNOTATOR_HOME"] = str(home)
    try:
        identity = whoami.save_identity("Lena Brandt")
        path, file = folder / "Morning.annotator", folder / "ferry.txt"
        file.write_text(TEXT, encoding="utf-8")
        Store.create(path, parse(assets.scheme_text(), "news-sourcing.toml"))
        store = Store.open(path)
        import_paths(Workspace(store, identity.annotator, identity.device), [file])
        store.close()
    finally:
        os.environ["ANNOTATOR_HOME"] = before
    return path


def test_every_layout_labels_and_goes_on(tmp_path: Path) -> None:
    home = tmp_path / "home"
    project = project_in(tmp_path, home)

    def count(what: str) -> int:
        with closing(sqlite3.connect(f"{project.as_uri()}?mode=ro", uri=True)) as connection:
            number: int = connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0]
            return number

    def wait_for(spans: int, what: str) -> None:
        until(lambda: count("span") == spans, what)

    def press_until(key: str, spans: int, what: str) -> None:
        # Nothing tells when the program has heard of a layout; a second press of a label's key changes nothing.
        def made() -> bool:
            desk.press(key)
            return count("span") == spans

        until(made, what)

    with x_server(f"{SIZE[0]}x{SIZE[1]}") as server:
        desk = Desk(environment(server, home), SIZE)
        try:
            desk.start(str(project))
            desk.look_for("Ferry crews vote — Morning — Annotator")
            desk.arrange()
            desk.press("ctrl+Home")
            desk.press("ctrl+Right")
            for number, (layout, (label, following, undo)) in enumerate(LAYOUTS.items(), 1):
                desk.press("ctrl+shift+Right")
                subprocess.run(["setxkbmap", layout], env=desk.env, check=True)
                press_until(label, number, f"a span by the layout {layout}")
                desk.press("ctrl+Home")
                desk.press(following)  # the first span
                desk.press("Delete")
                wait_for(number - 1, f"the next span by the layout {layout}")
                desk.press(undo)
                wait_for(number, "the span again")
                desk.press("Escape")
                for _ in range(2 * number):
                    desk.press("ctrl+Right")
            subprocess.run(["setxkbmap", "de"], env=desk.env, check=True)
            desk.press("ctrl+shift+Right")
            press_until("s", len(LAYOUTS) + 1, "a span by the layout de again")
            steps = count("step")
            desk.press("ctrl+Right")
            desk.press("ctrl+shift+Right")
            desk.press("dead_acute")
            desk.press("a")  # á: not the claim's key
            desk.press("Escape")
            desk.press("ctrl+Right")
            desk.press("ctrl+shift+Right")
            desk.press("a")
            until(lambda: count("step") == steps + 1, "one step more")
            assert count("span") == len(LAYOUTS) + 2
        except BaseException:
            desk.picture(tmp_path / "failed.png")
            raise
        finally:
            desk.stop()
