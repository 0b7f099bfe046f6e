"""Writes the pages of the manual and the parts of README that are tables: keys, settings, commands.

Each is made from what the program itself uses. With --check it writes nothing and tells what is stale.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import _readme
import click

from annotator.actions import ACTIONS, Action
from annotator.cli.main import commands
from annotator.settings import PAGES as TABS
from annotator.settings import SETTINGS, Setting, page_of

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "resources" / "manual"
_HABITS = (
    "The text knows the keys of every editor too: arrows, Ctrl+arrows by word, Home and End, Page Up and Page Down, "
    "each with Shift to select; a double click takes the word, a triple click the sentence. Labels have the keys that "
    "stand beside them in the right panel."
)


def keys() -> str:
    """Return the page of all actions with their keys, by menu."""
    lines = [
        "# Keys",
        "",
        _HABITS,
        "The key of every action can be changed, also where your desktop takes one for itself: *File ▸ Settings…*, "
        "page *Keys*. Ctrl+Shift+P finds any action by a few letters of its name; Ctrl+K there changes its key. "
        "The key of a label cannot be given to an action: labels are pressed most.",
        "",
        "![Finding an action by its name](palette.png)",
        "",
    ]
    menu = ""
    for action in ACTIONS:
        if action.menu != menu:
            menu = action.menu
            lines += ["", f"## {menu}", "", "| action | keys |", "|---|---|"]
        lines.append(f"| {_name(action)} | {', '.join(map(_cell, action.keys))} |")
    return "\n".join(lines) + "\n"


def _name(action: Action) -> str:
    return action.title.rstrip("…") + (f": {action.hint}" if action.hint else "")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def settings() -> str:
    """Return the page of all settings."""
    lines = [
        "# Settings", "",
        f"*File ▸ Settings…* (Ctrl+,). {_pages()} A choice holds at once. Settings are kept in "
        "`settings.toml` in the settings folder; a file that cannot be understood is set aside as `settings.toml.bad`, "
        "and the program says so and goes on with the usual settings.",
        "", "| setting | name in the file | choices | usual |", "|---|---|---|---|",
    ]  # fmt: skip
    for setting in SETTINGS:
        about, page = f" ({setting.about})" if setting.about else "", page_of(setting).title
        where = page if setting.group == page else f"{page}, {setting.group}"
        lines.append(
            f"| {where}: {setting.title}{about} | `{setting.id}` | {_choices(setting)} | `{setting.default}` |"
        )
    lines += [
        "",
        'Keys stand below `[keys]`: `"article.done" = ["Ctrl+Return"]`; an empty list takes a key away. '
        "A label’s key stays the label’s, whatever stands here.",
    ]
    return "\n".join(lines) + "\n"


def _pages() -> str:
    parts = [f"*{page.title}*" + (f" ({page.besides})" if page.besides else "") for page in TABS]
    return f"Its pages are {', '.join(parts[:-1])} and {parts[-1]}."


def _choices(setting: Setting) -> str:
    if setting.choices:
        return ", ".join(f"`{value}` {words}" for value, words in setting.choices)
    return f"{setting.least} to {setting.most} {setting.unit}"


def command_line() -> str:
    """Return the page of all commands with their options."""
    lines = [
        "# Commands", "",
        "`annotator PROJECT` opens a project in the window, `annotator demo` the sample project. The commands below do "
        "without a window and never ask a question. Exit status: 0 all done, 1 something was refused or failed (what "
        "was good is in), 2 wrong usage, 130 interrupted.",
    ]  # fmt: skip
    context = click.Context(commands, info_name="annotator")
    for name, command in sorted(_readme.each(commands)):
        usage = " ".join(command.collect_usage_pieces(click.Context(command, context, info_name=name)))
        lines += ["", f"## {name}", "", f"`annotator {name} {usage}`", "", (command.help or "").strip()]
        lines += list(_options(command, context))
    return "\n".join(lines) + "\n"


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    rows = [param.get_help_record(context) for param in command.params]
    found = [(names, about) for names, about in filter(None, rows) if names.startswith("-") and names != "--help"]
    if found:
        yield from ("", "| option | |", "|---|---|")
    for names, about in found:
        yield f"| `{_cell(names)}` | {_cell(about)} |"


MADE = {"keys": keys, "settings": settings, "commands": command_line}


def readme() -> str:
    """Return README with its tables made anew."""
    parts = {"keys": _readme.keys, "settings": _readme.settings, "commands": lambda: _readme.commands(commands)}
    return _readme.made(_readme.README.read_text(encoding="utf-8"), parts)


def main(words: list[str]) -> int:
    """Write the pages and README's tables; with --check compare them. Returns how many were stale."""
    stale = 0
    made = [(PAGES / f"{name}.md", page()) for name, page in MADE.items()]
    for path, text in (*made, (_readme.README, readme())):
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale += 1
            if "--check" in words:
                print(f"{path.name} is stale; `python packaging/make_manual.py` makes it anew.")
            else:
                path.write_text(text, encoding="utf-8", newline="\n")
    return stale if "--check" in words else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
