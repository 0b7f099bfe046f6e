"""A project made of lines that somebody forged: refused in a sentence with nothing left, or sound."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from annotator.domain.errors import UserError
from annotator.domain.journalled import ChangeRecord, payload_sha256
from annotator.exchange import package
from annotator.exchange.header import Header, Line, StepLine
from annotator.jobs.packing import found
from annotator.storage.check import check
from annotator.storage.store import Store
from tests.builders import ANA, bring, opened, project, tag, workspace
from tests.jobs.test_packing import packed
from tests.seldom import seldom

_LEAVES = st.none() | st.booleans() | st.integers(-3, 1 << 70) | st.floats(allow_nan=False) | st.text(max_size=5)
JSON = st.recursive(_LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner))
KINDS = ("span", "layer", "article", "import", "scheme", "entry", "annotator", "relation", "group", "decision", "lead",
         "assignment", "remark", "proposal", "from the future")  # fmt: skip


def lines_of_a_package(folder: Path) -> tuple[Header, list[Line]]:
    ws = workspace(project(folder))
    tag(ws, bring(ws), "quote", (0, 5))
    file = folder / "a.annotator-package"
    packed(ws, file, layers="all")
    with package.opened(file) as read:
        return read.header, [line for _, line in read.lines()]


@given(st.sampled_from(KINDS), JSON, st.text(max_size=8), st.booleans(), st.sampled_from(["", "same", "strange"]))
@example("span", {"id": "x", "layer": "y"}, "", False, "same")
@example("import", {"id": "x", "layers": [], "spans": {"a": 3}}, "", False, "same")
@seldom
def test_forged_lines(kind: str, value: Any, text: str, garbled: bool, article: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        header, lines = lines_of_a_package(folder)
        last = lines[-1]
        assert isinstance(last, StepLine)
        where = {"": "", "same": last.changes[0].article, "strange": "an article that is not there"}[article]
        after = text if garbled else json.dumps(value)
        changes = (*last.changes, ChangeRecord(kind, "an entity", where, "", None, after))
        step = last.step._replace(payload_sha256=payload_sha256(changes))
        file, made = folder / "forged.annotator-package", folder / "made.annotator"
        try:
            package.write(file, header._replace(key=""), [*lines[:-1], StepLine(step, changes)])
            found(file, made)
        except UserError:
            assert not [path for path in folder.iterdir() if "made" in path.name]
        else:
            store = opened(Store.open(made))
            assert list(check(store)) == []
            assert ANA.id in store.annotators()
            store.close()


@given(
    st.sampled_from(["fragments", "label", "attributes", "layer", "revision", "id", "created", "note", "x"]),
    JSON | st.just([[0, 10_000]]) | st.just([[3, 1]]),
)
@example("fragments", [[0, 10_000]])
@example("layer", "elsewhere")
@example("id", 3)
@seldom
def test_a_forged_span(key: str, value: Any) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        header, lines = lines_of_a_package(folder)
        last = lines[-1]
        assert isinstance(last, StepLine)
        *others, span = last.changes
        assert span.after is not None
        forged = span._replace(after=json.dumps({**json.loads(span.after), key: value}))
        changes = (*others, forged)
        step = last.step._replace(payload_sha256=payload_sha256(changes))
        file, made = folder / "forged.annotator-package", folder / "made.annotator"
        try:
            package.write(file, header._replace(key=""), [*lines[:-1], StepLine(step, changes)])
            found(file, made)
        except UserError:
            assert not [path for path in folder.iterdir() if "made" in path.name]
        else:
            store = opened(Store.open(made))
            assert list(check(store)) == []
            store.close()
