"""Files that ship with the program, read by one path from a checkout, a wheel and an editable install."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path

_PACKAGE = "annotator.resources"
DEFAULT_SCHEME = "news-sourcing"


def _names(folder: str, ending: str) -> tuple[str, ...]:
    names = (entry.name for entry in _root().joinpath(folder).iterdir())
    return tuple(sorted(name.removesuffix(ending) for name in names if name.endswith(ending)))


@cache
def _root() -> Traversable:
    return files(_PACKAGE)


def _file(folder: str, name: str) -> Traversable:
    return _root().joinpath(folder, name)


def icon_names() -> tuple[str, ...]:
    """Return the names of all icons, sorted."""
    return _names("icons", ".svg")


def icon(name: str, colour: str = "") -> bytes:
    """Return the SVG of an icon; `colour` (#RRGGBB) takes the place of its currentColor.

    Raises FileNotFoundError for a name that `icon_names` does not hold.
    """
    svg = _file("icons", f"{name}.svg").read_bytes()
    return svg.replace(b"currentColor", colour.encode("ascii")) if colour else svg


def scheme_names() -> tuple[str, ...]:
    """Return the names of the schemes that ship with the program, sorted."""
    return _names("schemes", ".toml")


def scheme_text(name: str = DEFAULT_SCHEME) -> str:
    """Return the TOML of a scheme; `domain.scheme.parse` reads it.

    Raises FileNotFoundError for a name that `scheme_names` does not hold.
    """
    return _file("schemes", f"{name}.toml").read_text(encoding="utf-8")


def samples() -> bytes:
    """Return the sample articles with their worked spans, in our JSONL."""
    return _file("samples", "samples.jsonl").read_bytes()


@contextmanager
def samples_path() -> Iterator[Path]:
    """Yield a path of the sample articles' JSONL, for code that reads files; gone again where it had to be unpacked."""
    with as_file(_file("samples", "samples.jsonl")) as path:
        yield path


def article_schema() -> str:
    """Return the JSON Schema of our JSONL, one article a line."""
    return _root().joinpath("annotator-article.schema.json").read_text(encoding="utf-8")
