"""Import: files into a project, an article a step, all of them one job that one undo takes back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from annotator.domain.article import Annotator, Article, VisibleLayers
from annotator.domain.change import Entry, Imported
from annotator.domain.errors import Stale
from annotator.domain.ids import content_article_id
from annotator.domain.relation import Group, Relation
from annotator.domain.span import Span
from annotator.editing.job import Job
from annotator.editing.workspace import Workspace
from annotator.formats.record import BadLine, Record, Refused
from annotator.formats.strict_json import shown
from annotator.i18n import _, n_
from annotator.jobs import rehearsal
from annotator.jobs.across import Across
from annotator.jobs.job import Cancelled, Progress, never, no_progress, seldom_collecting
from annotator.jobs.planning import Known, Plan, plan
from annotator.jobs.sources import STANDARD_INPUT, USUAL, Wishes, gathered, opened, records
from annotator.storage.reader import Reader

SMALL_CHUNK = 800
"""Weight of a chunk (articles, spans and kilobytes of text): under 25 ms of writing, so that no keystroke waits."""
LARGE_CHUNK = 20_000
"""For where nobody types meanwhile: the pages of the indexes are written once for hundreds of articles."""
_REASONS = 100
_NAMED = 5
_TOGETHER = 50
"""Articles whose relations to others are committed together."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a line, or of a part of it; `line` from 1, 0 for a whole file; `result` is added, known,
    different or refused; `reason` says why, or what else is worth knowing. `part` is what of the line is meant
    (article, layer, span, relation, group), "" for the whole of it. `grown` is a line that added something to an
    article that was here, of it `spans` spans.
    """

    path: str
    line: int
    result: str
    article: str
    reason: str
    part: str = ""
    grown: bool = False
    spans: int = 0


@dataclass(slots=True)
class Report:
    """How many outcomes of each kind there were, and the first reasons for refusals.

    Of the added, `more` lines added something to articles that were here (`grown`, their ids), among it `spans` spans.
    `deleted` of the known are parts that were deleted here and stay so, `parts` of the refused are spans or links of an
    article that came in. `unknown` holds the labels that the scheme
    does not know, with the number of spans that were brought with each.
    """

    added: int = 0
    known: int = 0
    different: int = 0
    refused: int = 0
    parts: int = 0
    more: int = 0
    spans: int = 0
    deleted: int = 0
    grown: set[str] = field(default_factory=set)
    reasons: list[str] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    stopped: bool = False

    def count(self, outcome: Outcome) -> None:
        """Count one outcome."""
        setattr(self, outcome.result, getattr(self, outcome.result) + 1)
        if outcome.part:
            self.parts += outcome.result == "refused"
            self.deleted += outcome.result == "known"
        if outcome.grown:
            self.more += 1
            self.spans += outcome.spans
            self.grown.add(outcome.article)

    def unknown_words(self) -> str:
        """Say in a sentence which labels the scheme does not know, "" where there is none."""
        if not self.unknown:
            return ""
        names = ", ".join(
            _("{label} ({number:,})").format(label=shown(label), number=number)
            for label, number in self.unknown.most_common(_NAMED)
        )
        count, more = len(self.unknown), len(self.unknown) - _NAMED
        if more > 0:
            words = n_(
                "This label is not in the scheme; its spans are kept: {names} and {more:,} more.",
                "These {count:,} labels are not in the scheme; their spans are kept: {names} and {more:,} more.",
                count,
            )
        else:
            words = n_(
                "This label is not in the scheme; its spans are kept: {names}.",
                "These {count:,} labels are not in the scheme; their spans are kept: {names}.",
                count,
            )
        return words.format(count=count, names=names, more=more)


Hear = Callable[[Outcome], None]
_Planned = tuple[str, Record | Refused, Plan]
"""A file's name, what stands in one of its lines, and what is done with it."""


def import_paths(
    workspace: Workspace,
    chosen: Sequence[Path],
    wishes: Wishes = USUAL,
    *,
    hear: Hear | None = None,
    progress: Progress = no_progress,
    cancelled: Cancelled = never,
    chunk: int = SMALL_CHUNK,
) -> Report:
    """Import files ("-" is the standard input); `hear` is told every outcome. See `jobs.job` for the rest.

    `chunk` is how much is committed together: SMALL_CHUNK or LARGE_CHUNK.
    What was committed stays when it is stopped or killed: importing again adds what is missing.
    """
    with seldom_collecting(), closing(workspace.store.reader(whole=True)) as reader, workspace.job(2 * chunk) as job:
        return _Import(reader, job, workspace.me, wishes, hear, chunk).run(chosen, progress, cancelled)


def rehearse(
    reader: Reader,
    me: Annotator,
    chosen: Sequence[Path],
    wishes: Wishes = USUAL,
    *,
    hear: Hear | None = None,
    progress: Progress = no_progress,
    cancelled: Cancelled = never,
) -> Report:
    """Tell what an import would do, and write nothing.

    An article that repeats is judged by what its earlier lines would have brought. That two *different* articles of
    the files give one id to their spans is seen by the import alone.
    """
    return _Import(reader, None, me, wishes, hear).run(chosen, progress, cancelled)


class _Import:
    """One run over some files; `job` is None in a rehearsal."""

    def __init__(
        self,
        reader: Reader,
        job: Job | None,
        me: Annotator,
        wishes: Wishes,
        hear: Hear | None,
        chunk: int = SMALL_CHUNK,
    ) -> None:
        self._reader = reader
        self._job = job
        self._wishes = wishes
        self._hear = hear
        self._most = chunk
        self._report = Report()
        self._labels = frozenset(label.id for label in reader.scheme().labels)
        self._purged = reader.purged()
        self._position = reader.last_position()
        # Whoever imports enters the project with the first step.
        self._people = {**reader.annotators(), me.id: me}
        self._chunk: list[tuple[str, Record | Refused]] = []
        self._weight = 0
        # What is not committed yet cannot be read from the project: the chunk that is being written, ids of articles in
        # the chunk that is being read, and articles by fingerprint in both.
        self._handed_over: list[_Planned] = []
        self._ids: set[str] = set()
        self._texts: dict[str, str] = {}
        self._texts_before: dict[str, str] = {}
        # Registry entries that came with the lines so far: many lines name the same one.
        self._entries: dict[str, Entry] = {}
        self._across = Across()
        # In a rehearsal nothing is ever committed: here stands what the project would hold of the articles seen so far.
        self._rehearsed: dict[str, bytes] = {}

    def run(self, chosen: Sequence[Path], progress: Progress, cancelled: Cancelled) -> Report:
        """Import the files one after the other."""
        chosen = gathered(chosen, self._wishes)
        sizes = [_size(path) for path in chosen]
        total, done = sum(sizes), 0
        for path, size in zip(chosen, sizes, strict=True):
            try:
                with opened(path, self._reader.path) as stream:
                    for record in records(path, stream, self._reader.path, self._wishes, self._find):
                        self._take(str(path), record)
                        progress(done + (stream.tell() if size else 0), total)
                        if cancelled():
                            self._report.stopped = True
                            break
            except OSError as error:
                self._take(
                    str(path), Refused(0, _("It cannot be read: {reason}.").format(reason=error.strerror or error))
                )
            except BadLine as error:
                self._take(str(path), Refused(0, str(error)))
            done += size
            if self._report.stopped:
                break
        self._write()
        self._settle()
        if not self._report.stopped:
            self._relate_across()
        return self._report

    # reading

    def _find(self, sha256: str) -> str:
        for texts in (self._texts, self._texts_before):
            if sha256 in texts:
                return texts[sha256]
        found = self._reader.articles_with_text(sha256)
        return found[0] if found else content_article_id(sha256)

    # taking

    def _take(self, path: str, record: Record | Refused) -> None:
        if isinstance(record, Refused):
            self._chunk.append((path, record))  # told in its turn
            return
        if record.article.id in self._ids:
            self._write()
        self._chunk.append((path, record))
        self._ids.add(record.article.id)
        self._across.take(path, record, keep_spans=self._job is None)
        self._texts.setdefault(record.article.sha256, record.article.id)
        self._weight += 10 + len(record.spans) + len(record.text) // 1000
        if self._weight >= self._most:
            self._write()

    def _plan(self, record: Record, article: Article | None, *, careful: bool = False) -> Plan:
        known = self._known(record, article, careful)
        made = plan(record, known, position=self._position + 1, update=self._wishes.update, people=self._people)
        if self._job is None:
            self._rehearsed[record.article.id] = rehearsal.packed(record.article.id, known.after(made.step))
        if made.step is not None:
            self._entries.update(
                {change.entity: change.after for change in made.step.changes if isinstance(change.after, Entry)}
            )
            self._position += 1
            self._people.update({person.id: person for person in record.annotators if person.id not in self._people})
        return made

    def _known(self, record: Record, article: Article | None, careful: bool) -> Known:
        """Return what the project holds of the record; `article` is what it holds under its id.

        That a new article brings ids of things elsewhere is so rare that only a commit that failed asks (`careful`);
        a rehearsal has none and must ask.
        """
        reader, id = self._reader, record.article.id
        if id in self._purged:
            return Known(purged=True)
        entries = self._known_entries(record)
        if article is None and not careful and self._job is not None:
            return Known(entries=entries, deleted=reader.deleted_by_hand)

        def there(kind: str, parts: Sequence[Span] | Sequence[Relation] | Sequence[Group]) -> dict[str, Any]:
            return reader.values(kind, id, [part.id for part in parts]) if parts else {}

        known = Known(
            article,
            {layer.id: layer for layer in reader.layers(id, VisibleLayers.ALL)} if article else {},
            there("span", record.spans),
            there("relation", record.relations),
            there("group", record.groups),
            entries,
            reader.deleted_by_hand,
        )
        return rehearsal.unpacked(known, self._rehearsed[id]) if id in self._rehearsed else known

    def _known_entries(self, record: Record) -> dict[str, Any]:
        ids = [entry.id for entry in record.entries]
        here = {id: self._entries[id] for id in ids if id in self._entries}
        missing = [id for id in ids if id not in here]
        return here | (self._reader.values("entry", "", missing) if missing else {})

    # relations to other lines

    def _relate_across(self) -> None:
        """Bring the relations whose targets stand in other lines, now that all of them are read."""
        for path, record in self._across.found(self._reader, self._entries):
            known = self._known(record, self._reader.article(record.article.id), careful=True)
            if known.article is None:
                continue  # the line was refused, and that was told
            record = replace(record, article=known.article)
            made = plan(record, known, position=0, update=self._wishes.update, people=self._people)
            made.result = ""  # what became of the line itself was told
            self._put_in_line(record, made)
            self._handed_over.append((path, record, made))
            if len(self._handed_over) >= _TOGETHER:
                self._commit_across()
        self._commit_across()

    def _commit_across(self) -> None:
        if self._job is not None:
            self._job.hand_over()
        self._settle()

    # writing

    def _write(self) -> None:
        """Plan the chunk and have it committed while the next one is read."""
        self._settle()
        chunk, self._chunk, self._weight = self._chunk, [], 0
        self._ids.clear()
        if self._job is not None:
            self._texts_before, self._texts = self._texts, {}
        ids = [record.article.id for _, record in chunk if isinstance(record, Record)]
        here = self._reader.articles(ids)
        for path, record in chunk:
            if isinstance(record, Refused):
                made = Plan("refused", record.reason)
            else:
                made = self._plan(record, here.get(record.article.id))
                self._put_in_line(record, made)
            self._handed_over.append((path, record, made))
        if self._job is not None:
            self._job.hand_over()

    def _put_in_line(self, record: Record, made: Plan) -> None:
        if self._job is not None and made.step is not None:
            self._job.add(made.step, {record.article.sha256: record.text} if record.text else {})

    def _settle(self) -> None:
        """Wait until what was handed over is committed, then say what became of it."""
        chunk, self._handed_over = self._handed_over, []
        if self._job is not None:
            try:
                self._job.wait()
            except Stale:
                # Somebody worked on one of these articles meanwhile: look again, one by one.
                for _path, _record, made in chunk:
                    for change in made.step.changes if made.step is not None else ():
                        self._entries.pop(change.entity, None)
                chunk = [self._again(self._job, *planned) for planned in chunk]
        for path, record, made in chunk:
            id = record.article.id if isinstance(record, Record) else ""
            if made.result:
                self._say(Outcome(path, record.line, made.result, id, made.reason, "", made.grown, made.spans))
            for it in made.findings:
                self._say(Outcome(path, it.line or record.line, it.result, id, it.reason, it.part))
            for change in made.step.changes if made.step is not None else ():
                if isinstance(change.after, Imported):
                    brought = Counter(span.label for span in change.after.spans)
                    self._report.unknown.update({it: brought[it] for it in brought.keys() - self._labels})

    def _again(self, job: Job, path: str, record: Record | Refused, made: Plan) -> _Planned:
        if isinstance(record, Record):
            told, made = not made.result, self._plan(record, self._reader.article(record.article.id), careful=True)
            made.result = "" if told else made.result
            try:
                self._put_in_line(record, made)
                job.flush()
            except Stale as error:
                made = Plan("refused", str(error))
        return path, record, made

    def _say(self, outcome: Outcome) -> None:
        report = self._report
        report.count(outcome)
        if outcome.result == "refused" and len(report.reasons) < _REASONS:
            name = Path(outcome.path).name
            report.reasons.append(
                _("{name}, line {line}: {reason}").format(name=name, line=outcome.line, reason=outcome.reason)
                if outcome.line
                else f"{name}: {outcome.reason}"
            )
        if self._hear is not None:
            self._hear(outcome)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size if path != STANDARD_INPUT and path.is_file() else 0
    except OSError:
        return 0
