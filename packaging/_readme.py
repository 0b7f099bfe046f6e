"""The tables of README that are made from what the program itself uses: keys, settings, commands."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from annotator.actions import BY_ID
from annotator.settings import PAGES, on_page

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
SCHEME = ROOT / "resources" / "schemes" / "news-sourcing.toml"

# What one wants to do, and the actions that do it; "*" is what no action says by itself.
_FIRST = (
    ("select", "drag; double click a word, triple click a sentence; or Shift+arrows, Shift+Ctrl+arrows by word"),
    ("grow the selection: word, quotation, sentence, paragraph; shrink it", ("select.expand", "select.shrink")),
    ("label what is selected", "*labels"),
    ("relabel the span under the caret", "the other label’s key"),
    ("put a second label on the same words", "Shift and its key"),
    ("go from span to span, to the enclosing one", ("span.next", "span.previous", "span.outward")),
    ("move its end by a word", ("span.end.right", "span.end.left")),
    ("move its start by a word", ("span.start.right", "span.start.left")),
    ("move its end by a character", ("span.end.right.character", "span.end.left.character")),
    ("add words to it: “Wait,” she said, “until noon.”", "select them, then *span.fragment"),
    ("say what must be said of it, as the right panel asks", "1 to 9, by their place on the keyboard"),
    ("take the source and cue that are proposed for a quote, see others", "Return, Tab; *span.propose asks for them"),
    ("tie it to another span, say that the text names no source", ("span.tie", "span.sourceless")),
    ("say who a source is, see all people, organisations and outlets", ("span.entry", "project.registry")),
    ("read what its label means, with examples", ("help.guideline",)),
    ("mark it to be discussed, as unsure, write a note", ("span.discuss", "span.unsure", "span.note")),
    ("go to what is not finished or looks wrong", ("check.next",)),
    ("delete it", ("span.delete",)),
    ("undo, redo (also after a restart), see all steps", ("edit.undo", "edit.redo", "edit.history")),
    ("finish the article and open the next", ("article.done",)),
    ("find words in the article, go on to the next", ("edit.find", "edit.find.next")),
    ("search the articles by text, title and outlet", ("view.search",)),
    ("judge the article: genre, topic and what else the scheme asks", ("article.judge",)),
    ("put headline, outlet, day right", ("article.describe",)),
    ("see all spans in a table", ("view.spans",)),
    (
        "fold the articles, hide labels and spans, see only the text",
        ("view.panel.articles", "view.panel.side", "view.focus"),
    ),
    ("read the manual, see all keys, find any action by its name", ("help.manual", "help.keys", "help.palette")),
    ("change the scheme, make labels of your own", ("project.scheme",)),
    ("change colours, text and keys", ("window.settings",)),
)


def _pressed(action: str) -> str:
    # The last of the keys may be a bare letter, which is quicker: "Ctrl+3 or T".
    keys = BY_ID[action].keys
    return " or ".join(dict.fromkeys((keys[0], *(key for key in keys[1:] if len(key) == 1 and len(keys[0]) > 1))))


def _labels() -> str:
    labels = tomllib.loads(SCHEME.read_text(encoding="utf-8"))["labels"]
    return ", ".join(_label(label) for label in labels if label.get("key"))


def _label(label: Mapping[str, Any]) -> str:
    """Return a label's key and name, and its further keys with what they say: Q quote (W indirect, E mixed)."""
    further = [f"{one['key']} {' '.join(map(str, one['sets'].values()))}" for one in label.get("keys", ())]
    more = f" ({', '.join(further)})" if further else ""
    return f"{label['key']} {label['name'].lower()}{more}"


def keys() -> str:
    """Return the table of what to press in the first five minutes."""
    lines = ["| to | press |", "|---|---|"]
    for what, how in _FIRST:
        if not isinstance(how, str):
            words = ", ".join(_pressed(action) for action in how)
        elif how == "*labels":
            words = _labels()
        else:
            words = re.sub(r"\*([a-z.]+)", lambda found: f"`{_pressed(found[1])}`", how)
        lines.append(f"| {what} | {words} |")
    return "\n".join(lines)


def settings() -> str:
    """Return the pages of the settings with what is chosen on each."""
    lines = []
    for page in PAGES:
        titles = [setting.title[:1].lower() + setting.title[1:] for setting in on_page(page)]
        lines.append(f"- {page.title}: {', '.join(filter(None, (page.besides, *titles)))}")
    return "\n".join(lines)


def each(group: click.Group) -> Iterator[tuple[str, click.Command]]:
    """Yield the commands of a group by name, those within one of them in its place."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", found) for inner, found in each(command))
        else:
            yield name, command


def commands(group: click.Group) -> str:
    """Return the list of commands with what each does."""
    rows = [("annotator [PROJECT]", "the window"), ("annotator demo", "the sample project in the window")]
    for name, command in each(group):
        pieces = command.collect_usage_pieces(click.Context(command, info_name=name))
        usage = " ".join(piece for piece in pieces if piece != "[OPTIONS]")
        about = (command.help or "").strip().partition("\n\n")[0].replace("\n", " ")
        rows.append((f"annotator {name} {usage}".strip(), about.rstrip(".")))
    wide = max(len(usage) for usage, _about in rows) + 2
    return "\n".join(["```text", *(f"{usage:{wide}}{about}" for usage, about in rows), "```"])


def made(text: str, parts: Mapping[str, Callable[[], str]]) -> str:
    """Return README with its tables made anew. Raises ValueError where the place of one is missing."""
    for name, part in parts.items():
        begin, end = f"<!-- {name}: made by packaging/make_manual.py -->", f"<!-- end of {name} -->"
        before, found, rest = text.partition(begin)
        _old, closed, after = rest.partition(end)
        if not found or not closed:
            raise ValueError(f"README.md has no place for the {name}: {begin} … {end}")
        text = f"{before}{begin}\n{part()}\n{end}{after}"
    return text
