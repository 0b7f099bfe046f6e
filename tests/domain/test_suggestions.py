"""What a label would take at the caret."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.suggestions import UNITS, suggested

CASES = [
    # the caret is ‸; what is taken stands between ⟦ and ⟧
    ("quote", "She said: ⟦“We ‸stay out,”⟧ and left."),
    ("quote", "⟦‸The ferry will not sail⟧, the harbour master said."),
    ("quote", "⟦‸“We stay out”⟧, the union said on Friday."),
    ("quote", '⟦‸Bakers "fear the worst,"⟧ their guild reported.'),
    ("quote", "The union said ⟦‸it would stay out until May⟧."),
    ("quote", "The minister denied that ⟦‸the ferry had sailed⟧."),
    ("source", "⟦‸The harbour master⟧ said on Friday it was over."),
    ("source", "Nobody sails, ⟦‸state news agency Halm⟧ reported."),
    ("source", "⟦‸a United Ports (UP) court in Halm⟧ dismissed the claim."),
    ("source", "Then ⟦‸she⟧ said so."),
    ("source", "⟦‸Der Hafenmeister⟧ sagte, es sei vorbei."),
    ("source", "“No,” said ⟦a ‸spokesman for the Cumbria Fire and Rescue squad, Brian Mitchelhill⟧."),
    ("source", "“No,” said ⟦‸a spokesman for the squad, Brian J. Mitchelhill⟧, on Friday."),
    ("source", "⟦The ‸harbour master, Ann van der Lee⟧, said so."),
    ("source", "⟦‸The harbour master⟧, when Halm Ferries asked, said so."),
    ("source", "⟦‸The harbour master⟧, Ann, said so."),
    ("source", "⟦‸Reuters⟧, John Smith, said so."),
    ("source", "⟦‸A clerk⟧, Halm City hall reported, said so."),
    ("cue", "The council ‸has ⟦said⟧ no."),
    ("cue", "It ‸is widely ⟦believed⟧ to be false."),
    ("claim", "⟦‸The bridge is closed⟧, and nobody minds."),
    ("claim", "Rain fell. ⟦‸The bridge is closed.⟧ Nobody minds."),
    ("evidence", "It holds, ⟦‸as a test in June showed⟧; so they say."),
    ("boilerplate", "The end.¶¶⟦Photo: ‸A. Holm¶Halm Gazette⟧¶¶Read on."),
    ("something else", "Rain fell, ⟦‸the bridge is closed⟧, and nobody minds."),
    ("cue", "Rain fell ‸  ⟦claimed⟧."),
]


@pytest.mark.parametrize(("label", "marked"), CASES)
def test_what_is_suggested(label: str, marked: str) -> None:
    bare = "".join(sign for sign in marked if sign not in "‸⟦⟧").replace("¶", "\n")

    def at(sign: str) -> int:
        return sum(each not in "‸⟦⟧" for each in marked[: marked.index(sign)])

    found = suggested(bare, at("‸"), label)
    assert found is not None
    assert bare[slice(*found)] == bare[at("⟦") : at("⟧")]


@pytest.mark.parametrize("text", ["He whistled it.", "came to the harbour", "Rain fell here. They said so."])
def test_a_word_that_says_nothing_is_suggested_as_no_cue(text: str) -> None:
    assert suggested(text, 0, "cue") is None


def test_where_there_is_no_word_nothing_is_suggested() -> None:
    assert suggested("", 0, "quote") is None
    assert suggested(" …\n", 1, "quote") is None


@given(st.text(st.sampled_from('ab said. ,“”"\n(京)'), max_size=40), st.data(), st.sampled_from([*UNITS, "x"]))
def test_whatever_the_text_it_is_words_of_it(text: str, data: st.DataObject, label: str) -> None:
    caret = data.draw(st.integers(0, len(text)))
    found = suggested(text, caret, label)
    if found is not None:
        assert 0 <= found[0] < found[1] <= len(text)
        assert not text[found[0]].isspace()
        assert not text[found[1] - 1].isspace()
        assert any(sign.isalnum() for sign in text[slice(*found)])
