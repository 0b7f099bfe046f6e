"""Corrections go back: a review is told to each annotator, contested, decided anew, told again and accepted."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest

from annotator.domain.article import VisibleLayers
from annotator.domain.corrections import ADDED, BESIDE, CHANGED, KEPT, REFUSED
from annotator.jobs.consensus import take_over
from annotator.review.decide import Verdict
from annotator.review.standing import CONTESTED, SETTLED
from annotator.review.takeover import Rule
from annotator.storage import corrections as stored
from tests.correcting import LISA, MARIA, Team, takes
from tests.jobs.reviewed import REVIEWER


def test_a_correction_is_told_contested_decided_anew_and_accepted(tmp_path: Path) -> None:
    team = Team(tmp_path)
    first = team.open()
    for item in first:
        team.decide(item, takes(1, "the guideline says so")(item))
    assert team.open() == []
    sent = team.send(LISA)
    told = team.told(LISA)
    assert sent.corrections == len(told) > 5
    assert {CHANGED, REFUSED, ADDED} <= {one.correction.outcome for one in told}
    assert all(one.open and one.correction.reason == "the guideline says so" for one in told)
    assert {one.correction.by for one in told} == {REVIEWER.id}
    assert stored.open_count(team.desks[LISA.id].store, LISA.id) == len(told)
    # Each tells what she really had, and what the consensus really has.
    mine = {
        span.id: span
        for id in team.rita.store.article_ids()
        for span in team.rita.store.spans(id, VisibleLayers.ALL)
        if span.annotator == LISA.id
    }
    for one in told:
        if one.correction.was is not None:
            span = mine[one.correction.span]
            assert (one.correction.was.label, one.correction.was.fragments) == (span.label, span.fragments)
    chosen = next(one for one in told if one.correction.outcome == REFUSED)
    team.contest(LISA, chosen, "The mayor does say it.")
    for one in team.told(LISA):
        if one.open:
            team.accept(LISA, one)
    assert not any(one.open for one in team.told(LISA))
    team.send_back(LISA)
    (back,) = team.open()
    assert (back.status, back.id) == (CONTESTED, chosen.correction.decision)
    assert [one.data["reason"] for one in back.contests] == ["The mayor does say it."]
    # Refused again: contested twice counts.
    team.decide(back, Verdict("none", reason="it is a paraphrase"))
    assert team.open() == []
    assert team.send(LISA, since_last=True).corrections == 1
    (again,) = [one for one in team.told(LISA) if one.open]
    assert (again.correction.reason, again.correction.contested) == ("it is a paraphrase", 1)
    team.contest(LISA, again, "It is not.")
    team.send_back(LISA, since_last=True)
    (back,) = team.open()
    team.decide(back, Verdict("side", side=0, reason="you are right"))
    (settled,) = [item for item in team.everything() if item.id == back.id]
    assert settled.status == SETTLED
    assert settled.decision is not None
    assert settled.decision.data["contested"] == 2
    team.send(LISA, since_last=True)
    # What stands again may be tied otherwise than she had it: that is told of the other end.
    last, *_others = sorted(
        (one for one in team.told(LISA) if one.open), key=lambda it: it.correction.decision != back.id
    )
    assert (last.correction.outcome, last.correction.reason) == (KEPT, "you are right")
    for one in team.told(LISA):
        if one.open:
            team.accept(LISA, one)
    team.send_back(LISA, since_last=True)
    assert team.open() == []
    assert team.send(LISA, since_last=True).corrections == 0
    team.sound()


def test_nothing_of_the_other_annotator_is_in_the_package(tmp_path: Path) -> None:
    team = Team(tmp_path, articles=2)
    for number, item in enumerate(team.open()):
        team.decide(item, takes(number % 2)(item))
    store = team.rita.store
    secret = [MARIA.id, MARIA.name]
    outcome = set()
    for article in store.article_ids():
        for layer in store.layers(article, VisibleLayers.ALL):
            if layer.owner == MARIA.id or layer.kind == "consensus":
                secret.append(layer.id)
        for span in store.spans(article, VisibleLayers.ALL):
            layer_kind = next(it.kind for it in store.layers(article, VisibleLayers.ALL) if it.id == span.layer)
            if layer_kind == "consensus":
                outcome.add((article, span.fragments))
                secret.append(span.id)
            elif span.annotator == MARIA.id:
                secret.append(span.id)
    data = gzip.decompress(team.packed_for(LISA).path.read_bytes()).decode("utf-8")
    assert [word for word in secret if word in data] == []
    # No place of hers that is not in the outcome either.
    mine = {
        (article, span.fragments)
        for article in store.article_ids()
        for span in store.spans(article, VisibleLayers.ALL)
        if span.annotator == LISA.id
    }
    told = [json.loads(change[5]) for line in data.splitlines()[1:-1] if "changes" in (it := json.loads(line))
            for change in it["changes"] if change[0] == "decision"]  # fmt: skip
    assert told
    for value in told:
        assert value["data"]["about"] == "correction"
        for piece in [value["data"].get("was"), *(value["data"].get("became") or ())]:
            if piece is None:
                continue
            for fragments in (piece["fragments"], *(places for _name, places in piece.get("links", ()))):
                place = (value["article"], tuple(tuple(it) for it in fragments))
                assert place in outcome | mine


def test_what_others_contested_is_not_told(tmp_path: Path) -> None:
    team = Team(tmp_path)
    for item in team.open():
        team.decide(item, Verdict("none"))
    for who in (LISA, MARIA):
        team.send(who)
    lisas = {one.correction.decision for one in team.told(LISA)}
    both = next(one for one in team.told(MARIA) if one.correction.decision in lisas)
    team.contest(MARIA, both, "It does belong there.")
    team.send_back(MARIA)
    (back,) = team.open()
    team.decide(back, Verdict("none", reason="no"))
    team.send(LISA, since_last=True)
    team.send(MARIA, since_last=True)
    for who, count in ((LISA, 0), (MARIA, 1)):
        (again,) = [one.correction for one in team.told(who) if one.correction.reason == "no"]
        assert again.contested == count
    assert team.rita.store.rows("SELECT count(*) FROM decision WHERE data ->> 'contested' = 1") == [(2,)]
    team.sound()


def test_who_gets_all_later_has_the_decisions_themselves(tmp_path: Path) -> None:
    """What was told and what was decided are two things: neither takes the other's place."""
    team = Team(tmp_path, articles=2)
    for item in team.open():
        team.decide(item, takes(1)(item))
    team.send(LISA)
    told = [one.correction for one in team.told(LISA)]
    team.send(LISA, layers="all")
    assert [one.correction for one in team.told(LISA)] == told
    table = "SELECT id, data FROM decision ORDER BY id"
    assert team.desks[LISA.id].store.rows(table) == team.rita.store.rows(table)
    assert team.desks[LISA.id].store.rows("SELECT count(*) FROM fork") == [(0,)]
    team.sound()


def test_a_decision_that_is_taken_back_takes_back_what_was_told(tmp_path: Path) -> None:
    team = Team(tmp_path, articles=1)
    items = team.open()
    for item in items:
        team.decide(item, takes(1)(item))
    team.send(LISA)
    before = team.told(LISA)
    gone = before[0].correction.decision
    team.take_back(next(item for item in team.everything() if item.id == gone))
    team.send(LISA, since_last=True)
    assert [one.correction.decision for one in team.told(LISA)] == [one.correction.decision for one in before[1:]]
    team.rita.undo()  # what was told
    team.rita.undo()  # what was taken back
    team.send(LISA, since_last=True)
    assert [one.correction for one in team.told(LISA)] == [one.correction for one in before]
    team.sound()


def test_who_tags_blind_again_is_told_only_afterwards(tmp_path: Path) -> None:
    from annotator.domain.change import Change, Step
    from annotator.domain.team import assigned

    team = Team(tmp_path, articles=2)
    for item in team.open():
        team.decide(item, takes(1)(item))
    closed = next(iter(team.rita.store.article_ids()))
    again = assigned(closed, LISA.id)._replace(round=2, blind=True)
    team.send(MARIA)
    team.rita.do(Step("assign", (Change(None, again),)))
    team.send(LISA)
    assert {one.correction.article for one in team.told(LISA)}.isdisjoint({closed})
    assert team.told(LISA)
    team.rita.do(Step("not assigned any more", (Change(again, None),)))
    team.send(LISA, since_last=True)
    assert closed in {one.correction.article for one in team.told(LISA)}
    team.sound()


@pytest.mark.parametrize("seed", [8, 25])
def test_who_takes_everything_over_gives_the_reviewer_nothing_to_do(tmp_path: Path, seed: int) -> None:
    team = Team(tmp_path, seed=seed)
    take_over(team.rita, team.refs, Rule())
    for item in team.open():
        team.decide(item, takes(1)(item))
    team.send(LISA)
    tied = 0
    for one in team.told(LISA):
        links = [piece.links for piece in (one.correction.was, *one.correction.became) if piece is not None]
        tied += len(set(links)) > 1
        team.take_over(LISA, one)
    assert tied > 1
    team.send_back(LISA)
    # Ties came and went with their spans: nothing is left that is not just as was decided.
    assert team.open() == []
    team.sound()


def test_whatever_was_decided_may_be_taken_over_in_any_order(tmp_path: Path) -> None:
    """Both of two, one beside mine, and what is tied to a span that is refused: nothing of it comes back."""
    team = Team(tmp_path, articles=2, seed=5)
    take_over(team.rita, team.refs, Rule())
    for number, item in enumerate(team.open()):
        both = item.difference.kind in ("boundary", "label") and number % 2
        team.decide(item, Verdict("both") if both else takes(number % 3 % 2)(item))
    team.send(LISA)
    many = team.told(LISA)
    random.Random(5).shuffle(many)
    assert {BESIDE, CHANGED, REFUSED} <= {one.correction.outcome for one in many}
    for one in many:
        team.take_over(LISA, one)
    team.send_back(LISA)
    assert team.open() == []
    team.sound()
