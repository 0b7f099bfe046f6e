"""The manual's tables are the program's own: an action, a setting or a command that is not in them is found."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import click
import pytest

from annotator import actions, assets
from annotator.actions import Action, Where
from annotator.settings import PAGES, Setting

ROOT = Path(__file__).parents[2]


@pytest.fixture
def maker(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT / "packaging")
    spec = importlib.util.spec_from_file_location("make_manual", ROOT / "packaging" / "make_manual.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_are_not_stale(maker: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert maker.main(["--check"]) == 0, capsys.readouterr().out


def test_every_page_is_there_and_begins_with_its_name() -> None:
    names = {path.stem for path in (ROOT / "resources" / "manual").glob("*.md")}
    assert names == {name for name, _ in assets.MANUAL}
    for name, title in assets.MANUAL:
        heading = assets.manual_page(name).partition("\n")[0]
        assert heading.startswith(f"# {title}"), name


def test_a_planted_action_is_found(maker: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    planted = Action("span.planted", "Do something new", "Span", ("F9",), Where.SPAN)
    monkeypatch.setattr(maker, "ACTIONS", (*actions.ACTIONS, planted))
    assert maker.main(["--check"]) == 1


def test_a_planted_setting_is_found(maker: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    planted = Setting("planted", "Something new", "Window", 1, least=0, most=2)
    monkeypatch.setattr(maker, "SETTINGS", (*maker.SETTINGS, planted))
    assert maker.main(["--check"]) == 1


def test_a_planted_command_is_found(maker: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    planted = click.Group("annotator", commands={**maker.commands.commands, "planted": click.Command("planted")})
    monkeypatch.setattr(maker, "commands", planted)
    assert maker.main(["--check"]) == 2  # the manual's page and README


def test_a_changed_key_makes_readme_stale(
    maker: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = actions.BY_ID["span.next"]._replace(keys=("N",))
    monkeypatch.setitem(maker._readme.BY_ID, "span.next", changed)
    assert maker.main(["--check"]) == 1
    assert "README.md" in capsys.readouterr().out


def test_a_readme_without_a_place_for_a_table_is_refused(maker: ModuleType) -> None:
    with pytest.raises(ValueError, match="no place for the keys"):
        maker._readme.made("# Annotator\n", {"keys": lambda: ""})


def test_readme_names_every_command() -> None:
    from annotator.cli.main import commands

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in commands.commands:
        assert f"annotator {name} " in readme, name


def test_readme_and_manual_name_the_pages_of_the_settings(maker: ModuleType) -> None:
    listed = maker._readme.settings().splitlines()
    assert [line.removeprefix("- ").partition(":")[0] for line in listed] == [page.title for page in PAGES]
    assert all(f"*{page.title}*" in maker.settings() for page in PAGES)
