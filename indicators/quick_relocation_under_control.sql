-- quick_relocation_under_control: very short stays and many moves among people whose contact is shared.
-- reads   person, stay      grain  cluster
-- params  $min_personas: people on one phone within $control_days, or on one account on one day, without whom nothing is asked,
--         $max_median_stay_days, $min_moves: of all people together within $window_days
-- A move is an ad in a town after all her ads elsewhere have ended: somebody who advertises in three towns at once moves nowhere. Days without
-- an ad between two in one town are part of the stay: that makes stays longer, and the sign rarer. A window ends where a stay starts.
WITH active AS (
    SELECT cluster_id, contact_id, kind, persona, min(first_seen)::DATE AS starts, max(last_seen)::DATE AS ends
    FROM person WHERE kind IN ('phone', 'account') GROUP BY ALL),
shared AS (
    SELECT DISTINCT cluster_id FROM (
        SELECT anchor.cluster_id
        FROM (SELECT DISTINCT cluster_id, contact_id, kind, starts FROM active) AS anchor JOIN active
          ON active.cluster_id = anchor.cluster_id AND active.contact_id = anchor.contact_id AND active.starts <= anchor.starts
         AND active.ends >= anchor.starts - CASE anchor.kind WHEN 'phone' THEN $control_days::INTEGER ELSE 0 END
        GROUP BY anchor.cluster_id, anchor.contact_id, anchor.starts HAVING count(DISTINCT active.persona) >= $min_personas)),
present AS (
    SELECT DISTINCT person.cluster_id, person.who, stay.municipality, stay.town, stay.starts::DATE AS starts, stay.ends::DATE AS ends
    FROM person JOIN stay USING (ad_id) SEMI JOIN shared ON shared.cluster_id = person.cluster_id WHERE person.main),
ordered AS (
    SELECT *, lag(municipality) OVER hers AS before,
           max(ends) OVER (PARTITION BY cluster_id, who ORDER BY starts, ends, municipality ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS gone
    FROM present WINDOW hers AS (PARTITION BY cluster_id, who ORDER BY starts, ends, municipality)),
numbered AS (
    SELECT *, sum(coalesce(before <> municipality, true)::INTEGER) OVER (PARTITION BY cluster_id, who ORDER BY starts, ends, municipality
                                                                         ROWS UNBOUNDED PRECEDING) AS number
    FROM ordered),
visit AS (
    SELECT cluster_id, who, number, min(starts) AS starts, max(ends) AS ends, number > 1 AND min(starts) > min(gone) AS moved
    FROM numbered GROUP BY cluster_id, who, number),
counted AS (
    SELECT anchor.cluster_id, anchor.starts AS window_end, median(visit.ends - visit.starts + 1) AS m,
           count(*) FILTER (visit.moved AND visit.starts > anchor.starts - $window_days::INTEGER) AS n, max(visit.ends) AS last_end
    FROM (SELECT DISTINCT cluster_id, starts FROM visit) AS anchor JOIN visit
      ON visit.cluster_id = anchor.cluster_id AND visit.starts <= anchor.starts AND visit.ends > anchor.starts - $window_days::INTEGER
    GROUP BY anchor.cluster_id, anchor.starts HAVING n >= $min_moves AND m <= $max_median_stay_days),
best AS (SELECT * FROM counted QUALIFY row_number() OVER (PARTITION BY cluster_id ORDER BY n DESC, window_end DESC) = 1)
SELECT best.cluster_id, best.cluster_id AS subject, 'moderate' AS strength, best.last_end::TIMESTAMP AS last_supported, best.n, round(best.m)::INTEGER AS m,
       list(DISTINCT {'ad_id': person.ad_id, 'field': 'city', 'shown': stay.town || ' ' || strftime(stay.starts, '%Y-%m-%d')}) AS evidence
FROM best JOIN person ON person.cluster_id = best.cluster_id AND person.main JOIN stay ON stay.ad_id = person.ad_id
WHERE stay.starts::DATE <= best.window_end AND stay.ends::DATE > best.window_end - $window_days::INTEGER
GROUP BY best.cluster_id, best.last_end, best.n, best.m
