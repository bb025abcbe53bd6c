-- match_largest: how many texts the largest template holds, among how many; the texts of sites themselves are left out.
-- reads   text_template      grain  one row
SELECT coalesce(max(texts), 0)::BIGINT, coalesce(sum(texts), 0)::BIGINT
FROM (SELECT count(*) AS texts FROM text_template WHERE stop = '' GROUP BY text_template);
