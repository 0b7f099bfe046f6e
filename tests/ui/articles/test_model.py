"""What a row of the list of articles says, which is kept beside the file while one tags."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.domain import ids
from annotator.domain.article import own_layer
from annotator.domain.span import Span
from annotator.domain.text import fingerprint
from annotator.storage.listing import ArticleRow
from annotator.ui.window import MainWindow
from tests.builders import bring

COLLEAGUE = "0190a000-0000-7000-8000-0000000000c0"


def rows(window: MainWindow) -> tuple[ArticleRow | None, ArticleRow | None]:
    """Return the row of the open article as the list has it, and as the file has it."""
    session = window.session
    assert session.store is not None
    assert session.article is not None
    number = window.articles.model.number_of(session.article.id)
    kept = window.articles.model.article(number) if number is not None else None
    return kept, session.store.article_row(session.article.id, session.me.id, session.visible)


@pytest.mark.parametrize("colleagues", [True, False])
def test_a_row_is_as_in_the_file_after_each_key(window: MainWindow, colleagues: bool) -> None:
    session = window.session
    assert session.workspace is not None
    text = "The council raised the dues by a third, a clerk said on Monday.\n"
    id = ids.content_article_id(fingerprint(text))
    layer = own_layer(id, COLLEAGUE)
    spans = tuple(
        Span(f"{COLLEAGUE[:-1]}{n}", id, layer.id, COLLEAGUE, "quote", ((n, n + 3),)) for n in range(4)
    )  # fmt: skip
    article = bring(session.workspace, text, "Dues", spans, (layer,))
    window.articles.model.reload()
    session.show_article(article.id)
    if colleagues:
        window.actions_["view.colleagues"].trigger()
        assert rows(window)[0] == rows(window)[1]
    seen = set()
    for key, held in (
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_Q, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_S, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier),
    ):
        QTest.keyClick(window.view, key, held)
        kept, written = rows(window)
        assert kept == written
        assert kept is not None
        seen.add(kept.spans)
    assert len(seen) == 2
