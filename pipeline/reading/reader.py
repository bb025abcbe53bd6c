"""One reader for all that is read in a text, made once and used for every ad."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice

from pipeline.reading.addresses import read_addresses, read_payments
from pipeline.reading.ages import ADULT, AgeReader
from pipeline.reading.cues import CueReader
from pipeline.reading.fold import Folded, fold
from pipeline.reading.languages import language_reader
from pipeline.reading.lexicon import Lexicon
from pipeline.reading.model import Contact, Cue, Price, Reading
from pipeline.reading.phones import PhoneReader
from pipeline.reading.places import PlaceReader
from pipeline.reading.prices import read_prices
from pipeline.reading.settings import ReadingSettings
from pipeline.reading.stays import read_stays

BLANK = "\0"
PHONE_MIN = 7  # digits of a price field that may hold a phone
MOST = 120  # places, prices and ages of one text; more are no ad's


class Reader:
    """Read texts in one region, such as SE, whose numbers need no prefix."""

    def __init__(self, lexicon: Lexicon, settings: ReadingSettings, region: str = "SE") -> None:
        self._settings = settings
        # possessive, so that the count never goes back over the text
        self._pieces = re.compile(rf"(?:[^\S\n]*+(?:\n|\d++|[^\W\d]++|[^\w\s])){{0,{settings.pieces_max}}}+\s*+")
        self._phones = PhoneReader(settings, region)
        self.places = PlaceReader()
        self.ages = AgeReader(settings)
        self._languages = language_reader(settings.languages)
        self._cues = CueReader(lexicon, settings.demographic_words)

    def read(self, text: str) -> Reading:
        """Read a text up to its limit of characters."""
        cut = self._cut(text)
        folded = fold(cut)
        languages = self._languages.read(cut)
        codes = [language.code for language in languages]
        phones = list(self._phones.read(folded, codes))
        contacts = sorted([*phones, *read_addresses(folded), *read_payments(folded, phones)], key=lambda contact: (contact.start, contact.kind))
        rest = _without(folded, phones)
        places = tuple(islice(self.places.read(folded), MOST))
        return Reading(
            contacts=tuple(contacts),
            places=places,
            stays=tuple(islice(read_stays(folded, places), MOST)),
            prices=tuple(islice(read_prices(folded, rest), MOST)),
            ages=tuple(islice(self.ages.read(folded, rest), MOST)),
            languages=languages,
            cues=tuple(islice(self._cues.read(folded, codes), MOST)),
            text=cut,
            unread=len(text) - len(cut),
        )

    def read_prices(self, text: str) -> list[Price]:
        """Read the prices of a field that holds little else; a phone in it is no price."""
        folded = fold(self._cut(text))
        phones = list(self._phones.read(folded, [])) if sum(map(str.isdigit, text)) >= PHONE_MIN else []
        return list(islice(read_prices(folded, _without(folded, phones)), MOST))

    def read_cues(self, text: str) -> list[Cue]:
        """Read the cues alone, as of a comment under an ad."""
        cut = self._cut(text)
        return list(islice(self._cues.read(fold(cut), [language.code for language in self._languages.read(cut)]), MOST))

    def _cut(self, text: str) -> str:
        """Return as much of a text as is read: text_max characters or pieces_max words, numbers and marks, whichever comes first."""
        start = text[: self._settings.text_max]
        found = self._pieces.match(start)
        return start[: found.end()] if found else start

    def states_minor(self, *, age: str, text: str) -> bool:
        """Tell whether an age field or a text states an age under 18 for the person advertised."""
        field = self.ages.read_field(age) if age else None
        if field is not None and field < ADULT:
            return True
        return any(stated.value < ADULT for stated in self.ages.read(fold(self._cut(text))))


def _without(folded: Folded, phones: Sequence[Contact]) -> str:
    """Return the folded text with phones blanked out, so that their digits are neither prices nor ages."""
    text = folded.text
    for phone in phones:
        first, last = bisect_left(folded.origin, phone.start), bisect_left(folded.origin, phone.end)
        text = f"{text[:first]}{BLANK * (last - first)}{text[last:]}"
    return text
