-- multi_phone_single_account: accounts that use several phones for different people within one window.
-- reads   person, contact      grain  (cluster, account)      params  $min_phones, $min_personas, $window_days
-- Two of the people must have no phone in common: one person with many cards who lends one of them to a friend is not the sign.
WITH used AS (
    SELECT account.cluster_id, account.contact_id, account.persona, phone.contact_id AS phone, min(account.first_seen) AS starts, max(account.last_seen) AS ends
    FROM person AS account JOIN person AS phone ON phone.cluster_id = account.cluster_id AND phone.ad_id = account.ad_id AND phone.kind = 'phone'
    WHERE account.kind = 'account' GROUP BY ALL),
having_phones AS (
    SELECT anchor.cluster_id, anchor.contact_id, anchor.starts AS window_end, used.persona, max(used.ends) AS ends,
           list(DISTINCT used.phone ORDER BY used.phone) AS phones
    FROM (SELECT DISTINCT cluster_id, contact_id, starts FROM used) AS anchor JOIN used
      ON used.cluster_id = anchor.cluster_id AND used.contact_id = anchor.contact_id
     AND used.starts <= anchor.starts AND used.ends >= anchor.starts - to_days($window_days::INTEGER)
    GROUP BY ALL),
apart AS (
    SELECT DISTINCT one.cluster_id, one.contact_id, one.window_end
    FROM having_phones AS one JOIN having_phones AS other USING (cluster_id, contact_id, window_end)
    WHERE one.persona < other.persona AND NOT list_has_any(one.phones, other.phones)),
best AS (
    SELECT cluster_id, contact_id, window_end, len(list_distinct(flatten(list(phones)))) AS n, list(persona) AS people, max(ends) AS last_supported
    FROM having_phones SEMI JOIN apart USING (cluster_id, contact_id, window_end)
    GROUP BY cluster_id, contact_id, window_end HAVING n >= $min_phones AND count(*) >= $min_personas
    QUALIFY row_number() OVER (PARTITION BY cluster_id, contact_id ORDER BY n DESC, window_end DESC) = 1),
masked AS (SELECT contact_id, ad_id, min(shown) AS shown FROM contact GROUP BY ALL)
SELECT best.cluster_id, best.contact_id AS subject, 'moderate' AS strength, best.last_supported, best.n,
       list(DISTINCT {'ad_id': phone.ad_id, 'field': 'phone', 'shown': masked.shown}) AS evidence
FROM best
JOIN person AS account ON account.cluster_id = best.cluster_id AND account.contact_id = best.contact_id AND list_contains(best.people, account.persona)
JOIN person AS phone ON phone.cluster_id = best.cluster_id AND phone.ad_id = account.ad_id AND phone.kind = 'phone'
JOIN masked ON masked.contact_id = phone.contact_id AND masked.ad_id = phone.ad_id
GROUP BY best.cluster_id, best.contact_id, best.last_supported, best.n
