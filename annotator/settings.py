"""What a user may choose, declared once: file, dialog, `annotator settings` and manual are made from the table.

Kept as TOML in the settings folder, only what differs from the default. A file that cannot be understood as a whole is
set aside, told, and the defaults hold.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from annotator import paths
from annotator.actions import BY_ID, RESERVED_KEYS
from annotator.domain.errors import UserError
from annotator.i18n import _, later

Value = str | int

_LARGEST = 100_000
"""Bytes."""
_MOST_KEYS, _LONGEST_KEY = 4, 40
_QUICK = r'([a-z]+) = (\d+|"[^"\\\x00-\x1f\x7f]*")\n'


class Setting(NamedTuple):
    """One thing to choose: one of `choices` (value, words), or a whole number from `least` to `most`."""

    id: str
    title: str
    group: str
    default: Value
    choices: tuple[tuple[str, str], ...] = ()
    least: int = 0
    most: int = 0
    unit: str = ""
    about: str = ""

    def allows(self, value: object) -> bool:
        """Whether the value is one of those to choose from."""
        if self.choices:
            return any(value == choice for choice, _ in self.choices)
        return type(value) is int and self.least <= value <= self.most


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "theme", "Colours", "Window", "system",
        (("system", "As the system"), ("light", "Light"), ("dark", "Dark"), ("contrast", "High contrast")),
    ),
    Setting(
        "articles", "Articles", "Window", "list", (("list", "As a list"), ("rail", "As a rail of their states")),
        about="in a narrow window they are always a rail",
    ),
    Setting("side", "Labels and spans", "Window", "shown", (("shown", "Shown"), ("hidden", "Hidden"))),
    Setting(
        "margin", "Strip beside the text", "Window", "shown", (("shown", "Shown"), ("hidden", "Hidden")),
        about="where the spans of the whole article stand, a stripe a label",
    ),
    Setting(
        "font", "Font", "Reading", "serif",
        (
            ("serif", "Serif"), ("clear", "Clear letters"), ("sans", "The system’s"),
            ("mono", "Monospaced"),
        ),
        about="of the article; clear letters are Atkinson Hyperlegible",
    ),
    Setting("size", "Size", "Reading", 17, least=12, most=32, unit="px", about="also Ctrl++ and Ctrl+- while reading"),
    Setting(
        "spacing", "Letter spacing", "Reading", 0, least=0, most=20, unit="%",
        about="between words too; with clear letters easier to read for some with dyslexia",
    ),
    Setting("leading", "Line spacing", "Reading", 100, least=85, most=160, unit="%"),
    Setting("width", "Width of the column", "Reading", 74, least=45, most=110, unit="letters"),
    Setting(
        "drag", "Drags take whole words", "Tagging", "on", (("on", "On"), ("off", "Off")),
        about="once they have left the first one; with Ctrl letters",
    ),
    Setting(
        "comma", "Closing comma", "Tagging", "kept",
        (("kept", "Stays in the span"), ("left", "Is left out")),
        about="at the end of selected words; blanks at both ends are always left out",
    ),
    Setting(
        "proposals", "Source and cue of a new quote", "Tagging", "on",
        (("on", "Are proposed"), ("off", "Are not proposed")), about="one key takes them; P asks for them at any time",
    ),
    Setting(
        "time", "Measure my time", "Me", "off", (("off", "Off"), ("on", "On")),
        about="active time an article; kept on this computer only",
    ),
)  # fmt: skip


class Page(NamedTuple):
    """A page of the dialog: the groups of settings on it, and what it has besides (for README and manual)."""

    title: str
    groups: tuple[str, ...] = ()
    besides: str = ""


PAGES: tuple[Page, ...] = (
    Page(later("Look"), ("Window", "Reading")),
    Page(later("Tagging"), ("Tagging",)),
    Page(later("Keys"), besides="the key of every action"),
    Page(later("Me"), ("Me",), "my name, my key, and who I am on another computer"),
)

BY_NAME: dict[str, Setting] = {setting.id: setting for setting in SETTINGS}


def on_page(page: Page) -> list[Setting]:
    """Return the settings of a page, in order."""
    return [setting for setting in SETTINGS if page_of(setting) is page]


def page_of(setting: Setting) -> Page:
    """Return the page of the dialog that a setting stands on."""
    return next(page for page in PAGES if setting.group in page.groups)


def bare(key: str) -> str:
    """Return the character whose label this key would take away from the text, "" for a key that is no label's.

    With Shift a letter is its label's too: it puts a second one on the same words.
    """
    # Of keys that are pressed one after the other the first decides; "," itself is one.
    first = key[:1] if key.startswith(",") else key.partition(",")[0].strip()
    letter = first[6:] if first.lower().startswith("shift+") and first[6:].isalpha() else first
    return letter.upper() if len(letter) == 1 else ""


class Settings:
    """What was chosen; `keys` are the keys of actions, by id, that are not the usual ones.

    `labels` are the names of the open scheme's labels by their keys: such a key is the label's, whatever was chosen.
    """

    __slots__ = ("keys", "labels", "values")

    def __init__(
        self, values: Mapping[str, Value] | None = None, keys: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        self.values = dict(values or {})
        self.keys = dict(keys or {})
        self.labels: Mapping[str, str] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Settings) and (self.values, self.keys) == (other.values, other.keys)

    def __getitem__(self, id: str) -> Value:
        return self.values.get(id, BY_NAME[id].default)

    def number(self, id: str) -> int:
        """Return a setting that is a whole number."""
        return int(self[id])

    def choose(self, id: str, value: Value) -> None:
        """Choose a value. Raises ValueError for one that the setting does not allow."""
        if not BY_NAME[id].allows(value):
            raise ValueError(f"{id} cannot be {value!r}")
        if value == BY_NAME[id].default:
            self.values.pop(id, None)
        else:
            self.values[id] = value

    def keys_of(self, action: str) -> tuple[str, ...]:
        """Return the keys an action is heard by, in Qt's portable notation; the first is shown."""
        usual = BY_ID[action].keys
        if action not in self.keys:
            return usual
        return tuple(key for key in self.keys[action] if key in usual or bare(key) not in self.labels)

    def bind(self, action: str, keys: tuple[str, ...]) -> None:
        """Give an action other keys. Raises UserError where one of them is another action's or a label's."""
        for key in keys:
            if label := self.labels.get(bare(key)):
                raise UserError(_("{key} is the key of the label “{label}”.").format(key=key, label=label))
            if other := self.holder(key, besides=action):
                raise UserError(
                    _("{key} is the key of “{title}”. Give that one another key first.").format(
                        key=key, title=_(BY_ID[other].title).rstrip("…")
                    )
                )
        if keys == BY_ID[action].keys:
            self.keys.pop(action, None)
        else:
            self.keys[action] = keys

    def holder(self, key: str, besides: str = "") -> str:
        """Return the id of the action that has this key, "" for none."""
        return next((id for id in BY_ID if id != besides and key in self.keys_of(id)), "")

    def clashes(self) -> list[str]:
        """Say of each key that an action and a label of the open scheme both claim whose it is."""
        if not self.keys and RESERVED_KEYS.isdisjoint(self.labels):
            return []  # as nearly every start
        found = []
        for id, action in BY_ID.items():
            title = _(action.title).rstrip("…")
            for key in self.keys.get(id, action.keys):
                if not (label := self.labels.get(bare(key))):
                    continue
                words = (
                    _("{key} starts “{title}”, so the label “{label}” has no key. Give the action another one.")
                    if key in action.keys
                    else _("{key} is the key of the label “{label}” here, so it does not start “{title}”.")
                )
                found.append(words.format(key=key, label=label, title=title))
        return found


def file() -> Path:
    """Return where the settings are kept; the file need not exist."""
    return paths.config_dir() / "settings.toml"


def load() -> tuple[Settings, str]:
    """Return the settings, and a sentence for the user where the file could not be understood ("" where it could)."""
    path = file()
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError("it is too large")
        return _parsed(path.read_text(encoding="utf-8")), ""
    except FileNotFoundError:
        return Settings(), ""
    except OSError as error:
        words = _("The settings in {path} cannot be read ({reason}); the usual ones hold.")
        return Settings(), words.format(path=path, reason=error.strerror or error)
    except (ValueError, RecursionError) as error:
        aside = path.with_name(f"{path.name}.bad")
        with suppress(OSError):
            path.replace(aside)
        words = (
            _("The settings in {path} cannot be understood ({reason}). They are kept as {aside}; the usual ones hold.")
            if aside.exists() and not path.exists()
            else _("The settings in {path} cannot be understood ({reason}). They stay there; the usual ones hold.")
        )
        return Settings(), words.format(path=path, reason=error, aside=aside.name)


def _parsed(text: str) -> Settings:
    """Raises ValueError for anything that we would not have written."""
    data = _quickly(text)
    if data is None:
        # Every start would wait for tomllib and its patterns.
        import tomllib

        data = tomllib.loads(text)
    settings = Settings()
    keys = data.pop("keys", {})
    if not isinstance(keys, dict):
        raise ValueError("keys is no table")
    for id, value in data.items():
        if id not in BY_NAME:
            raise ValueError(f"there is no setting {id!r}")
        if not isinstance(value, str | int) or not BY_NAME[id].allows(value):
            raise ValueError(f"{id} cannot be {value!r}")
        settings.choose(id, value)
    for id, bound in keys.items():
        if id not in BY_ID:
            raise ValueError(f"there is no action {id!r}")
        if not _are_keys(bound):
            raise ValueError(f"the keys of {id} are no list of keys")
        settings.keys[id] = tuple(bound)
    return settings


def _quickly(text: str) -> dict[str, object] | None:
    """Return the values of a file as we write it without keys, None for any other."""
    found: dict[str, object] = {}
    end = 0
    for match in re.finditer(_QUICK, text):
        if match.start() != end or match[1] in found:
            return None
        found[match[1]] = match[2][1:-1] if match[2].startswith('"') else int(match[2])
        end = match.end()
    return found if end == len(text) else None


def _are_keys(bound: object) -> bool:
    return (
        isinstance(bound, list)
        and len(bound) <= _MOST_KEYS
        and all(isinstance(key, str) and 0 < len(key) <= _LONGEST_KEY and key.isprintable() for key in bound)
    )


def save(settings: Settings) -> None:
    """Keep the settings. Raises UserError; the old file stays then."""
    try:
        paths.write_whole(file(), _written(settings.values, settings.keys).encode("utf-8"))
    except OSError as error:
        raise UserError(
            _("The settings could not be kept in {file}: {reason}.").format(file=file(), reason=error.strerror or error)
        ) from None


def _written(values: Mapping[str, Value], keys: Mapping[str, tuple[str, ...]]) -> str:
    # JSON's strings and lists are TOML's too, for what is printable.
    lines = [f"{id} = {json.dumps(value, ensure_ascii=False)}\n" for id, value in values.items()]
    if keys:
        lines.append("\n[keys]\n")
        lines += [f'"{id}" = {json.dumps(list(bound), ensure_ascii=False)}\n' for id, bound in keys.items()]
    return "".join(lines)
