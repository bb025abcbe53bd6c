-- link_write: links as they are tonight.
-- reads   link_now      writes  link
DELETE FROM link WHERE (left_ad, right_ad, kind) NOT IN (SELECT (left_ad, right_ad, kind) FROM link_now);

INSERT INTO link SELECT * FROM link_now ORDER BY left_ad, right_ad, kind
ON CONFLICT DO UPDATE SET weight = excluded.weight, shared = excluded.shared, admitted = excluded.admitted, rule = excluded.rule;
