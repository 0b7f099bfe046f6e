"""The command line as scripts meet it: exit codes, streams, JSON; never a question, never a trace."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from annotator import times
from annotator.actions import ACTIONS
from annotator.cli.look import in_words
from annotator.cli.main import main
from annotator.domain.article import Annotator
from annotator.domain.change import Change, Changed, Step
from annotator.editing.replay import Replay
from annotator.editing.workspace import Workspace
from annotator.storage import journal
from annotator.storage.store import Store

TEXT = "“Nobody wants this,” the mayor said."


class Shell:
    """Runs commands in a folder; `out` and `err` of the last one."""

    def __init__(self, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
        self._capture = capfdbinary
        self.out = self.err = ""

    def __call__(self, *words: str) -> int:
        status = main(words)
        captured = self._capture.readouterr()
        self.out, self.err = captured.out.decode(), captured.err.decode()
        assert "Traceback" not in self.err
        return status


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": "b", "spans": [{"start": 0, "end": 9, "label": "q"}]}))
    shell = Shell(capfdbinary)
    assert shell("new", "p.annotator") == 0
    return shell


def test_new_leaves_an_existing_file_alone(run: Shell, tmp_path: Path) -> None:
    before = (tmp_path / "p.annotator").read_bytes()
    assert run("new", "p.annotator") == 1
    assert "exists already" in run.err
    assert (tmp_path / "p.annotator").read_bytes() == before
    assert run("new", "q.annotator", "--scheme", "none") == 2
    assert run("new", "q.annotator", "--scheme", "claims-only") == 0


def test_import_tells_file_line_and_reason(run: Shell) -> None:
    assert run("import", "p.annotator", "a.txt", "b.jsonl", "none.txt") == 1
    assert run.out == "a.txt:1: added\nb.jsonl:1: added\n"
    assert "b.jsonl:1: refused: Span 1: It ends at 9, after the end of the text at 1.\n" in run.err
    assert "none.txt: refused: It cannot be read: No such file or directory.\n" in run.err
    assert run.err.endswith("2 added, 0 known, 0 different, 2 refused\n")


def test_import_as_json(run: Shell) -> None:
    assert run("import", "p.annotator", "a.txt", "--json") == 0
    told = json.loads(run.out)
    assert list(told) == ["files", "added", "known", "different", "refused"]
    assert list(told["files"][0]) == ["path", "line", "result", "article", "reason"]
    assert told["added"] == 1
    assert run("import", "p.annotator", "a.txt", "--json", "--dry-run") == 0
    assert json.loads(run.out)["known"] == 1


def test_import_says_what_came_to_articles_that_were_here(run: Shell, tmp_path: Path) -> None:
    line = {"text": "abc"}
    (tmp_path / "c.jsonl").write_text(json.dumps(line), encoding="utf-8")
    assert run("import", "p.annotator", "c.jsonl") == 0
    assert run.err.endswith("1 added, 0 known, 0 different, 0 refused\n")
    (tmp_path / "c.jsonl").write_text(json.dumps(line | {"spans": [{"start": 0, "end": 1, "label": "quote"}]}))
    assert run("import", "p.annotator", "c.jsonl") == 0
    assert run.err.endswith(" refused\n1 of the added brought 1 span to 1 article of the project.\n")


def test_time(run: Shell, tmp_path: Path) -> None:
    assert run("import", "p.annotator", "a.txt") == 0
    assert run("time", "p.annotator") == 0
    assert run.out == ""
    assert run.err.startswith("No time is measured for p.annotator")
    with closing(Store.open(tmp_path / "p.annotator", write=False)) as store:
        project, article = store.about()["id"], next(store.article_ids())
    times.add(project, {article: 130.5, "0190a000-0000-7000-8000-00000000000f": 20.0})
    assert run("time", "p.annotator") == 0
    assert run.out.split("\n") == [
        "     2 min  new      0 spans  “Nobody wants this,” the mayor said.",
        "      20 s  articles that are not in the project any more",
        "     2 min  in all, 1 article",
        "",
    ]
    assert run("time", "p.annotator", "--json") == 0
    told = json.loads(run.out)
    assert told["seconds"] == 150.5
    assert list(told["articles"][0]) == ["article", "title", "state", "spans", "seconds"]
    times.file(project).write_text("[", encoding="utf-8")
    assert run("time", "p.annotator") == 0
    assert f"{project}.json.bad" in run.err


def test_labels_that_the_scheme_does_not_know_are_named(run: Shell, tmp_path: Path) -> None:
    spans = [{"start": at, "end": at + 1, "label": label} for at, label in enumerate(("quote", "person", "person"))]
    line = json.dumps({"text": "abc", "spans": spans})
    (tmp_path / "c.jsonl").write_text(line, encoding="utf-8")
    said = 'This label is not in the scheme; its spans are kept: "person" (2).'
    assert run("import", "p.annotator", "c.jsonl", "--dry-run") == 0
    assert said in run.err
    assert run("import", "p.annotator", "c.jsonl", "--json") == 0
    assert said in run.err
    assert run("import", "p.annotator", "c.jsonl") == 0
    assert said not in run.err


def test_standard_input_and_output(run: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(b'{"text":"piped"}\n'))))
    assert run("import", "p.annotator", "-") == 0
    assert run("export", "p.annotator") == 0
    assert json.loads(run.out)["text"] == "piped"
    assert run.err.startswith("1 article, 0 spans, ")


def test_export_says_what_it_wrote(run: Shell, tmp_path: Path) -> None:
    import hashlib

    run("import", "p.annotator", "a.txt")
    assert run("export", "p.annotator", "-o", "out.jsonl") == 0
    data = (tmp_path / "out.jsonl").read_bytes()
    assert run.out == ""
    fingerprint = hashlib.sha256(data).hexdigest()
    assert run.err == f"1 article, 0 spans, {len(data)} bytes into out.jsonl, sha256 {fingerprint}\n"
    assert run("export", "p.annotator", "-o", "none.jsonl", "--state", "done") == 0
    assert run.err.endswith("No article has such a layer.\n")
    assert run("export", "p.annotator", "-o", "p.annotator") == 1
    assert run("export", "p.annotator", "--annotator", "Nobody") == 1
    assert run("export", "p.annotator", "--offsets", "bytes") == 2


def test_looking_works_while_somebody_writes(run: Shell, tmp_path: Path) -> None:
    run("import", "p.annotator", "a.txt")
    store = Store.open(tmp_path / "p.annotator")
    try:
        for command in ("info", "check", "history"):
            assert run(command, "p.annotator") == 0
            assert run(command, "p.annotator", "--json") == 0
            json.loads(run.out)
        assert run("export", "p.annotator") == 0
        assert run("import", "p.annotator", "a.txt", "--dry-run") == 0
        assert run("import", "p.annotator", "a.txt") == 1
        assert "open for writing already, by" in run.err
    finally:
        store.close()


def test_what_is_written_while_it_looks_is_no_fault(
    run: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("import", "p.annotator", "a.txt")
    store, real = Store.open(tmp_path / "p.annotator"), journal.seals
    work = Workspace(store, Annotator("0" * 8, "Ana"), "device")
    try:

        def seals(connection: sqlite3.Connection) -> dict[int, str]:
            found = real(connection)
            work.do(Step("Add people", (Change(None, Annotator(f"{len(found):08}", "Bo")),)))
            return found

        monkeypatch.setattr(journal, "seals", seals)
        steps = store.step_count()
        assert run("check", "p.annotator") == 0, run.out
        assert store.step_count() > steps
    finally:
        store.close()


def test_who(run: Shell, home: Path) -> None:
    assert run("whoami") == 0
    assert run.err.startswith("You are ")
    first = run.out.split("(")[1]
    assert run("whoami", "--name", "Ana") == 0
    assert run.out == f"Ana ({first}"
    assert run("whoami", "--name", " ") == 1


def test_as_makes_a_new_annotator_once(run: Shell) -> None:
    Path("s.jsonl").write_text('{"text":"x y","spans":[{"start":0,"end":1,"label":"quote"}]}')
    run("whoami", "--name", "Ana")
    assert run("import", "p.annotator", "s.jsonl", "--as", "Zoë") == 0
    assert "Zoë is new here" in run.err
    run("info", "p.annotator", "--json")
    told = json.loads(run.out)
    (zoe,) = (person for person in told["annotators"] if person["name"] == "Zoë")
    assert told["spans"]["by"][0]["annotator"]["id"] == zoe["id"]
    assert run("undo", "p.annotator") == 1
    assert run("undo", "p.annotator", "--as", "Zoë") == 0
    assert run("undo", "p.annotator", "--as", zoe["id"]) == 1
    assert run("import", "p.annotator", "s.jsonl", "--as", "Max", "--dry-run") == 0
    assert "Max" not in run.err  # nothing was written, so nobody is new
    assert run("undo", "p.annotator", "--as", "Max") == 1
    assert "No annotator of the project is called 'Max'." in run.err


def test_an_undo_that_is_interrupted_says_how_far_it_came(run: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [json.dumps({"text": f"text {number}"}) for number in range(40)]
    Path("many.jsonl").write_text("\n".join(lines))
    run("import", "p.annotator", "many.jsonl")
    real = Workspace.carry_out

    def interrupted(work: Workspace, replay: Replay, progress: Callable[[int, int], None]) -> Changed | None:
        def tell(done: int, total: int) -> None:
            progress(done, total)
            raise KeyboardInterrupt

        return real(work, replay, tell)

    monkeypatch.setattr("annotator.editing.workspace.CHUNK_SECONDS", 0.0)
    with monkeypatch.context() as patched:
        patched.setattr(Workspace, "carry_out", interrupted)
        assert run("undo", "p.annotator") == 130
    assert run.err.startswith("1 of 40 steps are taken back; the next undo goes on from there.")
    assert run("undo", "p.annotator") == 0
    assert run.out == "Taken back: Import an article (39 steps)\n"
    assert run("check", "p.annotator") == 0


def test_an_ambiguous_name_is_wrong_usage(run: Shell) -> None:
    ids = [f"01920000-0000-7000-8000-00000000000{digit}" for digit in "ab"]
    layers = [{"id": id, "annotator": {"id": id, "name": "Sam"}} for id in ids]
    Path("s.jsonl").write_text(json.dumps({"text": "x", "layers": layers}))
    assert run("import", "p.annotator", "s.jsonl") == 0
    assert run("undo", "p.annotator", "--as", "Sam") == 2
    assert all(id in run.err for id in ids)


def test_check_finds_damage(run: Shell, tmp_path: Path) -> None:
    import sqlite3

    run("import", "p.annotator", "a.txt")
    connection = sqlite3.connect(tmp_path / "p.annotator")
    connection.execute("UPDATE article SET title = 'other'")
    connection.commit()
    connection.close()
    assert run("check", "p.annotator", "--json") == 1
    assert json.loads(run.out)["findings"][0]["what"] == "article"


def test_backups_are_listed_and_come_back(run: Shell, tmp_path: Path, home: Path) -> None:
    assert run("backups", "p.annotator") == 0
    assert "There is no backup of p.annotator" in run.err
    assert run("import", "p.annotator", "a.txt") == 0
    assert run("backups", "p.annotator", "--now", "--json") == 0
    (row,) = json.loads(run.out)["backups"]
    assert (row["articles"], row["spans"], row["damaged"]) == (1, 0, "")
    assert Path(row["path"]).is_relative_to(home)
    (tmp_path / "p.annotator").write_bytes(b"gone")
    assert run("backups", "p.annotator") == 0
    assert "1 article, 0 spans" in run.out
    assert run("restore", row["path"], "-o", "q.annotator") == 0
    assert run.out == "q.annotator holds 1 article and 0 spans.\n"
    assert run("check", "q.annotator") == 0
    assert run("restore", row["path"], "-o", "q.annotator") == 1
    assert "q.annotator exists already" in run.err
    Path(row["path"]).write_bytes(b"SQLite format 3\0")
    assert run("restore", row["path"], "-o", "r.annotator") == 1
    assert not (tmp_path / "r.annotator").exists()


def test_a_bug_is_told_by_its_place_alone(run: Shell, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    def broken(*_: object) -> None:
        raise KeyError("Zimtschnecke")

    monkeypatch.setattr(Store, "name", broken)
    assert run("info", "p.annotator") == 1
    assert re.fullmatch(r"Something went wrong in the program \(KeyError in \S+\)\. .* details are in .*\n", run.err)
    assert "Zimtschnecke" not in run.err + (home / "log" / "faults.log").read_text()
    monkeypatch.setenv("ANNOTATOR_DEBUG", "1")
    with pytest.raises(KeyError):
        run("info", "p.annotator")


def test_keys_and_help(run: Shell) -> None:
    assert run("keys", "--json") == 0
    assert [line["id"] for line in json.loads(run.out)] == [action.id for action in ACTIONS]
    for command in ("new", "import", "export", "info", "check", "history", "undo", "keys", "whoami"):
        assert run(command, "--help") == 0
        assert run.out.startswith("Usage: annotator " + command)
    assert run("--version") == 0
    assert "SQLite" in run.out
    assert "Qt" in run.out


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("import", "none.annotator", "a.txt"), 1),
        (("info", "none.annotator"), 1),
        (("info", "a.txt"), 1),
        (("info",), 2),
        (("import", "p.annotator"), 2),
        (("import", "p.annotator", "a.txt", "--encoding", "nope"), 2),
        (("nonsense", "x"), 2),
        (("export", "p.annotator", "-o", "no/folder/x.jsonl"), 1),
    ],
)
def test_errors_are_sentences(run: Shell, words: tuple[str, ...], status: int) -> None:
    assert run(*words) == status
    assert run.out == ""
    assert run.err.strip().endswith((".", "'.", "it."))


def test_no_qt_is_needed(tmp_path: Path) -> None:
    code = "import sys; from annotator.cli.main import main; main(['keys']); assert 'PySide6' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=tmp_path)


def test_the_spans_of_a_consensus_are_told_without_a_name() -> None:
    def of(kind: str, id: str = "", name: str = "") -> dict[str, object]:
        return {"label": "quote", "known": True, "kind": kind, "annotator": {"id": id, "name": name}, "count": 2}

    by = [of("consensus"), of("imported", name="Bo"), of("annotator", "1", "Ana")]
    about = {"name": "p", "articles": 1, "scheme": {"name": "s", "version": 1}, "spans": {"total": 6, "by": by},
             "annotators": [], "steps": 3}  # fmt: skip
    told = [line.split("quote")[1].strip() for line in in_words(about).splitlines()[2:]]
    assert told == ["consensus", "Bo, imported", "Ana"]
