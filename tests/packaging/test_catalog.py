"""The catalog holds every sentence of the program; a sentence is written out, and asked for when it is shown."""

from __future__ import annotations

import ast
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_catalog", ROOT / "packaging" / "make_catalog.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_catalog_is_not_stale_and_a_sentence_that_is_not_in_it_is_found(
    maker: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = maker.catalog()  # reads all of the source
    monkeypatch.setattr(maker, "catalog", lambda: made)
    assert maker.main(["--check"]) == 0, capsys.readouterr().out
    stale = tmp_path / "annotator.pot"
    stale.write_text(made.replace('msgid "Undo"\nmsgstr ""\n', ""), encoding="utf-8")
    monkeypatch.setattr(maker, "CATALOG", stale)
    assert maker.main(["--check"]) == 1


def test_what_is_read(maker: ModuleType) -> None:
    source = 'a = _("One.")\nb = n_("{n} thing", "{n} things", 2)\nc = later("Later")\nd = _(c)\ne = other("No")\n'
    assert sorted(maker.of_source(source)) == [("Later", ""), ("One.", ""), ("{n} thing", "{n} things")]


@pytest.mark.parametrize("call", ['_(f"Hello {name}")', '_("Hello " + name)', '_("Hello %s" % name)'])
def test_a_sentence_put_together_is_refused(maker: ModuleType, call: str) -> None:
    with pytest.raises(ValueError, match="written out"):
        list(maker.of_source(call))


def asked_at_import(tree: ast.AST) -> list[int]:
    """Return the lines where a sentence is asked for outside every function: too early to know the language."""
    found: list[int] = []
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            defaults = [*node.args.defaults, *(it for it in node.args.kw_defaults if it is not None)]
            for default in defaults:
                found += asked_at_import(ast.Expression(default))
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "n_"):
            found.append(node.lineno)
        found += asked_at_import(node)
    return found


def test_sentences_are_asked_for_when_they_are_shown() -> None:
    early = {
        path.relative_to(ROOT).as_posix(): lines
        for path in sorted((ROOT / "annotator").rglob("*.py"))
        if (lines := asked_at_import(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert early == {}


def test_a_sentence_asked_for_too_early_is_found() -> None:
    source = 'A = _("now")\ndef f(words=_("default")):\n    return _("fine")\nclass C:\n    b = n_("a", "b", 1)\n'
    assert asked_at_import(ast.parse(source)) == [1, 2, 5]
