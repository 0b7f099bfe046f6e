"""A package of 100,000 steps: written, proved and read, within 2 s of the processor each way and a flat memory.

`python -m tests.benchmarks.packages`
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from annotator.domain.ids import uuid7
from annotator.domain.journalled import ChangeRecord
from annotator.exchange import package
from annotator.exchange.header import StepLine
from tests.packages import HEADER, step

STEPS, SECONDS, MEGABYTES = 100_000, 2.0, 150


def steps() -> Iterator[StepLine]:
    """Yield steps that label a span each, as the journal has them."""
    before = None
    for number in range(STEPS):
        span, article, layer = uuid7(), uuid7(), uuid7()
        data = {
            "id": span, "article": article, "layer": layer, "annotator": HEADER.maker.id, "label": "quote",
            "fragments": [[number, number + 40]], "created": HEADER.made, "updated": HEADER.made,
        }  # fmt: skip
        line = step(number + 1, ChangeRecord("span", span, article, "", None, json.dumps(data)), before=before)
        before = line.step
        yield line


def main() -> int:
    """Measure, print, and return 1 where a limit is passed."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large.annotator-package"
        began = time.process_time()
        sum(1 for _ in steps())
        making = time.process_time() - began
        began = time.process_time()
        written = package.write(file, HEADER, steps())
        writing = time.process_time() - began - making
        began = time.process_time()
        with package.opened(file) as found:
            proving = time.process_time() - began
            assert sum(1 for _ in found.lines()) == written.count == STEPS
        reading = time.process_time() - began
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{STEPS:,} steps, {written.bytes / 1e6:.1f} MB")
    print(f"write {writing:.2f} s   prove {proving:.2f} s   prove and read {reading:.2f} s (limit {SECONDS} s)")
    print(f"memory at most {held} MB (limit {MEGABYTES} MB)")
    return int(reading > SECONDS or held > MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
