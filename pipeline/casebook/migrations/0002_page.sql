-- What the review page keeps: one-time links, sessions, second readings, withdrawals, edits of clusters, tips, outcomes, plans, texts, training.
CREATE TABLE one_time_link (token_hash TEXT PRIMARY KEY, user TEXT NOT NULL REFERENCES user (name), made_by TEXT NOT NULL, expires TEXT NOT NULL, used_at TEXT);
CREATE TABLE session (
    token_hash TEXT PRIMARY KEY,     -- SHA-256 of the cookie: a stolen casebook opens no session
    user TEXT NOT NULL REFERENCES user (name), csrf TEXT NOT NULL, made_at TEXT NOT NULL, seen_at TEXT NOT NULL);
CREATE TABLE kept_place (user TEXT PRIMARY KEY REFERENCES user (name), path TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE closed_account (user TEXT PRIMARY KEY REFERENCES user (name), by_user TEXT NOT NULL, at TEXT NOT NULL);

-- Two decisions made on the same state of a cluster: the second one is refused and shown beside the first, nothing is lost.
CREATE TABLE judgement_base (judgement INTEGER PRIMARY KEY REFERENCES judgement (id), cluster TEXT NOT NULL, based_on INTEGER NOT NULL, UNIQUE (cluster, based_on));
-- A form sent twice (a lost answer, a double key) is one decision.
CREATE TABLE form_sent (form TEXT PRIMARY KEY, user TEXT NOT NULL, judgement INTEGER NOT NULL REFERENCES judgement (id), at TEXT NOT NULL);

CREATE TABLE second_reading (
    judgement INTEGER PRIMARY KEY REFERENCES judgement (id),
    reader TEXT NOT NULL REFERENCES user (name),
    decision TEXT NOT NULL CHECK (decision IN ('approve', 'dismiss', 'unsure')),
    alternative TEXT NOT NULL CHECK (length(trim(alternative)) > 0),
    reason TEXT NOT NULL CHECK (length(trim(reason)) > 0),
    at TEXT NOT NULL);
CREATE TABLE withdrawal (
    judgement INTEGER NOT NULL REFERENCES judgement (id), kind TEXT NOT NULL CHECK (kind IN ('decision', 'second')),
    by_user TEXT NOT NULL REFERENCES user (name), at TEXT NOT NULL, PRIMARY KEY (judgement, kind));

CREATE TABLE cluster_edit (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('split', 'join')), cluster TEXT NOT NULL, other TEXT NOT NULL DEFAULT '',
    ads TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(ads)), reason TEXT NOT NULL CHECK (length(trim(reason)) > 0),
    by_user TEXT NOT NULL REFERENCES user (name), at TEXT NOT NULL);

CREATE TABLE tip (
    id INTEGER PRIMARY KEY, source_kind TEXT NOT NULL CHECK (source_kind IN ('hotel', 'housing', 'shelter', 'street', 'health', 'other')),
    municipality TEXT NOT NULL, venue TEXT NOT NULL, contact_id TEXT NOT NULL, contact_shown TEXT NOT NULL, seen TEXT NOT NULL CHECK (length(trim(seen)) > 0),
    cluster TEXT NOT NULL, by_user TEXT NOT NULL REFERENCES user (name), at TEXT NOT NULL, expires TEXT NOT NULL);
CREATE TABLE nomination (
    id INTEGER PRIMARY KEY, cluster TEXT NOT NULL, tip INTEGER REFERENCES tip (id), reason TEXT NOT NULL CHECK (length(trim(reason)) > 0),
    by_user TEXT NOT NULL REFERENCES user (name), at TEXT NOT NULL);

CREATE TABLE outcome (
    id INTEGER PRIMARY KEY, list_id TEXT NOT NULL, row INTEGER NOT NULL, cluster TEXT NOT NULL, code TEXT NOT NULL, offers TEXT NOT NULL CHECK (json_valid(offers)),
    harm TEXT NOT NULL, note TEXT NOT NULL, by_user TEXT NOT NULL REFERENCES user (name), at TEXT NOT NULL,
    FOREIGN KEY (list_id, row) REFERENCES outreach_row (list_id, row));
CREATE TABLE reveal (id INTEGER PRIMARY KEY, user TEXT NOT NULL REFERENCES user (name), subject TEXT NOT NULL, purpose TEXT NOT NULL CHECK (length(trim(purpose)) > 0), at TEXT NOT NULL);
CREATE TABLE taken_out (list_id TEXT NOT NULL REFERENCES outreach_list (list_id), number INTEGER NOT NULL, form TEXT NOT NULL, by_user TEXT NOT NULL REFERENCES user (name), at TEXT NOT NULL, PRIMARY KEY (list_id, number));

CREATE TABLE team_pair (name TEXT PRIMARY KEY, municipalities TEXT NOT NULL CHECK (json_valid(municipalities)), visits INTEGER NOT NULL CHECK (visits BETWEEN 1 AND 30), languages TEXT NOT NULL);
CREATE TABLE text_approval (
    language TEXT PRIMARY KEY, reader TEXT NOT NULL CHECK (length(trim(reader)) > 0), organisation TEXT NOT NULL, text_hash TEXT NOT NULL, by_user TEXT NOT NULL REFERENCES user (name), at TEXT NOT NULL);
CREATE TABLE venue_visit (
    id INTEGER PRIMARY KEY, cluster TEXT NOT NULL, language TEXT NOT NULL, materials TEXT NOT NULL, planned TEXT NOT NULL, by_user TEXT NOT NULL REFERENCES user (name), at TEXT NOT NULL);
CREATE TABLE training_answer (
    id INTEGER PRIMARY KEY, user TEXT NOT NULL REFERENCES user (name), case_id TEXT NOT NULL, answer TEXT NOT NULL CHECK (answer IN ('approve', 'dismiss', 'unsure')),
    reason TEXT NOT NULL, seconds REAL NOT NULL, at TEXT NOT NULL, UNIQUE (user, case_id));

CREATE TRIGGER second_reader_is_active BEFORE INSERT ON second_reading
WHEN NOT EXISTS (SELECT 1 FROM user WHERE name = NEW.reader AND note_signed_at IS NOT NULL AND role IN ('coordinator', 'approver')
                 AND name NOT IN (SELECT user FROM closed_account))
BEGIN SELECT RAISE(ABORT, 'the second reader has no active account as coordinator or approver'); END;
CREATE TRIGGER second_reader_is_another_person BEFORE INSERT ON second_reading
WHEN NEW.reader = (SELECT decider FROM judgement WHERE id = NEW.judgement)
BEGIN SELECT RAISE(ABORT, 'the person who decided cannot be the second reader'); END;
CREATE TRIGGER linker_does_not_read_second BEFORE INSERT ON second_reading
WHEN EXISTS (SELECT 1 FROM manual_link JOIN judgement ON judgement.cluster = manual_link.cluster WHERE judgement.id = NEW.judgement AND linked_by = NEW.reader)
BEGIN SELECT RAISE(ABORT, 'who joined the cluster by hand cannot be its second reader'); END;
CREATE TRIGGER second_reading_of_what_stands BEFORE INSERT ON second_reading
WHEN EXISTS (SELECT 1 FROM withdrawal WHERE judgement = NEW.judgement)
  OR EXISTS (SELECT 1 FROM judgement AS later JOIN judgement AS this ON this.id = NEW.judgement AND later.cluster = this.cluster AND later.id > this.id
             WHERE later.id NOT IN (SELECT judgement FROM withdrawal))
BEGIN SELECT RAISE(ABORT, 'the decision was withdrawn or replaced'); END;
CREATE TRIGGER withdrawn_is_not_approved BEFORE INSERT ON approval
WHEN EXISTS (SELECT 1 FROM withdrawal WHERE judgement = NEW.judgement)
BEGIN SELECT RAISE(ABORT, 'the decision was withdrawn'); END;
CREATE TRIGGER read_otherwise_is_not_approved BEFORE INSERT ON approval
WHEN EXISTS (SELECT 1 FROM second_reading WHERE judgement = NEW.judgement AND (decision <> 'approve' OR reader <> NEW.approver))
BEGIN SELECT RAISE(ABORT, 'the second person came to another decision'); END;
CREATE TRIGGER closed_account_does_not_decide BEFORE INSERT ON judgement
WHEN EXISTS (SELECT 1 FROM closed_account WHERE user = NEW.decider) BEGIN SELECT RAISE(ABORT, 'the account is closed'); END;
CREATE TRIGGER closed_account_does_not_approve BEFORE INSERT ON approval
WHEN EXISTS (SELECT 1 FROM closed_account WHERE user = NEW.approver) BEGIN SELECT RAISE(ABORT, 'the account is closed'); END;
CREATE TRIGGER withdrawn_by_its_own_person BEFORE INSERT ON withdrawal
WHEN NOT EXISTS (SELECT 1 FROM judgement WHERE NEW.kind = 'decision' AND id = NEW.judgement AND decider = NEW.by_user)
 AND NOT EXISTS (SELECT 1 FROM second_reading WHERE NEW.kind = 'second' AND judgement = NEW.judgement AND reader = NEW.by_user)
BEGIN SELECT RAISE(ABORT, 'only who made a decision withdraws it'); END;
CREATE TRIGGER withdrawn_within_ten_minutes BEFORE INSERT ON withdrawal
WHEN (julianday(NEW.at) - julianday(CASE NEW.kind WHEN 'decision' THEN (SELECT at FROM judgement WHERE id = NEW.judgement)
      ELSE (SELECT at FROM second_reading WHERE judgement = NEW.judgement) END)) * 1440 > 10.001
BEGIN SELECT RAISE(ABORT, 'a decision can be withdrawn for ten minutes'); END;
CREATE TRIGGER withdrawn_before_the_second_reads BEFORE INSERT ON withdrawal
WHEN NEW.kind = 'decision' AND (EXISTS (SELECT 1 FROM approval WHERE judgement = NEW.judgement) OR EXISTS (SELECT 1 FROM second_reading WHERE judgement = NEW.judgement))
BEGIN SELECT RAISE(ABORT, 'another person has read it already'); END;
CREATE TRIGGER no_row_on_a_withdrawn_decision BEFORE INSERT ON outreach_row
WHEN EXISTS (SELECT 1 FROM withdrawal WHERE judgement = NEW.judgement) BEGIN SELECT RAISE(ABORT, 'the decision was withdrawn'); END;
CREATE TRIGGER second_reading_stays BEFORE UPDATE ON second_reading BEGIN SELECT RAISE(ABORT, 'readings are never changed'); END;
CREATE TRIGGER second_reading_is_kept BEFORE DELETE ON second_reading BEGIN SELECT RAISE(ABORT, 'readings are never deleted here'); END;
CREATE TRIGGER withdrawal_stays BEFORE UPDATE ON withdrawal BEGIN SELECT RAISE(ABORT, 'withdrawals are never changed'); END;
CREATE TRIGGER withdrawal_is_kept BEFORE DELETE ON withdrawal BEGIN SELECT RAISE(ABORT, 'withdrawals are never deleted here'); END;
CREATE INDEX judgement_cluster ON judgement (cluster);
CREATE INDEX session_user ON session (user);
CREATE INDEX visit_cluster ON visit (cluster);
CREATE INDEX log_in_try_user ON log_in_try (user, at);
