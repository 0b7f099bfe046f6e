PRAGMA application_id = 1095651156;
PRAGMA user_version = 2;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'annotator','m001_tables','2026-11-24 09:07:20.346205+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'annotator','m002_index','2026-11-26 06:51:12.869526+00:00');
CREATE TABLE annotator (id TEXT PRIMARY KEY, name TEXT NOT NULL, head INTEGER NOT NULL) STRICT;
INSERT INTO "annotator" VALUES('0190a000-0000-7000-8000-00000000000a','Ana',2);
CREATE TABLE article (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, position INTEGER NOT NULL, title TEXT NOT NULL,
  sha256 TEXT NOT NULL REFERENCES text (sha256), revision INTEGER NOT NULL, meta TEXT NOT NULL,
  source_id TEXT NOT NULL, extra TEXT NOT NULL, head INTEGER NOT NULL
) STRICT;
INSERT INTO "article" VALUES(1,'07055295-ec71-50a7-997b-48e5abd0daa6',1,'Quay','71b699d674ac7999a383dcb06a44a955c03875efc4fe340430b284f7cedf5020',1,'{}','','{}',2);
CREATE TABLE change (
  step INTEGER NOT NULL REFERENCES step (seq), n INTEGER NOT NULL, kind TEXT NOT NULL, entity TEXT NOT NULL,
  article TEXT NOT NULL, parent TEXT NOT NULL, before TEXT, after TEXT, UNIQUE (step, n)
) STRICT;
INSERT INTO "change" VALUES(1,0,'scheme','test','','',NULL,'{"id":"test","name":"Test","version":1,"labels":[{"id":"quote","name":"Quote","key":"Q","light":"#0072B2","dark":"#56B4E9","definition":""},{"id":"source","name":"Source","key":"S","light":"#C85200","dark":"#E69F00","definition":""},{"id":"cue","name":"Cue","key":"C","light":"#3B1625","dark":"#F1DAE3","definition":""}]}');
INSERT INTO "change" VALUES(2,0,'annotator','0190a000-0000-7000-8000-00000000000a','','',NULL,'{"id":"0190a000-0000-7000-8000-00000000000a","name":"Ana"}');
INSERT INTO "change" VALUES(2,1,'import','07055295-ec71-50a7-997b-48e5abd0daa6','07055295-ec71-50a7-997b-48e5abd0daa6','',NULL,'{"id":"07055295-ec71-50a7-997b-48e5abd0daa6","article":{"id":"07055295-ec71-50a7-997b-48e5abd0daa6","title":"Quay","sha256":"71b699d674ac7999a383dcb06a44a955c03875efc4fe340430b284f7cedf5020","position":1},"layers":[]}');
INSERT INTO "change" VALUES(3,0,'layer','f6f0d6f1-c926-5678-863a-cb53f42a4a6a','07055295-ec71-50a7-997b-48e5abd0daa6','',NULL,'{"id":"f6f0d6f1-c926-5678-863a-cb53f42a4a6a","article":"07055295-ec71-50a7-997b-48e5abd0daa6","kind":"annotator","owner":"0190a000-0000-7000-8000-00000000000a","state":"started"}');
INSERT INTO "change" VALUES(3,1,'span','01a20ccf-46b3-7585-9fc0-0523b33b5204','07055295-ec71-50a7-997b-48e5abd0daa6','',NULL,'{"id":"01a20ccf-46b3-7585-9fc0-0523b33b5204","article":"07055295-ec71-50a7-997b-48e5abd0daa6","layer":"f6f0d6f1-c926-5678-863a-cb53f42a4a6a","annotator":"0190a000-0000-7000-8000-00000000000a","label":"quote","fragments":[[0,29]],"created":"2026-11-24T09:07:20.371Z","updated":"2026-11-24T09:07:20.371Z"}');
INSERT INTO "change" VALUES(4,0,'span','01a20ccf-46b4-7bf8-8303-3c3923f4da73','07055295-ec71-50a7-997b-48e5abd0daa6','',NULL,'{"id":"01a20ccf-46b4-7bf8-8303-3c3923f4da73","article":"07055295-ec71-50a7-997b-48e5abd0daa6","layer":"f6f0d6f1-c926-5678-863a-cb53f42a4a6a","annotator":"0190a000-0000-7000-8000-00000000000a","label":"source","fragments":[[31,50],[55,60]],"created":"2026-11-24T09:07:20.372Z","updated":"2026-11-24T09:07:20.372Z"}');
INSERT INTO "change" VALUES(5,0,'span','01a20ccf-46b4-7bf8-8303-3c3923f4da73','07055295-ec71-50a7-997b-48e5abd0daa6','01a20ccf-46b4-702c-8171-faec89c12a5c','{"id":"01a20ccf-46b4-7bf8-8303-3c3923f4da73","article":"07055295-ec71-50a7-997b-48e5abd0daa6","layer":"f6f0d6f1-c926-5678-863a-cb53f42a4a6a","annotator":"0190a000-0000-7000-8000-00000000000a","label":"source","fragments":[[31,50],[55,60]],"created":"2026-11-24T09:07:20.372Z","updated":"2026-11-24T09:07:20.372Z"}',NULL);
INSERT INTO "change" VALUES(6,0,'span','01a20ccf-46b6-7ca9-8f85-a9ffe1096ffd','07055295-ec71-50a7-997b-48e5abd0daa6','',NULL,'{"id":"01a20ccf-46b6-7ca9-8f85-a9ffe1096ffd","article":"07055295-ec71-50a7-997b-48e5abd0daa6","layer":"f6f0d6f1-c926-5678-863a-cb53f42a4a6a","annotator":"0190a000-0000-7000-8000-00000000000a","label":"cue","fragments":[[3,9]],"created":"2026-11-24T09:07:20.374Z","updated":"2026-11-24T09:07:20.374Z"}');
INSERT INTO "change" VALUES(7,0,'span','01a20ccf-46b6-7ca9-8f85-a9ffe1096ffd','07055295-ec71-50a7-997b-48e5abd0daa6','01a20ccf-46b6-7e34-a70c-12f2b56b0a1b','{"id":"01a20ccf-46b6-7ca9-8f85-a9ffe1096ffd","article":"07055295-ec71-50a7-997b-48e5abd0daa6","layer":"f6f0d6f1-c926-5678-863a-cb53f42a4a6a","annotator":"0190a000-0000-7000-8000-00000000000a","label":"cue","fragments":[[3,9]],"created":"2026-11-24T09:07:20.374Z","updated":"2026-11-24T09:07:20.374Z"}',NULL);
INSERT INTO "change" VALUES(8,0,'span','01a20ccf-46b6-7ca9-8f85-a9ffe1096ffd','07055295-ec71-50a7-997b-48e5abd0daa6','01a20ccf-46b7-7ce9-a33b-40e195f6f3b4',NULL,'{"id":"01a20ccf-46b6-7ca9-8f85-a9ffe1096ffd","article":"07055295-ec71-50a7-997b-48e5abd0daa6","layer":"f6f0d6f1-c926-5678-863a-cb53f42a4a6a","annotator":"0190a000-0000-7000-8000-00000000000a","label":"cue","fragments":[[3,9]],"created":"2026-11-24T09:07:20.374Z","updated":"2026-11-24T09:07:20.374Z"}');
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
INSERT INTO "project" VALUES('created','2026-11-24T09:07:20.346Z');
INSERT INTO "project" VALUES('id','01a20ccf-469a-75dc-9021-024a510a292c');
INSERT INTO "project" VALUES('name','project');
INSERT INTO "project" VALUES('program','annotator 0.1.0');
INSERT INTO "project" VALUES('seal','fa7e61452cbe8f2e');
CREATE TABLE purged (article TEXT PRIMARY KEY, at TEXT NOT NULL, annotator TEXT NOT NULL) STRICT;
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
CREATE TABLE searched (n INTEGER PRIMARY KEY, article TEXT NOT NULL, head INTEGER NOT NULL) STRICT;
INSERT INTO "searched" VALUES(1,'07055295-ec71-50a7-997b-48e5abd0daa6',2);
CREATE TABLE span (
  id TEXT PRIMARY KEY, layer TEXT NOT NULL REFERENCES layer (id), revision INTEGER NOT NULL, annotator TEXT NOT NULL,
  label TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, fragments TEXT NOT NULL,
  attributes TEXT NOT NULL, state TEXT NOT NULL, note TEXT NOT NULL, scheme_version INTEGER NOT NULL,
  created TEXT NOT NULL, updated TEXT NOT NULL, source_id TEXT NOT NULL, extra TEXT NOT NULL, head INTEGER NOT NULL,
  CHECK (0 <= start AND start < "end")
) STRICT;
INSERT INTO "span" VALUES('01a20ccf-46b3-7585-9fc0-0523b33b5204','f6f0d6f1-c926-5678-863a-cb53f42a4a6a',1,'0190a000-0000-7000-8000-00000000000a','quote',0,29,'','{}','ok','',1,'2026-11-24T09:07:20.371Z','2026-11-24T09:07:20.371Z','','{}',3);
INSERT INTO "span" VALUES('01a20ccf-46b6-7ca9-8f85-a9ffe1096ffd','f6f0d6f1-c926-5678-863a-cb53f42a4a6a',1,'0190a000-0000-7000-8000-00000000000a','cue',3,9,'','{}','ok','',1,'2026-11-24T09:07:20.374Z','2026-11-24T09:07:20.374Z','','{}',8);
CREATE TABLE span_group (
  id TEXT PRIMARY KEY, layer TEXT NOT NULL REFERENCES layer (id), kind TEXT NOT NULL, members TEXT NOT NULL,
  no_source INTEGER NOT NULL, state TEXT NOT NULL, note TEXT NOT NULL, source_id TEXT NOT NULL, extra TEXT NOT NULL,
  head INTEGER NOT NULL
) STRICT;
CREATE TABLE step (
  seq INTEGER PRIMARY KEY, root TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE, annotator TEXT NOT NULL, device TEXT NOT NULL, lamport INTEGER NOT NULL, at TEXT NOT NULL,
  title TEXT NOT NULL, undoes TEXT NOT NULL, grp TEXT NOT NULL, job TEXT NOT NULL, scheme_version INTEGER NOT NULL,
  payload_sha256 TEXT NOT NULL, prev_hash TEXT NOT NULL, seal TEXT NOT NULL
) STRICT;
INSERT INTO "step" VALUES(1,'','4677927a-286c-5587-a5f3-d1afbba558b0','','',1,'','Scheme chosen','','','',1,'acdd63f64dad2701fa655c2adfdede7de04e1d6f088714e460efc7d0a5fdac40','','a345e9ba72f0d1ee');
INSERT INTO "step" VALUES(2,'01a20ccf-46a6-7123-95ef-17db4597e223','01a20ccf-46a6-7123-95ef-17db4597e223','0190a000-0000-7000-8000-00000000000a','laptop',2,'2026-11-24T09:07:20.358Z','Import article','','','01a20ccf-46a5-7a6d-9345-feb6b9f14485',1,'544ee6ebfd3d45b6d05b5ee169a757ae245e7a83ab2eb6e79ae09ecd1b590be0','','49fef51e8521d30b');
INSERT INTO "step" VALUES(3,'01a20ccf-46b3-7ed5-9e2c-d296039c3b57','01a20ccf-46b3-7ed5-9e2c-d296039c3b57','0190a000-0000-7000-8000-00000000000a','laptop',3,'2026-11-24T09:07:20.371Z','Label Quote','','','',1,'b1e17b3eef27a6d8cfc865b38ef4068d07280f09997a23c61ee52e409992fa20','9332c0746648159cf7abcc06b98ed63e325059ed63def23fc20a99046a8f9879','38b2bc584699b64c');
INSERT INTO "step" VALUES(4,'01a20ccf-46b4-702c-8171-faec89c12a5c','01a20ccf-46b4-702c-8171-faec89c12a5c','0190a000-0000-7000-8000-00000000000a','laptop',4,'2026-11-24T09:07:20.372Z','Label Source','','','',1,'640a868c68ad805d518bdb7162874f83fb83ae8ad5140d699d1dec989c0c1c50','66c2cce2c85628c4e906ac312638a1f6af826c4e13a360c1db737c62f47e0fc5','a45913f8855280d1');
INSERT INTO "step" VALUES(5,'01a20ccf-46b4-702c-8171-faec89c12a5c','01a20ccf-46b5-7081-9ae8-48aae6cffd57','0190a000-0000-7000-8000-00000000000a','laptop',5,'2026-11-24T09:07:20.373Z','Label Source','01a20ccf-46b4-702c-8171-faec89c12a5c','','',1,'e75b3d40afd0ac4e929c45c26271d1e253ebdef41f9e11eb071e15c252f90901','32d4daea4c3c5e8d048351c3240633c21f83a5b123e63623a8b3316d308cb112','6ab1d82f07e1cc53');
INSERT INTO "step" VALUES(6,'01a20ccf-46b6-7e34-a70c-12f2b56b0a1b','01a20ccf-46b6-7e34-a70c-12f2b56b0a1b','0190a000-0000-7000-8000-00000000000a','laptop',6,'2026-11-24T09:07:20.374Z','Label Cue','','','',1,'0cda52137964c48bc2b4d12bcda8ad32bb7156f8f175f6f6e4cc157bc9f27c97','284c7fad4024e98efe2293f44b4abd5b43ead119385d85ad861ca445b57c6429','aee145d8f0369de5');
INSERT INTO "step" VALUES(7,'01a20ccf-46b6-7e34-a70c-12f2b56b0a1b','01a20ccf-46b7-7ce9-a33b-40e195f6f3b4','0190a000-0000-7000-8000-00000000000a','laptop',7,'2026-11-24T09:07:20.375Z','Label Cue','01a20ccf-46b6-7e34-a70c-12f2b56b0a1b','','',1,'9457a71a4f50157cc4ded8e82f99178315ad50f2ccc4130c70629ade8c4668e1','51378df66cd81bfafebf8c22bfed03a6c3eebe463f879dba13c41193e7318a81','771e8141bdda7568');
INSERT INTO "step" VALUES(8,'01a20ccf-46b6-7e34-a70c-12f2b56b0a1b','01a20ccf-46b8-7c0b-8ef2-1bfb90dc90ff','0190a000-0000-7000-8000-00000000000a','laptop',8,'2026-11-24T09:07:20.376Z','Label Cue','01a20ccf-46b7-7ce9-a33b-40e195f6f3b4','','',1,'4ca0dbda3df33736c53c693afeef7e69e57e5e5edfa8183fdec0cd6e3156f0d3','82f8fa29c51a60d6ac16f748c12c0b9c02fef4a30334682083f7fc48ce38309e','7bf6505d3e9682c8');
CREATE TABLE text (sha256 TEXT PRIMARY KEY, length INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
INSERT INTO "text" VALUES('71b699d674ac7999a383dcb06a44a955c03875efc4fe340430b284f7cedf5020',108,'“We will rebuild 🏗 the quay,” said Mayor Łucja Ødegård, “before the winter comes.”

Nobody asked her how.
');
CREATE VIRTUAL TABLE search USING fts5 (
  words, content = '', columnsize = 0, detail = none, prefix = '1 2 3 4', tokenize = 'ascii'
);
INSERT OR REPLACE INTO "search_data" VALUES(1,X'0113');
INSERT OR REPLACE INTO "search_data" VALUES(10,X'000000030101000001010101');
INSERT OR REPLACE INTO "search_data" VALUES(137438953473,X'000001CA063061736B6564010201790101066265666F7265010105636F6D65730101036865720102026F770101056C75636A610101056D61796F720101066E6F626F64790101076F6465676172640101047175617901010772656275696C64010104736169640101037468650101037561790101027765010203696C6C0103046E7465720101017901000231610101016201010163010101680101016C0101016D0101016E0101016F01010171010101720101017301010174010101750101017701010179010003326173010201790101026265010102636F01010268650102016F0101026C750101026D610101026E6F0101026F64010102717501010272650101027361010102746801010275610101027765010201690100043361736B010103626566010103636F6D0101036865720102026F770101036C75630101036D61790101036E6F620101036F646501010371756101010372656201010373616901010374686501010375617901010377696C0103016E0100053461736B650101046265666F010104636F6D650101046C75636A0101046D61796F0101046E6F626F0101046F64656701010471756179010104726562750101047361696401010477696C6C0103026E7401040804090806050808090A070A070606050607040504040404040404040404040404040604050505040505050505050505050504070606060506060606060606060606040807070707070707070707');
INSERT OR REPLACE INTO "search_idx" VALUES(1,X'',2);
INSERT OR REPLACE INTO "search_config" VALUES('automerge',0);
INSERT OR REPLACE INTO "search_config" VALUES('crisismerge',1000);
INSERT OR REPLACE INTO "search_config" VALUES('usermerge',8);
INSERT OR REPLACE INTO "search_config" VALUES('version',4);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
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
CREATE INDEX article_order ON article (position, id);
CREATE INDEX article_text ON article (sha256);
CREATE TRIGGER step_stays BEFORE UPDATE ON step BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;
CREATE TRIGGER step_is_kept BEFORE DELETE ON step BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;
CREATE TRIGGER change_stays BEFORE UPDATE ON change BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;
CREATE TRIGGER change_is_kept BEFORE DELETE ON change BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;
COMMIT;
