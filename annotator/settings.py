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
from annotator.actions import BY_ID
from annotator.domain.errors import UserError
from annotator.i18n import _

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
        "spacing", "Distance of letters", "Reading", 0, least=0, most=20, unit="%",
        about="more of it, of words too; with clear letters easier to read for some with dyslexia",
    ),
    Setting("leading", "Distance of lines", "Reading", 100, least=85, most=160, unit="%"),
    Setting("width", "Width of the column", "Reading", 74, least=45, most=110, unit="letters"),
    Setting(
        "time", "Measure my time", "Me", "off", (("off", "Off"), ("on", "On")),
        about="active time an article; kept on this computer only",
    ),
)  # fmt: skip

BY_NAME: dict[str, Setting] = {setting.id: setting for setting in SETTINGS}


class Settings:
    """What was chosen; `keys` are the keys of actions, by id, that are not the usual ones."""

    __slots__ = ("keys", "values")

    def __init__(
        self, values: Mapping[str, Value] | None = None, keys: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        self.values = dict(values or {})
        self.keys = dict(keys or {})

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
        """Return the keys of an action, in Qt's portable notation; the first is shown."""
        return self.keys.get(action, BY_ID[action].keys)

    def bind(self, action: str, keys: tuple[str, ...]) -> None:
        """Give an action other keys. Raises UserError where one of them is another action's."""
        for key in keys:
            if other := self.holder(key, besides=action):
                raise UserError(
                    _("{key} is the key of “{title}”.").format(key=key, title=_(BY_ID[other].title).rstrip("…"))
                )
        if keys == BY_ID[action].keys:
            self.keys.pop(action, None)
        else:
            self.keys[action] = keys

    def holder(self, key: str, besides: str = "") -> str:
        """Return the id of the action that has this key, "" for none."""
        return next((id for id in BY_ID if id != besides and key in self.keys_of(id)), "")


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
