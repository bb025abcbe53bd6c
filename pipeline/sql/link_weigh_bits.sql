-- link_weigh_bits: the evidence of every pair of ads by the fixed bits of config/linking.toml, the strongest of its kinds.
-- reads   link_pair      writes  link_weight, of this night alone      grain  (left_ad, right_ad)
-- params  $strong: kinds of contact that link alone; bits of a shared sign: $contact, $photo2 (two pictures), $photo, $weak, $template,
--         $name, $place, $account, $price
CREATE OR REPLACE TEMP TABLE link_weight AS
SELECT left_ad, right_ad,
       max(CASE WHEN list_contains($strong, kind) THEN $contact ELSE 0 END
           + CASE WHEN photos >= 2 THEN $photo2 WHEN photos = 1 THEN $photo WHEN weak THEN $weak ELSE 0 END
           + CASE WHEN same_template THEN $template ELSE 0 END + CASE WHEN same_name THEN $name ELSE 0 END
           + CASE WHEN same_place THEN $place ELSE 0 END + CASE WHEN same_account THEN $account ELSE 0 END
           + CASE WHEN same_prices THEN $price ELSE 0 END)::DOUBLE AS bits
FROM link_pair
GROUP BY left_ad, right_ad;
