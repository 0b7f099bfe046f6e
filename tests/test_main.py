"""The front door knows every word of the command line, and spares the start what nobody asks for."""

from __future__ import annotations

import typing
from typing import NamedTuple

import pytest

from annotator.__main__ import COMMANDS, spare_the_hints
from annotator.cli.main import commands


def test_every_command_goes_to_the_command_line() -> None:
    assert set(commands.commands) == COMMANDS


def test_the_types_of_fields_are_not_compiled_before_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typing, "_type_check", typing._type_check)  # type: ignore[attr-defined]
    spare_the_hints()
    spare_the_hints()

    class Told(NamedTuple):
        number: int
        names: tuple[str, ...] = ()

    assert Told.__annotations__ == {"number": "int", "names": "tuple[str, ...]"}
    assert typing.get_type_hints(Told) == {"number": int, "names": tuple[str, ...]}
    assert Told(1) == (1, ())
    with pytest.raises(TypeError):
        NamedTuple("Wrong", [("number", (1,))])  # type: ignore[list-item]
