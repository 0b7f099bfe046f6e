"""Telling what an import did, line by line as it happens, so that nothing is held."""

from __future__ import annotations

from types import TracebackType

import click

from annotator.cli.common import as_json, counted
from annotator.domain.text import REPLACEMENT, printable
from annotator.jobs.importing import Outcome, Report

_TOLD = ("path", "line", "result", "article", "reason")
"""What programs read of an outcome."""


class Outcomes:
    """Prints outcomes and, at the end of the `with`, how many there were: in words, or as one object of JSON."""

    def __init__(self, json: bool) -> None:
        self._json = json
        self._first = True
        self.report = Report()

    def __enter__(self) -> Outcomes:
        if self._json:
            click.echo('{"files":[', nl=False)
        return self

    def hear(self, outcome: Outcome) -> None:
        """Tell one outcome: refused ones on the error output (in words), the others on the standard one."""
        self.report.count(outcome)
        if self._json:
            line = as_json({name: getattr(outcome, name) for name in _TOLD})
            click.echo(line if self._first else f",{line}", nl=False)
            self._first = False
            return
        path = printable(outcome.path).replace("\n", REPLACEMENT)
        where = f"{path}:{outcome.line}" if outcome.line else path
        click.echo(f"{where}: {outcome.result}" + (f": {outcome.reason}" if outcome.reason else ""),
                   err=outcome.result == "refused")  # fmt: skip

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        report = self.report
        counts = {name: getattr(report, name) for name in ("added", "known", "different", "refused")}
        if self._json:
            click.echo("]," + as_json(counts)[1:])
        else:
            click.echo(", ".join(f"{count} {name}" for name, count in counts.items()), err=True)
            if report.more:
                here, got = counted(len(report.grown), "article"), counted(report.spans, "span")
                click.echo(f"{report.more} of the added brought {got} to {here} of the project.", err=True)
        if report.unknown:
            click.echo(report.unknown_words(), err=True)
