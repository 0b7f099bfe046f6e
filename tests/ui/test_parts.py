"""Parts of the window by themselves."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from annotator import __main__ as door
from annotator import whoami
from annotator.domain.change import Change
from annotator.domain.span import Span
from annotator.jobs.importing import Report
from annotator.settings import Settings
from annotator.ui.dialogs.identity import IdentityDialog
from annotator.ui.dialogs.keys import sections
from annotator.ui.dialogs.parts import shared
from annotator.ui.hints import Now, hint
from annotator.ui.look import Look
from annotator.ui.repeats import LATE, LateRepeats
from annotator.ui.reports import coming_words, export_words, import_words
from annotator.ui.spans.ordered import OrderedSpans
from annotator.ui.start import has_display
from annotator.ui.tasks import Task
from annotator.ui.widgets import key_names

spans = st.builds(
    lambda number, label, start, length: Span(str(number), "a", "l", "me", label, ((start, start + length),)),
    st.integers(0, 12), st.sampled_from(["quote", "cue"]), st.integers(0, 20), st.integers(1, 9),
)  # fmt: skip


@given(st.lists(spans, max_size=30))
def test_ordered_spans_follow_every_change(made: list[Span]) -> None:
    ours, model = OrderedSpans(), dict[str, Span]()
    for span in made:
        before = model.get(span.id)
        after = None if before == span else span
        ours.apply(Change(before, after))
        if after is None:
            del model[span.id]
        else:
            model[span.id] = span
        expected = sorted(model.values(), key=lambda it: (it.start, -it.end, it.label, it.id))
        assert list(ours) == expected
        assert [ours.index(it.id) for it in expected] == list(range(len(expected)))
        assert +ours.counts == Counter(it.label for it in expected)
        here = (span.start, span.end)
        assert list(ours.with_hull(*here)) == [it for it in expected if (it.start, it.end) == here]


@given(st.lists(st.integers(0, 500), min_size=1, max_size=6), st.integers(0, 1_200))
def test_columns_share_the_width_by_what_they_need(needs: list[int], room: int) -> None:
    widths = shared(needs, room)
    assert sum(widths) == room
    if sum(needs) <= room:
        assert all(width >= need for width, need in zip(widths, needs, strict=True))
    for width, need in zip(widths, needs, strict=True):
        # Nobody who needs more than an equal share gets less than one.
        assert width >= min(need, room // len(needs))


def test_late_repeats_are_told_from_prompt_ones() -> None:
    repeats = LateRepeats()
    assert not repeats.late(10.0, 500.0)
    assert not repeats.late(10.1, 500.1 + LATE / 2)
    assert repeats.late(10.2, 500.2 + LATE * 2)
    assert not repeats.late(11.0, 501.0)


@pytest.mark.parametrize(
    ("environment", "system", "shown"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({"QT_QPA_PLATFORM": "xcb"}, "linux", False),
        ({}, "win32", True),
    ],
)
def test_a_display_is_looked_for_before_qt_would_abort(environment: dict[str, str], system: str, shown: bool) -> None:
    assert has_display(environment, system) is shown


def test_a_missing_project_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["annotator", "nowhere.annotator"])
    assert door.main() == 1
    assert "no such project; `annotator new nowhere.annotator` makes one" in capsys.readouterr().err


def test_without_a_display_the_program_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "argv", ["annotator"])
    if not has_display({}):
        assert door.main() == 1
        assert "no display" in capsys.readouterr().err


def test_the_name_is_asked_until_it_is_one(qtbot: QtBot, qapp: object) -> None:
    dialog = IdentityDialog(Look(qapp))  # type: ignore[arg-type]  # qapp is a QApplication
    qtbot.addWidget(dialog)
    assert not dialog._start.isEnabled()
    dialog._name.setText("Lena Brandt")
    dialog._start.click()
    assert dialog.identity is not None
    assert dialog.identity == whoami.identity()
    assert dialog.identity.annotator.name == "Lena Brandt"


def test_a_hint_for_every_moment() -> None:
    assert hint(Now(editable=True)) == ("article.import", "Import articles to begin")
    here = {"editable": True, "articles": True, "article": True}
    assert hint(Now(**here, selection=True))[1] == "Press a label’s key"
    assert hint(Now(**here, selection=True, focused=True))[1] == "Press a label’s key"
    assert hint(Now(**here, selection=True, focused=True, piece="add"))[0] == "span.fragment"
    assert hint(Now(**here, selection=True, focused=True, piece="take away"))[0] == "span.fragment.away"
    assert "made last" in hint(Now(**here, selection=True, focused=True, piece="made last"))[1]
    assert hint(Now(**here, focused=True))[0] == "span.end.right"
    assert hint(Now(**here, focused=True, foreign=True, asked="Mode"))[0] == "span.next"
    assert hint(Now(**here, focused=True, held="Cue"))[1] == "Cue is held: every drag makes one; Esc lets it go"
    assert len(hint(Now(**here, held="long " * 40))[1]) < 100
    assert hint(Now(**here, held="Cue", equal=True))[0] == "Return"
    assert hint(Now(**here, spans=True))[0] == "article.done"
    assert hint(Now(articles=True, article=True))[1] == "Open for reading only"


def test_key_names_stand_on_caps() -> None:
    assert key_names("Ctrl+Return") == ["Ctrl", "⏎"]
    assert key_names("Ctrl++") == ["Ctrl", "+"]
    assert key_names("+") == ["+"]
    assert key_names("Alt+Shift+Right") == ["Alt", "Shift", "→"]


def test_the_key_sheet_holds_every_key() -> None:
    from annotator.actions import ACTIONS

    shown = {keys for _, rows in sections((), Settings()) for _, keys in rows}
    assert {action.keys[0] for action in ACTIONS if action.keys} <= shown
    mine = Settings(keys={"edit.undo": ("Ctrl+U",), "edit.redo": ()})
    changed = {keys for _, rows in sections((), mine) for _, keys in rows}
    assert shown - changed == {"Ctrl+Z", "Ctrl+Shift+Z"}
    assert changed - shown == {"Ctrl+U"}


def test_reports_are_sentences() -> None:
    assert import_words(Report(added=2)) == "2 articles imported."
    assert import_words(Report(known=1)) == "Nothing new, 1 known already."
    told = import_words(Report(added=1, refused=2, reasons=["a.txt: empty", "b"]))
    assert "Refused: a.txt: empty And 1 more." in told
    assert import_words(Report(different=2)) == "Nothing new, 2 different here: yours stayed."
    assert import_words(Report(different=2), update=True) == "2 different here: the file’s taken."
    assert export_words(Path("x/out.jsonl"), 1, 3).startswith("1 article with 3 spans written to x/out.jsonl")


def test_spans_for_articles_that_are_here_are_no_new_articles() -> None:
    grown = Report(added=3, more=2, spans=4, grown={"a", "b"}, known=4, deleted=1)
    rest = "3 known already, 1 deleted here stays deleted"
    assert import_words(grown) == f"1 article imported, 4 spans added to 2 articles that are here already, {rest}."
    assert coming_words(grown) == f"1 article comes in, 4 spans for 2 articles that are here already, {rest}"
    assert import_words(Report(added=1, more=1, grown={"a"})).startswith("Layers or links added to 1 article that is")


def test_a_task_hands_over_result_fault_and_bug(qtbot: QtBot) -> None:
    from annotator.domain.errors import UserError

    def refuse(*_: object) -> None:
        raise UserError("The disk is full.")

    def break_(*_: object) -> None:
        raise ZeroDivisionError

    for work, signal, expected in (
        (lambda *_: 7, "done", [7]),
        (refuse, "failed", ["The disk is full."]),
    ):
        task = Task(work)
        with qtbot.waitSignal(getattr(task, signal)) as heard:
            task.start()
        assert heard.args == expected
        task.wait()
    task = Task(break_)
    with qtbot.waitSignal(task.broke) as heard:
        task.start()
    assert isinstance(heard.args[0], ZeroDivisionError)
    task.wait()


def test_spans_that_begin_in_a_stretch() -> None:
    spans = [Span(str(n), "a", "l", "me", "cue", ((n, n + 5),)) for n in (0, 3, 3, 7, 9)]
    ordered = OrderedSpans(one._replace(id=f"{number}") for number, one in enumerate(spans))
    assert [one.start for one in ordered.beginning(3, 9)] == [3, 3, 7]
    assert [one.start for one in ordered.beginning(-5, 1)] == [0]
    assert list(ordered.beginning(10, 20)) == []
    assert [one.start for one in ordered.onward(ordered.first_from(3), 1)] == [3, 3, 7, 9]
    assert [one.start for one in ordered.onward(ordered.first_from(8) - 1, -1)] == [7, 3, 3, 0]
    assert list(ordered.onward(-1, -1)) == list(ordered.onward(5, 1)) == []
