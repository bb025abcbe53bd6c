-- detect_inputs_withhold: takes ads that may be of children out of the tables that rules look at.
-- reads   withheld(ad_id) of the caller      writes  the temporary tables of detect_inputs.sql and detect_inputs_facts.sql      grain  ad
DELETE FROM temp.shown_ad WHERE ad_id IN (SELECT ad_id FROM withheld);
DELETE FROM temp.person WHERE ad_id IN (SELECT ad_id FROM withheld);
DELETE FROM temp.stay WHERE ad_id IN (SELECT ad_id FROM withheld);
DELETE FROM temp.said_stay WHERE ad_id IN (SELECT ad_id FROM withheld);
DELETE FROM temp.posting WHERE ad_id IN (SELECT ad_id FROM withheld);
DELETE FROM temp.venue_seen WHERE ad_id IN (SELECT ad_id FROM withheld);
DELETE FROM temp.presented WHERE ad_id IN (SELECT ad_id FROM withheld);
DELETE FROM temp.pronoun WHERE ad_id IN (SELECT ad_id FROM withheld);
DELETE FROM temp.half_hour WHERE ad_id IN (SELECT ad_id FROM withheld);
DELETE FROM temp.youth_emoji WHERE ad_id IN (SELECT ad_id FROM withheld);
