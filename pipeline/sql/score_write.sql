-- score_write: bands from lists of equal length, one item a cluster.
-- writes  cluster_priority      grain  cluster      params  $cluster, $band, $total, $coverage, $met, $held, $parts, $as_of, $version
INSERT INTO cluster_priority SELECT unnest($cluster::VARCHAR[]), unnest($band::VARCHAR[]), unnest($total::DOUBLE[]), unnest($coverage::DOUBLE[]),
    unnest($met::BOOLEAN[]), unnest($held::VARCHAR[]), unnest($parts::VARCHAR[]), unnest($as_of::TIMESTAMP[]), unnest($version::VARCHAR[])
