PRAGMA application_id = 1095651156;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'annotator','m001_tables','2026-11-24 08:43:02.101612+00:00');
CREATE TABLE annotator (id TEXT PRIMARY KEY, name TEXT NOT NULL, head INTEGER NOT NULL) STRICT;
INSERT INTO "annotator" VALUES('0190a000-0000-7000-8000-00000000000a','Ana',2);
CREATE TABLE article (
  id TEXT PRIMARY KEY, position INTEGER NOT NULL, title TEXT NOT NULL, sha256 TEXT NOT NULL REFERENCES text (sha256),
  revision INTEGER NOT NULL, meta TEXT NOT NULL, source_id TEXT NOT NULL, extra TEXT NOT NULL, head INTEGER NOT NULL
) STRICT;
INSERT INTO "article" VALUES('07055295-ec71-50a7-997b-48e5abd0daa6',1,'Quay','71b699d674ac7999a383dcb06a44a955c03875efc4fe340430b284f7cedf5020',1,'{}','','{}',2);
CREATE TABLE change (
  step INTEGER NOT NULL REFERENCES step (seq), n INTEGER NOT NULL, kind TEXT NOT NULL, entity TEXT NOT NULL,
  article TEXT NOT NULL, parent TEXT NOT NULL, before TEXT, after TEXT, UNIQUE (step, n)
) STRICT;
INSERT INTO "change" VALUES(1,0,'scheme','test','','',NULL,'{"id":"test","name":"Test","version":1,"labels":[{"id":"quote","name":"Quote","key":"Q","light":"#0072B2","dark":"#56B4E9","definition":""},{"id":"source","name":"Source","key":"S","light":"#C85200","dark":"#E69F00","definition":""},{"id":"cue","name":"Cue","key":"C","light":"#3B1625","dark":"#F1DAE3","definition":""}]}');
INSERT INTO "change" VALUES(2,0,'annotator','0190a000-0000-7000-8000-00000000000a','','',NULL,'{"id":"0190a000-0000-7000-8000-00000000000a","name":"Ana"}');
INSERT INTO "change" VALUES(2,1,'import','07055295-ec71-50a7-997b-48e5abd0daa6','07055295-ec71-50a7-997b-48e5abd0daa6','',NULL,'{"id":"07055295-ec71-50a7-997b-48e5abd0daa6","article":{"id":"07055295-ec71-50a7-997b-48e5abd0daa6","title":"Quay","sha256":"71b699d674ac7999a383dcb06a44a955c03875efc4fe340430b284f7cedf5020","position":1},"layers":[]}');
INSERT INTO "change" VALUES(3,0,'layer','f6f0d6f1-c926-5678-863a-cb53f42a4a6a','07055295-ec71-50a7-997b-48e5abd0daa6','',NULL,'{"id":"f6f0d6f1-c926-5678-863a-cb53f42a4a6a","article":"07055295-ec71-50a7-997b-48e5abd0daa6","kind":"annotator","owner":"0190a000-0000-7000-8000-00000000000a","state":"started"}');
INSERT INTO "change" VALUES(3,1,'span','01a20cb9-0666-780e-b4b7-6b27757b2dbe','07055295-ec71-50a7-997b-48e5abd0daa6','',NULL,'{"id":"01a20cb9-0666-780e-b4b7-6b27757b2dbe","article":"07055295-ec71-50a7-997b-48e5abd0daa6","layer":"f6f0d6f1-c926-5678-863a-cb53f42a4a6a","annotator":"0190a000-0000-7000-8000-00000000000a","label":"quote","fragments":[[0,29]],"created":"2026-11-24T08:43:02.118Z","updated":"2026-11-24T08:43:02.118Z"}');
INSERT INTO "change" VALUES(4,0,'span','01a20cb9-0667-70e5-8cd7-d8e1fd28c0d4','07055295-ec71-50a7-997b-48e5abd0daa6','',NULL,'{"id":"01a20cb9-0667-70e5-8cd7-d8e1fd28c0d4","article":"07055295-ec71-50a7-997b-48e5abd0daa6","layer":"f6f0d6f1-c926-5678-863a-cb53f42a4a6a","annotator":"0190a000-0000-7000-8000-00000000000a","label":"source","fragments":[[31,50],[55,60]],"created":"2026-11-24T08:43:02.119Z","updated":"2026-11-24T08:43:02.119Z"}');
INSERT INTO "change" VALUES(5,0,'span','01a20cb9-0667-70e5-8cd7-d8e1fd28c0d4','07055295-ec71-50a7-997b-48e5abd0daa6','01a20cb9-0667-7457-89a0-8d102816eb20','{"id":"01a20cb9-0667-70e5-8cd7-d8e1fd28c0d4","article":"07055295-ec71-50a7-997b-48e5abd0daa6","layer":"f6f0d6f1-c926-5678-863a-cb53f42a4a6a","annotator":"0190a000-0000-7000-8000-00000000000a","label":"source","fragments":[[31,50],[55,60]],"created":"2026-11-24T08:43:02.119Z","updated":"2026-11-24T08:43:02.119Z"}',NULL);
INSERT INTO "change" VALUES(6,0,'span','01a20cb9-0668-756a-a2f6-26ac14b4d98a','07055295-ec71-50a7-997b-48e5abd0daa6','',NULL,'{"id":"01a20cb9-0668-756a-a2f6-26ac14b4d98a","article":"07055295-ec71-50a7-997b-48e5abd0daa6","layer":"f6f0d6f1-c926-5678-863a-cb53f42a4a6a","annotator":"0190a000-0000-7000-8000-00000000000a","label":"cue","fragments":[[3,9]],"created":"2026-11-24T08:43:02.120Z","updated":"2026-11-24T08:43:02.120Z"}');
INSERT INTO "change" VALUES(7,0,'span','01a20cb9-0668-756a-a2f6-26ac14b4d98a','07055295-ec71-50a7-997b-48e5abd0daa6','01a20cb9-0668-738e-99f1-569ac55a39cc','{"id":"01a20cb9-0668-756a-a2f6-26ac14b4d98a","article":"07055295-ec71-50a7-997b-48e5abd0daa6","layer":"f6f0d6f1-c926-5678-863a-cb53f42a4a6a","annotator":"0190a000-0000-7000-8000-00000000000a","label":"cue","fragments":[[3,9]],"created":"2026-11-24T08:43:02.120Z","updated":"2026-11-24T08:43:02.120Z"}',NULL);
INSERT INTO "change" VALUES(8,0,'span','01a20cb9-0668-756a-a2f6-26ac14b4d98a','07055295-ec71-50a7-997b-48e5abd0daa6','01a20cb9-0669-7e48-b203-c7cfe8fcfe20',NULL,'{"id":"01a20cb9-0668-756a-a2f6-26ac14b4d98a","article":"07055295-ec71-50a7-997b-48e5abd0daa6","layer":"f6f0d6f1-c926-5678-863a-cb53f42a4a6a","annotator":"0190a000-0000-7000-8000-00000000000a","label":"cue","fragments":[[3,9]],"created":"2026-11-24T08:43:02.120Z","updated":"2026-11-24T08:43:02.120Z"}');
CREATE TABLE decision (
  id TEXT PRIMARY KEY, article TEXT NOT NULL, layer TEXT NOT NULL, data TEXT NOT NULL, head INTEGER NOT NULL
) STRICT;
CREATE TABLE entry (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, data TEXT NOT NULL, head INTEGER NOT NULL
) STRICT;
CREATE TABLE layer (
  id TEXT PRIMARY KEY, article TEXT NOT NULL REFERENCES article (id), kind TEXT NOT NULL, owner TEXT NOT NULL,
  name TEXT NOT NULL, round INTEGER NOT NULL, state TEXT NOT NULL, fields TEXT NOT NULL, note TEXT NOT NULL,
  source_id TEXT NOT NULL, extra TEXT NOT NULL, head INTEGER NOT NULL
) STRICT;
INSERT INTO "layer" VALUES('f6f0d6f1-c926-5678-863a-cb53f42a4a6a','07055295-ec71-50a7-997b-48e5abd0daa6','annotator','0190a000-0000-7000-8000-00000000000a','',1,'started','{}','','','{}',3);
CREATE TABLE package (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, annotator TEXT NOT NULL, at TEXT NOT NULL, active INTEGER NOT NULL
) STRICT;
CREATE TABLE package_step (
  package TEXT NOT NULL REFERENCES package (id), step TEXT NOT NULL, PRIMARY KEY (package, step)
) STRICT, WITHOUT ROWID;
CREATE TABLE project (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO "project" VALUES('created','2026-11-24T08:43:02.101Z');
INSERT INTO "project" VALUES('id','01a20cb9-0655-753d-a7a3-ef9024531002');
INSERT INTO "project" VALUES('name','project');
INSERT INTO "project" VALUES('program','annotator 0.1.0');
CREATE TABLE relation (
  id TEXT PRIMARY KEY, layer TEXT NOT NULL REFERENCES layer (id), label TEXT NOT NULL, source TEXT NOT NULL,
  target TEXT NOT NULL, attributes TEXT NOT NULL, state TEXT NOT NULL, note TEXT NOT NULL,
  scheme_version INTEGER NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL, source_id TEXT NOT NULL,
  extra TEXT NOT NULL, head INTEGER NOT NULL
) STRICT;
CREATE TABLE revision (
  article TEXT NOT NULL, n INTEGER NOT NULL, sha256 TEXT NOT NULL REFERENCES text (sha256), PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;
INSERT INTO "revision" VALUES('07055295-ec71-50a7-997b-48e5abd0daa6',1,'71b699d674ac7999a383dcb06a44a955c03875efc4fe340430b284f7cedf5020');
CREATE TABLE scheme (id TEXT PRIMARY KEY, version INTEGER NOT NULL, body TEXT NOT NULL, head INTEGER NOT NULL) STRICT;
INSERT INTO "scheme" VALUES('test',1,'{"id":"test","name":"Test","version":1,"labels":[{"id":"quote","name":"Quote","key":"Q","light":"#0072B2","dark":"#56B4E9","definition":""},{"id":"source","name":"Source","key":"S","light":"#C85200","dark":"#E69F00","definition":""},{"id":"cue","name":"Cue","key":"C","light":"#3B1625","dark":"#F1DAE3","definition":""}]}',1);
CREATE TABLE span (
  id TEXT PRIMARY KEY, layer TEXT NOT NULL REFERENCES layer (id), revision INTEGER NOT NULL, annotator TEXT NOT NULL,
  label TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, fragments TEXT NOT NULL,
  attributes TEXT NOT NULL, state TEXT NOT NULL, note TEXT NOT NULL, scheme_version INTEGER NOT NULL,
  created TEXT NOT NULL, updated TEXT NOT NULL, source_id TEXT NOT NULL, extra TEXT NOT NULL, head INTEGER NOT NULL,
  CHECK (0 <= start AND start < "end")
) STRICT;
INSERT INTO "span" VALUES('01a20cb9-0666-780e-b4b7-6b27757b2dbe','f6f0d6f1-c926-5678-863a-cb53f42a4a6a',1,'0190a000-0000-7000-8000-00000000000a','quote',0,29,'','{}','ok','',1,'2026-11-24T08:43:02.118Z','2026-11-24T08:43:02.118Z','','{}',3);
INSERT INTO "span" VALUES('01a20cb9-0668-756a-a2f6-26ac14b4d98a','f6f0d6f1-c926-5678-863a-cb53f42a4a6a',1,'0190a000-0000-7000-8000-00000000000a','cue',3,9,'','{}','ok','',1,'2026-11-24T08:43:02.120Z','2026-11-24T08:43:02.120Z','','{}',8);
CREATE TABLE span_group (
  id TEXT PRIMARY KEY, layer TEXT NOT NULL REFERENCES layer (id), kind TEXT NOT NULL, members TEXT NOT NULL,
  no_source INTEGER NOT NULL, state TEXT NOT NULL, note TEXT NOT NULL, source_id TEXT NOT NULL, extra TEXT NOT NULL,
  head INTEGER NOT NULL
) STRICT;
CREATE TABLE step (
  seq INTEGER PRIMARY KEY, root TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE, annotator TEXT NOT NULL, device TEXT NOT NULL, lamport INTEGER NOT NULL, at TEXT NOT NULL,
  title TEXT NOT NULL, undoes TEXT NOT NULL, grp TEXT NOT NULL, job TEXT NOT NULL, scheme_version INTEGER NOT NULL,
  payload_sha256 TEXT NOT NULL, prev_hash TEXT NOT NULL
) STRICT;
INSERT INTO "step" VALUES(1,'','4677927a-286c-5587-a5f3-d1afbba558b0','','',1,'','Scheme chosen','','','',1,'acdd63f64dad2701fa655c2adfdede7de04e1d6f088714e460efc7d0a5fdac40','');
INSERT INTO "step" VALUES(2,'01a20cb9-065e-7a8c-b29a-c59438a0e31d','01a20cb9-065e-7a8c-b29a-c59438a0e31d','0190a000-0000-7000-8000-00000000000a','laptop',2,'2026-11-24T08:43:02.110Z','Import article','','','01a20cb9-065d-7afb-a12b-cf21ce9e8ce7',1,'544ee6ebfd3d45b6d05b5ee169a757ae245e7a83ab2eb6e79ae09ecd1b590be0','');
INSERT INTO "step" VALUES(3,'01a20cb9-0666-7b97-ae9e-ebf22a5e01cf','01a20cb9-0666-7b97-ae9e-ebf22a5e01cf','0190a000-0000-7000-8000-00000000000a','laptop',3,'2026-11-24T08:43:02.118Z','Label Quote','','','',1,'aa4d62360cc0098a03fda07262580b80b9c96be7ad10165896b36f4a3037e221','36d27e2ad0843625c12a35d9ce5d68e3f2b416f97d420aef1f4617b782c3f11c');
INSERT INTO "step" VALUES(4,'01a20cb9-0667-7457-89a0-8d102816eb20','01a20cb9-0667-7457-89a0-8d102816eb20','0190a000-0000-7000-8000-00000000000a','laptop',4,'2026-11-24T08:43:02.119Z','Label Source','','','',1,'05fb677c210064fe9602aeb436675c02876acf22d4f4eaaa8cccdec1a4c980e2','57fe88e5fea2498137daf1ca5a8933ffde9509985d22607221ecf71886a84838');
INSERT INTO "step" VALUES(5,'01a20cb9-0667-7457-89a0-8d102816eb20','01a20cb9-0667-7dcf-9cbe-224a62879a69','0190a000-0000-7000-8000-00000000000a','laptop',5,'2026-11-24T08:43:02.119Z','Label Source','01a20cb9-0667-7457-89a0-8d102816eb20','','',1,'2721f08cf41b1f0de292fadd23b54bb99de87ea84d3adfac089bf2cd8091d9f2','c5dd00f09ce9d7bb8301408ff29d17da27f22ef8f9737bbb9e3ffcfe20decbf2');
INSERT INTO "step" VALUES(6,'01a20cb9-0668-738e-99f1-569ac55a39cc','01a20cb9-0668-738e-99f1-569ac55a39cc','0190a000-0000-7000-8000-00000000000a','laptop',6,'2026-11-24T08:43:02.120Z','Label Cue','','','',1,'ff15e0072addb7417798c8355417d4bef802fcca936073d9f0a1acfb386a1a93','1503648d7e38736ea746dd4a1f506fb5f838015d142597c50ed5a4bedff01348');
INSERT INTO "step" VALUES(7,'01a20cb9-0668-738e-99f1-569ac55a39cc','01a20cb9-0669-7e48-b203-c7cfe8fcfe20','0190a000-0000-7000-8000-00000000000a','laptop',7,'2026-11-24T08:43:02.121Z','Label Cue','01a20cb9-0668-738e-99f1-569ac55a39cc','','',1,'993ba4b70846d8864a85542e2efb3e35dee6d57c7d37019c3d16fdcd74d67108','6413a7be12405fb3708a741f05a8b563ba6600ea5a564ce717b1d6e38e01a306');
INSERT INTO "step" VALUES(8,'01a20cb9-0668-738e-99f1-569ac55a39cc','01a20cb9-0669-759a-b248-9a56f13f0ffa','0190a000-0000-7000-8000-00000000000a','laptop',8,'2026-11-24T08:43:02.121Z','Label Cue','01a20cb9-0669-7e48-b203-c7cfe8fcfe20','','',1,'ea758f7cac1afe3fb3d9cabe122359cbdf74055642a892a330ac0b065f31efa9','c8ec7c81884185bda267a53df4ebd9f8b3f5f74951f570cf109940058b201ca1');
CREATE TABLE text (sha256 TEXT PRIMARY KEY, length INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
INSERT INTO "text" VALUES('71b699d674ac7999a383dcb06a44a955c03875efc4fe340430b284f7cedf5020',108,'“We will rebuild 🏗 the quay,” said Mayor Łucja Ødegård, “before the winter comes.”

Nobody asked her how.
');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX article_order ON article (position, id);
CREATE INDEX article_text ON article (sha256);
CREATE INDEX layer_article ON layer (article);
CREATE INDEX span_layer ON span (layer);
CREATE INDEX relation_layer ON relation (layer);
CREATE INDEX relation_source ON relation (source);
CREATE INDEX relation_target ON relation (target);
CREATE INDEX span_group_layer ON span_group (layer);
CREATE INDEX decision_article ON decision (article);
CREATE INDEX step_line ON step (annotator, device, seq);
CREATE INDEX step_root ON step (root);
CREATE INDEX step_lamport ON step (lamport);
CREATE INDEX step_job ON step (job) WHERE job <> '';
CREATE INDEX change_entity ON change (entity);
CREATE INDEX change_article ON change (article);
CREATE INDEX package_step_step ON package_step (step);
CREATE TRIGGER step_stays BEFORE UPDATE ON step BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;
CREATE TRIGGER step_is_kept BEFORE DELETE ON step BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;
CREATE TRIGGER change_stays BEFORE UPDATE ON change BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;
CREATE TRIGGER change_is_kept BEFORE DELETE ON change BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;
COMMIT;
