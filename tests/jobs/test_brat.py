"""Importing brat's pairs of files: folders, people, what is missing, and real ones."""

from __future__ import annotations

import io
import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from annotator.domain.article import Annotator, VisibleLayers
from annotator.jobs.importing import rehearse
from annotator.jobs.preview import preview
from annotator.jobs.sources import Wishes, gathered
from tests.formats.test_brat import GOOD, TEXT
from tests.jobs.desk import Desk, tally

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
BRATIAA = SHARED / "bratiaa" / "example-project"
SAMPLES = SHARED / "brat-samples"
PEOPLE = {
    name: Annotator(f"0192f0c1-0000-7000-8000-0000000000f{number}", name)
    for number, name in enumerate(("Lisa", "Maria", "Max", "Peter"))
}
LISA, MAX = PEOPLE["Lisa"], PEOPLE["Max"]


def pair(folder: Path, name: str = "dock", text: str = TEXT, lines: str | None = GOOD) -> Path:
    """Write a text and, unless there are none, the lines about it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.txt").write_bytes(text.encode("utf-8"))
    if lines is not None:
        (folder / f"{name}.ann").write_bytes(lines.encode("utf-8"))
    return folder


def layers(desk: Desk) -> dict[tuple[str, str], int]:
    """Owner's id or name, and title of the article: number of spans."""
    count: Counter[tuple[str, str]] = Counter()
    for line in desk.export().splitlines():
        article = json.loads(line)
        owners = {it["id"]: it["annotator"]["name"] for it in article["layers"]}
        count.update({(owner, article["source_id"] or article["title"]): 0 for owner in owners.values()})
        count.update((owners[it["layer"]], article["source_id"] or article["title"]) for it in article["spans"])
    return dict(count)


def test_a_folder_comes_in_and_again_nothing_is_new(tmp_path: Path) -> None:
    folder = pair(tmp_path / "batch")
    pair(folder, "bare", "Nothing is said of this.", None)
    (folder / "annotation.conf").write_text("[entities]\nPerson\n")
    with Desk(tmp_path / "p.annotator") as desk:
        report = desk.bring(folder, format="brat", owner=LISA)
        assert tally(report) == (2, 0, 0, 0)
        assert report.unknown["Person"] == 2
        assert layers(desk) == {("Lisa", "🚢 Port chief Ana Ruiz said dues rise."): 7}
        assert tally(desk.bring(folder, format="brat", owner=LISA)) == (0, 2, 0, 0)


def test_two_people_of_one_text_are_two_layers_of_one_article(tmp_path: Path) -> None:
    first, second = pair(tmp_path / "Lisa"), pair(tmp_path / "Max")
    with Desk(tmp_path / "p.annotator") as desk:
        desk.bring(first, format="brat", owner=LISA)
        report = desk.bring(second, format="brat", owner=MAX)
        assert (tally(report), report.spans) == ((1, 0, 0, 0), 7)
        assert {owner: count for (owner, _), count in layers(desk).items()} == {"Lisa": 7, "Max": 7}
        assert desk.store.article_count() == 1


def test_without_a_person_the_folders_are_told_apart(tmp_path: Path) -> None:
    pair(tmp_path / "all" / "Lisa")
    pair(tmp_path / "all" / "Max", lines=GOOD.replace("Person", "Human"))
    with Desk(tmp_path / "p.annotator") as desk:
        assert tally(desk.bring(tmp_path / "all")) == (2, 0, 0, 0)
        assert {owner: count for (owner, _), count in layers(desk).items()} == {"Lisa": 7, "Max": 7}
        (article,) = [row.id for row in desk.store.article_page("", VisibleLayers.ALL, 0, 9)]
        assert {it.kind for it in desk.store.layers(article, VisibleLayers.ALL)} == {"imported"}


def test_each_folder_may_be_a_person(tmp_path: Path) -> None:
    first, second = pair(tmp_path / "all" / "Lisa"), pair(tmp_path / "all" / "Max")
    with Desk(tmp_path / "p.annotator") as desk:
        assert tally(desk.bring(tmp_path / "all", owners={first: LISA, second: MAX})) == (2, 0, 0, 0)
        assert set(desk.store.annotators()) >= {LISA.id, MAX.id}


@pytest.mark.parametrize("names", [["dock.txt"], ["dock.ann"], ["dock.txt", "dock.ann"], ["dock.ann", "dock.txt"]])
def test_either_file_of_a_pair_stands_for_both(names: list[str], tmp_path: Path) -> None:
    folder = pair(tmp_path / "batch")
    with Desk(tmp_path / "p.annotator") as desk:
        assert tally(desk.bring(*(folder / name for name in names))) == (1, 0, 0, 0)
        assert list(layers(desk).values()) == [7]
    assert gathered([folder / name for name in names]) == [folder / "dock.ann"]
    assert preview(folder / names[0], Path("nowhere")).spans == 7


def test_the_text_alone_is_taken_where_that_is_wanted(tmp_path: Path) -> None:
    folder = pair(tmp_path / "batch")
    with Desk(tmp_path / "p.annotator") as desk:
        assert tally(desk.bring(folder / "dock.txt", format="text")) == (1, 0, 0, 0)
        assert layers(desk) == {}


def test_lines_without_a_text_are_told(tmp_path: Path) -> None:
    folder = pair(tmp_path / "batch")
    (folder / "dock.txt").rename(folder / "other.txt")
    with Desk(tmp_path / "p.annotator") as desk:
        assert tally(desk.bring(folder, format="brat")) == (1, 0, 0, 1)
        assert [(it.reason, it.line) for it in desk.heard if it.result == "refused"] == [
            ("The text is missing: there is no dock.txt beside it.", 0)
        ]


@pytest.mark.parametrize(
    ("name", "reason"),
    [("empty.txt", "empty.txt: The file is empty."), ("scan.txt", "scan.txt is a PDF, not text.")],
)
def test_a_text_that_is_none_is_told_by_its_name(name: str, reason: str, tmp_path: Path) -> None:
    folder = pair(tmp_path / "batch", Path(name).stem, "%PDF-1.7" if name.startswith("scan") else "")
    with Desk(tmp_path / "p.annotator") as desk:
        desk.bring(folder)
        assert [it.reason for it in desk.heard] == [reason]


def test_other_files_and_the_standard_input_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(GOOD.encode("utf-8")))))
    readme = tmp_path / "README"
    readme.write_text("About these articles.")
    with Desk(tmp_path / "p.annotator") as desk:
        assert desk.bring(readme, Path("-"), format="brat").refused == 2
        assert [it.reason[:12] for it in desk.heard] == ["brat’s files", "brat’s artic"]


def test_settings_beside_articles_are_passed_over_and_elsewhere_are_texts(tmp_path: Path) -> None:
    folder = pair(tmp_path / "batch")
    lonely = tmp_path / "annotation.conf"
    for path in (lonely, folder / "annotation.conf"):
        path.write_text("[entities]\nPerson\n")
    assert gathered([lonely, folder / "annotation.conf", folder / "dock.txt"]) == [lonely, folder / "dock.ann"]


def test_a_folder_without_such_files_is_told_as_before(tmp_path: Path) -> None:
    folder = pair(tmp_path / "plain", lines=None)
    with Desk(tmp_path / "p.annotator") as desk:
        desk.bring(folder)
        assert [it.reason for it in desk.heard] == ["It is a folder; name the files in it."]


def test_a_refused_line_is_told_by_file_and_line(tmp_path: Path) -> None:
    folder = pair(tmp_path / "batch", lines=GOOD + "T9\tX 0 900\tmuch\n")
    with Desk(tmp_path / "p.annotator") as desk:
        report = desk.bring(folder)
        assert (tally(report), report.parts) == ((1, 0, 0, 1), 1)
        assert report.reasons == [
            f"dock.ann, line {GOOD.count(chr(10)) + 1}: "
            f"Span T9: It ends at 900, after the end of the text at {len(TEXT)}."
        ]


def test_what_was_changed_here_stays_and_the_file_can_be_preferred(tmp_path: Path) -> None:
    folder = pair(tmp_path / "batch")
    with Desk(tmp_path / "p.annotator") as desk:
        desk.bring(folder, owner=LISA)
        pair(folder, lines=GOOD.replace("T1\tPerson", "T1\tHuman"))
        assert tally(desk.bring(folder, owner=LISA)) == (0, 1, 1, 0)
        assert b"Human" not in desk.export()
        desk.bring(folder, owner=LISA, update=True)
        assert b"Human" in desk.export()


def test_a_rehearsal_tells_the_same_and_writes_nothing(tmp_path: Path) -> None:
    for name in PEOPLE:
        pair(tmp_path / "all" / name)
    with Desk(tmp_path / "p.annotator") as desk:
        wishes = Wishes(owners={tmp_path / "all" / name: person for name, person in PEOPLE.items()})
        report = rehearse(desk.store, desk.workspace.me, [tmp_path / "all"], wishes)
        assert (tally(report), report.more, report.spans) == ((4, 0, 0, 0), 3, 21)
        assert desk.store.article_count() == 0


def test_it_can_be_stopped_between_two_articles(tmp_path: Path) -> None:
    from annotator.jobs.importing import import_paths

    for number in range(5):
        pair(tmp_path / "batch", f"a{number}", f"{TEXT} {number}")
    heard: list[tuple[int, int]] = []
    with Desk(tmp_path / "p.annotator") as desk:
        report = import_paths(
            desk.workspace,
            [tmp_path / "batch"],
            progress=lambda *it: heard.append(it),
            cancelled=lambda: len(heard) > 2,
        )
        assert (report.stopped, report.added) == (True, 3)
        assert tally(desk.bring(tmp_path / "batch")) == (2, 3, 0, 0)


def test_export_import_export_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = pair(tmp_path / "batch")
    with Desk(tmp_path / "p.annotator") as desk:
        desk.bring(folder, owner=LISA)
        first = desk.export()
    with Desk(tmp_path / "q.annotator") as other:
        assert tally(other.bring(tmp_path / "out.jsonl")) == (1, 0, 0, 0)
        assert other.export("again.jsonl") == first
        # Whose it is is known there too: the files bring nothing new.
        assert tally(other.bring(folder, owner=LISA)) == (0, 1, 0, 0)


# real files


def counted(folder: Path) -> Counter[tuple[str, str]]:
    """Count the spans of a folder by file and label, from the bytes alone."""
    found: Counter[tuple[str, str]] = Counter()
    for path in folder.rglob("*.ann"):
        for line in path.read_bytes().split(b"\n"):
            if line[:1] == b"T":
                found[path.stem, line.split(b"\t")[1].split(b" ")[0].decode()] += 1
    return found


@pytest.mark.skipif(not BRATIAA.is_dir(), reason="the shared data is not on this machine")
def test_four_annotators_of_seven_articles(tmp_path: Path) -> None:
    stems = {path.read_text(encoding="utf-8"): path.stem for path in (BRATIAA / "Lisa").glob("*.txt")}
    with Desk(tmp_path / "p.annotator") as desk:
        for name, person in PEOPLE.items():
            assert tally(desk.bring(BRATIAA / name, format="brat", owner=person)) == (7, 0, 0, 0)
        assert desk.store.article_count() == 7
        first = desk.export()
        found: dict[str, Counter[tuple[str, str]]] = {name: Counter() for name in PEOPLE}
        for line in first.splitlines():
            article = json.loads(line)
            owners = {it["id"]: it["annotator"]["name"] for it in article["layers"]}
            assert sorted(owners.values()) == sorted(PEOPLE)
            for span in article["spans"]:
                found[owners[span["layer"]]][stems[article["text"]], span["label"]] += 1
        assert {name: sum(count.values()) for name, count in found.items()} == {
            "Lisa": 404, "Maria": 404, "Max": 358, "Peter": 401
        }  # fmt: skip
        assert found == {name: counted(BRATIAA / name) for name in PEOPLE}
        for name, person in PEOPLE.items():
            assert tally(desk.bring(BRATIAA / name, owner=person)) == (0, 7, 0, 0)
        assert desk.export() == first
    with Desk(tmp_path / "q.annotator") as other:
        shutil.copy(tmp_path / "out.jsonl", tmp_path / "first.jsonl")
        other.bring(tmp_path / "first.jsonl")
        assert other.export() == first


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared data is not on this machine")
def test_every_line_of_the_samples_is_read(tmp_path: Path) -> None:
    with Desk(tmp_path / "p.annotator") as desk:
        report = desk.bring(SAMPLES, format="brat", owner=LISA)
        assert (report.refused, report.different) == (0, 0)
        assert not [it.reason for it in desk.heard if it.reason]
        articles = [json.loads(line) for line in desk.export().splitlines()]
    kinds: Counter[str] = Counter()
    parts = 0
    for path in SAMPLES.rglob("*.ann"):
        lines = path.read_text(encoding="utf-8").splitlines()
        kinds.update(line[0] for line in lines)
        parts += sum(len(line.split("\t")[1].split()) - 1 for line in lines if line[0] == "E")
    spans = [it for article in articles for it in article["spans"]]
    relations = [it for article in articles for it in article["relations"]]
    assert len(spans) == kinds["T"]
    assert len(relations) == kinds["R"] + parts
    assert sum(len(article["groups"]) for article in articles) == kinds["*"]
    assert sum(len(it["attributes"]) for it in spans + relations) == kinds["A"]
    assert sum(bool(it["note"]) for it in spans + relations) == kinds["#"]
    assert sum(len(it.get("brat", {}).get("events", ())) for it in spans) == kinds["E"]
    assert sum(len(it.get("brat", {}).get("references", ())) for it in spans) == kinds["N"]
