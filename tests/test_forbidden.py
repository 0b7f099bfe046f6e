"""Words that must not stand in the program: each has bitten somebody; and the network is out of reach."""

from __future__ import annotations

import ast
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "annotator"

CALLS = {
    "setHtml": "takes a file's text for HTML, and loads what it names",
    "insertHtml": "takes a file's text for HTML, and loads what it names",
    "eval": "runs what a file says",
    "exec_": "old name",
    "extractall": "writes where an archive says",
    "QSaveFile": "replaced a good file on a full disk",
    "QSettings": "destroyed its file on a full disk",
    "QTextBrowser": "loads local files",
    "QTextEdit": "loads local files, and changes texts",
    "QMessageBox": "takes text for HTML, and stands in the way",
    "Popen": "starts a program",
    "unpickle": "runs what a file says",
}
MODULES = {
    "pickle", "shelve", "marshal", "yaml", "xml", "zipfile", "tarfile", "subprocess", "socket", "http", "urllib",
    "requests", "ftplib", "smtplib", "ssl", "webbrowser",
}  # fmt: skip
LOCAL = {"QLocalServer", "QLocalSocket"}
"""All that the program needs of PySide6.QtNetwork: they open no port."""
PLAIN_LABELS = {
    "annotator/ui/widgets.py",
    "annotator/ui/notices.py",
    "annotator/ui/spans/focused.py",
    "annotator/ui/bottom.py",
}
"""Where QLabels are made by hand: with plain text set, for a picture, or for words of our own."""


def violations(name: str, source: str) -> Iterator[str]:
    """Yield what must not stand in a file of the program."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            for module in modules:
                if module.split(".")[0] in MODULES:
                    yield f"{name}:{node.lineno} imports {module}"
                if module == "PySide6.QtNetwork" and not {alias.name for alias in node.names} <= LOCAL:
                    yield f"{name}:{node.lineno} takes more than the local socket from Qt's network"
        elif isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in CALLS:
                yield f"{name}:{node.lineno} calls {called}: it {CALLS[called]}"
            if called == "QLabel" and name not in PLAIN_LABELS:
                yield f"{name}:{node.lineno} makes a QLabel: use widgets.caption, whose text is plain"
            if called == "execute" and node.args and _plain_begin(node.args[0]):
                yield f"{name}:{node.lineno} begins a deferred transaction: BEGIN IMMEDIATE"
            if called == "splitlines":
                yield f"{name}:{node.lineno} calls splitlines: it parts at U+2028 too"
            if any(word.arg == "shell" for word in node.keywords) or ast.unparse(node.func) == "os.system":
                yield f"{name}:{node.lineno} runs a shell"
        elif isinstance(node, ast.With):
            for item in node.items:
                if isinstance(item.context_expr, ast.Name | ast.Attribute) and "connection" in ast.unparse(
                    item.context_expr
                ):
                    yield f"{name}:{node.lineno} uses a connection as context: it commits on its own"


def _plain_begin(argument: ast.expr) -> bool:
    return isinstance(argument, ast.Constant) and str(argument.value).upper().strip() in ("BEGIN", "BEGIN DEFERRED")


ALLOWED = {
    # two programs of the desktop, by fixed names, with a folder of the user's own as their one word
    "annotator/cli/desktop.py": "imports subprocess",
    # a reader's snapshot writes nothing
    "annotator/storage/reading.py": "begins a deferred transaction",
    # a file of its own that nobody else knows; the project beside it cannot be written through it
    "annotator/storage/staging.py": "begins a deferred transaction",
    # our own DDL and stylesheets
    "annotator/storage/layout.py": "splitlines",
    # pages of our own, which are given as Markdown; it loads nothing
    "annotator/ui/manual.py": "QTextBrowser",
}


def test_none_stands_in_the_program() -> None:
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        name = f"annotator/{path.relative_to(ROOT).as_posix()}"
        for violation in violations(name, path.read_text(encoding="utf-8")):
            if name not in ALLOWED or ALLOWED[name] not in violation:
                found.append(violation)
    assert found == []


@pytest.mark.parametrize(
    "planted",
    [
        "import pickle", "from urllib.request import urlopen", "import xml.etree.ElementTree", "import subprocess",
        "view.setHtml(text)", "eval(text)", "archive.extractall()", "QSaveFile(path)", "QTextEdit()", "QLabel(title)",
        "text.splitlines()", "connection.execute('BEGIN')", "run('ls', shell=True)", "os.system('ls')",
        "import PySide6.QtNetwork", "from PySide6.QtNetwork import QLocalSocket, QTcpServer",
        "from PySide6.QtNetwork import *", "with connection:\n    pass", "with self._connection:\n    pass",
        "QMessageBox(title)",
    ],
)  # fmt: skip
def test_each_would_be_found(planted: str) -> None:
    assert list(violations("annotator/planted.py", planted))


def test_the_network_is_out_of_reach() -> None:
    with socket.socket() as ours, pytest.raises(AssertionError, match="the network was asked for"):
        ours.connect(("127.0.0.1", 9))


def test_the_table_of_faults_names_files_that_are_there() -> None:
    folder = Path(__file__).parent
    text = (folder / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w/]+\.py)`", text))
    assert len(named) > 15
    assert [name for name in sorted(named) if not (folder / name).exists() and name != "packaging/test.py"] == []
