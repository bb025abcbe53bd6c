"""Keeping and letting go: how long things stay, who asked to be forgotten, backups, new keys, and what analysts may ask."""
