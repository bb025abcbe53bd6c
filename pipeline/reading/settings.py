"""What config/reading.toml says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingSettings:
    """How texts are read; field names are the keys of config/reading.toml, which gives units and reasons."""

    text_max: int
    quote_words: int
    languages: tuple[str, ...]
    support_numbers: tuple[str, ...]
    demographic_words: tuple[str, ...]
    age_words: tuple[str, ...]
    age_false: tuple[str, ...]
    number_words: dict[str, tuple[str, ...]]
    tens: dict[str, int]
    multipliers: dict[str, int]
    lookalikes: dict[str, str]

    def number_words_of_all_languages(self) -> Iterator[str]:
        """Yield every word that stands for a number, in all languages."""
        for digits in self.number_words.values():
            for words in digits:
                yield from words.split()
        yield from self.tens
