-- cluster_doubt_write: links that were not followed tonight, so that a person may.
-- reads   doubt_rows of the caller      writes  cluster_doubt
DELETE FROM cluster_doubt;

INSERT INTO cluster_doubt SELECT left_ad, right_ad, weight, why FROM doubt_rows ORDER BY left_ad, right_ad;
