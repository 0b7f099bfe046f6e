"""Reports on agreement: published figures, figures counted by another road, and in words what they rest on."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from itertools import combinations
from pathlib import Path

import pytest

from annotator import assets
from annotator.domain.article import Annotator, VisibleLayers, own_layer
from annotator.domain.change import Change, Step
from annotator.domain.errors import UserError
from annotator.domain.layerref import LayerRef
from annotator.domain.scheme import parse
from annotator.editing.workspace import Workspace
from annotator.jobs.agreementsheet import Gathered, gather, sheet, write
from annotator.jobs.importing import import_paths
from annotator.jobs.sources import Wishes
from annotator.report.sheet import Sheet
from annotator.storage import review as reading
from annotator.storage.store import Store
from tests.crowd import crowd, person

BRATIAA = Path(__file__).parents[3] / "shared" / "data" / "bratiaa" / "example-project"
PUBLISHED = {"LOC": 0.819, "MISC": 0.840, "ORG": 0.906, "PER": 0.938}
BY_ARTICLE = [0.798, 0.873, 0.894, 0.906, 0.906, 0.907, 0.936]


def gathered(path: Path, *, done_only: bool | None = None, draws: int = 20, least: int = 0) -> Gathered:
    with closing(Store.open(path)) as store:
        refs = [one.ref for one in reading.layers(store)][least:]
        found = gather(store, refs, done_only=done_only, draws=draws)
    assert found is not None
    return found


def told(path: Path, *, exact: bool = True, done_only: bool | None = None) -> Sheet:
    return sheet(gathered(path, done_only=done_only), "own", exact=exact)


@pytest.mark.skipif(not BRATIAA.is_dir(), reason="the folder of shared data is not here")
def test_the_published_figures_of_four_annotators(tmp_path: Path) -> None:
    path = tmp_path / "bratiaa.annotator"
    Store.create(path, parse(assets.scheme_text(), "news-sourcing.toml"))
    for number, name in enumerate(("Lisa", "Maria", "Max", "Peter")):
        who = person(number, name)
        with closing(Store.open(path)) as store:
            import_paths(Workspace(store, who, "device"), [BRATIAA / name], Wishes(format="brat", owner=who))
    found = told(path)
    assert found.names == ("Lisa", "Maria", "Max", "Peter")
    assert found.heads[0].estimate is not None
    assert found.heads[0].estimate.told(3) == "0.890"
    assert {it.name: float(it.figure.told(3)) for it in found.labels} == PUBLISHED
    assert [float(it.figure.told(3)) for it in found.articles] == BY_ARTICLE
    assert sum(it.spans for it in found.labels) == sum(it.spans for it in found.articles) == 404 + 404 + 358 + 401
    assert found.heads[-1].words == "0 / 7"  # who imports says of nobody that they are done
    assert any(it.warning and "7 articles" in it.words for it in found.notes)


def spans_of(path: Path) -> dict[str, dict[str, set[tuple[str, object]]]]:
    """Return label and place of every span, by article and owner."""
    found: dict[str, dict[str, set[tuple[str, object]]]] = {}
    with closing(Store.open(path)) as store:
        for id in store.article_ids():
            for layer in store.layers(id, VisibleLayers.ALL):
                found.setdefault(id, {})[layer.owner] = set()
            for span in store.spans(id, VisibleLayers.ALL):
                found[id][span.annotator].add((span.label, span.fragments))
    return found


@pytest.mark.parametrize("readers", [2, 4])
def test_figures_of_own_texts_counted_by_another_road(tmp_path: Path, readers: int) -> None:
    path = crowd(tmp_path / "own.annotator", readers)
    all_, found = spans_of(path), told(path)

    def f1(label: str = "", articles: tuple[str, ...] = ()) -> float:
        values = []
        for one, two in combinations(range(readers), 2):
            both = [(all_[id][person(one).id], all_[id][person(two).id]) for id in articles or all_]
            both = [tuple({it for it in side if label in ("", it[0])} for side in sides) for sides in both]  # type: ignore[misc]
            values.append(2 * sum(len(a & b) for a, b in both) / sum(len(a) + len(b) for a, b in both))
        return sum(values) / len(values)

    assert found.heads[0].estimate is not None
    assert found.heads[0].estimate.value == pytest.approx(f1())
    assert {it.id: it.figure.value for it in found.labels} == {
        it.id: pytest.approx(f1(it.id)) for it in found.labels
    }  # fmt: skip
    assert [it.figure.value for it in found.articles] == pytest.approx([f1(articles=(it.id,)) for it in found.articles])
    values = [it.figure.value or 0.0 for it in found.articles]
    assert values == sorted(values)
    spans = Counter(label for of in all_.values() for marks in of.values() for label, _place in marks)
    assert {it.id: it.spans for it in found.labels} == dict(spans)
    assert len(found.pairs) == readers * (readers - 1) // 2


def test_of_two_the_rows_are_the_firsts_of_more_nobodys(tmp_path: Path) -> None:
    two, three = crowd(tmp_path / "two.annotator"), crowd(tmp_path / "three.annotator", 3)
    found = told(two).confused
    nothing = len(found.ids) - 1
    assert found.ids[nothing] == ""
    assert sum(found.counts[row][nothing] for row in range(nothing)) > 0
    assert sum(found.counts[nothing]) == 0  # only the second left some out
    assert found.rows == "Rows: Reader 1, columns: Reader 2, in % of the row"
    turned = gathered(two)
    with closing(Store.open(two)) as store:
        other = gather(store, turned.refs[::-1], draws=0)
    assert other is not None
    counts = sheet(other, "", exact=True).confused.counts
    assert counts == tuple(zip(*found.counts, strict=True))
    of_three = told(three).confused.counts
    assert of_three == tuple(zip(*of_three, strict=True))


def test_any_overlap_is_never_less_and_changes_places_with_exactly(tmp_path: Path) -> None:
    path = crowd(tmp_path / "own.annotator", 3)
    exact, overlap = told(path), told(path, exact=False)
    assert [it.name for it in exact.heads] == [it.name for it in overlap.heads]
    assert exact.heads == overlap.heads
    for one, two in zip(exact.labels, overlap.labels, strict=True):
        assert (one.figure.value, one.other.value) == (two.other.value, two.figure.value)
        assert (one.other.value or 0.0) >= (one.figure.value or 0.0)
    assert (exact.how, exact.other) == (overlap.other, overlap.how)


def test_no_common_article_and_too_few_are_said_in_words(tmp_path: Path) -> None:
    found = told(crowd(tmp_path / "own.annotator", 3, apart=True))
    pair = found.pair(1, 2)
    assert pair is not None
    assert pair.figure.value is None
    assert pair.figure.told() == "no common article"
    assert "Reader 2 and Reader 3 share no article, so their pair has no figure." in {it.words for it in found.notes}
    few = told(crowd(tmp_path / "few.annotator", 2, articles=1, spans=4))
    assert {it.figure.told() for it in few.labels} == {"too few spans"}
    assert few.notes[0].words == "Quote, Source, Cue, Claim: too few spans for a figure."
    assert few.notes[0].warning
    assert "Fewer than 5 articles: too few for an interval." in {it.words for it in few.notes}
    assert few.heads[0].estimate is not None
    assert few.heads[0].estimate.between() == ""


def test_done_ones_only_where_there_are_such(tmp_path: Path) -> None:
    path = crowd(tmp_path / "own.annotator", 2)
    with closing(Store.open(path)) as store:
        ids = list(store.article_ids())
        layer = store.value("layer", own_layer(ids[0], person(1).id).id, ids[0])
        Workspace(store, person(1), "desk").do(
            Step("Open again", (Change(layer, layer._replace(state="started")),))
        )  # fmt: skip
    some, everything = gathered(path), gathered(path, done_only=False)
    assert some.done_only
    assert len(some.report.articles) == 5
    assert len(everything.report.articles) == 6
    words = [it.words for it in sheet(some, "", exact=True).notes if it.warning]
    assert words[0] == "1 article is left out: not all its readings are done."
    assert sheet(some, "", exact=True).heads[-1].words == "5 / 6"
    words = [it.words for it in sheet(everything, "", exact=True).notes if it.warning]
    assert words[0] == "In 1 article not all readings are done; what is missing there counts as nothing."
    none = gathered(crowd(tmp_path / "none.annotator", 2, done=False))
    assert not none.done_only
    assert len(none.report.articles) == 6


def test_nothing_to_compare_is_no_figure(tmp_path: Path) -> None:
    path = crowd(tmp_path / "own.annotator", 2, done=False)
    found = gathered(path, done_only=True)
    assert found.report.agreement is None
    assert len(found.finished) == 6
    one = gathered(path, least=1)
    assert one.report.agreement is None
    assert one.finished == {}


def test_two_of_one_name_are_told_apart_and_unknown_labels_keep_theirs(tmp_path: Path) -> None:
    found = told(crowd(tmp_path / "own.annotator", 2, ("quote", "odd"), names=("Ana", "Ana")))
    assert found.names == ("Ana (…0000)", "Ana (…0001)")
    assert [(it.id, it.name, bool(it.light)) for it in found.labels] == [
        ("quote", "Quote", True),
        ("odd", "odd", False),
    ]


def test_it_stops_when_told_to(tmp_path: Path) -> None:
    path = crowd(tmp_path / "own.annotator", 2)
    seen: list[tuple[int, int]] = []
    with closing(Store.open(path)) as store:
        refs = [one.ref for one in reading.layers(store)]
        assert gather(store, refs, lambda done, all_: seen.append((done, all_)), lambda: len(seen) > 3) is None
    assert 3 < len(seen) < 10


def test_a_report_is_written_and_never_over_the_project(tmp_path: Path) -> None:
    path = crowd(tmp_path / "own.annotator", 2)
    found = told(path)
    page, table = tmp_path / "report.html", tmp_path / "report.CSV"
    write(found, page, path)
    write(found, table, path)
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert table.read_bytes().startswith(b"\xef\xbb\xbfWhat,Which,")
    before = path.read_bytes()
    with pytest.raises(UserError):
        write(found, path, path)
    assert path.read_bytes() == before


def test_a_layer_of_somebody_unknown_is_left_as_it_is(tmp_path: Path) -> None:
    path = crowd(tmp_path / "own.annotator", 2)
    with closing(Store.open(path)) as store:
        refs = [*(one.ref for one in reading.layers(store)), LayerRef("annotator", "nobody")]
        found = gather(store, refs, draws=0)
    assert found is not None
    shown = sheet(found, "", exact=True)
    assert [it.figure.why for it in shown.pairs] == ["", "no common article", "no common article"]
    assert Annotator("nobody", "x").id in shown.names


def test_a_mean_of_some_pairs_only_is_said(tmp_path: Path) -> None:
    apart = told(crowd(tmp_path / "apart.annotator", 3, apart=True))
    assert {it.figure.some for it in apart.labels} == {"2 of 3 pairs"}
    words = " ".join(it.words for it in apart.notes)
    assert "share no article" in words
    assert "spans enough" not in words  # that is the reason, and no other
    few = told(crowd(tmp_path / "few.annotator", 3, articles=1, spans=9))
    (some,) = [it.name for it in few.labels if it.figure.some]
    assert [it.words for it in few.notes if "spans enough" in it.words] == [
        f"{some}: the mean of only those pairs that have spans enough."
    ]
