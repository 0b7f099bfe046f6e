"""A project that several people read, for the commands about readings."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from annotator.domain.change import Change, Step
from annotator.editing.workspace import Workspace
from annotator.storage.store import Store
from tests.cli.test_command_line import Shell
from tests.jobs.reviewed import PEOPLE, made


@pytest.fixture
def read(run: Shell, tmp_path: Path) -> Shell:
    """A folder with a project that four people read."""
    made(tmp_path / "r.annotator", articles=6, spans=10)
    # Who only stands in the layers is known by id; names come with a person's own first step.
    with closing(Store.open(tmp_path / "r.annotator")) as store:
        ws = Workspace(store, PEOPLE[0], "laptop")
        ws.do(Step("Names", tuple(Change(None, person) for person in PEOPLE[1:])))
    return run
