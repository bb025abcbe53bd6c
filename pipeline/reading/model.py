"""What is read in a text. Spans count code points of the text as given, half open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A phone (E.164), e-mail or handle. `steps` counts what had to be undone to read it; confidence 0 to 1."""

    kind: str
    value: str
    start: int
    end: int
    confidence: float
    steps: int

    def __repr__(self) -> str:
        return f"Contact({self.kind}, •••{self.value[-3:] if self.kind == 'phone' else ''}, {self.start}-{self.end})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A municipality by its code of four digits."""

    municipality: str
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A town with the time of being there: `said` is dates, with `first` and `last` as month and day ("12-03"; no year, for reading asks
    no clock; `first` is '' behind "until"), or this_week, next_week, weekend, today, tomorrow, with '' for both. The span holds the town and the time."""

    municipality: str
    name: str
    first: str
    last: str
    said: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """An amount in whole units of a currency (SEK, EUR), for a number of minutes when the text says so."""

    amount: int
    currency: str
    minutes: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """A stated age of the person advertised, in years."""

    value: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language and its share of the text, 0 to 1."""

    code: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A phrase that is a sign, by its id such as sv:third_party_contact_language:3; negated ones are no sign."""

    cue: str
    indicator: str
    negated: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was read in one text; `text` is the part that was read, `unread` how many characters behind it were not."""

    contacts: tuple[Contact, ...]
    places: tuple[Place, ...]
    stays: tuple[Stay, ...]
    prices: tuple[Price, ...]
    ages: tuple[Age, ...]
    languages: tuple[Language, ...]
    cues: tuple[Cue, ...]
    text: str
    unread: int

    @property
    def cut(self) -> bool:
        """Whether the text was longer than what is read."""
        return self.unread > 0

    def as_json(self) -> dict[str, Any]:
        """Return the shape of `lykta read --json`, without its version."""
        return {
            "contacts": [
                {
                    "kind": c.kind,
                    "value": c.value,
                    "raw": self.text[c.start : c.end],
                    "start": c.start,
                    "end": c.end,
                    "confidence": round(c.confidence, 2),
                }
                for c in self.contacts
            ],
            "places": [{"municipality": p.municipality, "name": p.name, "start": p.start, "end": p.end} for p in self.places],
            "stays": [
                {"municipality": s.municipality, "name": s.name, "from": s.first, "to": s.last, "said": s.said, "start": s.start, "end": s.end}
                for s in self.stays
            ],
            "prices": [{"amount": p.amount, "currency": p.currency, "minutes": p.minutes, "start": p.start, "end": p.end} for p in self.prices],
            "ages": [{"value": a.value, "start": a.start, "end": a.end} for a in self.ages],
            "languages": [{"code": item.code, "share": round(item.share, 2)} for item in self.languages],
            "unread": [{"start": len(self.text), "end": len(self.text) + self.unread}] if self.unread else [],
            "cues": [{"cue": c.cue, "indicator": c.indicator, "negated": c.negated, "start": c.start, "end": c.end} for c in self.cues],
        }
