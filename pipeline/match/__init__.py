"""Which ads share a picture or a text: exact search first, then verification, then groups."""
