-- match_neighbours_now: pictures of ads that share a contact, an account, a template or a name, in the order in which they were seen.
-- reads   photo_hash, contact, text_template, observed      writes  neighbour_now, neighbour_fresh (temporary)
-- grain   (photo_id, neighbourhood)
CREATE OR REPLACE TEMP TABLE neighbour_now AS
WITH shared AS (
    SELECT ad_id, kind || ' ' || contact_id AS what FROM contact
    UNION SELECT ad_id, 'template ' || text_template FROM text_template WHERE stop = ''
    UNION SELECT ad_id, 'name ' || persona_name FROM observed WHERE persona_name <> ''),
bearer AS (
    SELECT hash.photo_id, hash.ad_id, hash.seen_at, md5_number_lower(shared.what)::UBIGINT AS neighbourhood
    FROM photo_hash AS hash JOIN shared USING (ad_id) WHERE len(hash.parts) > 0)
SELECT photo_id, ad_id, neighbourhood, row_number() OVER (PARTITION BY neighbourhood ORDER BY seen_at, photo_id) AS place FROM bearer;

CREATE OR REPLACE TEMP TABLE neighbour_fresh AS
SELECT * FROM neighbour_now ANTI JOIN photo_asked USING (photo_id, neighbourhood);
