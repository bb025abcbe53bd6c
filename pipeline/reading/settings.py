"""What config/reading.toml says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingSettings:
    """How texts are read; field names are the keys of config/reading.toml, which gives units and reasons."""

    text_max: int
    pieces_max: int
    quote_words: int
    languages: tuple[str, ...]
    support_numbers: tuple[str, ...]
    demographic_words: tuple[str, ...]
    age_units: tuple[str, ...]
    age_labels: tuple[str, ...]
    age_false_near: tuple[str, ...]
    age_false_far: tuple[str, ...]
    age_false_after: tuple[str, ...]
    number_words: dict[str, tuple[str, ...]]
    tens: dict[str, int]
    hundreds: tuple[str, ...]
    joiners: tuple[str, ...]
    plurals: dict[str, str]
    multipliers: dict[str, int]
    fillers: tuple[str, ...]
    contact_words: tuple[str, ...]
    backward_words: tuple[str, ...]
    neighbours: dict[str, tuple[str, ...]]
    lookalikes: dict[str, str]

    def number_words_of_all_languages(self) -> Iterator[str]:
        """Yield every word that stands for a number, in all languages."""
        for digits in self.number_words.values():
            for words in digits:
                yield from words.split()
        yield from self.tens
        yield from self.hundreds
        yield from self.plurals
