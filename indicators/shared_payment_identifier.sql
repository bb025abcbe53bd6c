-- shared_payment_identifier: receivers of money published for several people who share no phone.
-- reads   person, contact      grain  (cluster, receiver)      params  $min_personas, $min_phones
-- `who` as well as persona: one name on two phones is one person with two phones, who may be paid on one number.
WITH paid AS (
    SELECT pay.cluster_id, pay.contact_id, pay.persona, any_value(phone.who) AS who, list(DISTINCT phone.contact_id ORDER BY phone.contact_id) AS phones
    FROM person AS pay JOIN person AS phone ON phone.cluster_id = pay.cluster_id AND phone.ad_id = pay.ad_id AND phone.kind = 'phone'
    WHERE starts_with(pay.kind, 'payment') GROUP BY pay.cluster_id, pay.contact_id, pay.persona),
apart AS (
    SELECT DISTINCT one.cluster_id, one.contact_id
    FROM paid AS one JOIN paid AS other USING (cluster_id, contact_id)
    WHERE one.persona < other.persona AND one.who <> other.who AND NOT list_has_any(one.phones, other.phones)),
shared AS (
    SELECT cluster_id, contact_id, least(count(DISTINCT persona), count(DISTINCT who)) AS n
    FROM paid SEMI JOIN apart USING (cluster_id, contact_id) GROUP BY cluster_id, contact_id
    HAVING n >= $min_personas AND len(list_distinct(flatten(list(phones)))) >= $min_phones),
masked AS (SELECT contact_id, ad_id, min(shown) AS shown FROM contact GROUP BY ALL)
SELECT shared.cluster_id, shared.contact_id AS subject, 'strong' AS strength, max(person.last_seen) AS last_supported, shared.n,
       list(DISTINCT {'ad_id': person.ad_id, 'field': 'payment', 'shown': masked.shown}) AS evidence
FROM shared JOIN person USING (cluster_id, contact_id) JOIN masked ON masked.contact_id = person.contact_id AND masked.ad_id = person.ad_id
GROUP BY shared.cluster_id, shared.contact_id, shared.n
