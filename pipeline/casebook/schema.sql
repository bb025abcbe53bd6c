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

-- where the audit's chain goes on after its oldest rows were let go of; sealed with the audit's key
CREATE TABLE IF NOT EXISTS audit_checkpoint (sequence INTEGER PRIMARY KEY, chain TEXT NOT NULL, at TEXT NOT NULL, seal TEXT NOT NULL);

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
