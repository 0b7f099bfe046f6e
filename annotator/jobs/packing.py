"""Packing a project, or work on it, for colleagues; and making a project of what somebody packed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from dataclasses import replace as replaced
from pathlib import Path
from typing import NamedTuple

import msgspec

from annotator import keys, whoami
from annotator.domain import clock as clocks
from annotator.domain import ids
from annotator.domain.article import Annotator
from annotator.domain.errors import UserError
from annotator.domain.journalled import ChangeRecord
from annotator.domain.text import printable
from annotator.exchange import lines, package
from annotator.exchange.header import Header, Line, StepLine, TextLine
from annotator.i18n import _
from annotator.jobs.job import Cancelled, Progress, never, no_progress, seldom_collecting
from annotator.storage import held, sending
from annotator.storage.authority import authority
from annotator.storage.choice import Base, Choice
from annotator.storage.faults import told
from annotator.storage.founding import Founding
from annotator.storage.layout import LEAD
from annotator.storage.parcel import Parcel
from annotator.storage.parts import Parts
from annotator.storage.reader import Reader
from annotator.storage.store import Store
from annotator.whoami import Identity

_EVERY = 64
"""Steps between two looks at whether it is cancelled."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What was packed. With `nothing_new` or `stopped` no file was made.

    `articles` counts those that are touched, `spans` those made in them less those deleted, `corrections` those that
    tell whom it is for of their spans. `led` says that I became the project's lead by it; `after` is the id of the
    package it goes on from, "" where it is whole.
    """

    path: Path
    id: str = ""
    articles: int = 0
    steps: int = 0
    spans: int = 0
    recipients: tuple[Annotator, ...] = ()
    layers: str = "none"
    sha256: str = ""
    bytes: int = 0
    nothing_new: bool = False
    stopped: bool = False
    led: bool = False
    after: str = ""
    corrections: int = 0


@dataclass(frozen=True, slots=True)
class Founded:
    """What a project was made of, and what stands in it; `stopped` when nothing was made.

    `badge` says how far its maker is known (`keys.Badge`); one seen for the first time is known from now on.
    """

    header: Header | None = None
    badge: keys.Badge = "unsigned"
    articles: int = 0
    spans: int = 0
    stopped: bool = False


class _Stop(Exception):
    """Ends the writing of a file that is not to be."""


class _Nothing(_Stop):
    """There is nothing to be sent."""


def pack(
    store: Store,
    identity: Identity,
    target: Path,
    *,
    recipients: Sequence[Annotator] = (),
    articles: Collection[str] | None = None,
    layers: str | None = None,
    since_last: bool = False,
    corrections: bool = True,
    replace: bool = False,
    progress: Progress = no_progress,
    cancelled: Cancelled = never,
    clock: clocks.Clock = clocks.now,
    new_id: ids.IdSource = ids.uuid7,
) -> Packed:
    """Pack a project that is open for writing, in any thread. See `jobs.job` for the rest.

    `articles` (ids) limits it, `layers` is one of LAYERS; None gives the lead "none" and a colleague "mine". Who packs
    for somebody where nobody leads becomes the lead. `since_last` packs only what came since the last package to the
    same people. With `corrections` a package for one person holds those that `jobs.corrections` made for them, except
    on articles that they still tag blind. Raises UserError; then nothing is written.
    """
    wishes = _Wishes(
        tuple(recipients), None if articles is None else frozenset(articles), layers, since_last, corrections
    )
    with seldom_collecting(), closing(store.reader(whole=True)) as reader, told(store.path), reader.snapshot():
        packing = _Packing(store, reader, identity, wishes)
        return packing.run(target, replace, progress, cancelled, clock(), new_id())


class _Wishes(NamedTuple):
    recipients: tuple[Annotator, ...]
    articles: frozenset[str] | None
    layers: str | None
    since_last: bool
    corrections: bool


class _Packing:
    """One package in the making, by a reader that sees the project at one moment."""

    def __init__(self, store: Store, reader: Reader, identity: Identity, wishes: _Wishes) -> None:
        self._store = store
        self._identity = identity
        self._connection = reader.connection
        self._about = reader.about()
        self._me = whoami.acting(identity, reader.annotators())
        self._recipients = wishes.recipients
        leads = authority(reader.connection).leads
        self._becomes_lead = bool(wishes.recipients) and not leads
        leading = self._becomes_lead or self._me.id in leads
        self._layers = wishes.layers or ("none" if leading else "mine")
        to = frozenset(one.id for one in wishes.recipients)
        self._after, base = sending.last(reader.connection, to, self._layers) if wishes.since_last else ("", Base())
        choice = Choice(
            self._me.id, to, self._layers, wishes.articles, returning=self._layers == "mine" and not leading,
            open=to <= leads, base=base, corrections=wishes.corrections,
        )  # fmt: skip
        self._parts = Parts(self._connection, sending.with_what_is_gone(self._connection, choice))
        self._upto, self._tick = reader.connection.execute(
            "SELECT coalesce(max(seq), 0), coalesce(max(lamport), 0) FROM step"
        ).fetchone()
        self._articles: set[str] = set()
        self._steps = self._spans = 0
        self._corrections: set[str] = set()

    def run(
        self, target: Path, replace: bool, progress: Progress, cancelled: Cancelled, now: str, id: str
    ) -> Packed:  # fmt: skip
        """Write the package and remember that it was sent."""
        header = self._header(id, now)
        content = self._content(progress, cancelled)
        try:
            written = package.write(target, header, content, keys.sign, replace=replace)
        except _Nothing:
            return self._told(target, nothing_new=True)
        except _Stop:
            return self._told(target, stopped=True)
        try:
            # Only what is there counts as sent: else the next package would leave out what nobody got.
            self._remember(header, target.name)
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        return replaced(
            self._told(target), id=id, articles=len(self._articles), steps=self._steps, spans=max(self._spans, 0),
            sha256=written.sha256, bytes=written.bytes, led=self._becomes_lead,
            corrections=len(self._corrections),
        )  # fmt: skip

    def _told(self, target: Path, *, nothing_new: bool = False, stopped: bool = False) -> Packed:
        return Packed(
            target, recipients=self._recipients, layers=self._layers, nothing_new=nothing_new, stopped=stopped,
            after=self._after,
        )  # fmt: skip

    def _header(self, id: str, now: str) -> Header:
        lead = f"{self._me.id} {self._tick}" if self._becomes_lead else self._about.get(LEAD, "")
        return Header(
            id=id, project=self._about["id"], name=self._about["name"], created=self._about["created"], lead=lead,
            maker=self._me, device=self._identity.device, made=now, recipients=self._recipients,
            layers=self._layers, after=self._after, key=keys.public_hex(),
        )  # fmt: skip

    def _content(self, progress: Progress, cancelled: Cancelled) -> Iterator[Line]:
        """Yield the lines; when all are written, and before the file has its name, I become the lead it names."""
        total, done, news = self._parts.count(), 0, False
        texts: set[str] = set()
        for going in self._parts.steps():
            done += 1
            if done % _EVERY == 0:
                progress(done, total)
                if cancelled():
                    raise _Stop
            if going is None:
                continue
            yield from self._texts(going.changes, texts)
            self._count(going.changes)
            news = news or going.news
            yield StepLine(going.step, going.changes)
        if not news:
            raise _Nothing
        if cancelled():
            raise _Stop
        progress(total, total)
        if self._becomes_lead:
            self._store.set_lead(self._me.id, self._tick)

    def _texts(self, changes: Sequence[ChangeRecord], sent: set[str]) -> Iterator[Line]:
        for sha256 in held.texts(changes):
            row = self._connection.execute("SELECT body FROM text WHERE sha256 = ?", (sha256,)).fetchone()
            if row is not None and sha256 not in sent:
                sent.add(sha256)
                yield TextLine(sha256, row[0])

    def _count(self, changes: Sequence[ChangeRecord]) -> None:
        self._steps += 1
        for change in changes:
            if change.article:
                self._articles.add(change.article)
            if held.is_correction(change):
                (self._corrections.discard if change.after is None else self._corrections.add)(change.entity)
            if change.kind in ("span", "import"):
                self._spans += held.spans(change.kind, change.after) - held.spans(change.kind, change.before)

    def _remember(self, header: Header, name: str) -> None:
        said = msgspec.json.decode(lines.header_bytes(header))
        with self._store.writing() as connection:
            sending.remember(connection, header.id, name, header.made, self._upto, said, self._parts)


def found(
    file: Path, target: Path, *, progress: Progress = no_progress, cancelled: Cancelled = never,
    clock: clocks.Clock = clocks.now,
) -> Founded:  # fmt: skip
    """Make a project of a package, in any thread: with its id, name, lead and journal. See `jobs.job` for the rest.

    Raises UserError where the package is damaged, goes on from another one or holds no project, is signed with a key
    that is not its maker's, or something stands at `target`; nothing is left then.
    """

    def watch(_lines: int) -> None:
        if cancelled():
            raise _Stop

    with seldom_collecting(), Founding(target) as founding:
        try:
            with package.opened(file, watch) as opened:
                header, badge = opened.header, _badge(file, opened.header)
                founding.about(header.project, header.name, header.created, header.lead)
                _fill(founding, opened, progress, cancelled)
                parcel = Parcel(
                    header.id, file.name, header.maker.id, clock(), opened.sha256, header.key,
                    lines.header_bytes(header).decode("utf-8"), header.project,
                )  # fmt: skip
                articles, spans = founding.finish(parcel, watch)
                progress(3 * opened.count, 3 * opened.count)
        except _Stop:
            return Founded(stopped=True)
    if badge == "first":
        keys.trust(header.maker.id, header.key)
    return Founded(header, badge, articles, spans)


def _badge(file: Path, header: Header) -> keys.Badge:
    """Return how far the maker is known. Raises UserError where no project can be made of this package."""
    if header.after:
        raise UserError(
            _("{file} goes on from an earlier package: merge it into the project made of that one.").format(file=file)
        )
    badge = keys.badge(header.maker.id, header.key)
    if badge == "other":
        raise UserError(
            _(
                "{file} is signed with another key than the one {maker} is known by here. Nothing was made; ask "
                "{maker} whether they have a new one."
            ).format(file=file, maker=printable(header.maker.name))
        )
    return badge


def _fill(founding: Founding, opened: package.Package, progress: Progress, cancelled: Cancelled) -> None:
    """Bring the package's lines in, and make the tables of them: a third of the work each."""
    total = opened.count
    for number, line in opened.lines():
        if number % _EVERY == 0:
            progress(number, 3 * total)
            if cancelled():
                raise _Stop
        if isinstance(line, TextLine):
            founding.text(line.sha256, line.body)
        else:
            founding.step(line.step, line.changes)
    articles = founding.articles()
    for place in range(0, len(articles), _EVERY):
        founding.tables(articles[place : place + _EVERY])
        progress(total + total * place // len(articles), 3 * total)
        if cancelled():
            raise _Stop
