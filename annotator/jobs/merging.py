"""Packages of colleagues into a project, looked at first, taken back and brought in again; each with a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec

from annotator import keys, paths, whoami
from annotator.domain.errors import UserError
from annotator.domain.text import printable
from annotator.editing.workspace import Workspace
from annotator.exchange import lines as encoding
from annotator.exchange import package as files
from annotator.exchange.header import Header, TextLine
from annotator.i18n import _, n_
from annotator.jobs.job import Cancelled, Progress, never, no_progress, seldom_collecting
from annotator.storage import backup
from annotator.storage.authority import first_lead, spelt_lead
from annotator.storage.forks import Fork
from annotator.storage.merging import Staged, staged
from annotator.storage.packages import PackageRow
from annotator.storage.packages import named as package_named
from annotator.storage.parcel import Parcel, Refused
from annotator.storage.store import Store
from annotator.storage.tally import Tally
from annotator.whoami import Identity

_EVERY = 64
"""Lines between two looks at whether it is cancelled."""


@dataclass(frozen=True, slots=True)
class ByAnnotator:
    """What one person's work (id, name) brings: numbers of spans."""

    id: str
    name: str
    spans_new: int = 0
    spans_changed: int = 0
    spans_deleted: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """What a package brings, or brought; `path` is its file, `header` what it says of itself (None: not readable).

    `badge` is known, first, other or unsigned. `by_annotator` counts by the owner of the layer; `twofold` is what was
    changed on two machines by this merge; `proposals` are sentences of what would change what is the lead's, `refused`
    sentences with line and reason (nothing is written then), `waiting` how many changes lack what they start from.
    """

    path: str
    header: Header | None = None
    badge: str = "unsigned"
    articles_new: int = 0
    articles_changed: int = 0
    spans_new: int = 0
    spans_changed: int = 0
    spans_deleted: int = 0
    by_annotator: tuple[ByAnnotator, ...] = ()
    twofold: tuple[Fork, ...] = ()
    proposals: tuple[str, ...] = ()
    remarks: int = 0
    corrections: int = 0
    answers: int = 0
    steps_new: int = 0
    steps_known: int = 0
    refused: tuple[str, ...] = ()
    waiting: int = 0
    warnings: tuple[str, ...] = ()
    nothing_new: bool = False
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Report(Preview):
    """What was done; `package` is the id of the package, `how` is merge, unmerge or again (switched on again)."""

    package: str = ""
    how: str = "merge"
    seconds: float = field(default=0.0, compare=False)
    """How long nobody else could write."""


class _Stopped(Exception):
    """It was cancelled."""


def look(
    store: Store, identity: Identity, path: Path, progress: Progress = no_progress, cancelled: Cancelled = never
) -> Preview:
    """Return what merging a package would bring, in any thread; nothing is written. A package that would be refused
    says so in `refused`.
    """
    with seldom_collecting():
        try:
            with files.opened(path, _watch(cancelled)) as package:
                coming = _Coming(store, identity, package)
                with staged(store, coming.parcel("")) as ready:
                    return coming.fill(ready, progress, cancelled)
        except _Stopped:
            return Preview(str(path), stopped=True)
        except UserError as error:
            return Preview(str(path), _header(path), refused=(_located(path, error),))


def merge(
    workspace: Workspace,
    identity: Identity,
    paths: Sequence[Path],
    progress: Progress = no_progress,
    cancelled: Cancelled = never,
    hear: Callable[[Report], None] | None = None,
) -> list[Report]:
    """Merge packages one after the other, each whole or not at all, in any thread; `hear` is told of each.

    While one is made ready everybody may go on working; what others do while it is written is refused. A package that
    is refused says so in its report, and the next one is gone on with. Raises NotSaved where the disk refuses,
    UserError where no backup can be made; that package is not merged then.
    """
    reports: list[Report] = []
    for path in paths:
        with seldom_collecting():
            report = _merge(workspace, identity, path, progress, cancelled)
        reports.append(report)
        if hear is not None:
            hear(report)
        if report.stopped:
            break
    return reports


def _merge(workspace: Workspace, identity: Identity, path: Path, progress: Progress, cancelled: Cancelled) -> Report:
    store = workspace.store
    try:
        with files.opened(path, _watch(cancelled)) as package:
            coming = _Coming(store, identity, package)
            with staged(store, coming.parcel(workspace.clock())) as ready:
                preview = coming.fill(ready, progress, cancelled)
                report = Report(**_fields(preview), package=package.header.id, how="again" if ready.known else "merge")
                if not preview.nothing_new:
                    report = _write(workspace, ready, report, cancelled)
                    if coming.badge == "first":
                        keys.trust(package.header.maker.id, package.header.key)
                return report
    except _Stopped:
        return Report(str(path), stopped=True)
    except (files.BadPackage, Refused) as error:
        return Report(str(path), _header(path), refused=(_located(path, error),))


def unmerge(
    workspace: Workspace, package: str, progress: Progress = no_progress, cancelled: Cancelled = never
) -> Report:
    """Switch a package (id, beginning of it, or file name) off, in any thread: what only it brought is hidden.

    Merging it again, or `switch_on`, brings it back. Raises UserError, NotSaved.
    """
    return _switch(workspace, package, False, progress, cancelled)


def switch_on(
    workspace: Workspace, package: str, progress: Progress = no_progress, cancelled: Cancelled = never
) -> Report:
    """Switch a package on again that was switched off, in any thread; its file is not needed. As `unmerge`."""
    return _switch(workspace, package, True, progress, cancelled)


def _switch(workspace: Workspace, package: str, on: bool, progress: Progress, cancelled: Cancelled) -> Report:
    store = workspace.store
    reader = store.reader(whole=True)
    try:
        row = package_named(reader, package)
    finally:
        reader.close()
    how = "again" if on else "unmerge"
    report = Report(row.name, _header_of(row), "known", package=row.id, how=how, steps_known=row.steps)
    if not row.steps:
        raise UserError(_("{name} brought nothing that could be taken back.").format(name=row.name))
    if row.active is on:
        return replace(report, nothing_new=True)
    with seldom_collecting(), staged(store, switched=row.id, on=on) as ready:
        if not ready.settle(progress, cancelled):
            return replace(report, stopped=True)
        counted = replace(report, **_counted(ready.tally, _names(store)))
        try:
            return _write(workspace, ready, counted, cancelled)
        except _Stopped:
            return replace(report, stopped=True)


def report_of(row: PackageRow) -> Report:
    """Return what was told when a package was merged here, as it was stored."""
    data = {name: value for name, value in row.report.items() if name in Report.__slots__ or name in Preview.__slots__}
    data |= {"path": row.name, "header": _header_of(row), "package": row.id}
    data["by_annotator"] = tuple(ByAnnotator(**one) for one in data.get("by_annotator", ()))
    data["twofold"] = tuple(Fork(**one) for one in data.get("twofold", ()))
    for name in ("proposals", "refused", "warnings"):
        data[name] = tuple(data.get(name, ()))
    return Report(**data)


def _write(workspace: Workspace, ready: Staged, report: Report, cancelled: Cancelled) -> Report:
    store = workspace.store
    if cancelled():
        raise _Stopped
    backup.make(store.path, paths.backups_dir(), "merge")
    if cancelled():
        raise _Stopped
    written = workspace.bring(
        _("A package is being merged. Nothing else can be done until that is through."),
        lambda: ready.write(store, _stored(report), cancelled),
    )
    if written is None:
        raise _Stopped
    return replace(report, **_counted(written.tally, _names(store)), seconds=written.seconds)


class _Coming:
    """A package that is open and is to be merged."""

    def __init__(self, store: Store, identity: Identity, package: files.Package) -> None:
        self._store = store
        self._package = package
        header = package.header
        self.badge = keys.badge(header.maker.id, header.key)
        if self.badge == "other":
            raise Refused(
                _(
                    "It is signed by another key than the one {name} is known by. Ask {name} whether it is theirs; if "
                    "so, `annotator trust` with this file takes the new key."
                ).format(name=printable(header.maker.name))
            )
        reader = store.reader(whole=True)
        try:
            self._people = reader.annotators()
            self._lead = first_lead(reader.connection)[0]
            self._here = {row[0] for row in reader.rows("SELECT id FROM package UNION SELECT id FROM sent")}
        finally:
            reader.close()
        me = whoami.acting(identity, self._people)
        self._mine = frozenset({me.id, identity.annotator.id, *identity.also})
        # Whom I know by their key may bring what I did on my other machine.
        self._proved = bool(header.key) and (self.badge == "known" or header.key == keys.public_hex())

    def parcel(self, now: str) -> Parcel:
        """Return what storage must know of it."""
        header = self._package.header
        return Parcel(
            header.id, self._package.path.name, header.maker.id, now, self._package.sha256, header.key,
            encoding.header_bytes(header).decode("utf-8"), header.project, header.lead, header.after,
            self._mine, self._proved,
        )  # fmt: skip

    def fill(self, ready: Staged, progress: Progress, cancelled: Cancelled) -> Preview:
        """Stage every line and fold; return what it would bring. Raises Refused, _Stopped."""
        validating = ready.validating
        assert validating is not None  # there is a parcel
        total = self._package.count
        for number, line in self._package.lines():
            if number % _EVERY == 0:
                progress(number, 2 * total)
                if cancelled():
                    raise _Stopped
            if isinstance(line, TextLine):
                validating.add_text(number, line.sha256, line.body)
            else:
                validating.add_step(number, line.step, line.changes)
        if not ready.settle(lambda done, of: progress(total + total * done // of, 2 * total), cancelled):
            raise _Stopped
        names = _names(self._store) | {self._package.header.maker.id: self._package.header.maker.name}
        return Preview(
            str(self._package.path), self._package.header, self.badge, **_counted(ready.tally, names),
            proposals=self._proposals(validating.proposals, names, ready.tally.proposals), steps_new=validating.new,
            steps_known=validating.known, warnings=tuple(self._warnings(ready, names)), nothing_new=ready.nothing_new,
        )  # fmt: skip

    def _proposals(self, found: Sequence[tuple[str, str, str]], names: dict[str, str], made: int) -> tuple[str, ...]:
        """Return sentences of what others would change, by changes that do not count and so many proposals `made`."""
        words = {
            "scheme": _("{name} would change the scheme."),
            "assignment": _("{name} would change who tags what."),
            "lead": _("{name} would change who leads."),
            "article": _("{name} would change the metadata or the text of an article."),
        }
        told = n_("It brings {count:,} proposal.", "It brings {count:,} proposals.", made).format(count=made)
        return (
            *dict.fromkeys(
                words[kind].format(name=printable(names.get(author, author))) for author, kind, _id in found
            ),
            *((told,) if made else ()),
        )

    def _warnings(self, ready: Staged, names: dict[str, str]) -> list[str]:
        header, said = self._package.header, []
        theirs = spelt_lead(header.lead)[0]
        if self._lead and theirs and theirs != self._lead:
            said.append(
                _(
                    "It says that {theirs} leads this project; here it is {ours}. What {theirs} changed of scheme, "
                    "assignments and metadata does not count here; the spans come in."
                ).format(theirs=printable(names.get(theirs, theirs)), ours=printable(names.get(self._lead, self._lead)))
            )
        if ready.lead:
            said.append(_("{name} leads this project from now on.").format(name=printable(names.get(theirs, theirs))))
        if header.after and header.after not in self._here:
            said.append(
                _("It goes on from an earlier package that is not here; what starts from that one waits for it.")
            )
        validating = ready.validating
        assert validating is not None
        if validating.doubled:
            said.append(
                n_(
                    "{count:,} step stands in it twice.", "{count:,} steps stand in it twice.", validating.doubled
                ).format(count=validating.doubled)
            )
        if self._package.passed_over:
            count = self._package.passed_over
            said.append(
                n_(
                    "{count:,} line is of a kind that only a newer version knows; it was passed over.",
                    "{count:,} lines are of a kind that only a newer version knows; they were passed over.",
                    count,
                ).format(count=count)
            )
        return said


def _names(store: Store) -> dict[str, str]:
    reader = store.reader(whole=True)
    try:
        return {id: person.name for id, person in reader.annotators().items()}
    finally:
        reader.close()


def _counted(tally: Tally, names: dict[str, str]) -> dict[str, Any]:
    owners = tally.by_owner()
    return {
        "articles_new": tally.articles_new,
        "articles_changed": tally.articles_changed,
        "spans_new": sum(owner.new for owner in owners.values()),
        "spans_changed": sum(owner.changed for owner in owners.values()),
        "spans_deleted": sum(owner.deleted for owner in owners.values()),
        "by_annotator": tuple(
            ByAnnotator(id, names.get(id, ""), owner.new, owner.changed, owner.deleted) for id, owner in owners.items()
        ),
        "twofold": tuple(tally.forks),
        "remarks": tally.remarks,
        "corrections": tally.corrections,
        "answers": tally.answers,
        "waiting": tally.waiting,
    }


def _watch(cancelled: Cancelled) -> Callable[[int], None]:
    def watch(_line: int) -> None:
        if cancelled():
            raise _Stopped

    return watch


def _fields(preview: Preview) -> dict[str, Any]:
    return {name: getattr(preview, name) for name in Preview.__slots__}


def as_data(report: Preview) -> dict[str, Any]:
    """Return a report as JSON has it."""
    data = asdict(report)
    header = report.header
    data["header"] = msgspec.json.decode(encoding.header_bytes(header)) if header is not None else None
    data["twofold"] = [fork._asdict() for fork in report.twofold]
    return data


def _stored(report: Report) -> str:
    data = as_data(report)
    del data["header"], data["path"], data["seconds"], data["stopped"], data["refused"]
    return msgspec.json.encode(data).decode("utf-8")


def _header(path: Path) -> Header | None:
    try:
        with files.opened(path) as package:
            return package.header
    except UserError:
        return None


def _header_of(row: PackageRow) -> Header | None:
    try:
        return encoding.header(msgspec.json.encode(row.header))
    except Exception:
        return None


def _located(path: Path, error: UserError) -> str:
    name = printable(str(path))
    return str(error) if name in str(error) else f"{name}: {error}"
