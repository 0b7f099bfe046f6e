"""Packages come in whole or not at all, go off and on, and say what they did (T40 to T47)."""

from __future__ import annotations

import shutil
from pathlib import Path

from annotator.domain.article import Annotator, VisibleLayers
from annotator.editing.workspace import Workspace
from annotator.exchange import package
from annotator.exchange.header import Header, StepLine, TextLine
from annotator.jobs.merging import Report, look, merge, unmerge
from annotator.storage.check import check
from annotator.storage.packages import packages
from annotator.storage.store import Store
from annotator.storage.unite import exported
from annotator.whoami import Identity
from tests.builders import ANA, BO, bring, opened, project, tag, workspace
from tests.storage.test_fold import state, texts


def team(folder: Path, *people: tuple[Annotator, str]) -> list[Workspace]:
    """The same project with one article, on as many machines."""
    first = workspace(project(folder, "first"), *people[0])
    bring(first)
    first.store.close()
    made = []
    for person, device in people:
        path = folder / f"{device}.annotator"
        shutil.copy(folder / "first.annotator", path)
        made.append(Workspace(opened(Store.open(path)), person, device))
    return made


def packed(ws: Workspace, name: str = "", steps: slice = slice(None), **said: object) -> Path:
    """Everything that stands in a project's journal (or some of its steps), as an unsigned package."""
    about = ws.store.about()
    path = ws.store.path.with_name(f"{name or ws.new_id()}.annotator-package")
    header = Header(
        ws.new_id(), about["id"], about["name"], about["created"], about.get("lead", ""), ws.me, ws.device, ws.clock(),
        layers="all",
    )  # fmt: skip
    lines = [TextLine(sha256, body) for sha256, body in texts(ws.store).items()]
    lines += [StepLine(step, tuple(changes)) for step, changes in exported(ws.store.connection)[steps]]  # type: ignore[misc]
    package.write(path, header._replace(**said), lines, replace=True)  # type: ignore[arg-type]
    return path


def merged(ws: Workspace, *paths: Path) -> list[Report]:
    return merge(ws, Identity(ws.me, ws.device), paths)


def good(report: Report) -> Report:
    assert report.refused == ()
    return report


def article_of(ws: Workspace):  # type: ignore[no-untyped-def]
    article = ws.store.article(next(iter(ws.store.article_ids())))
    assert article is not None
    return article


def labels(ws: Workspace) -> list[str]:
    return sorted(span.label for span in ws.store.spans(article_of(ws).id, VisibleLayers.ALL))


def test_a_package_comes_in_goes_off_and_on_again(tmp_path: Path) -> None:
    """T40, T47."""
    home, out = team(tmp_path, (ANA, "home"), (BO, "out"))
    tag(home, article_of(home), "quote", (0, 5))
    span = tag(out, article_of(out), "cue", (6, 9))
    before = state(home.store)
    file = packed(out)
    seen = look(home.store, Identity(ANA, "home"), file)
    assert state(home.store) == before
    report = good(merged(home, file)[0])
    assert (report.spans_new, report.spans_deleted, report.steps_new) == (1, 0, 1)
    assert [(one.name, one.spans_new) for one in report.by_annotator] == [("Bo", 1)]
    assert (seen.spans_new, seen.by_annotator, seen.steps_new, seen.steps_known) == (
        report.spans_new, report.by_annotator, report.steps_new, report.steps_known,
    )  # fmt: skip
    after = state(home.store)
    assert labels(home) == ["cue", "quote"]
    assert good(merged(home, file)[0]).nothing_new
    shutil.copy(file, tmp_path / "other-stick.annotator-package")
    assert good(merged(home, tmp_path / "other-stick.annotator-package")[0]).nothing_new
    off = unmerge(home, file.name)
    assert (off.spans_deleted, off.how) == (1, "unmerge")
    assert labels(home) == ["quote"]
    assert home.store.value("span", span.id, "") is None
    assert not packages(home.store)[0].active
    assert list(check(home.store)) == []
    again = good(merged(home, file)[0])
    assert (again.how, again.spans_new) == ("again", 1)
    assert state(home.store) == after
    assert list(check(home.store)) == []
    home.undo()
    assert labels(home) == ["cue"]
    assert list(check(home.store)) == []
