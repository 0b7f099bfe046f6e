"""What is told in a few words at the bottom."""

from __future__ import annotations

import shutil
from pathlib import Path

from annotator import whoami
from annotator.editing.articles import set_state
from annotator.storage.store import Store
from annotator.ui.reports import saved
from annotator.ui.session import Session


def test_when_it_was_saved_is_told_of_the_open_project_only(project: Path, tmp_path: Path, qapp: object) -> None:
    other = tmp_path / "Evening.annotator"
    shutil.copyfile(project, other)
    identity = whoami.identity()
    assert identity is not None
    session = Session(identity)
    assert session.open(project)
    assert saved(session) == "Saved"
    assert session.store is not None
    session.do(set_state(next(iter(session.store.article_ids())), None, session.me, "done"))
    assert saved(session) == f"Saved {session.saved_at}" != "Saved "
    assert session.open(other)
    assert saved(session) == "Saved"
    session.close()
    store = Store.open(project)
    assert session.open(project)
    assert saved(session) == "Read only"
    session.close()
    store.close()
