"""From findings to a list: what waits for a person, what must be read today, and what a pair may take along."""
