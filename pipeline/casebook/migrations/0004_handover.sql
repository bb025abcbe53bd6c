-- Clusters elsewhere that were handed to another organisation: who asked, on what ground, what was given, who decided.
CREATE TABLE handover (
    id INTEGER PRIMARY KEY, cluster TEXT NOT NULL, run TEXT NOT NULL, organisation TEXT NOT NULL CHECK (length(trim(organisation)) > 0),
    receiver TEXT NOT NULL CHECK (length(trim(receiver)) > 0), ground TEXT NOT NULL CHECK (length(trim(ground)) > 0),
    given TEXT NOT NULL CHECK (json_valid(given)), by_user TEXT NOT NULL REFERENCES user (name), at TEXT NOT NULL);
CREATE TRIGGER handover_by_the_active BEFORE INSERT ON handover
WHEN NOT EXISTS (SELECT 1 FROM user WHERE name = NEW.by_user AND note_signed_at IS NOT NULL AND role IN ('coordinator', 'approver')
                 AND name NOT IN (SELECT user FROM closed_account))
BEGIN SELECT RAISE(ABORT, 'who hands over has no active account as coordinator or approver'); END;
CREATE TRIGGER handover_stays BEFORE UPDATE ON handover BEGIN SELECT RAISE(ABORT, 'disclosures are never changed'); END;
CREATE TRIGGER handover_is_kept BEFORE DELETE ON handover BEGIN SELECT RAISE(ABORT, 'disclosures are never deleted here'); END;
