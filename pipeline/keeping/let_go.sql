-- let_go: what the casebook no longer needs: decisions on clusters that nothing was done with for their time, and all that hung on them.
-- reads   gone_cluster(cluster) of the caller      params  none
DELETE FROM outcome WHERE cluster IN (SELECT cluster FROM gone_cluster);
DELETE FROM outreach_row WHERE judgement IN (SELECT id FROM judgement WHERE cluster IN (SELECT cluster FROM gone_cluster));
DELETE FROM approval WHERE judgement IN (SELECT id FROM judgement WHERE cluster IN (SELECT cluster FROM gone_cluster));
DELETE FROM judgement_base WHERE cluster IN (SELECT cluster FROM gone_cluster);
DELETE FROM form_sent WHERE judgement IN (SELECT id FROM judgement WHERE cluster IN (SELECT cluster FROM gone_cluster));
DELETE FROM second_reading WHERE judgement IN (SELECT id FROM judgement WHERE cluster IN (SELECT cluster FROM gone_cluster));
DELETE FROM withdrawal WHERE judgement IN (SELECT id FROM judgement WHERE cluster IN (SELECT cluster FROM gone_cluster));
DELETE FROM judgement WHERE cluster IN (SELECT cluster FROM gone_cluster);
DELETE FROM visit WHERE cluster IN (SELECT cluster FROM gone_cluster);
DELETE FROM manual_link WHERE cluster IN (SELECT cluster FROM gone_cluster);
DELETE FROM cluster_edit WHERE cluster IN (SELECT cluster FROM gone_cluster);
DELETE FROM nomination WHERE cluster IN (SELECT cluster FROM gone_cluster);
DELETE FROM venue_visit WHERE cluster IN (SELECT cluster FROM gone_cluster);
DELETE FROM taken_out WHERE list_id NOT IN (SELECT list_id FROM outreach_row);
DELETE FROM outreach_list WHERE list_id NOT IN (SELECT list_id FROM outreach_row);
