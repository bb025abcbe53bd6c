"""What the crawler hands to the pipeline: records, the landing file they travel in, and what a site's config says."""
