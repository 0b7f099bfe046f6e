"""How many seconds I worked on each article, one JSON file a project in the data folder; only where I asked for it.

Never in the project's own file, which is mailed and merged. A file holds ids of articles and seconds, no word and no
day. What is read is written anew with what is added, so two windows may add to one file.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from annotator import paths
from annotator.domain.errors import UserError
from annotator.domain.ids import are_uuids, is_uuid
from annotator.i18n import _

Seconds = Mapping[str, float]
"""Seconds by the id of an article."""

_LARGEST = 20_000_000
"""Bytes; a hundred thousand articles take five million."""
_MOST = 1e9
"""Seconds; more than anybody works."""


def file(project: str) -> Path:
    """Return where the times of a project (id) are kept. Raises UserError for an id that is none of ours."""
    # The id comes out of a file that somebody may have sent: it must not lead out of our folder.
    if not is_uuid(project):
        raise UserError(_("This project has no proper id, so no time can be kept for it."))
    return paths.data_dir() / "times" / f"{project}.json"


def _aside(project: str, why: str) -> Path:
    path = file(project)
    return path.with_name(f"{path.name}.{why}")


def read(project: str) -> tuple[dict[str, float], str]:
    """Return the seconds, and a sentence for the user where the file was damaged and is set aside ("" else).

    Raises UserError where it cannot be read, or not be set aside.
    """
    if not is_uuid(project):
        return {}, ""
    path, bad = file(project), _aside(project, "bad")
    try:
        try:
            return _parsed(path), ""
        except FileNotFoundError:
            return {}, ""
        except (ValueError, RecursionError):
            path.replace(bad)
    except OSError as error:
        raise UserError(
            _("Your times in {file} cannot be read: {reason}.").format(file=path, reason=error.strerror or error)
        ) from None
    words = _("Your times in {file} cannot be understood. They are kept as {name}, and counting begins anew.")
    return {}, words.format(file=path, name=bad.name)


def _parsed(path: Path) -> dict[str, float]:
    """Raises OSError; ValueError for anything that we would not have written."""
    if path.stat().st_size > _LARGEST:
        raise ValueError("it is too large")
    data = json.loads(path.read_bytes(), parse_constant=_no_number)
    if not isinstance(data, dict) or data.keys() != {"seconds"} or not isinstance(data["seconds"], dict):
        raise ValueError("it holds no seconds")
    seconds: dict[str, float] = data["seconds"]
    if not (are_uuids(seconds) and _are_times(seconds.values())):
        raise ValueError("it holds something else than seconds by article")
    return seconds


def _no_number(constant: str) -> float:
    raise ValueError(f"{constant} is no number of seconds")


def _are_times(values: Collection[float]) -> bool:
    # All at once: the window waits for it, once a minute.
    return {*map(type, values)} <= {int, float} and min(values, default=0) >= 0 and max(values, default=0) <= _MOST


def add(project: str, seconds: Seconds) -> str:
    """Add seconds to those of the project's articles; return what `read` had to say of the file.

    Raises UserError; the old file stays then, and nothing is added.
    """
    kept, words = read(project)
    sound = {article: value for article, value in seconds.items() if is_uuid(article)}
    _write(file(project), _sum(kept, sound))
    return words


def _sum(one: Seconds, other: Seconds) -> dict[str, float]:
    return {**one, **{article: round(one.get(article, 0.0) + value, 3) for article, value in other.items()}}


def _write(path: Path, seconds: Seconds) -> None:
    """Raises UserError; the old file stays then."""
    try:
        paths.write_whole(path, json.dumps({"seconds": dict(seconds)}).encode("ascii"))
    except OSError as error:
        raise _refused(path, error) from None


def _refused(path: Path, error: OSError) -> UserError:
    words = _("Your times could not be changed in {file}: {reason}.")
    return UserError(words.format(file=path, reason=error.strerror or error))


# Forgetting


def forgotten(project: str) -> bool:
    """Whether forgotten times can be brought back."""
    return is_uuid(project) and os.path.exists(_aside(project, "forgotten"))


def forget(project: str) -> None:
    """Put the times of a project aside, beside what is there, until `recall` or `let_go`.

    Raises UserError; they stay then.
    """
    _move(file(project), _aside(project, "forgotten"))


def recall(project: str) -> None:
    """Bring forgotten times back, beside those counted since. Raises UserError; they stay aside then."""
    _move(_aside(project, "forgotten"), file(project))


def _move(source: Path, target: Path) -> None:
    """Give a file another name; add its seconds to those of the file that has the name."""
    try:
        if not target.exists():
            source.replace(target)
            return
        seconds = _sum(_parsed(target), _parsed(source))
    except FileNotFoundError:
        return  # nothing was measured
    except OSError as error:
        raise _refused(source, error) from None
    except (ValueError, RecursionError):
        raise UserError(_("{file} cannot be understood; it was left as it is.").format(file=source)) from None
    _write(target, seconds)
    _delete(source)


def let_go(project: str) -> None:
    """Delete what was forgotten, for good. Raises UserError."""
    _delete(_aside(project, "forgotten"))


def drop(project: str, articles: Iterable[str]) -> None:
    """Take articles (ids) out of all that is kept of a project's times, for good. Raises UserError."""
    if not is_uuid(project):
        return
    gone = set(articles)
    for path in (file(project), _aside(project, "forgotten")):
        try:
            kept = _parsed(path)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise _refused(path, error) from None
        except (ValueError, RecursionError):
            # What cannot be understood cannot be cleaned.
            _delete(path)
            continue
        if gone & kept.keys():
            _write(path, {article: seconds for article, seconds in kept.items() if article not in gone})
    _delete(_aside(project, "bad"))


def _delete(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise _refused(path, error) from None
