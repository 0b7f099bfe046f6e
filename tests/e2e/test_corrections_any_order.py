"""Whatever is decided, changed, sent, answered and undone in whatever order: nothing is lost, both sides agree."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.article import VisibleLayers
from annotator.domain.change import Decision
from annotator.domain.corrections import ADDED, BESIDE, CHANGED, KEPT, REFUSED, Correction, read
from annotator.domain.errors import UserError
from annotator.jobs import corrections
from annotator.review.decide import Content, Verdict
from annotator.review.standing import CONTESTED, DISCUSSED, SETTLED, Item
from annotator.storage import corrections as stored
from annotator.storage import review as reading
from annotator.storage.reader import Reader
from tests.builders import close_opened
from tests.correcting import LISA, MARIA, Team

BOTH = (LISA, MARIA)
OPS = ("decide", "decide", "decide", "take back", "send", "send since", "accept", "contest", "take over", "send back",
       "send back since", "undo of the lead", "undo of an annotator")  # fmt: skip
op = st.tuples(st.sampled_from(OPS), st.integers(0, 1_000))


def verdict(item: Item, number: int) -> Verdict:
    there = [n for n in item.difference.present if item.difference.alike[n] != -1]
    if item.difference.field:
        choices = [Verdict("side", side=n) for n in there] + [Verdict("none"), Verdict("own", value="analysis")]
    else:
        span = next(it for it in item.difference.spans if it is not None)
        own = (Content("claim", span.fragments),)
        choices = [Verdict("side", side=n) for n in there]
        choices += [Verdict("none"), Verdict("both"), Verdict("discuss"), Verdict("own", own=own)]
    return choices[number % len(choices)]._replace(reason=f"because {number}")


class Play:
    def __init__(self, team: Team) -> None:
        self.team = team

    def do(self, what: str, number: int) -> None:
        team, who = self.team, BOTH[number % 2]
        if what == "decide":
            items = [it for it in team.everything() if it.difference.ids or it.difference.field]
            item = items[number % len(items)]
            team.decide(item, verdict(item, number // len(items)))
        elif what == "take back":
            decided = [it for it in team.everything() if it.decision is not None]
            if decided:
                team.take_back(decided[number % len(decided)])
        elif what.startswith("send back"):
            if who.id in team.desks:
                team.send_back(who, since_last="since" in what)
        elif what.startswith("send"):
            team.send(who, since_last="since" in what and who.id in team.desks)
        elif what == "undo of the lead":
            team.rita.undo()
        elif who.id in team.desks:
            self.annotators(what, number)

    def annotators(self, what: str, number: int) -> None:
        team, who = self.team, BOTH[number % 2]
        told = team.told(who)
        if what == "undo of an annotator":
            team.desks[who.id].undo()
        elif told and what == "take over":
            with suppress(UserError):  # there may be nothing to take over, or the span is another by now
                team.take_over(who, told[number % len(told)])
        elif told and what == "accept":
            team.accept(who, told[number % len(told)])
        elif told:
            team.contest(who, told[number % len(told)], f"no, {number}")


def all_sent(team: Team) -> None:
    for who in BOTH:
        team.send(who, since_last=who.id in team.desks)
        team.send_back(who)


def require_agreement(team: Team) -> None:
    """Both sides know the same corrections and answers, and of each what really became of the span."""
    # By decision: where a reader took a span away, the difference is another, and the decision about it stays.
    items = {item.decision.id if item.decision is not None else item.id: item for item in team.everything()}
    contested: set[str] = set()
    for who in BOTH:
        assert corrections.tell(team.rita, [who.id]) == 0
        theirs = team.told(who)
        ours = stored.corrections(team.rita.store, who.id)
        assert theirs == ours
        for one in theirs:
            item = items[one.correction.decision]
            assert item.decision is not None
            assert (one.correction.at, one.correction.reason) == (
                item.decision.data["at"], item.decision.data["reason"],
            )  # fmt: skip
            if one.says == CONTESTED:
                contested.add(one.correction.decision)
        require_outcomes(team, who.id, {one.correction.decision: one.correction for one in theirs}, items)
    # Who heard of it and contested may have been told since that it stands: that is decided anew, and no contest.
    assert {id for id, item in items.items() if item.status == CONTESTED} == contested


def require_outcomes(team: Team, who: str, told: dict[str, Correction], items: dict[str, Item]) -> None:
    """What is told is what a plain comparison with the consensus gives, of spans without their ties."""
    for id, item in items.items():
        one = item.difference
        if item.status not in (SETTLED, CONTESTED) or one.field or not one.ids:
            assert item.status != DISCUSSED or id not in told
            continue
        side = next(n for n, ref in enumerate(team.refs) if ref.owner == who)
        if side not in one.present:
            continue
        mine, it = one.spans[side], told.get(id)
        if it is not None and (None if mine is None else mine.fragments) != (it.was.fragments if it.was else None):
            continue  # followed since, as far as the reviewer knows
        became = [(it.label, it.fragments, dict(it.attributes)) for it in item.consensus]
        had = None if mine is None else (mine.label, mine.fragments, dict(mine.attributes))
        if had is None:
            wanted = {ADDED} if became else {KEPT, None}
        elif not became:
            wanted = {REFUSED}
        elif had not in became:
            wanted = {CHANGED}
        else:
            wanted = {CHANGED, KEPT, None} if len(became) == 1 else {CHANGED, BESIDE}
        if it is None or it.was is None or had == (it.was.label, it.was.fragments, dict(it.was.attributes)):
            assert (it.outcome if it is not None else None) in wanted


@settings(max_examples=12)
@given(ops=st.lists(op, min_size=4, max_size=14), seed=st.integers(1, 6))
def test_any_order_ends_in_agreement(ops: list[tuple[str, int]], seed: int) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        team = Team(folder, articles=2, spans=4, seed=seed)
        play = Play(team)
        for what, number in ops:
            play.do(what, number)
        told = [one for who in BOTH if who.id in team.desks for one in team.told(who)]
        answers = [one.answer for one in told if one.answer is not None]
        all_sent(team)
        require_agreement(team)
        kept = _decisions(team, "answer")
        # No answer that was given is lost, though what it was about may be told otherwise or not at all by now.
        assert [one for one in answers if one not in kept] == []
        team.sound()
    finally:
        close_opened()
        shutil.rmtree(folder)


def _decisions(team: Team, about: str) -> list[Decision]:
    return [one for one in _all(team.rita.store) if one.data.get("about") == about]


def test_the_consensus_and_layers_of_others_stay_at_home(tmp_path: Path) -> None:
    team = Team(tmp_path, articles=1, spans=4)
    for item in team.open():
        team.decide(item, verdict(item, 0))
    all_sent(team)
    for who in BOTH:
        store = team.desks[who.id].store
        owners = {layer.owner for id in store.article_ids() for layer in store.layers(id, VisibleLayers.ALL)}
        assert owners == {who.id}
        assert all(read(one) is not None or one.data["about"] == "answer" for one in _all(store))


def _all(store: Reader) -> list[Decision]:
    return [one for id in store.article_ids() for one in reading.decisions(store, id)]
