"""Packages of version 1.0 as they were first written: they stay readable, and are written so to this day."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest
from nacl.signing import VerifyKey

from annotator import assets, keys
from annotator.domain.journalled import ChangeRecord
from annotator.exchange import bounds, package
from annotator.exchange.header import Header, Line, StepLine
from tests.builders import BO
from tests.packages import ARTICLE, HEADER, inside, signed, small, step

GOLDEN = Path(__file__).parents[1] / "data" / "golden"
PLAIN, SIGNED = (GOLDEN / f"version-1.0{which}.annotator-package" for which in ("", ".signed"))


@pytest.fixture(autouse=True)
def key() -> None:
    keys.take("0123456789abcdef" * 4)


def content() -> list[Line]:
    lines = small()
    last = lines[-1]
    assert isinstance(last, StepLine)
    changes = (
        ChangeRecord("span", "0190a000-0000-7000-8000-0000000000b1", ARTICLE, last.step.id, '{"label":"quote"}', None),
        ChangeRecord("annotator", BO.id, "", "", None, f'{{"id":"{BO.id}","name":"Łucja “Lu” 🏗"}}'),
    )
    more = step(3, *changes, before=last.step)
    record = more.step._replace(
        undoes=last.step.id, root=last.step.id, grp="g", job="j", annotator="", scheme_version=0
    )
    return [*lines, StepLine(record, changes)]


def write(path: Path, *, sign: bool) -> None:
    """Write the package; `python -c` with this makes the golden files of a new version."""
    header = HEADER._replace(
        layers="all", after="0190a000-0000-7000-8000-000000000009", extra={"mood": {"sunny": [1, 2.5, None, True]}}
    )
    package.write(path, signed(header) if sign else header, content(), keys.sign if sign else None)


@pytest.mark.parametrize(("golden", "sign"), [(PLAIN, False), (SIGNED, True)])
def test_golden(tmp_path: Path, golden: Path, sign: bool) -> None:
    with package.opened(golden) as found:
        assert found.signed is sign
        assert (found.header.version, found.header.recipients) == ("1.0", (BO,))
        assert found.header.extra == {"mood": {"sunny": [1, 2.5, None, True]}}
        assert [line for _, line in found.lines()] == content()
    again = tmp_path / "again.annotator-package"
    write(again, sign=sign)
    # What is packed is equal byte for byte; how well it is packed is zlib's own affair.
    assert inside(again) == inside(golden)
    assert again.read_bytes()[:16] == golden.read_bytes()[:16]


def test_the_manual_says_how_to_read_one(tmp_path: Path) -> None:
    """Read the golden package by what the manual tells, with nothing of ours."""
    data = SIGNED.read_bytes()
    assert data[12:16] == b"An\x20\x00"
    assert hashlib.sha256(data[48:]).digest() == data[16:48]
    *before, last = gzip.decompress(data).splitlines(keepends=True)
    header, *rest = map(json.loads, before)
    trailer = json.loads(last)["trailer"]
    digest = hashlib.sha256(b"".join(before))
    assert (trailer["count"], trailer["sha256"]) == (len(rest), digest.hexdigest())
    proved = b"annotator package 1\n" + digest.digest()
    VerifyKey(bytes.fromhex(header["key"])).verify(proved, bytes.fromhex(trailer["signature"]))
    for line in rest:
        if "text" in line:
            assert hashlib.sha256(line["body"].encode()).hexdigest() == line["text"]
        else:
            assert all(len(change) == 6 for change in line["changes"])


def test_the_manual_tells_the_bounds_as_they_are() -> None:
    page = assets.manual_page("packagefile")
    mega = 1024 * 1024
    for words in (
        f"a line has at most {bounds.LINE // mega} MB, a text {bounds.TEXT // mega} MB",
        f"all lines together {bounds.TOTAL // mega // 1024} GB and {bounds.LINES:,} lines and changes",
        f"a step {bounds.CHANGES_OF_STEP:,} changes",
        f"from {bounds.RATIO_FROM // mega} MB on nothing may unpack to more than {bounds.RATIO} times",
    ):
        assert words in page
    assert bounds.CHANGES == bounds.LINES
    for word in (*Header._fields, *StepLine._fields, *ChangeRecord._fields, "trailer", "text", "body"):
        assert word in page or word in ("version", "extra"), word
