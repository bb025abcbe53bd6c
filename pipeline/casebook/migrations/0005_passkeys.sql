-- Passkeys: a second way to log in beside the password. Only what proves a key is kept; the secret part never leaves its owner's device.
CREATE TABLE passkey (
    credential TEXT PRIMARY KEY,     -- the key's own name, base64url
    user TEXT NOT NULL REFERENCES user (name), public_key TEXT NOT NULL,   -- COSE, hex
    counter INTEGER NOT NULL,        -- uses that the device has counted; 0 for devices that do not count
    label TEXT NOT NULL CHECK (length(trim(label)) > 0), made_at TEXT NOT NULL, used_at TEXT);
CREATE INDEX passkey_user ON passkey (user);
