"""The one table of actions: what the program can do, how it is called, which keys start it.

Menus, buttons, the key sheet, `annotator keys` and the manual are made from it.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Where(Enum):
    """Where an action is enabled."""

    ALWAYS = "always"
    PROJECT = "project"  # a project is open
    EDITABLE = "editable"  # a project is open for writing
    ARTICLE = "article"  # an article is shown
    TEXT = "text"  # the caret is in the text of an editable article
    DONE = "done"  # that article is marked done
    SELECTION = "selection"  # words are selected there
    SPAN = "span"  # a span is focused there


class Action(NamedTuple):
    """One action; `keys` are portable key sequences in Qt's notation, the first is shown."""

    id: str
    title: str
    menu: str
    keys: tuple[str, ...] = ()
    where: Where = Where.PROJECT
    hint: str = ""


ACTIONS: tuple[Action, ...] = (
    # File
    Action("project.new", "New project…", "File", ("Ctrl+N",), Where.ALWAYS),
    Action("project.open", "Open project…", "File", ("Ctrl+O",), Where.ALWAYS),
    Action("project.sample", "Open the sample project", "File", (), Where.ALWAYS),
    Action("article.import", "Import articles…", "File", ("Ctrl+I",), Where.EDITABLE),
    Action("project.export", "Export…", "File", ("Ctrl+E",), Where.PROJECT),
    Action(
        "article.picture", "Save a picture of the article…", "File", (), Where.ARTICLE, "as a PDF, a web page or a PNG"
    ),
    Action("article.print", "Print…", "File", ("Ctrl+P",), Where.ARTICLE, "the open article, as a picture shows it"),
    Action(
        "package.send",
        "Send a package…",
        "File",
        ("Ctrl+Shift+E",),
        Where.EDITABLE,
        "to colleagues, or back to the lead",
    ),
    Action(
        "package.merge",
        "Merge packages…",
        "File",
        ("Ctrl+M",),
        Where.EDITABLE,
        "colleagues’ work; what it brings is shown first",
    ),
    Action("package.list", "Packages…", "File", (), Where.PROJECT, "those merged and sent; switch one off or on"),
    Action("project.report", "Report of the last import or export…", "File", (), Where.PROJECT),
    Action("project.copy", "Send a copy…", "File", (), Where.PROJECT, "one clean file, to mail or to keep"),
    Action("project.backups", "Backups…", "File", (), Where.PROJECT),
    Action(
        "window.settings", "Settings…", "File", ("Ctrl+,",), Where.ALWAYS, "theme, dark colours, font, size, keys, name"
    ),
    Action("window.close", "Quit", "File", ("Ctrl+Q",), Where.ALWAYS),
    # Edit
    Action("edit.undo", "Undo", "Edit", ("Ctrl+Z",), Where.EDITABLE),
    Action("edit.redo", "Redo", "Edit", ("Ctrl+Shift+Z", "Ctrl+Y"), Where.EDITABLE),
    Action("edit.history", "History…", "Edit", ("Ctrl+H",), Where.PROJECT, "who did what, and when; undo to here"),
    Action("edit.copy", "Copy", "Edit", ("Ctrl+C",), Where.ARTICLE),
    Action("edit.find", "Find in the article", "Edit", ("Ctrl+F",), Where.ARTICLE),
    Action("edit.find.next", "Find next", "Edit", ("F3", "Ctrl+G"), Where.ARTICLE),
    Action("edit.find.previous", "Find previous", "Edit", ("Shift+F3", "Ctrl+Shift+G"), Where.ARTICLE),
    Action("select.all", "Select all", "Edit", ("Ctrl+A",), Where.ARTICLE),
    Action(
        "select.expand",
        "Expand the selection",
        "Edit",
        ("Alt+Shift+Right", "Ctrl+W"),
        Where.ARTICLE,
        "word, quotation, sentence, paragraph",
    ),
    Action(
        "select.clause",
        "Extend by a clause",
        "Edit",
        ("Space",),
        Where.ARTICLE,
        "to the end of the clause, quotation or sentence; again to the next",
    ),
    Action("select.clause.back", "Shorten by a clause", "Edit", ("Shift+Space",), Where.ARTICLE),
    Action("select.sentence", "Select the sentence", "Edit", ("X",), Where.ARTICLE, "again: the next one too"),
    Action("go.word", "Go to a word…", "Edit", ("G",), Where.ARTICLE, "by its first two letters; Enter repeats"),
    Action("go.word.extend", "Extend to a word…", "Edit", ("Shift+G",), Where.ARTICLE, "by its first two letters"),
    Action("go.back", "Jump back", "Edit", ("Ctrl+B",), Where.ARTICLE, "to where the caret was"),
    Action("select.shrink", "Shrink the selection", "Edit", ("Alt+Shift+Left", "Ctrl+Shift+W"), Where.ARTICLE),
    # View
    Action("view.text", "Go to the text", "View", ("F6",), Where.ARTICLE),
    Action("view.articles", "Go to the articles", "View", ("Ctrl+1",), Where.PROJECT),
    Action(
        "view.search", "Search the articles", "View", ("Ctrl+K",), Where.PROJECT, "by words of text, title and outlet"
    ),
    Action("view.labels", "Labels", "View", ("Ctrl+2",), Where.PROJECT),
    Action("view.spans", "Table of spans", "View", ("Ctrl+3", "T"), Where.ARTICLE),
    Action("view.checks", "Things to look at", "View", ("Ctrl+4",), Where.ARTICLE, "all of the article, by kind"),
    Action(
        "view.panel.articles",
        "Fold the articles",
        "View",
        ("F9",),
        Where.PROJECT,
        "to a rail of their states, and back",
    ),
    Action("view.panel.side", "Hide labels and spans", "View", ("Shift+F9",), Where.PROJECT, "and show them again"),
    Action(
        "view.colleagues",
        "Show colleagues’ spans",
        "View",
        ("Ctrl+Shift+C",),
        Where.PROJECT,
        "beside mine; where I tag blind, once mine are done",
    ),
    Action(
        "view.links",
        "Show other links",
        "View",
        ("Ctrl+T",),
        Where.ARTICLE,
        "of the focused span, its paragraph, or all",
    ),
    Action(
        "view.labels.only",
        "Only this label",
        "View",
        ("Ctrl+Shift+O",),
        Where.SPAN,
        "of the focused span; the others are hidden",
    ),
    Action("view.labels.all", "Show all labels", "View", ("Ctrl+Shift+H",), Where.ARTICLE, "none hidden, none dimmed"),
    Action("view.focus", "Only the text", "View", ("F11",), Where.ARTICLE),
    Action("view.larger", "Larger text", "View", ("Ctrl++", "Ctrl+="), Where.ARTICLE),
    Action("view.smaller", "Smaller text", "View", ("Ctrl+-",), Where.ARTICLE),
    Action("view.time", "My time…", "View", (), Where.PROJECT, "active time an article, if you measure it"),
    # Project
    Action(
        "project.scheme",
        "Scheme…",
        "Project",
        ("F7",),
        Where.EDITABLE,
        "labels, attributes, relations; what a change touches is told before",
    ),
    Action(
        "project.registry",
        "Registry…",
        "Project",
        ("Shift+I",),
        Where.PROJECT,
        "people, organisations and outlets; at the one the focused span is linked to",
    ),
    Action(
        "project.review",
        "Review…",
        "Project",
        ("F5",),
        Where.PROJECT,
        "differences between readings, settled one by one into the consensus",
    ),
    Action(
        "project.corrections",
        "Corrections…",
        "Project",
        ("Ctrl+F5",),
        Where.PROJECT,
        "what a review made of your spans; accept or contest it",
    ),
    Action(
        "project.agreement",
        "Agreement…",
        "Project",
        ("Shift+F5",),
        Where.PROJECT,
        "how well the readings agree, by pair, label and article; each figure leads to its differences",
    ),
    Action(
        "project.colleagues",
        "Colleagues…",
        "Project",
        ("Ctrl+Shift+M",),
        Where.PROJECT,
        "people, who tags what, packages, proposals, and what differs between machines",
    ),
    # Article
    Action(
        "article.done",
        "Done, next",
        "Article",
        ("Ctrl+Return", "Ctrl+Enter"),
        Where.TEXT,
        "marks the article done and opens the next unfinished one",
    ),
    Action("article.reopen", "Open the article again", "Article", ("Ctrl+Shift+Return",), Where.DONE),
    Action(
        "article.describe", "About the article…", "Article", ("F2",), Where.ARTICLE, "headline, outlet, day and more"
    ),
    Action("article.assign", "Assign the article to…", "Article", (), Where.ARTICLE, "who is to tag it, by hand"),
    Action(
        "article.return",
        "Give the article back",
        "Article",
        (),
        Where.ARTICLE,
        "one that was assigned to you; once more takes it again",
    ),
    Action(
        "article.judge",
        "My judgement of the article",
        "Article",
        ("F4",),
        Where.ARTICLE,
        "genre, topic and what else the scheme asks of it; a digit does the same where no span is focused",
    ),
    Action(
        "article.discuss",
        "Article to be discussed",
        "Article",
        ("Shift+D",),
        Where.TEXT,
        "marks it, or takes that back",
    ),
    Action(
        "article.unsure",
        "Unsure of the article",
        "Article",
        ("Shift+U",),
        Where.TEXT,
        "marks it so, or takes that back",
    ),
    Action(
        "article.note", "Note on the article…", "Article", ("Shift+M",), Where.TEXT, "what colleagues should know of it"
    ),
    Action(
        "article.remark",
        "Remark on the article…",
        "Article",
        ("Shift+H",),
        Where.ARTICLE,
        "for colleagues: they answer it and close it",
    ),
    Action(
        "go.discuss",
        "Next to be discussed",
        "Article",
        ("Ctrl+D",),
        Where.ARTICLE,
        "a span, an attribution or an article, in whatever article it is",
    ),
    Action("go.unsure", "Next unsure", "Article", (), Where.ARTICLE, "in whatever article it is"),
    Action("go.note", "Next with a note", "Article", (), Where.ARTICLE, "in whatever article it is"),
    Action(
        "go.remark",
        "Next remark",
        "Article",
        ("Alt+H",),
        Where.ARTICLE,
        "that is open and concerns me, in whatever article it is",
    ),
    Action(
        "go.older",
        "Next tagged under an older scheme",
        "Article",
        (),
        Where.ARTICLE,
        "when its label meant something else",
    ),
    Action("article.next", "Next article", "Article", ("Ctrl+Down",), Where.ARTICLE),
    Action("article.previous", "Previous article", "Article", ("Ctrl+Up",), Where.ARTICLE),
    Action("article.unfinished", "Next unfinished article", "Article", ("Ctrl+J",), Where.ARTICLE),
    # Span
    Action(
        "label.pick",
        "Choose a label…",
        "Span",
        ("Ctrl+L", ":"),
        Where.ARTICLE,
        "by a few letters of its name, for the selection or the focused span",
    ),
    # On no usual keyboard does one of the two keys need AltGr, and on each one of them needs no Shift.
    Action("label.repeat", "Label as the last time", "Span", (".", ";"), Where.ARTICLE, "with the label used last"),
    Action("label.hold", "Hold the label", "Span", ("Ctrl+Shift+L",), Where.ARTICLE, "every drag makes a span then"),
    Action(
        "label.everywhere",
        "Label all equal words…",
        "Span",
        ("Ctrl+Shift+A",),
        Where.ARTICLE,
        "of the article; they are shown first",
    ),
    Action("span.next", "Next span", "Span", ("J",), Where.ARTICLE),
    Action("span.previous", "Previous span", "Span", ("K",), Where.ARTICLE),
    Action(
        "go.unlabelled", "Next words without a label", "Span", ("N",), Where.ARTICLE, "where a clause or a rest begins"
    ),
    Action("go.unlabelled.back", "Previous words without a label", "Span", ("Shift+N",), Where.ARTICLE),
    Action(
        "check.next", "Next thing to look at", "Span", ("F8",), Where.ARTICLE, "what is not finished, or looks wrong"
    ),
    Action("check.previous", "Previous thing to look at", "Span", ("Shift+F8",), Where.ARTICLE),
    Action("span.outward", "Focus the enclosing span", "Span", ("O",), Where.SPAN, "the next larger one around it"),
    Action(
        "span.fragment", "Add the selection as a fragment", "Span", ("+", "="), Where.SELECTION, "to the focused span"
    ),
    Action(
        "span.fragment.away",
        "Take words away",
        "Span",
        ("-",),
        Where.SPAN,
        "the selected ones from the focused span, or the piece with the caret",
    ),
    Action("span.fit", "Fit the span to the selection", "Span", ("F",), Where.SELECTION),
    Action("span.end.right", "Move the end right by a word", "Span", ("Alt+Right",), Where.SPAN),
    Action("span.end.left", "Move the end left by a word", "Span", ("Alt+Left",), Where.SPAN),
    Action("span.start.right", "Move the start right by a word", "Span", ("Alt+Down",), Where.SPAN),
    Action("span.start.left", "Move the start left by a word", "Span", ("Alt+Up",), Where.SPAN),
    Action("span.end.right.character", "Move the end right by a character", "Span", ("Ctrl+Alt+Right",), Where.SPAN),
    Action("span.end.left.character", "Move the end left by a character", "Span", ("Ctrl+Alt+Left",), Where.SPAN),
    Action("span.start.right.character", "Move the start right by a character", "Span", ("Ctrl+Alt+Down",), Where.SPAN),
    Action("span.start.left.character", "Move the start left by a character", "Span", ("Ctrl+Alt+Up",), Where.SPAN),
    Action(
        "span.propose", "Propose source and cue", "Span", ("P",), Where.SPAN, "of the focused quote; Return takes them"
    ),
    Action("span.tie", "Tie to another span…", "Span", ("R",), Where.SPAN, "the nearest first; Tab shows others"),
    Action("span.entry", "Who is it…", "Span", ("I",), Where.SPAN, "links the focused span to the registry"),
    Action(
        "span.tie.far",
        "Tie to another article…",
        "Span",
        ("Ctrl+R",),
        Where.SPAN,
        "from a list of its spans, by a few letters of their words",
    ),
    Action("span.sourceless", "No source in the text", "Span", ("Shift+R",), Where.SPAN, "of the focused quote"),
    Action("span.discuss", "To be discussed", "Span", ("D",), Where.SPAN, "marks the focused span, or takes that back"),
    Action("span.unsure", "Unsure", "Span", ("U",), Where.SPAN, "marks the focused span, or takes that back"),
    Action(
        "span.right",
        "Still right",
        "Span",
        ("Alt+R",),
        Where.SPAN,
        "of the focused span, tagged when its label meant something else",
    ),
    Action("span.note", "Note…", "Span", ("M",), Where.SPAN, "what colleagues should know of the focused span"),
    Action(
        "span.remark",
        "Remark…",
        "Span",
        ("H",),
        Where.SPAN,
        "for colleagues, on the focused span: they answer it and close it",
    ),
    Action(
        "tie.discuss",
        "Attribution to be discussed",
        "Span",
        ("Alt+D",),
        Where.SPAN,
        "marks that of the focused span, or takes that back",
    ),
    Action(
        "tie.unsure", "Unsure of the attribution", "Span", ("Alt+U",), Where.SPAN, "marks it so, or takes that back"
    ),
    Action("tie.note", "Note on the attribution…", "Span", ("Alt+M",), Where.SPAN, "to which the focused span belongs"),
    Action("span.delete", "Delete the span", "Span", ("Delete", "Backspace"), Where.SPAN),
    # Help
    Action("help.manual", "Manual", "Help", ("F1",), Where.ALWAYS),
    Action(
        "help.guideline",
        "Guideline of the label",
        "Help",
        ("Shift+F1",),
        Where.PROJECT,
        "what it means, with written examples and real ones",
    ),
    Action("help.palette", "Find an action…", "Help", ("Ctrl+Shift+P",), Where.ALWAYS),
    Action("help.keys", "Keys", "Help", ("?",), Where.ALWAYS),
    Action("help.about", "About Annotator", "Help", (), Where.ALWAYS),
)

BY_ID: dict[str, Action] = {action.id: action for action in ACTIONS}

IN_TEXT: frozenset[str] = frozenset(("select.clause", "select.clause.back"))
"""Actions whose keys are only heard where the text has the keyboard: buttons are pressed with Space."""

RESERVED_KEYS: frozenset[str] = frozenset(key for action in ACTIONS for key in action.keys if len(key) == 1)
"""Bare characters that a scheme's label must not claim."""
