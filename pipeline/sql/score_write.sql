-- score_write: rows from lists of equal length.      writes  cluster_priority
INSERT INTO cluster_priority SELECT unnest($cluster::VARCHAR[]), unnest($band::VARCHAR[]), unnest($total::DOUBLE[]), unnest($coverage::DOUBLE[]),
    unnest($met::BOOLEAN[]), unnest($held::VARCHAR[]), unnest($parts::VARCHAR[]), unnest($as_of::TIMESTAMP[]), unnest($version::VARCHAR[])
