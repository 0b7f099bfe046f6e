"""The front door knows every word of the command line."""

from __future__ import annotations

from annotator.__main__ import COMMANDS
from annotator.cli.main import commands


def test_every_command_goes_to_the_command_line() -> None:
    assert set(commands.commands) == COMMANDS
