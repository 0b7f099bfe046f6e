"""Reads the registry and the links to it, page by page: who shows it does not make a key wait for a large project."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from annotator.domain import grouping
from annotator.domain.article import VisibleLayers
from annotator.domain.change import Entry
from annotator.domain.register import Use, linking_attributes, linking_fields, linking_relations, of_values
from annotator.domain.scheme import Scheme
from annotator.domain.span import quoted
from annotator.storage.faults import told
from annotator.storage.listing import limits
from annotator.storage.reader import Reader
from annotator.storage.rows import TABLES

PAGE = 500
"""Rows of a page of entries; of spans so many are looked at, of which few are linked as a rule."""
WORDS = 160
"""Code points of a span's words that stand beside a link."""


def entries(reader: Reader) -> Iterator[list[Entry]]:
    """Yield all entries in pages, merged ones as they are; to be drawn on by the reader's thread."""
    table, last = TABLES["entry"], ""
    while True:
        with told(reader.path):
            rows = reader.connection.execute(
                f"SELECT {table.quoted} FROM entry WHERE id > ? ORDER BY id LIMIT {PAGE}", (last,)
            ).fetchall()
        if not rows:
            return
        last = rows[-1][0]
        yield [table.from_row(row, "") for row in rows]


def links(reader: Reader, visible: VisibleLayers, scheme: Scheme) -> Iterator[list[Use]]:
    """Yield the links of visible layers in pages (some are empty); to be drawn on by the reader's thread."""
    if by := linking_attributes(scheme):
        yield from _by_spans(reader, visible, by)
    if by := linking_relations(scheme):
        yield _by_relations(reader, visible, by)
    if by := linking_fields(scheme):
        yield _by_fields(reader, visible, by)


def _by_spans(reader: Reader, visible: VisibleLayers, by: frozenset[str]) -> Iterator[list[Use]]:
    where, parameters = limits(visible)
    # Most spans say nothing of it: their JSON need not be read.
    named = " OR ".join(f"instr(attributes, :name{number})" for number in range(len(by)))
    parameters |= {f"name{number}": json.dumps(id, ensure_ascii=False) for number, id in enumerate(sorted(by))}
    # The words as SQLite cuts them: a text is not brought over for each of its spans.
    sql = f"""
        SELECT span.id, layer.article, attributes, fragments, start, substr(body, start + 1, "end" - start)
        FROM span JOIN layer ON layer.id = span.layer
        JOIN revision ON revision.article = layer.article AND revision.n = span.revision JOIN text USING (sha256)
        WHERE span.rowid > :after AND span.rowid <= :until AND ({named}) AND {where}"""
    (last,) = reader.rows("SELECT coalesce(max(rowid), 0) FROM span", {})[0]
    for after in range(0, last, PAGE):
        rows = reader.rows(sql, parameters | {"after": after, "until": after + PAGE})
        yield [
            Use(id, attribute, entry, article, id, _words(fragments, start, hull), start)
            for id, article, attributes, fragments, start, hull in rows
            for attribute, entry in of_values(json.loads(attributes), by)
        ]


def _by_relations(reader: Reader, visible: VisibleLayers, by: frozenset[str]) -> list[Use]:
    where, parameters = limits(visible)
    rows = reader.rows(
        f"""
        SELECT relation.id, relation.label, target, layer.article, source, fragments, start,
          substr(body, start + 1, "end" - start)
        FROM relation JOIN span ON span.id = relation.source JOIN layer ON layer.id = relation.layer
        JOIN revision ON revision.article = layer.article AND revision.n = span.revision JOIN text USING (sha256)
        WHERE relation.label IN (SELECT value FROM json_each(:by)) AND {where}""",
        parameters | {"by": json.dumps(sorted(by))},
    )
    return [
        Use(id, label, entry, article, span, _words(fragments, start, hull), start)
        for id, label, entry, article, span, fragments, start, hull in rows
    ]


def _by_fields(reader: Reader, visible: VisibleLayers, by: frozenset[str]) -> list[Use]:
    where, parameters = limits(visible)
    rows = reader.rows(f"SELECT id, article, fields FROM layer WHERE fields <> '{{}}' AND {where}", parameters)
    return [
        Use(id, field, entry, article)
        for id, article, fields in rows
        for field, entry in of_values(json.loads(fields), by)
    ]


def quotes(reader: Reader, visible: VisibleLayers, scheme: Scheme, uses: Iterable[Use]) -> dict[str, str]:
    """Return the words of what each span says that links and is no head of a group itself, by the span's id.

    That is the head of its group: the quote of a source. Of several quotes the first.
    """
    spans, articles = {use.span for use in uses if use.span}, {use.article for use in uses}
    where, parameters = limits(visible)
    heads = {kind.id: kind.head for kind in grouping.kinds(scheme)}
    rows = reader.rows(
        "SELECT span_group.kind, members FROM layer CROSS JOIN span_group ON span_group.layer = layer.id "
        f"WHERE layer.article IN (SELECT value FROM json_each(:articles)) AND {where}",
        parameters | {"articles": json.dumps(sorted(articles))},
    )
    head_of: dict[str, list[str]] = {}
    for kind, members in rows:
        there = json.loads(members)
        head = next((span for role, span in there if role == heads.get(kind)), None)
        for _role, span in there:
            if head is not None and span != head and span in spans:
                head_of.setdefault(span, []).append(head)
    said = _of_spans(reader, {head for some in head_of.values() for head in some})
    found = {span: sorted(said[head] for head in some if head in said) for span, some in head_of.items()}
    return {span: some[0][1] for span, some in found.items() if some}


def _of_spans(reader: Reader, spans: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Return where spans (ids) begin (code points), and their words."""
    rows = reader.rows(
        """
        SELECT span.id, fragments, start, substr(body, start + 1, "end" - start)
        FROM span JOIN layer ON layer.id = span.layer
        JOIN revision ON revision.article = layer.article AND revision.n = span.revision JOIN text USING (sha256)
        WHERE span.id IN (SELECT value FROM json_each(:spans))""",
        {"spans": json.dumps(sorted(spans))},
    )
    return {id: (start, _words(fragments, start, hull)) for id, fragments, start, hull in rows}


def _words(fragments: str, start: int, hull: str) -> str:
    """Return the words of a span, of whose hull (from `start`, code points) the text is given."""
    pieces = json.loads(fragments) if fragments else [[start, start + len(hull)]]
    return quoted(hull, tuple((first - start, last - start) for first, last in pieces), WORDS)


def titles(reader: Reader, articles: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Return place in the project and title of those of the articles (ids) that are there."""
    rows = reader.rows(
        "SELECT id, position, title FROM article WHERE id IN (SELECT value FROM json_each(:ids))",
        {"ids": json.dumps(sorted(set(articles)))},
    )
    return {id: (position, title) for id, position, title in rows}
