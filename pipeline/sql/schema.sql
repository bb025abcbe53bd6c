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
CREATE TABLE IF NOT EXISTS ad_landed (ad_id BIGINT PRIMARY KEY, landed_at TIMESTAMP NOT NULL /* when the latest crawl or import that held it began */);
CREATE TABLE IF NOT EXISTS ad_listed (ad_id BIGINT PRIMARY KEY, site VARCHAR NOT NULL, listed_at TIMESTAMP NOT NULL /* when the latest crawl in whose lists it stood began */);
CREATE TABLE IF NOT EXISTS ad_read (ad_id BIGINT PRIMARY KEY, read_at TIMESTAMP NOT NULL /* when the latest crawl that asked for its page began */, etag VARCHAR NOT NULL, last_modified VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS ad_gone (ad_id BIGINT PRIMARY KEY, gone_at TIMESTAMP NOT NULL, proof VARCHAR NOT NULL /* 404, 410, unlisted */);
CREATE TABLE IF NOT EXISTS site_run (
    landing_file VARCHAR PRIMARY KEY, site VARCHAR NOT NULL, run VARCHAR NOT NULL /* when it began, as YYYYMMDDTHHMMSS */, started_at TIMESTAMP NOT NULL, finished_at TIMESTAMP,
    lists_whole BOOLEAN NOT NULL, complete BOOLEAN NOT NULL, pages INTEGER NOT NULL, listed INTEGER NOT NULL, ads INTEGER NOT NULL, unchanged INTEGER NOT NULL,
    new_ads INTEGER NOT NULL, known INTEGER NOT NULL, absent INTEGER NOT NULL, gone INTEGER NOT NULL, rejected INTEGER NOT NULL,
    rates MAP(VARCHAR, DOUBLE) NOT NULL, languages MAP(VARCHAR, DOUBLE) NOT NULL, dates MAP(VARCHAR, DOUBLE) NOT NULL, statuses MAP(VARCHAR, INTEGER) NOT NULL,
    ad_bytes INTEGER NOT NULL, list_bytes INTEGER NOT NULL, trouble VARCHAR NOT NULL, failed VARCHAR NOT NULL,
    outside STRUCT(measure VARCHAR, found DOUBLE, low DOUBLE, high DOUBLE, usual DOUBLE)[] NOT NULL, accepted_by VARCHAR NOT NULL, accepted_at TIMESTAMP, because VARCHAR NOT NULL);

CREATE TABLE IF NOT EXISTS landed_image (ad_id BIGINT NOT NULL, image VARCHAR NOT NULL, seen_at TIMESTAMP NOT NULL, pdq BLOB, quality UTINYINT, unreadable VARCHAR NOT NULL, parts STRUCT(kind VARCHAR, hash BLOB, quality UTINYINT)[]);

-- writer: observe (one row of observed for each version that was read; all others hang on version_id)
CREATE TABLE IF NOT EXISTS observed (version_id BIGINT PRIMARY KEY, ad_id BIGINT NOT NULL, minor BOOLEAN NOT NULL, persona_name VARCHAR /* HMAC of the normalised display name, '' when none */, text_cut BOOLEAN NOT NULL);
CREATE TABLE IF NOT EXISTS contact (
    version_id BIGINT NOT NULL, ad_id BIGINT NOT NULL, kind VARCHAR NOT NULL /* phone, email, telegram, payment_swish, account, ... */,
    contact_id VARCHAR NOT NULL /* HMAC-SHA-256, 32 hex digits */, confidence DOUBLE NOT NULL, field VARCHAR NOT NULL, start_at INTEGER NOT NULL,
    end_at INTEGER NOT NULL, steps INTEGER NOT NULL, shown VARCHAR NOT NULL /* masked */);
CREATE TABLE IF NOT EXISTS contact_vault (contact_id VARCHAR PRIMARY KEY, kind VARCHAR NOT NULL, value BLOB NOT NULL /* sealed under the vault key */);
CREATE TABLE IF NOT EXISTS place (version_id BIGINT NOT NULL, ad_id BIGINT NOT NULL, municipality VARCHAR NOT NULL /* SCB code, 4 digits */, field VARCHAR NOT NULL, start_at INTEGER NOT NULL, end_at INTEGER NOT NULL, main BOOLEAN NOT NULL);
CREATE TABLE IF NOT EXISTS stated_stay (version_id BIGINT NOT NULL, ad_id BIGINT NOT NULL, municipality VARCHAR NOT NULL /* SCB code, 4 digits */, arrives DATE /* NULL when only the last day is said */, leaves DATE NOT NULL, said VARCHAR NOT NULL /* dates, today, tomorrow, weekend, this_week, next_week */, start_at INTEGER NOT NULL, end_at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS price (version_id BIGINT NOT NULL, ad_id BIGINT NOT NULL, amount INTEGER NOT NULL, currency VARCHAR NOT NULL, minutes INTEGER, field VARCHAR NOT NULL, start_at INTEGER NOT NULL, end_at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS stated_age (version_id BIGINT NOT NULL, ad_id BIGINT NOT NULL, age INTEGER NOT NULL, minor BOOLEAN NOT NULL, field VARCHAR NOT NULL, start_at INTEGER NOT NULL, end_at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS ad_language (version_id BIGINT NOT NULL, ad_id BIGINT NOT NULL, code VARCHAR NOT NULL, share DOUBLE NOT NULL);
CREATE TABLE IF NOT EXISTS cue (version_id BIGINT NOT NULL, ad_id BIGINT NOT NULL, cue_id VARCHAR NOT NULL, indicator VARCHAR NOT NULL, negated BOOLEAN NOT NULL, field VARCHAR NOT NULL, start_at INTEGER NOT NULL, end_at INTEGER NOT NULL, quote VARCHAR NOT NULL /* at most 12 words, masked */);

-- writer: photos
CREATE TABLE IF NOT EXISTS photo_hash (photo_id BIGINT PRIMARY KEY /* 63 bits of md5(ad_id, image) */, ad_id BIGINT NOT NULL, image VARCHAR NOT NULL, pdq BLOB /* 32 bytes, whole picture; NULL when unreadable */, quality UTINYINT, unreadable VARCHAR NOT NULL, seen_at TIMESTAMP NOT NULL, parts STRUCT(kind VARCHAR, hash BLOB, quality UTINYINT)[] /* of the trimmed picture, windows and halves; at most 27 */);

-- writer: match
CREATE TABLE IF NOT EXISTS photo_match (left_photo BIGINT NOT NULL, right_photo BIGINT NOT NULL, distance INTEGER NOT NULL, how VARCHAR NOT NULL /* same, mirrored, turned */, needs_second_sign BOOLEAN NOT NULL, hashes VARCHAR DEFAULT '' /* which hashes met */, second VARCHAR DEFAULT '' /* the second sign, when there is one */, PRIMARY KEY (left_photo, right_photo));
CREATE TABLE IF NOT EXISTS photo_asked (photo_id BIGINT NOT NULL, neighbourhood UBIGINT NOT NULL /* 64 bits of md5 of what its ad shares */);
CREATE TABLE IF NOT EXISTS photo_group (photo_id BIGINT PRIMARY KEY, ad_id BIGINT NOT NULL, photo_group BIGINT NOT NULL /* smallest photo_id of the group */, stop VARCHAR NOT NULL /* '' or why it never links */);
CREATE TABLE IF NOT EXISTS text_sketch (version_id BIGINT PRIMARY KEY, ad_id BIGINT NOT NULL, masked VARCHAR NOT NULL /* lower case, slots masked */, bands UBIGINT[] NOT NULL);
CREATE TABLE IF NOT EXISTS text_match (left_version BIGINT NOT NULL, right_version BIGINT NOT NULL, similarity DOUBLE NOT NULL, PRIMARY KEY (left_version, right_version));
CREATE TABLE IF NOT EXISTS text_template (version_id BIGINT PRIMARY KEY, ad_id BIGINT NOT NULL, text_template BIGINT NOT NULL /* smallest version_id of the group */, masked_length INTEGER NOT NULL, stop VARCHAR NOT NULL);

-- writer: persona (a stage between match and link)
CREATE TABLE IF NOT EXISTS persona (ad_id BIGINT NOT NULL, contact_id VARCHAR NOT NULL, persona VARCHAR NOT NULL /* one person as advertised, within one contact */, main BOOLEAN NOT NULL /* the ad's main contact: counts of people in a cluster use these rows only */, PRIMARY KEY (ad_id, contact_id));

-- writer: link
CREATE TABLE IF NOT EXISTS excluded (kind VARCHAR NOT NULL /* contact, photo_group, text_template, recycled */, id VARCHAR NOT NULL, reason VARCHAR NOT NULL, PRIMARY KEY (kind, id));
CREATE TABLE IF NOT EXISTS link (left_ad BIGINT NOT NULL, right_ad BIGINT NOT NULL, kind VARCHAR NOT NULL /* phone, email, handle, payment, photo, template */, weight DOUBLE NOT NULL /* log2 Bayes factor */, shared VARCHAR NOT NULL /* contact_id, photo_group or text_template */, admitted BOOLEAN NOT NULL, rule VARCHAR NOT NULL, PRIMARY KEY (left_ad, right_ad, kind));
CREATE TABLE IF NOT EXISTS link_judgement (judgement INTEGER PRIMARY KEY, verdict VARCHAR NOT NULL /* same, not_same, unsure */, state VARCHAR NOT NULL /* held, unsure, gone, contradicted */, against VARCHAR NOT NULL /* numbers of the judgements that contradict it */);
CREATE TABLE IF NOT EXISTS link_judged_ad (judgement INTEGER NOT NULL, side VARCHAR NOT NULL /* left, right */, ad_id BIGINT NOT NULL, PRIMARY KEY (judgement, side, ad_id));

-- writer: cluster
CREATE TABLE IF NOT EXISTS cluster (cluster_id VARCHAR PRIMARY KEY, first_seen TIMESTAMP NOT NULL, last_seen TIMESTAMP NOT NULL, ads INTEGER NOT NULL, personas INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS cluster_member (ad_id BIGINT PRIMARY KEY, cluster_id VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS cluster_lineage (run VARCHAR NOT NULL, cluster_id VARCHAR NOT NULL, from_cluster VARCHAR NOT NULL, why VARCHAR NOT NULL /* merged, joined, split, parted, cut, moved, dissolved */);
CREATE TABLE IF NOT EXISTS cluster_doubt (left_ad BIGINT NOT NULL, right_ad BIGINT NOT NULL, weight DOUBLE NOT NULL /* bits */, why VARCHAR NOT NULL /* bridge, judged, people */, PRIMARY KEY (left_ad, right_ad));

-- writer: detect (rewritten whole each night: findings hold for as_of)
CREATE TABLE IF NOT EXISTS finding (finding_id VARCHAR PRIMARY KEY, indicator VARCHAR NOT NULL, cluster_id VARCHAR /* NULL for an ad that belongs to none */, subject VARCHAR NOT NULL, strength VARCHAR NOT NULL /* strong, moderate, weak, context-only, route */, last_supported TIMESTAMP NOT NULL, sentence_sv VARCHAR NOT NULL, sentence_en VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS finding_evidence (finding_id VARCHAR NOT NULL, ad_id BIGINT NOT NULL, field VARCHAR NOT NULL, shown VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS counter_evidence (cluster_id VARCHAR NOT NULL, counter VARCHAR NOT NULL, sentence_sv VARCHAR NOT NULL, sentence_en VARCHAR NOT NULL, PRIMARY KEY (cluster_id, counter));

-- writer: score
CREATE TABLE IF NOT EXISTS cluster_priority (cluster_id VARCHAR PRIMARY KEY, band VARCHAR, total DOUBLE NOT NULL, coverage DOUBLE NOT NULL, gate_met BOOLEAN NOT NULL, held_by VARCHAR NOT NULL, parts VARCHAR NOT NULL /* JSON: families, counter, gate, weakest, as the explain shape */, as_of TIMESTAMP NOT NULL, catalogue VARCHAR NOT NULL /* version and hash of catalogue, lexicon, parameters */);

-- writer: keeping
CREATE TABLE IF NOT EXISTS purged (purged_at TIMESTAMP NOT NULL, ads INTEGER NOT NULL, texts INTEGER NOT NULL, overdue INTEGER NOT NULL /* kept too long after this purge; 0 but when it was withheld */, withheld VARCHAR NOT NULL /* '' or why it waits for a person */, rewritten BOOLEAN NOT NULL /* the file was written anew, so that freed blocks hold nothing either */);
CREATE TABLE IF NOT EXISTS key_epoch (key VARCHAR PRIMARY KEY /* pseudonym, vault */, epoch INTEGER NOT NULL /* of the key that the rows were made with; 1 at first */);
