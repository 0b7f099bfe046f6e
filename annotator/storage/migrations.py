"""From an older layout to the present one; the first migration makes a project of an empty file."""

from __future__ import annotations

import sqlite_utils
from sqlite_utils import Migrations

from annotator.storage import layout

migrations = Migrations("annotator")


@migrations()
def m001_tables(database: sqlite_utils.Database) -> None:
    """Make every table of layout 1."""
    for statement in layout.statements():
        database.execute(statement)


def apply_all(database: sqlite_utils.Database) -> None:
    """Bring the project to the present layout, each migration in one transaction."""
    migrations.apply(database)
    database.execute(f"PRAGMA application_id = {layout.APPLICATION_ID}")
    database.execute(f"PRAGMA user_version = {layout.LAYOUT}")
