"""What people tell each other in a project, as threads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from annotator.cli.common import JSON, PROJECT, opened
from annotator.cli.common import as_json as to_json
from annotator.domain.article import Article
from annotator.domain.people import called
from annotator.domain.span import quoted
from annotator.domain.team import Remark
from annotator.domain.text import printable
from annotator.domain.threads import Thread, threads
from annotator.storage import remarks as stored
from annotator.storage.reader import Reader

_WORDS = 80
"""Code points of a span's words that stand in a line."""


@click.command()
@PROJECT
@click.option("--open", "only_open", is_flag=True, help="Only threads that are not closed.")
@JSON
def remarks(project: Path, only_open: bool, as_json: bool) -> int:
    """List the remarks of a project: who told whom what, on which span or article, oldest thread first."""
    with opened(project, write=False) as store:
        found = threads(one for page in stored.remarks(store) for one in page)
        people = called(store.annotators())
        articles = store.articles([*{thread.first.article for thread in found}])
        for thread in found:
            if only_open and thread.closed:
                continue
            words = _quote(store, thread.first, articles.get(thread.first.article))
            if as_json:
                click.echo(to_json(_told(thread, words)))
            else:
                click.echo(printable(_in_words(thread, words, people, articles.get(thread.first.article))))
    return 0


def _quote(store: Reader, remark: Remark, article: Article | None) -> str | None:
    """Return the words of the span that is meant, None where it is gone or the article is."""
    span = store.value("span", remark.span, remark.article) if remark.span and article is not None else None
    if span is None or article is None or span.revision != article.revision:
        return None
    return quoted(store.text(article.sha256), span.fragments)


def _told(thread: Thread, words: str | None) -> dict[str, Any]:
    first = thread.first
    return {
        "id": first.id, "article": first.article, "span": first.span or None, "words": words, "closed": thread.closed,
        "remarks": [
            {"id": one.id, "author": one.author, "to": one.to or None, "created": one.created, "text": one.text}
            for one in thread.all
        ],
    }  # fmt: skip


def _in_words(thread: Thread, words: str | None, people: dict[str, str], article: Article | None) -> str:
    first = thread.first
    title = " ".join(article.title.split()) if article is not None and article.title else first.article
    about = ""
    if first.span:
        about = ", a span that is gone" if words is None else f", “{' '.join(words.split())[:_WORDS]}”"
    head = f"{title}{about} ({'closed' if thread.closed else 'open'})"
    return "\n".join([head, *(f"  {_said(one, people)}" for one in thread.all)])


def _said(remark: Remark, people: dict[str, str]) -> str:
    to = f" to {people.get(remark.to, remark.to)}" if remark.to else ""
    text = " ".join(remark.text.split())
    return f"{people.get(remark.author, remark.author)}{to}, {remark.created[:16].replace('T', ' ')}: {text}"
