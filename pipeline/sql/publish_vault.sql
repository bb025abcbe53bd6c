-- publish_vault: the sealed contacts, for reveal and access alone.
-- reads   contact_vault      writes  the vault snapshot `out`
CREATE TABLE out.contact_vault AS SELECT * FROM contact_vault ORDER BY contact_id;
