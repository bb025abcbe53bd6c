-- keeping: what the casebook holds about wishes. Every person is a pseudonym here, with the epoch of the key it was made with.
CREATE TABLE IF NOT EXISTS suppression (            -- erased: every reader leaves these out, and the next crawl does not bring them back
    contact_id TEXT PRIMARY KEY, kind TEXT NOT NULL, key_epoch INTEGER NOT NULL, request TEXT NOT NULL, at TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS wish (         -- asked for on the command line: to see, to be erased, or not to be contacted
    id TEXT PRIMARY KEY,
    what TEXT NOT NULL CHECK (what IN ('access', 'erase', 'dnc')),
    contact_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    key_epoch INTEGER NOT NULL,
    personas INTEGER NOT NULL,                       -- people as advertised on this contact when the request came; two or more: it may be a controller's
    reason TEXT NOT NULL CHECK (length(trim(reason)) > 0),
    opened_by TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'granted', 'refused')),
    settled_by TEXT,
    settled_at TEXT,
    identity TEXT,                                   -- how the person's identity, and secrecy towards others, was checked
    receipt TEXT);

CREATE TABLE IF NOT EXISTS hold (                    -- ads handed over to the authorities: purge leaves them alone until released
    ad_id INTEGER PRIMARY KEY, reason TEXT NOT NULL CHECK (length(trim(reason)) > 0), by_user TEXT NOT NULL, at TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS disclosure (              -- what was asked for by others, and what they were given or refused
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    receiver TEXT NOT NULL CHECK (length(trim(receiver)) > 0),
    asked TEXT NOT NULL CHECK (length(trim(asked)) > 0),
    ground TEXT NOT NULL CHECK (length(trim(ground)) > 0),
    answer TEXT NOT NULL CHECK (answer IN ('given', 'part', 'refused')),
    given TEXT NOT NULL,
    subject TEXT NOT NULL,
    by_user TEXT NOT NULL);

CREATE TRIGGER IF NOT EXISTS disclosure_stays BEFORE UPDATE ON disclosure BEGIN SELECT RAISE(ABORT, 'the disclosure record is never changed'); END;
CREATE TRIGGER IF NOT EXISTS disclosure_is_kept BEFORE DELETE ON disclosure BEGIN SELECT RAISE(ABORT, 'the disclosure record is never deleted here'); END;

CREATE TRIGGER IF NOT EXISTS a_settled_request_stays BEFORE UPDATE ON wish
WHEN OLD.state <> 'open' AND NEW.state IS NOT OLD.state
BEGIN SELECT RAISE(ABORT, 'a settled request is never settled again'); END;

CREATE TRIGGER IF NOT EXISTS nothing_is_settled_without_a_check BEFORE UPDATE ON wish
WHEN NEW.state <> 'open' AND (NEW.settled_by IS NULL OR length(trim(coalesce(NEW.identity, ''))) = 0)
BEGIN SELECT RAISE(ABORT, 'write how the identity was checked'); END;
