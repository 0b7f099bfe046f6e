"""Packages of colleagues into a project, looked at first, taken back and brought in again; each with a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from annotator import keys, paths, whoami
from annotator.domain.errors import UserError
from annotator.domain.text import printable
from annotator.editing.workspace import Workspace
from annotator.exchange import lines as encoding
from annotator.exchange import package as files
from annotator.exchange.header import Header, TextLine
from annotator.i18n import _, n_
from annotator.jobs.job import Cancelled, Progress, never, no_progress, seldom_collecting
from annotator.jobs.mergecounts import counted, names_of, told_of_lead
from annotator.jobs.mergereport import Preview, Report, fields, header_of, stored
from annotator.storage import backup
from annotator.storage.authority import first_lead, spelt_lead
from annotator.storage.merging import Staged, staged
from annotator.storage.packages import named as package_named
from annotator.storage.parcel import Parcel, Refused
from annotator.storage.store import Store
from annotator.whoami import Identity

_EVERY = 64
"""Lines between two looks at whether it is cancelled."""


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
    UserError where no backup can be made; that package is not merged then. One backup stands before all of them:
    each can be taken back by itself.
    """
    reports: list[Report] = []
    back_up = _BackUp(workspace.store)
    for path in paths:
        with seldom_collecting():
            report = _merge(workspace, identity, path, progress, cancelled, back_up)
        reports.append(report)
        if hear is not None:
            hear(report)
        if report.stopped:
            break
    return reports


class _BackUp:
    """Makes a backup the first time it is asked: hundreds of packages at once do not fill the disk with copies."""

    def __init__(self, store: Store) -> None:
        self._path = store.path
        self._made = False

    def __call__(self) -> None:
        if not self._made:
            backup.make(self._path, paths.backups_dir(), "merge")
        self._made = True


def _merge(
    workspace: Workspace, identity: Identity, path: Path, progress: Progress, cancelled: Cancelled, back_up: _BackUp
) -> Report:
    store = workspace.store
    try:
        with files.opened(path, _watch(cancelled)) as package:
            coming = _Coming(store, identity, package)
            with staged(store, coming.parcel(workspace.clock())) as ready:
                preview = coming.fill(ready, progress, cancelled)
                report = Report(**fields(preview), package=package.header.id, how="again" if ready.known else "merge")
                if not preview.nothing_new:
                    report = _write(workspace, ready, report, cancelled, back_up)
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
    report = Report(row.name, header_of(row), "known", package=row.id, how=how, steps_known=row.steps)
    if not row.steps:
        raise UserError(_("{name} brought nothing that could be taken back.").format(name=row.name))
    if row.active is on:
        return replace(report, nothing_new=True)
    with seldom_collecting(), staged(store, switched=row.id, on=on) as ready:
        if not ready.settle(progress, cancelled):
            return replace(report, stopped=True)
        names = names_of(store)
        if report.header is not None:
            names.setdefault(report.header.maker.id, report.header.maker.name)
        report = replace(report, **counted(store, ready.tally, names), warnings=tuple(told_of_lead(ready.lead, names)))
        try:
            return _write(workspace, ready, report, cancelled, _BackUp(store))
        except _Stopped:
            return replace(report, stopped=True)


def _write(
    workspace: Workspace, ready: Staged, report: Report, cancelled: Cancelled, back_up: Callable[[], None]
) -> Report:
    store = workspace.store
    if cancelled():
        raise _Stopped
    back_up()
    if cancelled():
        raise _Stopped
    written = workspace.bring(
        _("A package is being merged. Nothing else can be done until that is through."),
        lambda: ready.write(store, stored(report), cancelled),
    )
    if written is None:
        raise _Stopped
    return replace(report, **counted(store, written.tally, names_of(store)), seconds=written.seconds)


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
        sealed = store.reader()  # as who works here reads
        self._blind = sealed.blind
        sealed.close()
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
        names = names_of(self._store) | {self._package.header.maker.id: self._package.header.maker.name}
        return Preview(
            str(self._package.path), self._package.header, self.badge, **counted(self._store, ready.tally, names),
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
        said += told_of_lead(ready.lead, names)
        if self._blind:
            said.append(_("What is sealed while you tag blind is not counted."))
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


def _watch(cancelled: Cancelled) -> Callable[[int], None]:
    def watch(_line: int) -> None:
        if cancelled():
            raise _Stopped

    return watch


def _header(path: Path) -> Header | None:
    try:
        with files.opened(path) as package:
            return package.header
    except UserError:
        return None


def _located(path: Path, error: UserError) -> str:
    name = printable(str(path))
    return str(error) if name in str(error) else f"{name}: {error}"
