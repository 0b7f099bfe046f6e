"""Is a package what it must be to be merged? Every step of it, before anything of it is written."""

from __future__ import annotations

import sqlite3
from typing import Any

from annotator.domain import span as spans
from annotator.domain.article import Article
from annotator.domain.change import KIND_OF, Imported, Value
from annotator.domain.errors import BadSpan, UserError
from annotator.domain.journalled import ChangeRecord, StepRecord, payload_sha256
from annotator.domain.span import Span
from annotator.domain.text import fingerprint
from annotator.i18n import _
from annotator.storage import clashes, fold, journal, payload
from annotator.storage.authority import SHARED, Authority, spelt_lead
from annotator.storage.forged import names, unsound
from annotator.storage.parcel import Parcel, Refused
from annotator.storage.pieces import SIGN, is_piece, is_the_scheme, original
from annotator.storage.rows import TABLES

MOST_TICKS = 1 << 53
"""A logical clock beyond this was never reached by working."""
FURTHEST = 1 << 30
"""Ticks that somebody who is not known by their key may be ahead of this project: who goes on from it, too."""
MOST_OF_ONE = 500_000
"""Changes of one article (or of what stands in none) in one package: they are folded in memory."""
UNREADABLE = (
    ArithmeticError, AssertionError, AttributeError, BadSpan, LookupError, RecursionError, TypeError, ValueError,
    sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError,
)  # fmt: skip
"""What may be raised by values that nobody would write."""
_TIES = frozenset({"span", "relation", "group"})


class Validating:
    """Takes the lines of a package one by one into the staging file; the first that is not right refuses it."""

    def __init__(self, connection: sqlite3.Connection, base: int, parcel: Parcel, rules: Authority) -> None:
        self._connection = connection
        self._base = base
        self._parcel = parcel
        self._rules = rules
        self.new = 0
        self.known = 0
        self.doubled = 0
        self.proposals: list[tuple[str, str, str]] = []
        """Changes of what is the lead's by others: author (id), kind, article (id)."""
        self._ends: dict[tuple[str, str], StepRecord] = {}
        rows = connection.execute("SELECT article FROM here.purged").fetchall()
        self._purged = frozenset(row[0] for row in rows)
        (latest,) = connection.execute("SELECT coalesce(max(lamport), 0) FROM here.step").fetchone()
        self._last_tick = MOST_TICKS - 1 if parcel.proved else min(latest + FURTHEST, MOST_TICKS - 1)
        self._require_same_package()

    def _require_same_package(self) -> None:
        parcel = self._parcel
        (project,) = self._connection.execute("SELECT value FROM here.project WHERE key = 'id'").fetchone()
        if parcel.project != project:
            raise Refused(_("It is of another project. Nothing was merged."))
        row = self._connection.execute("SELECT sha256 FROM here.package WHERE id = ?", (parcel.id,)).fetchone()
        if row is not None and row[0] != parcel.sha256:
            raise Refused(_("A package of the same id ({id}) with other content was merged here.").format(id=parcel.id))

    # lines

    def add_text(self, line: int, sha256: str, body: str) -> None:
        """Take a text. Raises Refused."""
        if fingerprint(body) != sha256:
            raise Refused(_("The text does not fit its fingerprint: it was altered."), line)
        self._connection.execute("INSERT OR IGNORE INTO new_text VALUES (?, ?, ?, ?)", (sha256, len(body), body, line))

    def add_step(self, line: int, step: StepRecord, changes: tuple[ChangeRecord, ...]) -> None:
        """Take a step with its changes. Raises Refused."""
        if payload_sha256(changes) != step.payload_sha256:
            raise Refused(
                _("The step {id} is damaged: its content does not fit its fingerprint.").format(id=step.id), line
            )
        if self._is_known(line, step):
            return
        if step.annotator in self._parcel.mine and self._came_back(step, changes):
            self.known += 1
            return
        self._require_author(line, step, changes)
        self._require_order(line, step)
        kept = [self._kept(line, step, change) for change in changes]
        self.new += 1
        step = step._replace(root=self._root(step))
        row = journal.step_row(self._base + self.new, step)
        try:
            self._connection.execute(
                "INSERT INTO new_step (n, id, annotator, device, at, title, scheme_version, undoes, root, grp, job, "
                "lamport, payload_sha256, prev_hash, seal, hash, line) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                "?, ?, ?, ?)",
                (self.new, *row[1:], step.hash(), line),
            )
        except sqlite3.IntegrityError:
            self.new -= 1
            self._require_double(line, step)
            return
        self._connection.executemany(
            "INSERT INTO new_change VALUES (?, ?, ?, ?, ?, ?, ?, ?)", journal.change_rows(self.new, kept)
        )

    def _is_known(self, line: int, step: StepRecord) -> bool:
        row = self._connection.execute(
            f"SELECT seq, EXISTS (SELECT 1 FROM here.package_step WHERE package_step.step = step.id), {journal.STEP} "
            "FROM here.step WHERE id = ?",
            (step.id,),
        ).fetchone()
        if row is None:
            return False
        if StepRecord(*row[2:]).hash() != step.hash():
            raise Refused(_("The step {id} is here already, with other content.").format(id=step.id), line)
        written = self._connection.execute("INSERT OR IGNORE INTO known_step VALUES (?, ?, ?)", (step.id, *row[:2]))
        self.known += written.rowcount
        self.doubled += 1 - written.rowcount
        return True

    def _came_back(self, step: StepRecord, changes: tuple[ChangeRecord, ...]) -> bool:
        """Whether it is a part of a step of mine that is here: what I sent to a colleague comes back in theirs."""
        if step.device or SIGN not in step.id:
            return False
        row = self._connection.execute(
            "SELECT seq, annotator, lamport FROM here.step WHERE id = ?", (original(step.id),)
        ).fetchone()
        if row is None or row[1:] != (step.annotator, step.lamport):
            return False
        rows = self._connection.execute(
            "SELECT kind, entity, article, before, after FROM here.change WHERE step = ?", (row[0],)
        ).fetchall()
        return all(
            change.article in self._purged or any(is_piece(change, *original) for original in rows)
            for change in changes
        )

    def _require_double(self, line: int, step: StepRecord) -> None:
        row = self._connection.execute("SELECT hash FROM new_step WHERE id = ?", (step.id,)).fetchone()
        if row is None or row[0] != step.hash():
            raise Refused(_("The step {id} stands in it twice, with other content.").format(id=step.id), line)
        self.doubled += 1

    def _require_author(self, line: int, step: StepRecord, changes: tuple[ChangeRecord, ...]) -> None:
        if not step.annotator:
            if not is_the_scheme(step, changes):
                raise Refused(_("The step {id} is by nobody.").format(id=step.id), line)
        elif step.annotator in self._parcel.mine and not self._parcel.proved:
            raise Refused(
                _("It claims to be you: the step {id} is not here, and the package is not signed by you.").format(
                    id=step.id
                ),
                line,
            )

    def _require_order(self, line: int, step: StepRecord) -> None:
        if not 0 < step.lamport <= self._last_tick:
            raise Refused(_("The step {id} stands at no tick of the clock.").format(id=step.id), line)
        if not step.device:
            return  # a part, or nobody's: it stands in no line
        # Whoever got packages in another order sends the steps of one line in that order: only what names another step
        # as the one before it must be behind that one.
        whose = (step.annotator, step.device)
        last = self._ends.get(whose) or journal.last_of_line(self._connection, *whose)
        if last is not None and step.prev_hash == last.hash() and last.lamport >= step.lamport:
            raise Refused(_("The step {id} stands behind a later one.").format(id=step.id), line)
        self._ends[whose] = step

    def _root(self, step: StepRecord) -> str:
        # As in every project: what nobody did, and what is only a part, cannot be undone.
        if not step.annotator or not step.device:
            return ""
        if not step.undoes:
            return step.id
        for table in ("new_step", "here.step"):
            row = self._connection.execute(f"SELECT root FROM {table} WHERE id = ?", (step.undoes,)).fetchone()
            if row is not None and row[0]:
                return str(row[0])
        return step.undoes

    def _kept(self, line: int, step: StepRecord, change: ChangeRecord) -> ChangeRecord:
        if change.article in self._purged:
            # What was purged here must not come back by way of a colleague.
            return change._replace(before=None, after=None)
        for text in (change.before, change.after):
            if text is not None and not names(text, change.entity):
                raise Refused(_("A change names another thing than the one it is about."), line)
        if change.kind in ("article", "import"):
            for value in (change.before, change.after):
                self._note_revision(line, change, value)
        if change.kind == "lead" and change.after is not None:
            self._decoded(line, change.kind, change.after)  # who leads is asked before anything is folded
        return change

    def _note_revision(self, line: int, change: ChangeRecord, text: str | None) -> None:
        value = self._decoded(line, change.kind, text) if text is not None else None
        article = value.article if isinstance(value, Imported) else value
        if not isinstance(article, Article):
            return
        if article.id != change.article:
            raise Refused(_("A change names another article than the one it is about."), line)
        key = (article.id, article.revision)
        for table in ("here.revision", "new_revision"):
            row = self._connection.execute(f"SELECT sha256 FROM {table} WHERE article = ? AND n = ?", key).fetchone()
            if row is not None and row[0] != article.sha256:
                raise Refused(
                    _("The article {id} is known with another text as revision {revision}.").format(
                        id=article.id, revision=article.revision
                    ),
                    line,
                )
        self._connection.execute("INSERT OR IGNORE INTO new_revision VALUES (?, ?, ?, ?)", (*key, article.sha256, line))

    def _decoded(self, line: int, kind: str, text: str) -> Any:
        try:
            return payload.decode(kind, text)
        except (*UNREADABLE, UserError):
            raise Refused(_("What the step changes cannot be understood."), line) from None

    # all of it

    def finish(self) -> None:
        """Look at what can be told of the whole only. Raises Refused."""
        row = self._connection.execute(
            "SELECT article, line FROM new_revision WHERE sha256 NOT IN (SELECT sha256 FROM new_text) "
            "AND NOT EXISTS (SELECT 1 FROM here.text WHERE text.sha256 = new_revision.sha256) ORDER BY line LIMIT 1"
        ).fetchone()
        if row is not None:
            raise Refused(_("The text of the article {id} is missing.").format(id=row[0]), row[1])
        most = self._connection.execute(
            "SELECT article, count(*) FROM new_change GROUP BY article ORDER BY count(*) DESC LIMIT 1"
        ).fetchone()
        if most is not None and most[1] > MOST_OF_ONE:
            raise Refused(
                _("It changes one article {count:,} times; more than {most:,} are not merged.").format(
                    count=most[1], most=MOST_OF_ONE
                )
            )

    def look_at(self, article: str, new: list[fold.Told]) -> None:
        """Look at the changes of one article that come, in order: whose layers are they of? Raises Refused."""
        if not new:
            return
        owners = dict(
            self._connection.execute("SELECT id, owner FROM here.layer WHERE article = ?", (article,)).fetchall()
        )
        for change in new:
            self._note_layers(owners, change)
        for change in new:
            if change.kind in SHARED or (change.kind == "article" and change.before and change.after):
                if not fold.counts(change, self._rules):
                    self.proposals.append((change.author, change.kind, article))
                    text = change.after or change.before
                    if text is not None:  # not purged
                        self.look_at_value(article, change, self._decoded(self._line(change), change.kind, text))
            elif not self._may_touch_all(change):
                self._require_own(owners, change)
                self._require_maker(article, change)

    def _may_touch_all(self, change: fold.Told) -> bool:
        rules = self._rules
        if not rules.leads or change.author in rules.leads or change.lamport <= rules.since:
            return True
        # Where two lead, each of them did as a lead may.
        return change.author == spelt_lead(self._parcel.lead)[0]

    def _note_layers(self, owners: dict[str, str], change: fold.Told) -> None:
        text = change.after or change.before
        if text is None or change.kind not in ("layer", "import"):
            return
        value = self._decoded(self._line(change), change.kind, text)
        for layer in value.layers if isinstance(value, Imported) else (value,):
            owners.setdefault(layer.id, layer.owner)

    def _require_own(self, owners: dict[str, str], change: fold.Told) -> None:
        for text in (change.before, change.after):
            for layer, owner in self._layers_of(change, text):
                whose = owners.get(layer, owner)
                if whose not in ("", change.author):
                    raise Refused(
                        _("The step {id} changes the layer of somebody else, which only a lead may.").format(
                            id=change.step
                        ),
                        self._line(change),
                    )

    def _require_maker(self, article: str, change: fold.Told) -> None:
        """Let nobody but who brought an article, or a file's layers, take that away: it is an undo of theirs."""
        if change.after is not None or change.kind not in ("article", "import"):
            return
        rows = self._connection.execute(
            "SELECT annotator FROM here.change AS made JOIN here.step AS step ON step.seq = made.step "
            "WHERE made.entity = :it AND made.before IS NULL AND made.after NOT NULL UNION "
            "SELECT annotator FROM new_change AS made JOIN new_step AS step ON step.n = made.step "
            "WHERE made.article = :article AND made.entity = :it AND made.before IS NULL AND made.after NOT NULL",
            {"it": change.entity, "article": article},
        ).fetchall()
        if rows and (change.author,) not in rows:
            raise Refused(
                _("The step {id} takes away what somebody else brought, which only a lead may.").format(id=change.step),
                self._line(change),
            )

    def _layers_of(self, change: fold.Told, text: str | None) -> list[tuple[str, str]]:
        if text is None or change.kind not in (*_TIES, "layer", "import"):
            return []
        if change.kind in _TIES:
            import msgspec  # whole values are decoded only once, by the fold

            try:
                return [(msgspec.json.decode(text, type=dict).get("layer", ""), "")]
            except (msgspec.DecodeError, msgspec.ValidationError):
                raise Refused(_("What the step changes cannot be understood."), self._line(change)) from None
        value = self._decoded(self._line(change), change.kind, text)
        layers = value.layers if isinstance(value, Imported) else (value,)
        # An import of a file is nobody's work; a layer of a person is theirs.
        return [(layer.id, layer.owner) for layer in layers if change.kind == "layer" or layer.kind != "imported"]

    def _line(self, change: fold.Told) -> int:
        row = self._connection.execute("SELECT line FROM new_step WHERE id = ?", (change.step,)).fetchone()
        return int(row[0]) if row else 0

    def what_cannot_be_read(self, new: list[fold.Told]) -> Refused:
        """Return why changes (of one article) cannot be folded: by the first that cannot be understood, if there is."""
        for change in new:
            for text in (change.before, change.after):
                if text is not None and change.kind in fold.KNOWN:
                    try:
                        for _key, value in fold.parts(change.kind, text):
                            _require_row(value)
                    except (*UNREADABLE, UserError):
                        return Refused(_("What the step changes cannot be understood."), self._line(change))
        return Refused(_("What its steps change does not fit together."), self._line(new[0]))

    def look_at_value(self, article: str, change: fold.Told, value: Value) -> None:
        """Look at what a change leaves, or takes away, and what it started from. Raises Refused."""
        if change.seq > self._base and (wrong := unsound(article, change, value)):
            raise Refused(
                _("What the step changes cannot be understood. {reason}").format(reason=wrong),
                self._line_of(change.seq),
            )

    def require_places(self, article: str, difference: fold.Difference) -> None:
        """Raise Refused where a span would reach beyond its text."""
        lengths: dict[int, int] = {}
        for (kind, _id), one in difference.put.items():
            if kind != "span":
                continue
            span = one.value
            if span.revision not in lengths:
                lengths[span.revision] = self._length(article, span.revision)
            if spans.joined(span.fragments) != span.fragments:
                raise ValueError("fragments out of order")
            if not (span.fragments[0][0] >= 0 and span.fragments[-1][1] <= lengths[span.revision]):
                raise Refused(
                    _("A span would end at {end}, beyond the text of {length} characters.").format(
                        end=span.fragments[-1][1], length=lengths[span.revision]
                    ),
                    self._line_of(one.head),
                )

    def require_one_article(self) -> None:
        """Raise Refused where a thing would stand in two articles, when all are folded."""
        if clash := clashes.found(self._connection, self._base):
            raise Refused(
                _("What the step changes ({kind} {id}) stands in another article.").format(
                    kind=clash.kind, id=clash.id
                ),
                self._line_of(clash.step),
            )

    def _line_of(self, head: int) -> int:
        """Return the line of the package with a step (its local number), 0 where it is not of the package."""
        row = self._connection.execute("SELECT line FROM new_step WHERE n = ?", (head - self._base,)).fetchone()
        return row[0] if row else 0

    def _length(self, article: str, revision: int) -> int:
        for revisions, texts in (("here.revision", "here.text"), ("new_revision", "new_text"),
                                 ("new_revision", "here.text")):  # fmt: skip
            row = self._connection.execute(
                f"SELECT length FROM {revisions} AS r JOIN {texts} AS t ON t.sha256 = r.sha256 "
                "WHERE article = ? AND r.n = ?",
                (article, revision),
            ).fetchone()
            if row is not None:
                return int(row[0])
        return 0


def _require_row(value: Any) -> None:
    """Raise one of UNREADABLE for a value of which no row can be made."""
    for item in TABLES[KIND_OF[type(value)]].to_row(value):
        if type(item) not in (int, str):
            raise TypeError(type(item))
    if isinstance(value, Span) and spans.joined(value.fragments) != value.fragments:
        raise ValueError("fragments out of order")
