"""What every test gets: no screen, a home of its own, Hypothesis profiles, long runs only when asked for."""

from __future__ import annotations

import itertools
import json
import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from annotator.formats.record import Record
    from tests.disk import Disk

# Before any test module imports Qt: a test must not open windows on the developer's screen.
# Two screens, as a desk has them: Qt's own one is 800 by 800 pixels, less than our window takes.
if os.environ.get("QT_QPA_PLATFORM", "offscreen") == "offscreen":
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={Path(__file__).parent / 'data' / 'screens.json'}"
os.environ["QT_SCALE_FACTOR"] = "1"
for name in ("ANNOTATOR_HOME", "QT_QPA_PLATFORMTHEME", "QT_STYLE_OVERRIDE", "XDG_RUNTIME_DIR"):
    os.environ.pop(name, None)

# In memory where there is room: a project made and opened waits for the disk three times, 50 ms each time, and what
# is tested is that the program asks to wait and what it does when it is killed; no test cuts the power.
_MEMORY, _ROOM = Path("/dev/shm"), 2_000_000_000
if os.access(_MEMORY, os.W_OK | os.X_OK):
    _disk = os.statvfs(_MEMORY)
    # Programs that a test installs are started from there.
    if _disk.f_bavail * _disk.f_frsize > _ROOM and not _disk.f_flag & os.ST_NOEXEC:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))

# No deadline: two cores shared with the other worker make single examples slow at random.
_common = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "print_blob": True}
settings.register_profile("ci", max_examples=100, derandomize=bool(os.environ.get("CI")), **_common)
settings.register_profile("full", max_examples=2_000, **_common)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="also the long runs (marker full)")


def is_full(config: pytest.Config) -> bool:
    """Whether the long runs were asked for, by --full or ANNOTATOR_FULL=1."""
    return bool(config.getoption("--full")) or os.environ.get("ANNOTATOR_FULL") == "1"


def pytest_configure(config: pytest.Config) -> None:
    from pytestqt.qtbot import QtBot

    settings.load_profile("full" if is_full(config) else "ci")
    # What is waited for comes; on a busy machine not always within the five seconds of pytest-qt.
    for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals):
        wait.__kwdefaults__["timeout"] = 30_000


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    full = is_full(config)
    kept, left = [], []
    for item in items:
        if item.get_closest_marker("full") and not full:
            left.append(item)
            continue
        if not item.get_closest_marker("timeout"):
            long = 3_600 if item.get_closest_marker("full") else 900
            # In a thread: a dialog that nobody answers waits in Qt, where no signal reaches Python.
            item.add_marker(pytest.mark.timeout(long if full else 240, method="thread"))
        kept.append(item)
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = kept


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Let nothing in the program reach beyond this machine's own sockets, on the loopback neither."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        if self.family != getattr(socket, "AF_UNIX", None):
            raise AssertionError(f"the network was asked for {address!r}")
        real(self, address)

    socket.socket.connect = connect  # type: ignore[method-assign, assignment]
    yield
    socket.socket.connect = real  # type: ignore[method-assign]


@pytest.fixture(scope="session", autouse=True)
def exports_are_valid() -> Iterator[None]:
    """Hold every line that an export in this process writes against the published schema, by another's library."""
    import jsonschema

    from annotator import assets
    from annotator.formats import jsonl_writer
    from annotator.jobs import exporting

    schema = jsonschema.Draft202012Validator(json.loads(assets.article_schema()))

    def encode(record: Record, unit: str = "code-points") -> bytes:
        line = jsonl_writer.encode(record, unit)
        with suppress(json.JSONDecodeError):  # a planted fault: the export itself must notice
            schema.validate(json.loads(line))
        return line

    exporting.jsonl_writer = SimpleNamespace(encode=encode)  # type: ignore[assignment, attr-defined]
    yield
    exporting.jsonl_writer = jsonl_writer  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """What pytest-qt starts the application with: the same as `ui.start` does."""
    from annotator.ui.look import ARGUMENTS

    return ["annotator", *ARGUMENTS]


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Paths for the homes, in a folder of their own: pytest looks through a folder for each one it makes there."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def home(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own for settings and the sample project; what the program finds by ANNOTATOR_HOME."""
    folder = next(homes)
    folder.mkdir()
    monkeypatch.setenv("ANNOTATOR_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def stores_closed(tmp_path: Path) -> Iterator[None]:
    """Close the projects that the test opened by `builders.workspace`.

    `tmp_path` is asked for so that it goes last: a window or store that is closed must not find its files gone.
    """
    yield
    from tests import builders

    builders.close_opened()


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    """A disk that refuses when it is told to."""
    from tests.disk import Disk

    return Disk(monkeypatch)
