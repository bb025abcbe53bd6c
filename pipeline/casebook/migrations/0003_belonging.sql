-- What people judged of ads: the same, not the same, unsure. By ads and not by clusters, so that it outlives any change of clusters.
CREATE TABLE link_judgement (
    id INTEGER PRIMARY KEY, verdict TEXT NOT NULL CHECK (verdict IN ('same', 'not_same', 'unsure')),
    left_ads TEXT NOT NULL CHECK (json_array_length(left_ads) > 0), right_ads TEXT NOT NULL CHECK (json_array_length(right_ads) > 0),
    left_name TEXT NOT NULL, right_name TEXT NOT NULL,   -- how the two sides were called on that day
    run TEXT NOT NULL, reason TEXT NOT NULL CHECK (length(trim(reason)) > 0), by_user TEXT NOT NULL REFERENCES user (name), at TEXT NOT NULL);
CREATE TABLE link_judgement_withdrawal (
    judgement INTEGER PRIMARY KEY REFERENCES link_judgement (id), reason TEXT NOT NULL CHECK (length(trim(reason)) > 0),
    by_user TEXT NOT NULL REFERENCES user (name), at TEXT NOT NULL);
-- the last night on which both sides still had an ad: from then on its time runs
CREATE TABLE link_judgement_met (judgement INTEGER PRIMARY KEY REFERENCES link_judgement (id), at TEXT NOT NULL);

CREATE TRIGGER link_judge_is_active BEFORE INSERT ON link_judgement
WHEN NOT EXISTS (SELECT 1 FROM user WHERE name = NEW.by_user AND note_signed_at IS NOT NULL AND role IN ('coordinator', 'approver')
                 AND name NOT IN (SELECT user FROM closed_account))
BEGIN SELECT RAISE(ABORT, 'who judges has no active account as coordinator or approver'); END;
CREATE TRIGGER link_judgement_is_withdrawn_by_the_active BEFORE INSERT ON link_judgement_withdrawal
WHEN NOT EXISTS (SELECT 1 FROM user WHERE name = NEW.by_user AND note_signed_at IS NOT NULL AND role IN ('coordinator', 'approver')
                 AND name NOT IN (SELECT user FROM closed_account))
BEGIN SELECT RAISE(ABORT, 'who withdraws has no active account as coordinator or approver'); END;
CREATE TRIGGER link_judgement_stays BEFORE UPDATE ON link_judgement BEGIN SELECT RAISE(ABORT, 'judgements are never changed'); END;
CREATE TRIGGER link_judgement_is_kept BEFORE DELETE ON link_judgement BEGIN SELECT RAISE(ABORT, 'judgements are never deleted here'); END;
CREATE TRIGGER link_judgement_withdrawal_stays BEFORE UPDATE ON link_judgement_withdrawal BEGIN SELECT RAISE(ABORT, 'withdrawals are never changed'); END;
CREATE TRIGGER link_judgement_withdrawal_is_kept BEFORE DELETE ON link_judgement_withdrawal
BEGIN SELECT RAISE(ABORT, 'withdrawals are never deleted here'); END;
