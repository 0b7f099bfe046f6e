"""Packages come in whole or not at all, go off and on, and say what they did (T40 to T47)."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator import keys
from annotator.domain import redrawing as draw
from annotator.domain.article import Annotator, VisibleLayers
from annotator.domain.change import Change, Step
from annotator.domain.errors import Stale
from annotator.domain.journalled import ChangeRecord, StepRecord, payload_sha256
from annotator.domain.text import fingerprint
from annotator.editing import forks as settling
from annotator.editing import history, spans
from annotator.editing.workspace import Workspace
from annotator.exchange import package
from annotator.exchange.header import Header, Line, StepLine, TextLine
from annotator.jobs.merging import Report, look, merge, unmerge
from annotator.jobs.redrawing import redraw
from annotator.storage import forks
from annotator.storage.check import check
from annotator.storage.fingerprint import seal
from annotator.storage.packages import packages
from annotator.storage.proposed import not_counted
from annotator.storage.purge import purge
from annotator.storage.store import Store
from annotator.storage.unite import exported
from annotator.storage.writing import keep_texts
from annotator.whoami import Identity
from tests.builders import ANA, BO, TEXT, bring, opened, project, tag, workspace
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


def refused(ws: Workspace, path: Path) -> str:
    """The sentence by which a package is refused; nothing may be written."""
    before = ws.store.path.read_bytes(), ws.store.rows("SELECT * FROM step"), state(ws.store)
    seen = look(ws.store, Identity(ws.me, ws.device), path)
    (report,) = merged(ws, path)
    assert report.refused == seen.refused
    assert report.refused, "it came in"
    assert (ws.store.path.read_bytes(), ws.store.rows("SELECT * FROM step"), state(ws.store)) == before
    assert ws.store.rows("SELECT * FROM package") == []
    (sentence,) = report.refused
    assert path.name in sentence
    return sentence


def lines_of(path: Path) -> tuple[Header, list[Line]]:
    with package.opened(path) as opened_:
        return opened_.header, [line for _, line in opened_.lines()]


def altered(path: Path, alter: Callable[[StepRecord, tuple[ChangeRecord, ...]], StepLine]) -> Path:
    """The package with its last step altered, and proved anew as a forger would."""
    header, content = lines_of(path)
    last = content[-1]
    assert isinstance(last, StepLine)
    content[-1] = alter(last.step, last.changes)
    package.write(path, header, content, replace=True)
    return path


def told_anew(step: StepRecord, changes: tuple[ChangeRecord, ...]) -> StepLine:
    return StepLine(step._replace(payload_sha256=payload_sha256(changes)), changes)


def test_the_same_step_with_other_content_is_refused(tmp_path: Path) -> None:
    """T45."""
    home, out = team(tmp_path, (ANA, "home"), (BO, "out"))
    tag(home, article_of(home), "quote", (0, 5))
    # Bo's package tells Ana's step anew.
    good(merged(out, packed(home))[0])
    tag(out, article_of(out), "cue", (6, 9))
    header, content = lines_of(packed(out))
    place = next(n for n, line in enumerate(content) if isinstance(line, StepLine) and line.step.annotator == ANA.id
                 and line.changes[-1].kind == "span")  # fmt: skip
    step = content[place]
    assert isinstance(step, StepLine)
    content[place] = StepLine(step.step._replace(title="Other"), step.changes)
    path = tmp_path / "told-anew.annotator-package"
    package.write(path, header, content)
    assert "with other content" in refused(home, path)


def test_a_package_of_another_project_is_refused(tmp_path: Path) -> None:
    """T45."""
    (home,) = team(tmp_path, (ANA, "home"))
    (tmp_path / "other").mkdir()
    (other,) = team(tmp_path / "other", (BO, "other"))
    assert "another project" in refused(home, packed(other))


def test_who_claims_to_be_me_is_refused(tmp_path: Path) -> None:
    """T45: a step of mine that I do not know, from somebody who does not sign as I do."""
    home, sofa = team(tmp_path, (ANA, "home"), (ANA, "sofa"))
    tag(sofa, article_of(sofa), "quote", (0, 5))
    path = packed(sofa)
    assert "claims to be you" in refused(home, path)
    header, content = lines_of(path)
    # By my own key it may come.
    package.write(path, header._replace(key=keys.public_hex()), content, keys.sign, replace=True)
    assert good(merged(home, path)[0]).spans_new == 1
    assert labels(home) == ["quote"]


def test_a_key_that_is_not_known_for_its_maker_is_refused(tmp_path: Path) -> None:
    """T45."""
    home, out = team(tmp_path, (ANA, "home"), (BO, "out"))
    tag(out, article_of(out), "cue", (6, 9))
    path = packed(out)
    keys.trust(BO.id, "ab" * 32)
    header, content = lines_of(path)
    package.write(path, header._replace(key=keys.public_hex()), content, keys.sign, replace=True)
    assert "another key than the one Bo" in refused(home, path)
    keys.trust(BO.id, "")
    assert good(merged(home, path)[0]).badge == "first"
    assert keys.trusted()[BO.id] == keys.public_hex()


def test_the_layer_of_somebody_else_is_not_to_be_changed(tmp_path: Path) -> None:
    """T45: where somebody leads, only they may."""
    home, out = team(tmp_path, (ANA, "home"), (BO, "out"))
    span = tag(home, article_of(home), "quote", (0, 5))
    good(merged(out, packed(home))[0])
    out.do(spans.relabel(span, "cue", "Cue", "t"))
    path = packed(out)
    home.store.set_lead(ANA.id)
    assert "layer of somebody else" in refused(home, path)


def test_what_is_not_as_it_must_be_is_refused(tmp_path: Path) -> None:
    """T44, T45: a text, a span beyond it, a value, an author, a clock."""
    home, out = team(tmp_path, (ANA, "home"), (BO, "out"))
    tag(out, article_of(out), "cue", (6, 9))

    def with_after(old: str, new: str) -> Callable[[StepRecord, tuple[ChangeRecord, ...]], StepLine]:
        def alter(step: StepRecord, changes: tuple[ChangeRecord, ...]) -> StepLine:
            last = changes[-1]
            assert last.after is not None
            assert old in last.after
            return told_anew(step, (*changes[:-1], last._replace(after=last.after.replace(old, new))))

        return alter

    assert "beyond the text" in refused(home, altered(packed(out), with_after("[6,9]", "[6,9999]")))
    assert "cannot be understood" in refused(home, altered(packed(out), with_after("[6,9]", '["a",9]')))
    for words, said in (
        ("by nobody", {"annotator": ""}),
        ("no tick", {"lamport": 1 << 62}),
        ("no tick", {"lamport": 0}),
    ):
        path = altered(packed(out), lambda step, changes, said=said: StepLine(step._replace(**said), changes))  # type: ignore[misc]
        assert words in refused(home, path)
    header, content = lines_of(packed(out))
    for line in content:
        if isinstance(line, TextLine):
            content.remove(line)
    path = tmp_path / "without.annotator-package"
    package.write(path, header, content)
    fresh = workspace(project(tmp_path, "fresh"), Annotator("0190a000-0000-7000-8000-00000000000c", "Cy"), "fresh")
    _same_project(fresh.store, home.store)
    assert "missing" in refused(fresh, path)


def _same_project(store: Store, other: Store) -> None:
    about = store.about() | {key: other.about()[key] for key in ("id", "created", "name")}
    about["seal"] = seal(about)
    with store.writing() as connection:
        connection.executemany("INSERT OR REPLACE INTO project (key, value) VALUES (?, ?)", about.items())


def test_a_text_that_is_another_one_is_refused(tmp_path: Path) -> None:
    """T45: the article is known by another text."""
    home, out = team(tmp_path, (ANA, "home"), (BO, "out"))
    article = article_of(out)
    text = "Not what it was."
    with out.store.writing() as connection:
        keep_texts(connection, {fingerprint(text): text})
    out.do(Step("Alter", (Change(article, article._replace(sha256=fingerprint(text))),)))
    assert "another text" in refused(home, packed(out))


def test_what_goes_on_from_an_earlier_package_waits_for_it(tmp_path: Path) -> None:
    """T44: older after newer."""
    home, out = team(tmp_path, (ANA, "home"), (BO, "out"))
    span = tag(out, article_of(out), "cue", (6, 9))
    whole = len(exported(out.store.connection))
    first = packed(out)
    out.do(spans.relabel(span, "quote", "Quote", "t"))
    tag(out, article_of(out), "source", (10, 14))
    second = packed(out, steps=slice(whole, None), after="not here")
    report = good(merged(home, second)[0])
    assert (report.spans_new, report.waiting) == (0, 2)
    assert any("earlier package" in words for words in report.warnings)
    assert list(check(home.store)) == []
    assert labels(home) == []
    assert good(merged(home, first)[0]).spans_new == 2
    assert state(home.store) == state(out.store)
    assert list(check(home.store)) == []


def test_packages_that_came_in_another_order_are_sent_on(tmp_path: Path) -> None:
    """T41, T44: what a colleague has in another order than it was made in is no damage."""
    home, out, third = team(tmp_path, (ANA, "home"), (BO, "out"), (BO, "third"))
    third.me = Annotator("0190a000-0000-7000-8000-00000000000c", "Cy")
    tag(out, article_of(out), "cue", (6, 9))
    whole, first = len(exported(out.store.connection)), packed(out)
    tag(out, article_of(out), "source", (10, 14))
    second = packed(out, steps=slice(whole, None))
    for file in (second, first):
        good(merged(home, file)[0])
    assert [seq for seq, step in enumerate(home.store.steps(newest_first=False)) if step.annotator == BO.id]
    good(merged(third, packed(home))[0])
    assert state(third.store) == state(home.store) == state(out.store)
    assert list(check(third.store)) == []


def test_two_leads(tmp_path: Path) -> None:
    """The spans come in, what the other lead did to the scheme does not count; it is told in a sentence."""
    home, out = team(tmp_path, (ANA, "home"), (BO, "out"))
    tag(out, article_of(out), "quote", (0, 5))
    home.store.set_lead(ANA.id)
    out.store.set_lead(BO.id)
    redraw(out, draw.add_label(draw.begun(out.store.scheme()), "claim", "Claim"))
    report = good(merged(home, packed(out))[0])
    assert report.spans_new == 1
    assert any("Bo" in words and "Ana" in words for words in report.warnings)
    assert report.proposals == ("Bo would change the scheme.",)
    assert home.store.scheme().label("claim") is None
    assert [(it.author, it.kind) for it in not_counted(home.store)] == [(BO.id, "scheme")]
    assert list(check(home.store)) == []


def test_who_leads_arrives_where_nobody_does(tmp_path: Path) -> None:
    home, out = team(tmp_path, (ANA, "home"), (BO, "out"))
    home.store.set_lead(ANA.id)
    tag(home, article_of(home), "quote", (0, 5))
    report = good(merged(out, packed(home))[0])
    assert any("leads this project from now on" in words for words in report.warnings)
    assert out.store.leads() == {ANA.id}
    assert list(check(out.store)) == []


def test_cancelled_it_leaves_nothing(tmp_path: Path) -> None:
    home, out = team(tmp_path, (ANA, "home"), (BO, "out"))
    tag(out, article_of(out), "cue", (6, 9))
    path, number = packed(out), 0
    before = home.store.path.read_bytes(), state(home.store)
    while True:
        number += 1
        looks = iter(range(number))
        report = merge(home, Identity(ANA, "home"), [path], cancelled=lambda looks=looks: next(looks, None) is None)[0]  # type: ignore[misc]
        if not report.stopped:
            break
        assert (home.store.path.read_bytes(), state(home.store)) == before
        assert home.store.rows("SELECT * FROM package") == []
    assert number > 10
    assert report.spans_new == 1


def test_who_works_meanwhile_is_not_held_up_and_loses_nothing(tmp_path: Path) -> None:
    home, out = team(tmp_path, (ANA, "home"), (BO, "out"))
    tag(out, article_of(out), "cue", (6, 9))
    path, did = packed(out), []

    def progress(done: int, total: int) -> None:
        if done == total and not did:
            did.append(tag(home, article_of(home), "quote", (0, 5)))

    report = good(merge(home, Identity(ANA, "home"), [path], progress)[0])
    assert did
    assert report.spans_new == 1
    assert labels(home) == ["cue", "quote"]
    assert list(check(home.store)) == []
    tag(home, article_of(home), "source", (10, 14))
    assert list(check(home.store)) == []
    home.undo()
    home.undo()
    assert labels(home) == ["cue"]


def test_what_is_hidden_is_told_nowhere_and_undo_is_mine(tmp_path: Path) -> None:
    home, out = team(tmp_path, (ANA, "home"), (BO, "out"))
    tag(home, article_of(home), "quote", (0, 5))
    span = tag(out, article_of(out), "cue", (6, 9))
    before = home.store.step_count()
    path = packed(out)
    merged(home, path)
    assert home.store.step_count() == before + 1
    assert [step.annotator for step in home.store.touches(span.id, 9)] == [BO.id]
    home.do(spans.relabel(home.store.value("span", span.id, article_of(home).id), "source", "Source", "t"))
    unmerge(home, path.name)
    assert [step.annotator for step in home.store.touches(span.id, 9)] == [ANA.id]
    assert home.store.step_count() == before + 1
    assert BO.id not in {line.annotator for line in history.lines(home.store)}
    with pytest.raises(Stale):
        home.undo()  # what it starts from is hidden
    merged(home, path)
    home.undo()
    assert labels(home) == ["cue", "quote"]


def test_a_purged_article_does_not_come_back(tmp_path: Path) -> None:
    home, out = team(tmp_path, (ANA, "home"), (BO, "out"))
    article = article_of(home)
    tag(out, article, "cue", (6, 9))
    purge(home.store, [article.id], ANA.id)
    report = good(merged(home, packed(out))[0])
    assert (report.spans_new, report.articles_new) == (0, 0)
    assert TEXT.encode() not in home.store.path.read_bytes()
    assert home.store.rows("SELECT * FROM text") == []
    assert list(check(home.store)) == []


def test_two_machines_make_two_heads_and_one_is_settled(tmp_path: Path) -> None:
    home, sofa = team(tmp_path, (ANA, "home"), (ANA, "sofa"))
    span = tag(home, article_of(home), "quote", (0, 5))
    keys.make()
    good(merged(sofa, signed(packed(home)))[0])
    home.do(spans.relabel(span, "cue", "Cue", "t"))
    sofa.do(spans.relabel(span, "source", "Source", "t"))
    report = good(merged(home, signed(packed(sofa)))[0])
    good(merged(sofa, signed(packed(home)))[0])
    assert len(report.twofold) == 1
    for ws in (home, sofa):
        (one,) = forks.listed(ws.store)
        assert {one.stands.label, one.other.label} == {"cue", "source"}  # type: ignore[union-attr]
        assert {one.device, one.other_device} == {"home", "sofa"}
    (one,) = forks.listed(home.store)
    for settle, wanted in (
        (settling.keep, [one.stands.label]),  # type: ignore[union-attr]
        (settling.take_other, [one.other.label]),  # type: ignore[union-attr]
        (settling.keep_both, ["cue", "source"]),
    ):
        home.do(settle(one, ANA, home.new_id))  # type: ignore[operator]
        assert labels(home) == wanted
        assert forks.listed(home.store) == []
        assert list(check(home.store)) == []
        home.undo()
        assert [again.fork for again in forks.listed(home.store)] == [one.fork]
        assert list(check(home.store)) == []
    home.redo()
    good(merged(sofa, signed(packed(home)))[0])
    assert state(sofa.store) == state(home.store)
    assert forks.listed(sofa.store) == []


def signed(path: Path) -> Path:
    header, content = lines_of(path)
    package.write(path, header._replace(key=keys.public_hex()), content, keys.sign, replace=True)
    return path


def test_what_only_a_newer_version_knows_is_kept(tmp_path: Path) -> None:
    """T46: a field of a value, and a kind of change; both go on as they came."""
    home, out = team(tmp_path, (ANA, "home"), (BO, "out"))
    span = tag(out, article_of(out), "cue", (6, 9))

    def newer(step: StepRecord, changes: tuple[ChangeRecord, ...]) -> StepLine:
        last = changes[-1]
        assert last.after is not None
        more = ChangeRecord("weather", "x", last.article, "", None, '{"id":"x","sun":true}')
        return told_anew(step, (*changes[:-1], last._replace(after=last.after[:-1] + ',"sun":1}'), more))

    path = altered(packed(out), newer)
    assert good(merged(home, path)[0]).spans_new == 1
    assert list(check(home.store)) == []
    kept = home.store.value("span", span.id, article_of(home).id)
    home.store.set_lead(ANA.id)
    home.do(spans.relabel(kept, "quote", "Quote", "t"))
    journal = [change for _, changes in exported(home.store.connection) for change in changes]
    assert '"sun":1' in (journal[-1].after or "")
    assert any(change.kind == "weather" and change.after == '{"id":"x","sun":true}' for change in journal)


def test_a_span_that_was_deleted_here_and_gone_on_with_there_is_told(tmp_path: Path) -> None:
    """T42: a deletion that lost is a difference too; one that won hides nothing silently."""
    home, sofa = team(tmp_path, (ANA, "home"), (ANA, "sofa"))
    span = tag(home, article_of(home), "quote", (0, 5))
    good(merged(sofa, signed(packed(home)))[0])
    home.do(spans.delete(span))
    sofa.do(spans.relabel(span, "cue", "Cue", "t"))
    sofa.do(spans.relabel(sofa.store.value("span", span.id, span.article), "source", "Source", "t"))
    good(merged(home, signed(packed(sofa)))[0])
    good(merged(sofa, signed(packed(home)))[0])
    assert labels(home) == labels(sofa) == ["source"]
    for ws in (home, sofa):
        (one,) = forks.listed(ws.store)
        assert (one.other, one.other_device) == (None, "home")


def test_clocks_a_day_apart_decide_nothing(tmp_path: Path) -> None:
    """T43, T55: who saw the other's work has the last word, whatever the clock says."""
    home, sofa = team(tmp_path, (ANA, "home"), (ANA, "sofa"))
    home.clock = lambda: "2031-01-01T00:00:00.000Z"
    sofa.clock = lambda: "2026-11-26T00:00:00.000Z"
    span = tag(home, article_of(home), "quote", (0, 5))
    good(merged(sofa, signed(packed(home)))[0])
    sofa.do(spans.relabel(span, "cue", "Cue", sofa.clock()))
    good(merged(home, signed(packed(sofa)))[0])
    assert labels(home) == ["cue"]
    assert forks.listed(home.store) == []
