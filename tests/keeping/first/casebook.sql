-- The casebook as the first program made it, with what its own program wrote: its audit is sealed with the key 222... Frozen: it is never brought up to date.
-- casebook: what people decide. The rules that must never be bent stand here, as constraints and triggers, not in the program.
CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL);

CREATE TABLE IF NOT EXISTS user (
    name TEXT PRIMARY KEY,
    role TEXT NOT NULL CHECK (role IN ('analyst', 'coordinator', 'approver', 'outreach', 'safeguarding', 'dpo', 'auditor', 'admin')),
    organisation TEXT NOT NULL,
    password TEXT NOT NULL,          -- argon2id
    note_signed_at TEXT,             -- confidentiality note; without it the account is not active
    created_at TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS log_in_try (user TEXT NOT NULL, at TEXT NOT NULL, good INTEGER NOT NULL);

CREATE TABLE IF NOT EXISTS judgement (
    id INTEGER PRIMARY KEY,
    cluster TEXT NOT NULL,
    run TEXT NOT NULL,               -- the snapshot that was looked at
    decision TEXT NOT NULL CHECK (decision IN ('approve', 'dismiss', 'unsure')),
    alternative TEXT NOT NULL CHECK (length(trim(alternative)) > 0),
    reason TEXT NOT NULL CHECK (length(trim(reason)) > 0),
    assessment TEXT NOT NULL CHECK (json_valid(assessment)),
    decider TEXT NOT NULL REFERENCES user (name),
    made_up INTEGER NOT NULL DEFAULT 0,
    at TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS approval (
    judgement INTEGER PRIMARY KEY REFERENCES judgement (id),
    approver TEXT NOT NULL REFERENCES user (name),
    made_up INTEGER NOT NULL DEFAULT 0,
    at TEXT NOT NULL);

-- somebody who joined two clusters by hand may neither decide nor approve them
CREATE TABLE IF NOT EXISTS manual_link (cluster TEXT NOT NULL, linked_by TEXT NOT NULL REFERENCES user (name), at TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS do_not_contact (
    contact_id TEXT PRIMARY KEY, kind TEXT NOT NULL, key_epoch INTEGER NOT NULL, reason TEXT NOT NULL CHECK (length(trim(reason)) > 0), at TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS cue_confirmation (finding TEXT PRIMARY KEY, confirmed INTEGER NOT NULL, by_user TEXT NOT NULL REFERENCES user (name), at TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS visit (
    id INTEGER PRIMARY KEY, cluster TEXT NOT NULL, list_id TEXT, outcome TEXT, answered INTEGER, declined INTEGER, agency TEXT NOT NULL, at TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS outreach_list (list_id TEXT PRIMARY KEY, created TEXT NOT NULL, expires TEXT NOT NULL, team TEXT NOT NULL, taken_by TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS outreach_row (
    list_id TEXT NOT NULL REFERENCES outreach_list (list_id), row INTEGER NOT NULL, case_ref TEXT NOT NULL,
    judgement INTEGER NOT NULL REFERENCES approval (judgement), body TEXT NOT NULL CHECK (json_valid(body)), PRIMARY KEY (list_id, row));

CREATE TABLE IF NOT EXISTS audit (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL, chain TEXT NOT NULL);

-- Four eyes, held by the database: another person approves, both are active, and neither joined the cluster by hand.
CREATE TRIGGER IF NOT EXISTS decider_is_active BEFORE INSERT ON judgement
WHEN NOT EXISTS (SELECT 1 FROM user WHERE name = NEW.decider AND note_signed_at IS NOT NULL AND role IN ('coordinator', 'approver'))
BEGIN SELECT RAISE(ABORT, 'the decider has no active account as coordinator or approver'); END;

CREATE TRIGGER IF NOT EXISTS approver_is_active BEFORE INSERT ON approval
WHEN NOT EXISTS (SELECT 1 FROM user WHERE name = NEW.approver AND note_signed_at IS NOT NULL AND role IN ('coordinator', 'approver'))
BEGIN SELECT RAISE(ABORT, 'the approver has no active account as coordinator or approver'); END;

CREATE TRIGGER IF NOT EXISTS approver_is_another_person BEFORE INSERT ON approval
WHEN NEW.approver = (SELECT decider FROM judgement WHERE id = NEW.judgement)
BEGIN SELECT RAISE(ABORT, 'the person who decided cannot approve'); END;

CREATE TRIGGER IF NOT EXISTS only_an_approve_is_approved BEFORE INSERT ON approval
WHEN 'approve' IS NOT (SELECT decision FROM judgement WHERE id = NEW.judgement)
BEGIN SELECT RAISE(ABORT, 'only a decision to approve can be approved'); END;

CREATE TRIGGER IF NOT EXISTS linker_does_not_decide BEFORE INSERT ON judgement
WHEN EXISTS (SELECT 1 FROM manual_link WHERE cluster = NEW.cluster AND linked_by = NEW.decider)
BEGIN SELECT RAISE(ABORT, 'who joined the cluster by hand cannot decide on it'); END;

CREATE TRIGGER IF NOT EXISTS linker_does_not_approve BEFORE INSERT ON approval
WHEN EXISTS (SELECT 1 FROM manual_link JOIN judgement ON judgement.cluster = manual_link.cluster
             WHERE judgement.id = NEW.judgement AND linked_by = NEW.approver)
BEGIN SELECT RAISE(ABORT, 'who joined the cluster by hand cannot approve it'); END;

CREATE TRIGGER IF NOT EXISTS judgement_stays BEFORE UPDATE ON judgement BEGIN SELECT RAISE(ABORT, 'decisions are never changed'); END;
CREATE TRIGGER IF NOT EXISTS judgement_is_kept BEFORE DELETE ON judgement BEGIN SELECT RAISE(ABORT, 'decisions are never deleted here'); END;
CREATE TRIGGER IF NOT EXISTS approval_stays BEFORE UPDATE ON approval BEGIN SELECT RAISE(ABORT, 'approvals are never changed'); END;
CREATE TRIGGER IF NOT EXISTS approval_is_kept BEFORE DELETE ON approval BEGIN SELECT RAISE(ABORT, 'approvals are never deleted here'); END;
CREATE TRIGGER IF NOT EXISTS audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER IF NOT EXISTS audit_is_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;

INSERT INTO schema_version VALUES (1);
INSERT INTO user VALUES ('anna', 'coordinator', 'kommunen', '$argon2id$v=19$m=65536,t=3,p=4$2oGUx1KXf56F8z0IPQ9ubQ$k0Toc7oC6wTM50W+fnyifNe3qp47ID6qdxH8VKH6mOU', '2026-09-01T08:00:00', '2026-09-01T08:00:00');
INSERT INTO user VALUES ('bertil', 'approver', 'kommunen', '$argon2id$v=19$m=65536,t=3,p=4$kVzAHA6tonVupPC9mVd1zQ$r9gaBYT7olmB+A4KynrWSBQnpXy+xAR4M5iqopEqXf8', '2026-09-01T08:00:00', '2026-09-01T08:00:00');
INSERT INTO user VALUES ('dso', 'dpo', 'kommunen', '$argon2id$v=19$m=65536,t=3,p=4$hecATC5iJpKcKVVYQ/FRMw$9kYCkmvZ9KW/O+CmzXlgvTUBPQo+QS094cOFZdQaIIY', '2026-09-01T08:00:00', '2026-09-01T08:00:00');
INSERT INTO log_in_try VALUES ('anna', '2026-09-01T08:00:00', 1);
INSERT INTO judgement VALUES (1, 'k-1', '2026-09-01', 'approve', 'vänner som delar telefon', 'flera namn på ett nummer', '{"signs": 2}', 'anna', 0, '2026-09-01T09:00:00');
INSERT INTO judgement VALUES (2, 'k-2', '2026-09-01', 'dismiss', 'vänner som delar telefon', 'flera namn på ett nummer', '{"signs": 2}', 'anna', 0, '2026-09-01T10:00:00');
INSERT INTO judgement VALUES (3, 'k-3', '2026-09-01', 'unsure', 'vänner som delar telefon', 'flera namn på ett nummer', '{"signs": 2}', 'anna', 0, '2026-09-01T11:00:00');
INSERT INTO approval VALUES (1, 'bertil', 0, '2026-09-01T13:00:00');
INSERT INTO manual_link VALUES ('k-9', 'bertil', '2026-09-01T08:00:00');
INSERT INTO do_not_contact VALUES ('abababababababababababababababab', 'phone', 1, 'sagt vid besök', '2026-09-01T08:00:00');
INSERT INTO cue_confirmation VALUES ('f-1', 1, 'anna', '2026-09-01T08:00:00');
INSERT INTO visit VALUES (1, 'k-1', 'L-1', 'talked', 1, 0, 'kommunen', '2026-09-01T08:00:00');
INSERT INTO outreach_list VALUES ('L-1', '2026-09-01T08:00:00', '2026-09-08T08:00:00', 'par 1', 'anna');
INSERT INTO outreach_row VALUES ('L-1', 1, 'Ä-1', 1, '{"row": 1, "case": "Ä-1", "note": "lugna dagar"}');
INSERT INTO audit VALUES (1, '2026-09-01T08:00:00', 'anna', 'account made', 'coordinator', 'bcdd27fdaf780b1fb4d0e135482320f5802470e8435d95b6adfa97d78f72076a');
INSERT INTO audit VALUES (2, '2026-09-01T08:00:00', 'bertil', 'account made', 'approver', '175a5c8aafd77b504fe5ecc0c6e0c00c5bf3d17802b87b861b08973ab8a0d1fe');
INSERT INTO audit VALUES (3, '2026-09-01T08:00:00', 'dso', 'account made', 'dpo', '350c13552168cb8a07c4dd6a31e9c37ea1909e191f24821784093304778bb65d');
INSERT INTO audit VALUES (4, '2026-09-01T09:00:00', 'anna', 'decided approve', 'k-1', 'a71957585d79f21ffa2a07d6623bb23147db70537e0e4e342968b123263d7607');
INSERT INTO audit VALUES (5, '2026-09-01T10:00:00', 'anna', 'decided dismiss', 'k-2', 'e532f5848f1f298928fc2cf38fe8ffdf0eda5a22e2bcaa7952d8b0f42ac058e5');
INSERT INTO audit VALUES (6, '2026-09-01T11:00:00', 'anna', 'decided unsure', 'k-3', '55103c34b798ebcd2553e7e018a47eff775a1f74197de685272d8cc570878210');
INSERT INTO audit VALUES (7, '2026-09-01T13:00:00', 'bertil', 'approved', 'k-1', '9451c42493d31b482b62e77eae79ed828ed38aed57389f3dac2bde05fc22914a');
INSERT INTO audit VALUES (8, '2026-09-01T08:00:00', 'anna', 'do not contact', 'abababababababababababababababab', '47caf9f706ea35e90ab2a72551f4d1fa36093d5c57a5eef8ff8aba4f76f297e4');
INSERT INTO audit VALUES (9, '2026-09-01T08:00:00', 'anna', 'read a cue', 'f-1', '5f7ba6c5661f642cf8c9fa927c2a2036b8b6f046f4549fa9d5b0480496b03b91');
INSERT INTO audit VALUES (10, '2026-09-01T08:00:00', 'anna', 'list taken out', 'L-1', '0a3eea24d4ef2b2c31315c6005a0de7d08271cdb1971fbfc1f7bebdc30ed69c1');
INSERT INTO audit VALUES (11, '2026-09-01T08:00:00', 'anna', 'queue', '', 'e692502f4e287ce4fa20f218ef0f02d00ff99ab7e5d62a7ba3bb8da6af637708');
