"""What `run.py` and `test.py` share: Python's version, the system's libraries, the virtual environment."""

import ctypes
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "installed-from"

# What Qt loads, by the Debian package that brings it. The first part is needed even without a window.
QT_LIBRARIES: Mapping[str, str] = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",  # for QtNetwork, of which only the local socket is used
    # a window on X11
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
FONT_ENDINGS = (".ttf", ".otf", ".ttc", ".pfb")


def say(text: str) -> None:
    """Print a line at once, also into a pipe."""
    print(text, flush=True)


def in_venv(program: str) -> str:
    """Return the path of a program of the virtual environment."""
    if os.name == "nt":
        return str(VENV / "Scripts" / f"{program}.exe")
    return str(VENV / "bin" / program)


def prepare(programs: Mapping[str, str]) -> None:
    """Make sure that the system has what Qt needs and that `.venv` holds what the lock names.

    `programs` are further programs that must be found, by the Debian package that brings them.
    Ends the process with a sentence where it cannot go on.
    """
    provide(missing_packages(programs))
    if not up_to_date():
        install()


def missing_packages(programs: Mapping[str, str]) -> list[str]:
    """Return the Debian packages of what is missing; nothing on Windows and macOS, whose wheels bring all."""
    if not sys.platform.startswith("linux"):
        return []
    missing = [package for library, package in QT_LIBRARIES.items() if not _loads(library)]
    if not any(_fonts()):
        missing.append("fonts-dejavu-core")
    missing += [package for program, package in programs.items() if shutil.which(program) is None]
    try:
        import ensurepip  # noqa: F401  Debian ships it apart from Python
    except ImportError:
        missing.append("python3-venv")
    return missing


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _fonts() -> Iterable[Path]:
    for folder in FONT_FOLDERS:
        for path in Path(folder).expanduser().rglob("*"):
            if path.suffix.lower() in FONT_ENDINGS:
                yield path


def provide(packages: Sequence[str]) -> None:
    """Install Debian packages, or say in one line how to and end the process with 1."""
    if not packages:
        return
    names = shlex.join(packages)
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        say("Some system libraries are missing. On Debian or Ubuntu this line installs them; then start again:")
        say(f"  sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}")
        raise SystemExit(1)
    say(f"Installing system packages: {names}")
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        done = subprocess.run([apt, *command], env=quiet, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            say(done.stdout)
            raise SystemExit(f"apt-get {command[0]} failed; see above.")


def _wanted() -> str:
    """What the environment must have been made from: Python, lock, package list, place of the checkout."""
    digest = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    return f"Python {sys.version_info[0]}.{sys.version_info[1]} {digest} {ROOT}\n"


def up_to_date() -> bool:
    """Whether `.venv` was made by this Python from this lock in this place."""
    return STAMP.is_file() and STAMP.read_text(encoding="utf-8") == _wanted()


def install() -> None:
    """Make `.venv` and install from the lock; an interrupted run leaves no stamp and is begun again."""
    begun = time.monotonic()
    say(f"Making {VENV.name} (once, and again when the lock changes) …")
    STAMP.unlink(missing_ok=True)
    if not _same_python():
        run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    pip = [in_venv("python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--quiet"]
    run([*pip, "--require-hashes", "-r", str(LOCK)])
    run([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)])
    STAMP.write_text(_wanted(), encoding="utf-8")
    say(f"Done in {time.monotonic() - begun:.0f} s.")


def _same_python() -> bool:
    """Whether `.venv` exists, runs, and is of the Python that runs this."""
    version = "import sys; print(*sys.version_info[:2])"
    try:
        done = subprocess.run([in_venv("python"), "-c", version], capture_output=True, text=True)
    except OSError:
        return False
    return done.returncode == 0 and done.stdout.split() == [str(part) for part in sys.version_info[:2]]


def run(command: Sequence[str], env: Mapping[str, str] | None = None) -> None:
    """Run a command in the checkout; end the process with its code where it fails."""
    done = subprocess.run(command, cwd=ROOT, env=env)
    if done.returncode:
        raise SystemExit(done.returncode)
