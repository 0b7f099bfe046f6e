"""The tables of a project, as released; a change here is a migration and a new layout number."""

from __future__ import annotations

APPLICATION_ID = 0x414E4F54  # "ANOT"
LAYOUT = 4
"""`user_version` of the projects this program writes."""

HOLDER = "holder"
"""Key of the row in `project` that says who has it open for writing; left over after an unclean end."""

GAPS = "gaps"
"""Key of the row in `project` with the ids (JSON) of steps whose predecessor a repair could not save."""

LEAD = "lead"
"""Key of the row in `project` that says who leads, and since which tick of the logical clock: "ID TICK"."""

SEAL = "seal"
"""Key of the row in `project` that shows that name, id, date and program are as they were written."""

# Tables of values are a fold of the journal; `head` is the local number of the step that won.
# JSON columns hold '{}' or '' where there is nothing, never NULL.
TABLES = """
CREATE TABLE project (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
-- length in code points: SQLite's own length() stops at a NUL
CREATE TABLE text (sha256 TEXT PRIMARY KEY, length INTEGER NOT NULL, body TEXT NOT NULL) STRICT;

CREATE TABLE annotator (id TEXT PRIMARY KEY, name TEXT NOT NULL, head INTEGER NOT NULL) STRICT;
CREATE TABLE scheme (id TEXT PRIMARY KEY, version INTEGER NOT NULL, body TEXT NOT NULL, head INTEGER NOT NULL) STRICT;
-- n is what the index of words knows the article by; a number of this file, no part of the value
CREATE TABLE article (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, position INTEGER NOT NULL, title TEXT NOT NULL,
  sha256 TEXT NOT NULL REFERENCES text (sha256), revision INTEGER NOT NULL, meta TEXT NOT NULL,
  source_id TEXT NOT NULL, extra TEXT NOT NULL, head INTEGER NOT NULL
) STRICT;
CREATE INDEX article_order ON article (position, id);
CREATE INDEX article_text ON article (sha256);
CREATE TABLE revision (
  article TEXT NOT NULL, n INTEGER NOT NULL, sha256 TEXT NOT NULL REFERENCES text (sha256), PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE layer (
  id TEXT PRIMARY KEY, article TEXT NOT NULL REFERENCES article (id), kind TEXT NOT NULL, owner TEXT NOT NULL,
  name TEXT NOT NULL, round INTEGER NOT NULL, state TEXT NOT NULL, fields TEXT NOT NULL, note TEXT NOT NULL,
  source_id TEXT NOT NULL, extra TEXT NOT NULL, head INTEGER NOT NULL
) STRICT;
CREATE INDEX layer_article ON layer (article);
CREATE TABLE span (
  id TEXT PRIMARY KEY, layer TEXT NOT NULL REFERENCES layer (id), revision INTEGER NOT NULL, annotator TEXT NOT NULL,
  label TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, fragments TEXT NOT NULL,
  attributes TEXT NOT NULL, state TEXT NOT NULL, note TEXT NOT NULL, scheme_version INTEGER NOT NULL,
  created TEXT NOT NULL, updated TEXT NOT NULL, source_id TEXT NOT NULL, extra TEXT NOT NULL, head INTEGER NOT NULL,
  CHECK (0 <= start AND start < "end")
) STRICT;
CREATE INDEX span_layer ON span (layer);
CREATE TABLE relation (
  id TEXT PRIMARY KEY, layer TEXT NOT NULL REFERENCES layer (id), label TEXT NOT NULL, source TEXT NOT NULL,
  target TEXT NOT NULL, attributes TEXT NOT NULL, state TEXT NOT NULL, note TEXT NOT NULL,
  scheme_version INTEGER NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL, source_id TEXT NOT NULL,
  extra TEXT NOT NULL, head INTEGER NOT NULL
) STRICT;
CREATE INDEX relation_layer ON relation (layer);
CREATE INDEX relation_source ON relation (source);
CREATE INDEX relation_target ON relation (target);
CREATE TABLE span_group (
  id TEXT PRIMARY KEY, layer TEXT NOT NULL REFERENCES layer (id), kind TEXT NOT NULL, members TEXT NOT NULL,
  no_source INTEGER NOT NULL, state TEXT NOT NULL, note TEXT NOT NULL, source_id TEXT NOT NULL, extra TEXT NOT NULL,
  head INTEGER NOT NULL
) STRICT;
CREATE INDEX span_group_layer ON span_group (layer);
CREATE TABLE entry (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, data TEXT NOT NULL, head INTEGER NOT NULL
) STRICT;
CREATE TABLE decision (
  id TEXT PRIMARY KEY, article TEXT NOT NULL, layer TEXT NOT NULL, data TEXT NOT NULL, head INTEGER NOT NULL
) STRICT;
CREATE INDEX decision_article ON decision (article);

-- what people who work together agree on (`domain/team`)
CREATE TABLE lead (id TEXT PRIMARY KEY, annotator TEXT NOT NULL, head INTEGER NOT NULL) STRICT;
CREATE TABLE assignment (
  id TEXT PRIMARY KEY, article TEXT NOT NULL, annotator TEXT NOT NULL, round INTEGER NOT NULL, blind INTEGER NOT NULL,
  extra TEXT NOT NULL, head INTEGER NOT NULL
) STRICT;
CREATE INDEX assignment_article ON assignment (article);
CREATE INDEX assignment_annotator ON assignment (annotator, article);
CREATE TABLE remark (
  id TEXT PRIMARY KEY, article TEXT NOT NULL, span TEXT NOT NULL, author TEXT NOT NULL, text TEXT NOT NULL,
  created TEXT NOT NULL, addressee TEXT NOT NULL, answers TEXT NOT NULL, closed INTEGER NOT NULL, extra TEXT NOT NULL,
  head INTEGER NOT NULL
) STRICT;
CREATE INDEX remark_article ON remark (article);
CREATE TABLE proposal (
  id TEXT PRIMARY KEY, article TEXT NOT NULL, author TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
  data TEXT NOT NULL, created TEXT NOT NULL, note TEXT NOT NULL, state TEXT NOT NULL, reply TEXT NOT NULL,
  head INTEGER NOT NULL
) STRICT;
CREATE INDEX proposal_article ON proposal (article);

CREATE TABLE step (
  seq INTEGER PRIMARY KEY, root TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE, annotator TEXT NOT NULL, device TEXT NOT NULL, lamport INTEGER NOT NULL, at TEXT NOT NULL,
  title TEXT NOT NULL, undoes TEXT NOT NULL, grp TEXT NOT NULL, job TEXT NOT NULL, scheme_version INTEGER NOT NULL,
  payload_sha256 TEXT NOT NULL, prev_hash TEXT NOT NULL, seal TEXT NOT NULL
) STRICT;
-- every index is a page more for each keystroke to write; the highest lamport, asked for once, is read from this one
CREATE INDEX step_line ON step (annotator, device, seq, lamport);
CREATE INDEX step_job ON step (job) WHERE job <> '';
CREATE TABLE change (
  step INTEGER NOT NULL REFERENCES step (seq), n INTEGER NOT NULL, kind TEXT NOT NULL, entity TEXT NOT NULL,
  article TEXT NOT NULL, parent TEXT NOT NULL, before TEXT, after TEXT, UNIQUE (step, n)
) STRICT;
CREATE INDEX change_entity ON change (entity);
CREATE INDEX change_article ON change (article);
-- packages that were merged here; steps that only packages brought that are not active are hidden from the fold
CREATE TABLE package (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, annotator TEXT NOT NULL, at TEXT NOT NULL, active INTEGER NOT NULL,
  sha256 TEXT NOT NULL, key TEXT NOT NULL, header TEXT NOT NULL, report TEXT NOT NULL
) STRICT;
CREATE TABLE package_step (
  package TEXT NOT NULL REFERENCES package (id), step TEXT NOT NULL, PRIMARY KEY (package, step)
) STRICT, WITHOUT ROWID;
CREATE INDEX package_step_step ON package_step (step);
-- packages that were made here, so that the next one holds only what is new; `upto` is the last step then
CREATE TABLE sent (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, at TEXT NOT NULL, upto INTEGER NOT NULL, header TEXT NOT NULL
) STRICT;
-- a cache of the journal: changes that lost against another one made without knowledge of them (`forks`);
-- the key's columns first: else SQLite 3.40 takes what stands behind them for NULL when it looks at the file
CREATE TABLE fork (
  entity TEXT NOT NULL, step TEXT NOT NULL, kind TEXT NOT NULL, article TEXT NOT NULL, PRIMARY KEY (entity, step)
) STRICT, WITHOUT ROWID;
CREATE INDEX fork_article ON fork (article);
-- what is left of an article that was purged: nothing may bring it back
CREATE TABLE purged (article TEXT PRIMARY KEY, at TEXT NOT NULL, annotator TEXT NOT NULL) STRICT;

-- the index of words: which articles begin with what, by n; a cache of article and text, filled when there is time
CREATE VIRTUAL TABLE search USING fts5 (
  words, content = '', columnsize = 0, detail = none, prefix = '1 2 3 4 5 6 7 8', tokenize = 'ascii'
);
-- its pages are put together where nobody waits (`search`), not while a chunk is written
INSERT INTO search (search, rank) VALUES ('automerge', 0), ('crisismerge', 1000), ('usermerge', 8);
-- what went into it: the article as step `head` left it
CREATE TABLE searched (n INTEGER PRIMARY KEY, article TEXT NOT NULL, head INTEGER NOT NULL) STRICT;

CREATE TRIGGER step_stays BEFORE UPDATE ON step BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;
CREATE TRIGGER step_is_kept BEFORE DELETE ON step BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;
CREATE TRIGGER change_stays BEFORE UPDATE ON change BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;
CREATE TRIGGER change_is_kept BEFORE DELETE ON change BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;
"""


INDEX = ("search", "search_data", "search_idx", "search_config")
"""The index of words in SQLite's schema: the table that is asked, and what FTS5 makes for it."""

FINGERPRINTS = {
    0: "970de95b929874ef8b5148f195b6f9ab38f417fcae1a7601adcc2d8a1888dc6d",
    1: "d820bcdd64a983424cdb082b833cf4877259e6667abac3ced2d3516ad8e10716",
    2: "63f2369c71edfa2e7fe682cfd25e3a96388603379b7080a25e00b56a6bdf28ac",
    3: "0f29d9098824ba6c502ea60d56f05bd07cc0d0aeb31d7cd95fa1233ab4a7e863",
    4: "7302afb617f3e1c9b7c469bb3b06f6227101b0fc88813f4edce26b515b22f13b",
}
"""What `fingerprint` says of the tables of each released layout."""


def statements() -> list[str]:
    """Return the statements of TABLES one by one (a trigger's body holds a semicolon of its own)."""
    result: list[str] = []
    for line in TABLES.strip().splitlines():
        if result and not (result[-1].endswith(";") and not _open_trigger(result[-1])):
            result[-1] += "\n" + line
        elif line:
            result.append(line)
    return result


def _open_trigger(statement: str) -> bool:
    return statement.startswith("CREATE TRIGGER") and not statement.endswith("END;")
