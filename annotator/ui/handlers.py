"""What each action of the table does in a window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow


def handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    """Return what is done by the id of each action."""
    view, go, files, sheets = window.view, window.navigation, window.files, window.sheets
    arrangement, visibility = window.arrangement, window.visibility
    return {
        "project.new": files.new,
        "project.open": files.open,
        "project.sample": files.sample,
        "article.import": files.import_articles,
        "project.export": files.export,
        "article.picture": lambda: files.pictures.save(window.appearance.reading, visibility.hidden),
        "article.print": lambda: files.pictures.print(window.appearance.reading, visibility.hidden),
        "package.send": lambda: sheets.exchanging.send(),
        "package.merge": lambda: sheets.exchanging.merge(),
        "package.list": lambda: sheets.colleagues("packages"),
        "project.report": files.report_again,
        "project.copy": files.send_copy,
        "project.backups": lambda: files.backups(window.keeper.back_up),
        "window.settings": lambda: sheets.settings(),
        "window.close": window.close,
        "project.scheme": sheets.scheme,
        "project.review": sheets.review,
        "project.agreement": lambda: sheets.agreement(),
        "edit.undo": lambda: sheets.undo_in_draft(-1) or window.showing.at_once(window.undoing.undo),
        "edit.redo": lambda: sheets.undo_in_draft(1) or window.showing.at_once(window.undoing.redo),
        "edit.history": sheets.history,
        "edit.copy": view.copy,
        "edit.find": lambda: window.page.find_bar.open_bar(),
        "edit.find.next": lambda: window.find_again(1),
        "edit.find.previous": lambda: window.find_again(-1),
        "select.all": view.select_all,
        "select.expand": view.expand,
        "select.shrink": view.shrink,
        "view.text": arrangement.to_text,
        "view.articles": arrangement.to_articles,
        "view.search": arrangement.to_search,
        "view.labels": arrangement.to_labels,
        "view.spans": arrangement.to_spans,
        "view.checks": arrangement.to_checks,
        "view.panel.articles": arrangement.fold_articles,
        "view.panel.side": arrangement.fold_side,
        "view.colleagues": window.show_colleagues,
        "view.links": visibility.other_links,
        "view.labels.only": visibility.only_focused,
        "view.labels.all": visibility.show_all,
        "view.focus": window.rearrange,
        "view.larger": lambda: window.appearance.resize(1),
        "view.smaller": lambda: window.appearance.resize(-1),
        "view.time": sheets.time,
        "project.registry": lambda: sheets.registry(window.hand.registry.linker.here()),
        "project.corrections": lambda: sheets.colleagues("corrections"),
        "project.colleagues": lambda: sheets.colleagues(),
        "article.describe": sheets.describe,
        "article.done": window.finish_article,
        "article.reopen": go.reopen,
        "article.assign": sheets.assign,
        "article.return": go.give_back,
        "article.next": lambda: go.step(1),
        "article.previous": lambda: go.step(-1),
        "article.unfinished": go.unfinished,
        **{id: partial(window.showing.at_once, act) for id, act in window.hand.handlers().items()},
        "help.manual": sheets.manual,
        "help.guideline": lambda: sheets.guideline(),
        "help.palette": sheets.palette,
        "help.keys": sheets.keys,
        "help.about": sheets.about,
    }
