"""Who advertises in the made-up town, one file for each family of actors."""
