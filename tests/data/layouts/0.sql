PRAGMA application_id = 1095651156;
PRAGMA user_version = 0;
BEGIN TRANSACTION;
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
INSERT INTO "change" VALUES(3,1,'span','01a20ccb-03a5-7aa6-b825-4e6aee4ac9cc','07055295-ec71-50a7-997b-48e5abd0daa6','',NULL,'{"id":"01a20ccb-03a5-7aa6-b825-4e6aee4ac9cc","article":"07055295-ec71-50a7-997b-48e5abd0daa6","layer":"f6f0d6f1-c926-5678-863a-cb53f42a4a6a","annotator":"0190a000-0000-7000-8000-00000000000a","label":"quote","fragments":[[0,29]],"created":"2026-11-24T09:02:41.061Z","updated":"2026-11-24T09:02:41.061Z"}');
INSERT INTO "change" VALUES(4,0,'span','01a20ccb-03a6-778d-a75c-42463cbfcaad','07055295-ec71-50a7-997b-48e5abd0daa6','',NULL,'{"id":"01a20ccb-03a6-778d-a75c-42463cbfcaad","article":"07055295-ec71-50a7-997b-48e5abd0daa6","layer":"f6f0d6f1-c926-5678-863a-cb53f42a4a6a","annotator":"0190a000-0000-7000-8000-00000000000a","label":"source","fragments":[[31,50],[55,60]],"created":"2026-11-24T09:02:41.062Z","updated":"2026-11-24T09:02:41.062Z"}');
INSERT INTO "change" VALUES(5,0,'span','01a20ccb-03a6-778d-a75c-42463cbfcaad','07055295-ec71-50a7-997b-48e5abd0daa6','01a20ccb-03a6-7a32-8c6a-85303b0785fe','{"id":"01a20ccb-03a6-778d-a75c-42463cbfcaad","article":"07055295-ec71-50a7-997b-48e5abd0daa6","layer":"f6f0d6f1-c926-5678-863a-cb53f42a4a6a","annotator":"0190a000-0000-7000-8000-00000000000a","label":"source","fragments":[[31,50],[55,60]],"created":"2026-11-24T09:02:41.062Z","updated":"2026-11-24T09:02:41.062Z"}',NULL);
INSERT INTO "change" VALUES(6,0,'span','01a20ccb-03a7-7c7c-a96d-6c343be443ec','07055295-ec71-50a7-997b-48e5abd0daa6','',NULL,'{"id":"01a20ccb-03a7-7c7c-a96d-6c343be443ec","article":"07055295-ec71-50a7-997b-48e5abd0daa6","layer":"f6f0d6f1-c926-5678-863a-cb53f42a4a6a","annotator":"0190a000-0000-7000-8000-00000000000a","label":"cue","fragments":[[3,9]],"created":"2026-11-24T09:02:41.064Z","updated":"2026-11-24T09:02:41.064Z"}');
INSERT INTO "change" VALUES(7,0,'span','01a20ccb-03a7-7c7c-a96d-6c343be443ec','07055295-ec71-50a7-997b-48e5abd0daa6','01a20ccb-03a8-7f69-97d3-e73e410daf9a','{"id":"01a20ccb-03a7-7c7c-a96d-6c343be443ec","article":"07055295-ec71-50a7-997b-48e5abd0daa6","layer":"f6f0d6f1-c926-5678-863a-cb53f42a4a6a","annotator":"0190a000-0000-7000-8000-00000000000a","label":"cue","fragments":[[3,9]],"created":"2026-11-24T09:02:41.064Z","updated":"2026-11-24T09:02:41.064Z"}',NULL);
INSERT INTO "change" VALUES(8,0,'span','01a20ccb-03a7-7c7c-a96d-6c343be443ec','07055295-ec71-50a7-997b-48e5abd0daa6','01a20ccb-03a8-7948-8da0-1be1e7d4259c',NULL,'{"id":"01a20ccb-03a7-7c7c-a96d-6c343be443ec","article":"07055295-ec71-50a7-997b-48e5abd0daa6","layer":"f6f0d6f1-c926-5678-863a-cb53f42a4a6a","annotator":"0190a000-0000-7000-8000-00000000000a","label":"cue","fragments":[[3,9]],"created":"2026-11-24T09:02:41.064Z","updated":"2026-11-24T09:02:41.064Z"}');
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
INSERT INTO "project" VALUES('created','2026-11-24T09:02:41.043Z');
INSERT INTO "project" VALUES('id','01a20ccb-0393-7614-9e7c-e51945d10b29');
INSERT INTO "project" VALUES('name','project');
INSERT INTO "project" VALUES('program','annotator 0.1.0');
CREATE TABLE relation (
  id TEXT PRIMARY KEY, layer TEXT NOT NULL REFERENCES layer (id), label TEXT NOT NULL, source TEXT NOT NULL,
  target TEXT NOT NULL, attributes TEXT NOT NULL, state TEXT NOT NULL, note TEXT NOT NULL,
  scheme_version INTEGER NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL, source_id TEXT NOT NULL,
  extra TEXT NOT NULL, head INTEGER NOT NULL
) STRICT;
CREATE TABLE scheme (id TEXT PRIMARY KEY, version INTEGER NOT NULL, body TEXT NOT NULL, head INTEGER NOT NULL) STRICT;
INSERT INTO "scheme" VALUES('test',1,'{"id":"test","name":"Test","version":1,"labels":[{"id":"quote","name":"Quote","key":"Q","light":"#0072B2","dark":"#56B4E9","definition":""},{"id":"source","name":"Source","key":"S","light":"#C85200","dark":"#E69F00","definition":""},{"id":"cue","name":"Cue","key":"C","light":"#3B1625","dark":"#F1DAE3","definition":""}]}',1);
CREATE TABLE span (
  id TEXT PRIMARY KEY, layer TEXT NOT NULL REFERENCES layer (id), revision INTEGER NOT NULL, annotator TEXT NOT NULL,
  label TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, fragments TEXT NOT NULL,
  attributes TEXT NOT NULL, state TEXT NOT NULL, note TEXT NOT NULL, scheme_version INTEGER NOT NULL,
  created TEXT NOT NULL, updated TEXT NOT NULL, source_id TEXT NOT NULL, extra TEXT NOT NULL, head INTEGER NOT NULL,
  CHECK (0 <= start AND start < "end")
) STRICT;
INSERT INTO "span" VALUES('01a20ccb-03a5-7aa6-b825-4e6aee4ac9cc','f6f0d6f1-c926-5678-863a-cb53f42a4a6a',1,'0190a000-0000-7000-8000-00000000000a','quote',0,29,'','{}','ok','',1,'2026-11-24T09:02:41.061Z','2026-11-24T09:02:41.061Z','','{}',3);
INSERT INTO "span" VALUES('01a20ccb-03a7-7c7c-a96d-6c343be443ec','f6f0d6f1-c926-5678-863a-cb53f42a4a6a',1,'0190a000-0000-7000-8000-00000000000a','cue',3,9,'','{}','ok','',1,'2026-11-24T09:02:41.064Z','2026-11-24T09:02:41.064Z','','{}',8);
CREATE TABLE span_group (
  id TEXT PRIMARY KEY, layer TEXT NOT NULL REFERENCES layer (id), kind TEXT NOT NULL, members TEXT NOT NULL,
  no_source INTEGER NOT NULL, state TEXT NOT NULL, note TEXT NOT NULL, source_id TEXT NOT NULL, extra TEXT NOT NULL,
  head INTEGER NOT NULL
) STRICT;
CREATE TABLE step (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE, annotator TEXT NOT NULL, device TEXT NOT NULL, lamport INTEGER NOT NULL, at TEXT NOT NULL,
  title TEXT NOT NULL, undoes TEXT NOT NULL, grp TEXT NOT NULL, job TEXT NOT NULL, scheme_version INTEGER NOT NULL,
  payload_sha256 TEXT NOT NULL, prev_hash TEXT NOT NULL
) STRICT;
INSERT INTO "step" VALUES(1,'4677927a-286c-5587-a5f3-d1afbba558b0','','',1,'','Scheme chosen','','','',1,'acdd63f64dad2701fa655c2adfdede7de04e1d6f088714e460efc7d0a5fdac40','');
INSERT INTO "step" VALUES(2,'01a20ccb-039c-7c22-8708-2418c16d0081','0190a000-0000-7000-8000-00000000000a','laptop',2,'2026-11-24T09:02:41.052Z','Import article','','','01a20ccb-039c-76ef-a7fe-605687a2e6aa',1,'544ee6ebfd3d45b6d05b5ee169a757ae245e7a83ab2eb6e79ae09ecd1b590be0','');
INSERT INTO "step" VALUES(3,'01a20ccb-03a5-7976-8602-4b75f3cd90d0','0190a000-0000-7000-8000-00000000000a','laptop',3,'2026-11-24T09:02:41.061Z','Label Quote','','','',1,'1a885d0631e98dc5eae24e42d52a16f03939ea70315adbf1f10e860080dd8941','1f34ac5d1cd744792a2d4bcfd15a2bf21988ea1eb2e17a14de1637869e863253');
INSERT INTO "step" VALUES(4,'01a20ccb-03a6-7a32-8c6a-85303b0785fe','0190a000-0000-7000-8000-00000000000a','laptop',4,'2026-11-24T09:02:41.062Z','Label Source','','','',1,'768c001cc829c1b2bf76932d47f79c41142a5e7aef976497bfea1276e413b6b8','2283908077dfb7170b1af84dd4ee2350c67ced7af9e40ad3aa7ba837e448fb1c');
INSERT INTO "step" VALUES(5,'01a20ccb-03a7-7471-9114-e2e6fbdb68e5','0190a000-0000-7000-8000-00000000000a','laptop',5,'2026-11-24T09:02:41.063Z','Label Source','01a20ccb-03a6-7a32-8c6a-85303b0785fe','','',1,'078598b43a34806fe597817a886e9d002cd96945c42cc3ebef40e62cc8a69a0a','f6338c496e932453bc3e6c8a8e52dc2b20304b4777e597a3b5d5cb39b42d9e04');
INSERT INTO "step" VALUES(6,'01a20ccb-03a8-7f69-97d3-e73e410daf9a','0190a000-0000-7000-8000-00000000000a','laptop',6,'2026-11-24T09:02:41.064Z','Label Cue','','','',1,'a65a97152c544797b334b76fddf2694c69aeb967c6f374a25ae63839d83ec4fa','570ecd1425674e6a11ea7dee3b751f0a5d0dcc3cfc6b3104bafed16e56017c40');
INSERT INTO "step" VALUES(7,'01a20ccb-03a8-7948-8da0-1be1e7d4259c','0190a000-0000-7000-8000-00000000000a','laptop',7,'2026-11-24T09:02:41.064Z','Label Cue','01a20ccb-03a8-7f69-97d3-e73e410daf9a','','',1,'c78e044c325df437698722f3e926ed7937cf71846fa281f447d32998964bb199','88c42d2f27de3ebf12282e2e67b9a535f42646d8357b0e150f027a0a20eb6017');
INSERT INTO "step" VALUES(8,'01a20ccb-03a9-7872-a975-d027f540e201','0190a000-0000-7000-8000-00000000000a','laptop',8,'2026-11-24T09:02:41.065Z','Label Cue','01a20ccb-03a8-7948-8da0-1be1e7d4259c','','',1,'56ecf6f27b4d11720d0a929946505c67107833b795c9e485dd7b174666906f69','dec3345bb87cc4c9b05f31b13e23d4f66865b29366bb9bfe5112d4b453ed41ff');
CREATE TABLE text (sha256 TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
INSERT INTO "text" VALUES('71b699d674ac7999a383dcb06a44a955c03875efc4fe340430b284f7cedf5020','“We will rebuild 🏗 the quay,” said Mayor Łucja Ødegård, “before the winter comes.”

Nobody asked her how.
');
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
