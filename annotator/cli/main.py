"""The command line: what scripts and people type; answers on the standard output, everything else on the error one."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import metadata

import click

import annotator
from annotator import crashlog, i18n
from annotator.cli import (
    agreement,
    assigning,
    corrections,
    desktop,
    files,
    look,
    merging,
    packing,
    person,
    picture,
    registry,
    remarks,
    reviewing,
    safety,
    scheme,
    trust,
)
from annotator.domain.errors import UserError
from annotator.domain.text import printable
from annotator.storage.connection import SQLITE_VERSION

INTERRUPTED = 130


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:
        return
    try:
        qt = metadata.version("PySide6-Essentials")
    except metadata.PackageNotFoundError:
        qt = "not installed"
    click.echo(f"annotator {annotator.__version__} (SQLite {SQLITE_VERSION}, Qt {qt})")
    context.exit()


@click.group(context_settings={"help_option_names": ["--help"], "max_content_width": 110})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Tell the versions."
)
def commands() -> None:
    """Tag news articles by hand: quotes, sources, claims and more; export the labelled data.

    `annotator PROJECT` opens a project in the window, `annotator demo` the sample project.

    Exit status: 0 all done; 1 something was refused or failed (what was good is in); 2 wrong usage; 130 interrupted.
    """


for _command in (
    files.new, files.import_, files.export, picture.picture, scheme.scheme, registry.registry, remarks.remarks,
    reviewing.review, agreement.agreement,
    corrections.corrections, look.info, look.check, look.history, look.time,
    assigning.assign, assigning.people, packing.pack, person.undo, look.keys, person.whoami, safety.backups,
    safety.restore, safety.repair, safety.purge, desktop.desktop, merging.merge, merging.unmerge, merging.packages,
    trust.trust,
):  # fmt: skip
    commands.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command of the command line (the process's own without `arguments`); return the exit status."""
    i18n.speak_english()
    try:
        result = commands.main(arguments, prog_name="annotator", standalone_mode=False)
        sys.stdout.flush()
    except click.UsageError as error:
        error.show()
        return 2
    except click.exceptions.Abort:
        click.echo("Interrupted.", err=True)
        return INTERRUPTED
    except KeyboardInterrupt:
        click.echo("Interrupted.", err=True)
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return 1
    except UserError as error:
        click.echo(printable(str(error)), err=True)
        return 1
    except BrokenPipeError:
        # Whoever reads us has had enough (`| head`); a second try at exit would only complain.
        _silence()
        return 1
    except OSError as error:
        click.echo(f"{error.filename or 'The system'}: {error.strerror or error}.", err=True)
        return 1
    except Exception as error:  # a bug: its message may quote an article, so only its place is told
        if os.environ.get("ANNOTATOR_DEBUG"):
            raise
        crashlog.record(error)
        click.echo(
            f"Something went wrong in the program ({crashlog.place(error)}). What was told as done is safe; "
            f"details are in {crashlog.log_path()}.",
            err=True,
        )
        return 1
    return result if isinstance(result, int) else 0


def _silence() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
