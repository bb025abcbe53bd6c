"""How every decided cluster stands, read anew only when somebody decided, read second or took something back, in whichever process."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.casebook.book import Casebook
from pipeline.casebook.decisions import Stand, stands

# Rows of these tables are added and now and then purged, never changed.
MARK = """
SELECT (SELECT count(*) FROM judgement), (SELECT max(id) FROM judgement), (SELECT count(*) FROM second_reading), (SELECT count(*) FROM approval),
       (SELECT count(*) FROM withdrawal)
"""


class Standing:
    """The latest reading of how clusters stand, with the mark of the casebook from just before it. Safe to use from several threads."""

    def __init__(self) -> None:
        self._kept: tuple[tuple[int, ...], Mapping[str, Stand]] | None = None

    def read(self, book: Casebook) -> Mapping[str, Stand]:
        """Return how every decided cluster stands now."""
        mark, kept = tuple(book.con.execute(MARK).fetchone()), self._kept
        if kept is not None and kept[0] == mark:
            return kept[1]
        fresh = stands(book)  # never older than its mark: what comes in between is read again next time
        self._kept = (mark, fresh)
        return fresh
