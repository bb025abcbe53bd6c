"""Pictures for measuring: where they come from, what advertisers do to them, rooms that are drawn alike."""
