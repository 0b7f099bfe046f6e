"""The steps of a project as its recipients may see them: word for word, as parts, or not at all.

A part of a step has its place in the order of the journal, and of what it did only what the recipients may see: its
id is that of the step with "~" and the beginning of its own fingerprint, so that the same part is the same step
whoever makes it, and stands right behind the whole one where both are. It belongs to no line of a device.

A step goes word for word only while the line of its device has no gap in the package: whoever gets it can follow the
chain from its first step on.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from annotator.domain.journalled import ChangeRecord, StepRecord, payload_sha256
from annotator.domain.sides import ANSWER, CORRECTION, DIFFERENCE
from annotator.i18n import later
from annotator.storage import choice as choices
from annotator.storage import journal, sealing
from annotator.storage.authority import HIDDEN, authority
from annotator.storage.chain import Line
from annotator.storage.choice import Choice
from annotator.storage.held import is_correction
from annotator.storage.pieces import SIGN, is_the_scheme, original
from annotator.storage.rows import dumps

PART = later("Part of a step")
"""The title of what was cut: its own may tell of others' work."""
_IN_LAYERS = ("span", "relation", "group")


class Going(NamedTuple):
    """A step that goes into the package; `news` says that it does more than repeat what went out before."""

    step: StepRecord
    changes: tuple[ChangeRecord, ...]
    news: bool


class _Layer(NamedTuple):
    article: str
    kind: str
    owner: str


class Parts:
    """One pass over a project's journal, on a connection that sees it at one moment."""

    def __init__(self, connection: sqlite3.Connection, choice: Choice) -> None:
        self._connection = connection
        self.choice = choice
        self._rules = authority(connection)
        self.sealed = sealing.articles(connection, choice.me)
        """The articles (ids) on which I am blind to others."""
        self._opened = choice.base.sealed - self.sealed
        self.closed_to_them = sealing.articles(connection, choice.told) if choice.told else frozenset()
        """The articles (ids) on which whoever is told what was decided still tags blind."""
        self._tells_more = bool(choice.told) and (not choice.base.corrections or bool(choice.base.kept_back))
        self.off = choices.off(connection)
        """The packages (ids) that are switched off."""
        rows = connection.execute(
            "SELECT step FROM package_step WHERE package IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(choice.base.off)),),
        )
        self._hidden_then = frozenset(row[0] for row in rows.fetchall())
        self._purged = frozenset(row[0] for row in connection.execute("SELECT article FROM purged").fetchall())
        self._layers: dict[str, _Layer | None] = {}
        self._remarks: dict[str, bool] = {}
        makers = {choice.me, *choice.recipients, *self._rules.leads, ""}
        self._makers = frozenset(makers)
        self._entries = choices.entries(connection, makers, choice, self.sealed)
        self.entries = self._entries.all if self._entries is not None else None
        """The registry entries (ids) that go, None for all."""
        self.people = self._people(choices.people(connection, choice, self._rules, self._entries))
        """Whom the package names (ids), None for everybody."""
        self.ends: dict[Line, str] = dict(choice.base.ends)
        """The hash of the last step of each line that went word for word."""

    def _people(self, named: frozenset[str] | None) -> frozenset[str] | None:
        if named is None:
            return None
        rows = self._connection.execute("SELECT id, article, author, addressee, span, answers FROM remark").fetchall()
        keys = ("id", "article", "author", "to", "span", "answers")
        remarks = [dict(zip(keys, row, strict=True)) for row in rows]
        return named | {
            it["author"] for it in remarks if self.choice.wants(it["article"]) and self._remark(it, it["author"])
        }

    def count(self) -> int:
        """Return how many steps `steps` looks at."""
        where, parameters = self._looked_at()
        (count,) = self._connection.execute(f"SELECT count(*) FROM step WHERE {where}", parameters).fetchone()
        return int(count)

    def steps(self) -> Iterator[Going | None]:
        """Yield what goes of each step, in the order of the fold; None for what stays here."""
        where, parameters = self._looked_at()
        cursor = self._connection.execute(
            f"SELECT seq, {journal.STEP} FROM step WHERE {where} ORDER BY lamport, step.id", parameters
        )
        for seq, *row in cursor:
            yield self._going(seq, StepRecord(*row))

    def _looked_at(self) -> tuple[str, dict[str, object]]:
        base = self.choice.base
        where = f"NOT ({HIDDEN})" if self._rules.hides else "1"
        if not base.upto:
            return where, {}
        # Of what went out before only who and what was not named then, and articles that were left out then.
        fresh = [*((self.people or set()) - base.people), *((self.entries or set()) - base.entries)]
        old = "seq IN (SELECT step FROM change WHERE entity IN (SELECT value FROM json_each(:fresh)))"
        parameters: dict[str, object] = {"upto": base.upto, "fresh": json.dumps(sorted(fresh))}
        if self._opened:
            old += " OR seq IN (SELECT step FROM change WHERE article IN (SELECT value FROM json_each(:opened)))"
            parameters["opened"] = json.dumps(sorted(self._opened))
        if self._tells_more:
            old += " OR seq IN (SELECT step FROM change WHERE kind = 'decision')"
        if self._hidden_then:
            old += " OR id IN (SELECT value FROM json_each(:hidden))"
            parameters["hidden"] = json.dumps(sorted(self._hidden_then))
        if base.articles is not None:
            old += (
                " OR seq IN (SELECT step FROM change WHERE article <> '' "
                "AND article NOT IN (SELECT value FROM json_each(:had)))"
            )
            parameters["had"] = json.dumps(sorted(base.articles))
        return f"{where} AND (seq > :upto OR {old})", parameters

    def _going(self, seq: int, step: StepRecord) -> Going | None:
        records = journal.changes(self._connection, seq)
        old = seq <= self.choice.base.upto and step.id not in self._hidden_then
        kept: list[ChangeRecord] = []
        news = False
        for record in records:
            if old and not self._went_not_before(record):
                continue
            cut = self._cut(step, record)
            if cut is not None:
                kept.append(cut)
                along = (old and record.kind in ("annotator", "entry")) or (
                    self.choice.returning and not step.annotator
                )
                news = news or not along
        if not kept:
            return None
        line = (step.annotator, step.device)
        whole = kept == records and (step.annotator or is_the_scheme(step, records))
        if whole and (not step.device or step.prev_hash == self.ends.get(line, "")):
            if step.device:
                self.ends[line] = step.hash()
            return Going(step, tuple(kept), news)
        return Going(_part(step, kept, self.choice.me, title=step.title if whole else PART), tuple(kept), news)

    def _went_not_before(self, record: ChangeRecord) -> bool:
        base = self.choice.base
        if record.kind == "annotator":
            return self.people is not None and record.entity not in base.people
        if record.kind == "entry":
            return self.entries is not None and record.entity not in base.entries
        if self._tells_more and is_correction(record):
            return not base.corrections or record.article in base.kept_back - self.closed_to_them
        return record.article in self._opened or not base.had(record.article)

    # what of a change may be seen

    def _cut(self, step: StepRecord, record: ChangeRecord) -> ChangeRecord | None:
        """Return what of a change goes, None for nothing."""
        choice = self.choice
        if not choice.wants(record.article) or (record.before is None and record.after is None):
            return None  # purged content has neither
        if record.article in self._purged:
            return None
        if record.kind not in ("annotator", "entry"):
            if choice.returning and step.annotator != choice.me and not self._begins(step, record):
                return None
            if choice.layers != "all" and not choice.returning and not self._counts(step, record):
                return None
        elif record.kind == "entry" and not self._entry_goes(step, record):
            return None
        before, after = (self._side(record, text, step) for text in (record.before, record.after))
        if before is None and after is None:
            return None
        return record._replace(before=before, after=after, parent=self._named(record.parent))

    def _named(self, parent: str) -> str:
        """Return the id of the step before a change, "" where that is of somebody who is not named here."""
        if self.people is None or not parent:
            return parent
        row = self._connection.execute("SELECT annotator FROM step WHERE id = ?", (parent,)).fetchone()
        return parent if row is None or not row[0] or row[0] in self.people else ""

    def _begins(self, step: StepRecord, record: ChangeRecord) -> bool:
        """Whether it is the scheme a project begins with, which goes along where no lead has given it to all."""
        return not step.annotator and record.kind == "scheme" and not self._rules.leads

    def _counts(self, step: StepRecord, record: ChangeRecord) -> bool:
        edits = record.before is not None and record.after is not None
        return self._rules.allows(step.annotator, step.lamport, record.kind, edits)

    def _entry_goes(self, step: StepRecord, record: ChangeRecord) -> bool:
        """Whether a change of an entry goes; what others wrote into an entry of ours does not."""
        if self._entries is None or (self.choice.returning and step.annotator == self.choice.me):
            return True
        if record.entity in self._entries.made:
            return step.annotator in self._makers and not self.choice.returning
        return record.entity in self._entries.named

    def _side(self, record: ChangeRecord, text: str | None, step: StepRecord) -> str | None:
        if text is None or record.kind in ("lead", "scheme", "article", "entry"):
            return text
        if record.kind == "annotator":
            mine = self.choice.returning and step.annotator == self.choice.me
            return text if mine or self.people is None or record.entity in self.people else None
        data = json.loads(text)
        if record.kind == "import":
            return self._imported(data, text)
        return text if self._seen(record, data, step) else None

    def _seen(self, record: ChangeRecord, data: dict[str, Any], step: StepRecord) -> bool:
        choice, kind = self.choice, record.kind
        if kind == "layer":
            return self._layer_goes(_layer(data))
        if kind in _IN_LAYERS:
            layer = self._layer(data.get("layer", ""), record.article)
            return self._layer_goes(layer) and (kind == "span" or self._ends_go(kind, data, layer, record.article))
        if kind == "assignment":
            everybody = choice.layers == "all" or choice.returning or not choice.recipients
            return everybody or data.get("annotator") in choice.recipients
        if kind == "decision":
            return self._decision_goes(data, record.article)
        if kind == "remark":
            return self._remark(data, step.annotator)
        if kind == "proposal":
            return choice.layers == "all" or choice.returning or data.get("author") in choice.recipients | {choice.me}
        # What a newer version brings goes only where everything does.
        return choice.layers == "all" or choice.returning

    def _decision_goes(self, data: dict[str, Any], article: str) -> bool:
        """Whether a decision goes: one on a difference names everybody's spans, a correction only those of whom it is
        for, and an answer only those of who gives it.
        """
        choice, said = self.choice, data.get("data") or {}
        about = said.get("about")
        if about == CORRECTION:
            if said.get("to") == choice.told:
                return article not in self.closed_to_them
        # As text: a colleague's program may have written what it liked.
        elif about == ANSWER and str(said.get("by")) in (choice.recipients if choice.told else ()):
            return True
        if choice.returning:
            return choice.open or about not in (DIFFERENCE, CORRECTION)
        return choice.layers == "all" and article not in self.sealed

    def _layer_goes(self, layer: _Layer | None) -> bool:
        """Whether a layer goes; one of which nothing is known stays."""
        choice = self.choice
        if layer is None:
            return False
        others = layer.kind == "consensus" or layer.owner not in ("", choice.me)
        if others and layer.article in self.sealed:
            return False
        if choice.layers == "all" or (choice.returning and choice.open):
            return True
        if layer.kind == "consensus":
            return False  # what was made of the work of several
        if choice.returning and not layer.owner:
            return True
        return bool(layer.owner) and layer.owner in choice.owners

    def _ends_go(self, kind: str, data: dict[str, Any], layer: _Layer | None, article: str) -> bool:
        """Whether no end of a tie stands in a layer that stays; what recipients tied themselves they know."""
        choice = self.choice
        if choice.returning or layer is None or layer.owner in choice.recipients:
            return True
        if choice.layers == "all" and not self.sealed:
            return True
        ends = [data.get("target", "")] if kind == "relation" else [span for _role, span in data.get("members", ())]
        return all(self._end_goes(end, article) for end in ends)

    def _end_goes(self, span: str, article: str) -> bool:
        layer = self._layer_of_span(span, article)
        # What is not known is an entry of the registry, or long gone.
        return layer is None or self._layer_goes(layer)

    def _layer(self, id: str, article: str) -> _Layer | None:
        if id not in self._layers:
            self._layers[id] = self._found_layer(id, article)
        return self._layers[id]

    def _found_layer(self, id: str, article: str) -> _Layer | None:
        row = self._connection.execute("SELECT article, kind, owner FROM layer WHERE id = ?", (id,)).fetchone()
        if row is not None:
            return _Layer(*row)
        row = self._connection.execute(
            "SELECT coalesce(after, before) FROM change WHERE entity = ? AND kind = 'layer' LIMIT 1", (id,)
        ).fetchone()
        if row is not None and row[0] is not None:
            return _layer(json.loads(row[0]))
        for (text,) in self._connection.execute(
            "SELECT coalesce(after, before) FROM change WHERE entity = ? AND kind = 'import'", (article,)
        ).fetchall():
            for layer in json.loads(text)["layers"] if text else ():
                if layer["id"] == id:
                    return _layer(layer)
        return None

    def _imported(self, data: dict[str, Any], text: str) -> str | None:
        """Return an import without the layers that stay, and what stands in them; None where nothing is left."""
        own = {layer["id"]: _layer(layer) for layer in data.get("layers", ())}
        for id, layer in own.items():
            self._layers.setdefault(id, layer)

        def goes(id: str) -> bool:
            return self._layer_goes(own.get(id) or self._layer(id, data["id"]))

        cut = dict(data)
        cut["layers"] = [layer for layer in data.get("layers", ()) if goes(layer["id"])]
        if "spans" in data:
            cut["spans"] = {id: rows for id, rows in data["spans"].items() if goes(id)}
        for key in ("relations", "groups"):
            if key in data:
                cut[key] = [item for item in data[key] if goes(item["layer"])]
        if cut == data:
            return text
        cut = {key: item for key, item in cut.items() if item or key in ("id", "layers")}
        if "spans" not in cut:
            cut.pop("columns", None)
        if "article" not in cut and not any(cut.get(key) for key in ("layers", "spans", "relations", "groups")):
            return None
        return dumps(cut)

    # remarks

    def _remark(self, data: dict[str, Any], by: str) -> bool:
        choice, author, to = self.choice, data.get("author", ""), data.get("to", "")
        if choice.layers == "all":
            return data.get("article") not in self.sealed or choice.me in (author, to)
        if choice.returning:
            return by == choice.me
        leads = self._rules.leads or {choice.me}
        if not (author in choice.recipients or to in choice.recipients or (author in leads and not to)):
            return False
        if data.get("span") and not self._layer_goes(self._layer_of_span(data["span"], data.get("article", ""))):
            return False
        return not data.get("answers") or self._remark_goes(data["answers"])

    def _remark_goes(self, id: str) -> bool:
        if id not in self._remarks:
            self._remarks[id] = False  # a circle of answers ends here
            row = self._connection.execute(
                "SELECT coalesce(after, before) FROM change WHERE entity = ? AND kind = 'remark' LIMIT 1", (id,)
            ).fetchone()
            if row is not None and row[0] is not None:
                data = json.loads(row[0])
                self._remarks[id] = self._remark(data, data.get("author", ""))
        return self._remarks[id]

    def _layer_of_span(self, id: str, article: str) -> _Layer | None:
        row = self._connection.execute("SELECT layer FROM span WHERE id = ?", (id,)).fetchone()
        if row is None:
            row = self._connection.execute(
                "SELECT json_extract(coalesce(after, before), '$.layer') FROM change "
                "WHERE entity = ? AND kind = 'span' LIMIT 1",
                (id,),
            ).fetchone()
        return None if row is None or row[0] is None else self._layer(row[0], article)


def _layer(data: dict[str, Any]) -> _Layer:
    return _Layer(data.get("article", ""), data.get("kind", ""), data.get("owner", ""))


def _part(step: StepRecord, changes: Sequence[ChangeRecord], me: str, title: str) -> StepRecord:
    sha256 = payload_sha256(changes)
    # What a repair saved has no author whom a colleague could believe: whoever packs it stands for it.
    author = step.annotator or me
    mark = sha256 if step.annotator else payload_sha256([*changes, ChangeRecord("annotator", me, "", "", None, None)])
    return StepRecord(
        id=original(step.id) + SIGN + mark[:12],
        annotator=author,
        device="",
        at=step.at,
        title=title,
        scheme_version=step.scheme_version,
        lamport=step.lamport,
        payload_sha256=sha256,
    )
