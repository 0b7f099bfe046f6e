"""Files that ship with the program, read by one path from a checkout, a wheel and an editable install.

The folder of `annotator.resources` is looked into as it is: `importlib.resources`, which would also look into archives,
costs every start three milliseconds, and Python packages with Qt in them are not run out of archives.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

DEFAULT_SCHEME = "news-sourcing"


def _names(folder: str, ending: str) -> tuple[str, ...]:
    names = (entry.name for entry in _root().joinpath(folder).iterdir())
    return tuple(sorted(name.removesuffix(ending) for name in names if name.endswith(ending)))


@cache
def _root() -> Path:
    return Path(import_module("annotator.resources").__path__[0])


def _file(folder: str, name: str) -> Path:
    return _root().joinpath(folder, name)


def catalogs() -> Path:
    """Return the folder of the translations."""
    return _root() / "locale"


def desktop_file(name: str) -> bytes:
    """Return what tells a desktop about the program: entry, file type, description. Raises FileNotFoundError."""
    return _file("desktop", name).read_bytes()


def fonts() -> tuple[Path, ...]:
    """Return the files of the font for reading (SIL Open Font License 1.1, beside them): regular and semibold."""
    return tuple(_file("fonts", f"SourceSerif4-{weight}.ttf") for weight in ("Regular", "Semibold"))


def clear_font() -> Path:
    """Return the file of the font whose letters are easy to tell apart (SIL Open Font License 1.1, beside it)."""
    return _file("fonts", "AtkinsonHyperlegible-Regular.ttf")


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


def samples_path() -> Path:
    """Return the path of the sample articles' JSONL, for code that reads files."""
    return _file("samples", "samples.jsonl")


MANUAL = (
    ("begin", "First steps"),
    ("tagging", "Tagging"),
    ("review", "Review"),
    ("scheme", "A scheme of your own"),
    ("colleagues", "Colleagues"),
    ("keys", "Keys"),
    ("settings", "Settings"),
    ("commands", "Commands"),
    ("safety", "What is promised"),
    ("packagefile", "Packages as files"),
)
"""The pages of the manual, by name and title, in the order one reads them."""


def manual_page(name: str) -> str:
    """Return a page of the manual as Markdown. Raises FileNotFoundError for a name that MANUAL does not hold."""
    return _file("manual", f"{name}.md").read_text(encoding="utf-8")


def manual_picture(name: str) -> bytes:
    """Return a picture of the manual (PNG) by the name of its file; b"" for a name that is none of ours."""
    return _file("manual", name).read_bytes() if name in {f"{it}.png" for it in _names("manual", ".png")} else b""


def article_schema() -> str:
    """Return the JSON Schema of our JSONL, one article a line."""
    return _root().joinpath("annotator-article.schema.json").read_text(encoding="utf-8")


def review_schema() -> str:
    """Return the JSON Schema of what a review writes, a decision or a difference a line."""
    return _root().joinpath("annotator-review.schema.json").read_text(encoding="utf-8")
