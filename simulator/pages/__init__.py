"""How the three sites show an ad: three makes of page, and the config by which each is read."""
