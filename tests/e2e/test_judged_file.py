"""Where judgement, mark and note of an article stand in our JSON Lines, and that they come back from there."""

from __future__ import annotations

import json
from pathlib import Path

from annotator.domain.change import Change, Step
from annotator.domain.relation import Group, Member
from annotator.editing import judgements, marks
from tests.builders import bring, my_layer, project, tag, workspace
from tests.e2e.exchange import export_bytes, import_bytes


def test_fields_mark_and_note_stand_in_the_layer_state_and_note_in_the_group(tmp_path: Path) -> None:
    ws = workspace(project(tmp_path))
    article = bring(ws)
    quote, cue = tag(ws, article, "quote", (0, 5)), tag(ws, article, "cue", (7, 9))
    bare = export_bytes(ws.store)
    group = Group("g", article.id, quote.layer, "attribution", (Member("quote", quote.id), Member("cue", cue.id)))
    group = group._replace(id=ws.new_id())
    ws.do(Step("Tie", (Change(None, group),)))
    ws.do(marks.mark_group(group, "unsure"))
    ws.do(marks.annotate_group(group._replace(state="unsure"), "which?"))
    ws.do(
        judgements.judge(article.id, my_layer(ws, article), ws.me, {"genre": "opinion", "topic": ["a", "b"]}, "Genre")
    )
    ws.do(judgements.mark(article.id, my_layer(ws, article), ws.me, "discuss"))
    ws.do(judgements.annotate(article.id, my_layer(ws, article), ws.me, "satire?"))
    data = export_bytes(ws.store)
    line = json.loads(data)
    (layer,), (tie,) = line["layers"], line["groups"]
    assert layer["fields"] == {"genre": "opinion", "topic": ["a", "b"]}
    assert (layer["state"], layer["mark"], layer["note"]) == ("started", "discuss", "satire?")
    assert (tie["state"], tie["note"]) == ("unsure", "which?")
    there = workspace(project(tmp_path, "there"))
    import_bytes(there, data)
    assert export_bytes(there.store) == data
    for _ in range(6):
        ws.undo()
    assert export_bytes(ws.store) == bare
    assert b"mark" not in bare
