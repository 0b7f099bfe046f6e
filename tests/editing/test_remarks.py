"""What people tell each other: written, answered, closed, taken away, and all of it undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.errors import UserError
from annotator.domain.team import Remark
from annotator.domain.threads import Thread, concerns, is_open, threads
from annotator.editing import remarks
from annotator.editing.workspace import Workspace
from annotator.storage import remarks as stored
from tests.builders import ANA, BO, bring, project, tag, workspace


def there(ws: Workspace, article: str) -> list[Thread]:
    return threads(stored.of_article(ws.store, article))


def said(article: str, id: str = "r1", text: str = "Is this one quote?", **more: object) -> Remark:
    return Remark(id, article, "", ANA.id, text, created=f"2026-01-01T00:00:0{len(id)}Z", **more)  # type: ignore[arg-type]


def test_a_remark_is_written_answered_closed_and_all_of_it_undone(tmp_path: Path) -> None:
    ws = workspace(project(tmp_path))
    article = bring(ws)
    span = tag(ws, article, "quote", (0, 5))
    ws.do(remarks.write(said(article.id)._replace(span=span.id, text="  Is this one quote? \n")))
    ws.do(remarks.write(said(article.id, "r11", "Two.", answers="r1")._replace(author=BO.id)))
    (thread,) = there(ws, article.id)
    assert [one.text for one in thread.all] == ["Is this one quote?", "Two."]
    ws.do(remarks.close(thread))
    assert there(ws, article.id)[0].closed
    assert list(stored.remarks(ws.store, only_open=True)) == []
    with pytest.raises(UserError, match="closed already"):
        remarks.close(there(ws, article.id)[0])
    ws.do(remarks.close(there(ws, article.id)[0], closed=False))
    assert not there(ws, article.id)[0].closed
    for _ in range(4):
        ws.undo()
    assert there(ws, article.id) == []
    for _ in range(4):
        ws.redo()
    assert [one.text for one in there(ws, article.id)[0].all] == ["Is this one quote?", "Two."]


def test_only_who_wrote_a_remark_changes_it_or_takes_it_away() -> None:
    thread = Thread(said("a"), (said("a", "r11", answers="r1"),))
    for refused in (
        lambda: remarks.edit(thread.first, BO.id, "other"),
        lambda: remarks.address(thread.first, BO.id, ANA.id),
        lambda: remarks.take_away(thread, thread.first, BO.id),
    ):
        with pytest.raises(UserError, match="Only who wrote"):
            refused()
    (gone, first) = remarks.take_away(thread, thread.first, ANA.id).changes
    assert (gone.entity, first.entity, gone.after, first.after) == ("r11", "r1", None, None)
    answered = Thread(thread.first, (thread.answers[0]._replace(author=BO.id),))
    with pytest.raises(UserError, match="Somebody has answered"):
        remarks.take_away(answered, answered.first, ANA.id)


def test_what_says_nothing_new_is_refused() -> None:
    one = said("a")
    with pytest.raises(UserError, match="must not be empty"):
        remarks.write(one._replace(text=" \n"))
    with pytest.raises(UserError, match="must not be empty"):
        remarks.edit(one, ANA.id, "")
    with pytest.raises(UserError, match="says that already"):
        remarks.edit(one, ANA.id, f" {one.text} ")
    with pytest.raises(UserError, match="for them already"):
        remarks.address(one, ANA.id, "")


def test_whom_a_remark_concerns() -> None:
    assert concerns(said("a"), BO.id)
    assert concerns(said("a", to=BO.id), BO.id)
    assert concerns(said("a", to=BO.id), ANA.id)
    assert not concerns(said("a", to="cy"), BO.id)
    assert is_open(said("a"))
    assert not is_open(said("a", closed=True))
    assert not is_open(said("a", answers="r0"))


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(-1, 12), st.integers(0, 3)), unique_by=lambda one: one[0]))
def test_threads_leave_nothing_out_and_double_nothing(drawn: list[tuple[int, int, int]]) -> None:
    # Answers to answers, to themselves and to what is gone are in packages of others.
    given_ = [
        Remark(f"r{id}", "a", "", ANA.id, "x", created=str(at), answers=f"r{to}" if to >= 0 else "")
        for id, to, at in drawn
    ]
    found = [one for thread in threads(given_) for one in thread.all]
    assert sorted(found) == sorted(given_)
    assert threads(reversed(given_)) == threads(given_)
