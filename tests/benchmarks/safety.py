"""A backup of half a gigabyte while somebody works: how long it takes, and how long a step waits meanwhile."""

from __future__ import annotations

import random
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

from annotator import assets
from annotator.domain import clock, ids
from annotator.domain.article import Annotator, Article, VisibleLayers
from annotator.domain.change import Change, Imported, Step
from annotator.domain.scheme import parse
from annotator.domain.text import fingerprint
from annotator.editing import spans
from annotator.editing.workspace import Workspace
from annotator.storage import backup
from annotator.storage.store import Store

MEGABYTES, LIMIT, WAIT = 500, 5.0, 0.2
ME = Annotator("0192f0c1-0000-7000-8000-00000000000a", "Ana")


def fill(store: Store) -> Article:
    """Bring articles of five megabytes each; return the first."""
    noise = random.Random(3)
    workspace = Workspace(store, ME, "device")
    first: Article | None = None
    with workspace.job(1) as job:
        for number in range(MEGABYTES // 5):
            text = noise.randbytes(2_500_000).hex()
            article = Article(ids.uuid7(), f"Article {number}", fingerprint(text), position=number + 1)
            step = Step("Import an article", (Change(None, Imported(article.id, article)),))
            job.add(step, {article.sha256: text})
            first = first or article
    assert first is not None
    return first


def label(workspace: Workspace, article: Article, layer_made: bool) -> float:
    """Label once; return the seconds it took."""
    layer = workspace.store.layers(article.id, VisibleLayers.ALL)[0] if layer_made else None
    began = time.perf_counter()
    step = spans.label(
        article, layer, ME, "quote", "Quote", ((0, 9),), id=ids.uuid7(), now=clock.now(), scheme_version=1
    )
    workspace.do(step)
    return time.perf_counter() - began


def main() -> int:
    """Print figures and limits; return 1 when a limit is broken."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "large.annotator"
        Store.create(path, parse(assets.scheme_text(), "default"))
        with closing(Store.open(path)) as store:
            article = fill(store)
            workspace = Workspace(store, ME, "device")
            label(workspace, article, False)
            taken: list[float] = []

            def back_up() -> None:
                began = time.perf_counter()
                backup.make(path, Path(name) / "backups", "work")
                taken.append(time.perf_counter() - began)

            thread = threading.Thread(target=back_up)
            thread.start()
            waits = []
            while thread.is_alive():
                waits.append(label(workspace, article, True))
                time.sleep(0.05)
            thread.join()
    rows = (("backup of 500 MB, seconds", taken[0], LIMIT), ("longest step meanwhile, seconds", max(waits), WAIT))
    for what, value, limit in rows:
        print(f"{what:34} {value:7.3f}  limit {limit}  {'ok' if value <= limit else 'BROKEN'}")
    print(f"  {len(waits)} steps were done meanwhile")
    return 0 if all(value <= limit for _, value, limit in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
