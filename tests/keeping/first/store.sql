-- The store as the first program made it, with two made-up rows a table. Frozen: it is never brought up to date.
-- schema: the store's tables. Times are UTC. ad_id is 63 bits of md5(site, address), so the same ad has the same id everywhere.
CREATE TABLE IF NOT EXISTS schema_version (version INTEGER);

-- writer: ingest
CREATE TABLE IF NOT EXISTS landed_run (
    landing_file VARCHAR PRIMARY KEY, site VARCHAR, source VARCHAR, started_at TIMESTAMP, finished_at TIMESTAMP, complete BOOLEAN,
    ads INTEGER, rejected INTEGER, suspect_why VARCHAR);
CREATE TABLE IF NOT EXISTS ad (
    ad_id BIGINT PRIMARY KEY, site VARCHAR NOT NULL, url VARCHAR NOT NULL, category VARCHAR NOT NULL, first_seen TIMESTAMP NOT NULL,
    last_seen TIMESTAMP NOT NULL, state VARCHAR NOT NULL /* listed, gone */, current_version BIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS ad_version (
    version_id BIGINT PRIMARY KEY /* 63 bits of md5(ad_id, content) */, ad_id BIGINT NOT NULL, seen_at TIMESTAMP NOT NULL, posted_at VARCHAR,
    title VARCHAR, body VARCHAR, name VARCHAR, age VARCHAR, city VARCHAR, address VARCHAR, venue VARCHAR, price VARCHAR,
    phones VARCHAR[], emails VARCHAR[], handles STRUCT(kind VARCHAR, value VARCHAR)[], payment VARCHAR[], account VARCHAR,
    comments VARCHAR[], images VARCHAR[]);
CREATE TABLE IF NOT EXISTS sighting (ad_id BIGINT NOT NULL, version_id BIGINT NOT NULL, seen_at TIMESTAMP NOT NULL, PRIMARY KEY (ad_id, seen_at));
CREATE TABLE IF NOT EXISTS rejected (site VARCHAR, url VARCHAR, reason VARCHAR, seen_at TIMESTAMP, line INTEGER, landing_file VARCHAR);

CREATE TABLE IF NOT EXISTS landed_image (ad_id BIGINT NOT NULL, image VARCHAR NOT NULL, seen_at TIMESTAMP NOT NULL, pdq BLOB, quality UTINYINT, unreadable VARCHAR NOT NULL);

-- writer: observe (one row of observed for each version that was read; all others hang on version_id)
CREATE TABLE IF NOT EXISTS observed (version_id BIGINT PRIMARY KEY, ad_id BIGINT NOT NULL, minor BOOLEAN NOT NULL, persona_name VARCHAR /* HMAC of the normalised display name, '' when none */, text_cut BOOLEAN NOT NULL);
CREATE TABLE IF NOT EXISTS contact (
    version_id BIGINT NOT NULL, ad_id BIGINT NOT NULL, kind VARCHAR NOT NULL /* phone, email, telegram, payment_swish, account, ... */,
    contact_id VARCHAR NOT NULL /* HMAC-SHA-256, 32 hex digits */, confidence DOUBLE NOT NULL, field VARCHAR NOT NULL, start_at INTEGER NOT NULL,
    end_at INTEGER NOT NULL, steps INTEGER NOT NULL, shown VARCHAR NOT NULL /* masked */);
CREATE TABLE IF NOT EXISTS contact_vault (contact_id VARCHAR PRIMARY KEY, kind VARCHAR NOT NULL, value BLOB NOT NULL /* sealed under the vault key */);
CREATE TABLE IF NOT EXISTS place (version_id BIGINT NOT NULL, ad_id BIGINT NOT NULL, municipality VARCHAR NOT NULL /* SCB code, 4 digits */, field VARCHAR NOT NULL, start_at INTEGER NOT NULL, end_at INTEGER NOT NULL, main BOOLEAN NOT NULL);
CREATE TABLE IF NOT EXISTS price (version_id BIGINT NOT NULL, ad_id BIGINT NOT NULL, amount INTEGER NOT NULL, currency VARCHAR NOT NULL, minutes INTEGER, field VARCHAR NOT NULL, start_at INTEGER NOT NULL, end_at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS stated_age (version_id BIGINT NOT NULL, ad_id BIGINT NOT NULL, age INTEGER NOT NULL, minor BOOLEAN NOT NULL, field VARCHAR NOT NULL, start_at INTEGER NOT NULL, end_at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS ad_language (version_id BIGINT NOT NULL, ad_id BIGINT NOT NULL, code VARCHAR NOT NULL, share DOUBLE NOT NULL);
CREATE TABLE IF NOT EXISTS cue (version_id BIGINT NOT NULL, ad_id BIGINT NOT NULL, cue_id VARCHAR NOT NULL, indicator VARCHAR NOT NULL, negated BOOLEAN NOT NULL, field VARCHAR NOT NULL, start_at INTEGER NOT NULL, end_at INTEGER NOT NULL, quote VARCHAR NOT NULL /* at most 12 words, masked */);

-- writer: photos
CREATE TABLE IF NOT EXISTS photo_hash (photo_id BIGINT PRIMARY KEY /* 63 bits of md5(ad_id, image) */, ad_id BIGINT NOT NULL, image VARCHAR NOT NULL, pdq BLOB /* 32 bytes, whole picture; NULL when unreadable */, quality UTINYINT, unreadable VARCHAR NOT NULL, seen_at TIMESTAMP NOT NULL);

-- writer: match
CREATE TABLE IF NOT EXISTS photo_match (left_photo BIGINT NOT NULL, right_photo BIGINT NOT NULL, distance INTEGER NOT NULL, how VARCHAR NOT NULL /* same, mirrored, turned */, needs_second_sign BOOLEAN NOT NULL, PRIMARY KEY (left_photo, right_photo));
CREATE TABLE IF NOT EXISTS photo_group (photo_id BIGINT PRIMARY KEY, ad_id BIGINT NOT NULL, photo_group BIGINT NOT NULL /* smallest photo_id of the group */, stop VARCHAR NOT NULL /* '' or why it never links */);
CREATE TABLE IF NOT EXISTS text_sketch (version_id BIGINT PRIMARY KEY, ad_id BIGINT NOT NULL, masked VARCHAR NOT NULL /* lower case, slots masked */, bands UBIGINT[] NOT NULL);
CREATE TABLE IF NOT EXISTS text_match (left_version BIGINT NOT NULL, right_version BIGINT NOT NULL, similarity DOUBLE NOT NULL, PRIMARY KEY (left_version, right_version));
CREATE TABLE IF NOT EXISTS text_template (version_id BIGINT PRIMARY KEY, ad_id BIGINT NOT NULL, text_template BIGINT NOT NULL /* smallest version_id of the group */, masked_length INTEGER NOT NULL, stop VARCHAR NOT NULL);

-- writer: persona (a stage between match and link)
CREATE TABLE IF NOT EXISTS persona (ad_id BIGINT NOT NULL, contact_id VARCHAR NOT NULL, persona VARCHAR NOT NULL /* one person as advertised, within one contact */, main BOOLEAN NOT NULL /* the ad's main contact: counts of people in a cluster use these rows only */, PRIMARY KEY (ad_id, contact_id));

-- writer: link
CREATE TABLE IF NOT EXISTS excluded (kind VARCHAR NOT NULL /* contact, photo_group, text_template */, id VARCHAR NOT NULL, reason VARCHAR NOT NULL, PRIMARY KEY (kind, id));
CREATE TABLE IF NOT EXISTS link (left_ad BIGINT NOT NULL, right_ad BIGINT NOT NULL, kind VARCHAR NOT NULL /* phone, email, handle, payment, photo, template */, weight DOUBLE NOT NULL /* log2 Bayes factor */, shared VARCHAR NOT NULL /* contact_id, photo_group or text_template */, admitted BOOLEAN NOT NULL, rule VARCHAR NOT NULL, PRIMARY KEY (left_ad, right_ad, kind));

-- writer: cluster
CREATE TABLE IF NOT EXISTS cluster (cluster_id VARCHAR PRIMARY KEY, first_seen TIMESTAMP NOT NULL, last_seen TIMESTAMP NOT NULL, ads INTEGER NOT NULL, personas INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS cluster_member (ad_id BIGINT PRIMARY KEY, cluster_id VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS cluster_lineage (run VARCHAR NOT NULL, cluster_id VARCHAR NOT NULL, from_cluster VARCHAR NOT NULL, why VARCHAR NOT NULL /* grown, merged, split */);

-- writer: detect (rewritten whole each night: findings hold for as_of)
CREATE TABLE IF NOT EXISTS finding (finding_id VARCHAR PRIMARY KEY, indicator VARCHAR NOT NULL, cluster_id VARCHAR /* NULL for an ad that belongs to none */, subject VARCHAR NOT NULL, strength VARCHAR NOT NULL /* strong, moderate, weak, context-only, route */, last_supported TIMESTAMP NOT NULL, sentence_sv VARCHAR NOT NULL, sentence_en VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS finding_evidence (finding_id VARCHAR NOT NULL, ad_id BIGINT NOT NULL, field VARCHAR NOT NULL, shown VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS counter_evidence (cluster_id VARCHAR NOT NULL, counter VARCHAR NOT NULL, sentence_sv VARCHAR NOT NULL, sentence_en VARCHAR NOT NULL, PRIMARY KEY (cluster_id, counter));

-- writer: score
CREATE TABLE IF NOT EXISTS cluster_priority (cluster_id VARCHAR PRIMARY KEY, band VARCHAR, total DOUBLE NOT NULL, coverage DOUBLE NOT NULL, gate_met BOOLEAN NOT NULL, held_by VARCHAR NOT NULL, parts VARCHAR NOT NULL /* JSON: families, counter, gate, weakest, as the explain shape */, as_of TIMESTAMP NOT NULL, catalogue VARCHAR NOT NULL /* version and hash of catalogue, lexicon, parameters */);

INSERT INTO schema_version VALUES (1);
INSERT INTO landed_run VALUES
    ('exempel-1.duckdb', 'exempel', 'crawl', TIMESTAMP '2026-09-01 02:10:00', TIMESTAMP '2026-09-01 02:10:00', true, 7, 8, 'suspect_why 1'),
    ('exempel-2.duckdb', 'exempel', 'crawl', TIMESTAMP '2026-09-02 02:10:00', TIMESTAMP '2026-09-02 02:10:00', false, 8, 9, 'suspect_why 2');
INSERT INTO ad VALUES
    (1, 'exempel', 'https://exempel.example/1', 'escort', TIMESTAMP '2026-09-01 02:10:00', TIMESTAMP '2026-09-01 02:10:00', 'listed', 1),
    (2, 'exempel', 'https://exempel.example/2', 'escort', TIMESTAMP '2026-09-02 02:10:00', TIMESTAMP '2026-09-02 02:10:00', 'listed', 2);
INSERT INTO ad_version VALUES
    (1, 1, TIMESTAMP '2026-09-01 02:10:00', 'posted_at 1', 'Hej 1', 'Ring 070-174 06 05 i Lund, långa promenader 1', 'Lina', 'age 1', 'Lund', 'address 1', 'venue 1', 'price 1', ['phones 1'], ['emails 1'], [{'kind': 'telegram', 'value': 'exempel_1'}], ['payment 1'], 'account 1', ['comments 1'], ['images 1']),
    (2, 2, TIMESTAMP '2026-09-02 02:10:00', 'posted_at 2', 'Hej 2', 'Ring 070-174 06 06 i Lund, långa promenader 2', 'Lina', 'age 2', 'Lund', 'address 2', 'venue 2', 'price 2', ['phones 2'], ['emails 2'], [{'kind': 'telegram', 'value': 'exempel_2'}], ['payment 2'], 'account 2', ['comments 2'], ['images 2']);
INSERT INTO sighting VALUES
    (1, 1, TIMESTAMP '2026-09-01 02:10:00'),
    (2, 2, TIMESTAMP '2026-09-02 02:10:00');
INSERT INTO rejected VALUES
    ('exempel', 'https://exempel.example/1', 'reason 1', TIMESTAMP '2026-09-01 02:10:00', 5, 'exempel-1.duckdb'),
    ('exempel', 'https://exempel.example/2', 'reason 2', TIMESTAMP '2026-09-02 02:10:00', 6, 'exempel-2.duckdb');
INSERT INTO landed_image VALUES
    (1, 'image 1', TIMESTAMP '2026-09-01 02:10:00', unhex('01ababababababababababababababababababababababababababababababab'), 5, 'unreadable 1'),
    (2, 'image 2', TIMESTAMP '2026-09-02 02:10:00', unhex('02ababababababababababababababababababababababababababababababab'), 6, 'unreadable 2');
INSERT INTO observed VALUES
    (1, 1, true, 'persona_name 1', true),
    (2, 2, false, 'persona_name 2', false);
INSERT INTO contact VALUES
    (1, 1, 'phone', 'ab100000000000000000000000000000', 1.5, 'body', 7, 8, 9, 'shown 1'),
    (2, 2, 'phone', 'ab200000000000000000000000000000', 2.5, 'body', 8, 9, 10, 'shown 2');
INSERT INTO contact_vault VALUES
    ('ab100000000000000000000000000000', 'phone', unhex('01ababababababababababababababababababababababababababababababab')),
    ('ab200000000000000000000000000000', 'phone', unhex('02ababababababababababababababababababababababababababababababab'));
INSERT INTO place VALUES
    (1, 1, '1281', 'body', 5, 6, true),
    (2, 2, '1281', 'body', 6, 7, false);
INSERT INTO price VALUES
    (1, 1, 3, 'SEK', 5, 'body', 7, 8),
    (2, 2, 4, 'SEK', 6, 'body', 8, 9);
INSERT INTO stated_age VALUES
    (1, 1, 3, true, 'body', 6, 7),
    (2, 2, 4, false, 'body', 7, 8);
INSERT INTO ad_language VALUES
    (1, 1, 'sv', 1.5),
    (2, 2, 'sv', 2.5);
INSERT INTO cue VALUES
    (1, 1, 'cue_id 1', 'indicator 1', true, 'body', 7, 8, 'quote 1'),
    (2, 2, 'cue_id 2', 'indicator 2', false, 'body', 8, 9, 'quote 2');
INSERT INTO photo_hash VALUES
    (1, 1, 'image 1', unhex('01ababababababababababababababababababababababababababababababab'), 5, 'unreadable 1', TIMESTAMP '2026-09-01 02:10:00'),
    (2, 2, 'image 2', unhex('02ababababababababababababababababababababababababababababababab'), 6, 'unreadable 2', TIMESTAMP '2026-09-02 02:10:00');
INSERT INTO photo_match VALUES
    (1, 2, 3, 'how 1', true),
    (2, 3, 4, 'how 2', false);
INSERT INTO photo_group VALUES
    (1, 1, 3, 'stop 1'),
    (2, 2, 4, 'stop 2');
INSERT INTO text_sketch VALUES
    (1, 1, 'masked 1', [1, 2]),
    (2, 2, 'masked 2', [2, 3]);
INSERT INTO text_match VALUES
    (1, 2, 1.5),
    (2, 3, 2.5);
INSERT INTO text_template VALUES
    (1, 1, 3, 4, 'stop 1'),
    (2, 2, 4, 5, 'stop 2');
INSERT INTO persona VALUES
    (1, 'ab100000000000000000000000000000', 'persona 1', true),
    (2, 'ab200000000000000000000000000000', 'persona 2', false);
INSERT INTO excluded VALUES
    ('phone', 'id 1', 'reason 1'),
    ('phone', 'id 2', 'reason 2');
INSERT INTO link VALUES
    (1, 2, 'phone', 1.5, 'shared 1', true, 'rule 1'),
    (2, 3, 'phone', 2.5, 'shared 2', false, 'rule 2');
INSERT INTO cluster VALUES
    ('k-1', TIMESTAMP '2026-09-01 02:10:00', TIMESTAMP '2026-09-01 02:10:00', 4, 5),
    ('k-2', TIMESTAMP '2026-09-02 02:10:00', TIMESTAMP '2026-09-02 02:10:00', 5, 6);
INSERT INTO cluster_member VALUES
    (1, 'k-1'),
    (2, 'k-2');
INSERT INTO cluster_lineage VALUES
    ('run 1', 'k-1', 'from_cluster 1', 'why 1'),
    ('run 2', 'k-2', 'from_cluster 2', 'why 2');
INSERT INTO finding VALUES
    ('f-1', 'indicator 1', 'k-1', 'subject 1', 'strong', TIMESTAMP '2026-09-01 02:10:00', 'sentence_sv 1', 'sentence_en 1'),
    ('f-2', 'indicator 2', 'k-2', 'subject 2', 'strong', TIMESTAMP '2026-09-02 02:10:00', 'sentence_sv 2', 'sentence_en 2');
INSERT INTO finding_evidence VALUES
    ('f-1', 1, 'body', 'shown 1'),
    ('f-2', 2, 'body', 'shown 2');
INSERT INTO counter_evidence VALUES
    ('k-1', 'counter 1', 'sentence_sv 1', 'sentence_en 1'),
    ('k-2', 'counter 2', 'sentence_sv 2', 'sentence_en 2');
INSERT INTO cluster_priority VALUES
    ('k-1', 'A', 1.5, 1.5, true, 'held_by 1', '{}', TIMESTAMP '2026-09-01 02:10:00', 'catalogue 1'),
    ('k-2', 'A', 2.5, 2.5, false, 'held_by 2', '{}', TIMESTAMP '2026-09-02 02:10:00', 'catalogue 2');
