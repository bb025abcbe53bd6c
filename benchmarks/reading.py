"""How well and how fast texts are read, on judging seeds, beside phonenumbers alone on the same rows.

`python -m benchmarks.reading` prints the tables; `python -m benchmarks.reading --developing` those of the developing seeds, with the misses.
"""

from __future__ import annotations

import functools
import itertools
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import phonenumbers
from phonenumbers import Leniency, PhoneNumberMatcher
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from benchmarks.reading_cases import cues, facts, languages, phones, traps
from benchmarks.reading_cases.case import Case
from benchmarks.reading_cases.hostile import hostile
from pipeline.home import SHIPPED_CONFIG
from pipeline.reading.lexicon import Phrase
from pipeline.reading.model import Reading
from pipeline.reading.phones import resolved
from pipeline.reading.reader import Reader
from pipeline.settings import read_shipped

JUDGING, DEVELOPING = (100, 101), (1, 2, 3)
TRAP_TEXTS = 63  # of each of the eight kinds, a seed: a thousand over two seeds
Answers = Callable[[Case], tuple[frozenset[object], frozenset[object]]]  # what was read, what is right


@dataclass(slots=True)
class Tally:
    """How many answers were right, false and missed."""

    right: int = 0
    false: int = 0
    missed: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, case: Case, got: frozenset[object], wanted: frozenset[object]) -> None:
        """Count one text."""
        self.right += len(got & wanted)
        self.false += len(got - wanted)
        self.missed += len(wanted - got)
        if got != wanted:
            self.misses.append(f"{case.kind}: {case.text!r} read {len(got - wanted)} too many, {len(wanted - got)} too few")

    @property
    def precision(self) -> float:
        """The share of what was read that is right; 1 when nothing was read."""
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        """The share of what is there that was read; 1 when nothing is there."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (2 * self.right + self.false + self.missed) if self.right + self.false + self.missed else 1.0


@functools.cache
def reader() -> Reader:
    """Return the reader with the shipped config."""
    settings = read_shipped(SHIPPED_CONFIG)
    return Reader(settings.lexicon, settings.reading)


def measure(seeds: Sequence[int] = JUDGING) -> dict[str, float]:
    """Return all figures of reading; times are CPU milliseconds a text."""
    figures: dict[str, float] = {}
    for name, tally in tables(seeds).items():
        figures |= {f"{name}_precision": tally.precision, f"{name}_recall": tally.recall, f"{name}_f1": tally.f1, f"{name}_false": float(tally.false)}
    trapped = len(traps.TRAPS) * TRAP_TEXTS * len(seeds)
    figures["trap_false_per_1000"] = figures.pop("traps_false") / trapped * 1000
    figures["peer_trap_false_per_1000"] = figures.pop("peer_traps_false") / trapped * 1000
    return figures | _languages() | _twins() | _times(seeds)


def tables(seeds: Sequence[int]) -> dict[str, Tally]:
    """Tally every kind of case, and the peer's phones on the same rows."""
    hidden = [case for seed in seeds for case in phones.hidden(seed, 10)]
    plain = [case for seed in seeds for case in (*phones.plain(seed, 500), *traps.glued(seed, 50))]
    trapped = [case for seed in seeds for case in traps.traps(seed, TRAP_TEXTS)]
    told = [case for seed in seeds for case in facts.facts(seed, 250)]
    said = [case for seed in seeds for case in (*cues.cues(seed, _phrases(), 250), *cues.without_cues(seed, 50))]
    return {
        "hidden": _tally(hidden, _phones),
        "plain": _tally(plain, _phones),
        "traps": _tally(trapped, _phones),
        "peer_hidden": _tally(hidden, _peer),
        "peer_plain": _tally(plain, _peer),
        "peer_traps": _tally(trapped, _peer),
        "places": _tally(told, _places),
        "prices": _tally(told, _prices),
        "ages": _tally(told, _ages),
        "cues": _tally(said, _cues),
    }


def _tally(cases: Iterable[Case], answers: Answers) -> Tally:
    tally = Tally()
    for case in cases:
        tally.add(case, *answers(case))
    return tally


@functools.lru_cache(maxsize=20_000)
def _read(text: str) -> Reading:
    return reader().read(text)


def _phones(case: Case) -> tuple[frozenset[object], frozenset[object]]:
    return frozenset(found.value for found in _read(case.text).contacts if found.kind == "phone"), frozenset(case.phones)


def _peer(case: Case) -> tuple[frozenset[object], frozenset[object]]:
    found = PhoneNumberMatcher(case.text, "SE", leniency=Leniency.VALID)
    return frozenset(phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164) for match in found), frozenset(case.phones)


def _places(case: Case) -> tuple[frozenset[object], frozenset[object]]:
    return frozenset(place.municipality for place in _read(case.text).places), frozenset(case.places)


def _prices(case: Case) -> tuple[frozenset[object], frozenset[object]]:
    return frozenset((price.amount, price.currency, price.minutes) for price in _read(case.text).prices), frozenset(case.prices)


def _ages(case: Case) -> tuple[frozenset[object], frozenset[object]]:
    return frozenset(age.value for age in _read(case.text).ages), frozenset(case.ages)


def _cues(case: Case) -> tuple[frozenset[object], frozenset[object]]:
    """A negated or quoted phrase is no sign: left out and marked as negated are the same answer."""
    wanted = frozenset(indicator for indicator, negated in case.cues if not negated)
    return frozenset(cue.indicator for cue in _read(case.text).cues if not cue.negated), wanted


def _phrases() -> Sequence[Phrase]:
    return read_shipped(SHIPPED_CONFIG).lexicon.phrases


def _languages() -> dict[str, float]:
    """Return the shares of sentences whose language is read right: all, Scandinavian, and of their first three words; the peer is py3langid alone."""
    whole, short = list(languages.sentences()), list(languages.first_words())
    groups = {"language": whole, "language_scandinavian": [case for case in whole if case.language in languages.SCANDINAVIAN], "language_first_words": short}
    alone = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=False)
    alone.set_languages(list(read_shipped(SHIPPED_CONFIG).reading.languages))
    figures = {name: _share(cases, lambda text: [found.code for found in _read(text).languages]) for name, cases in groups.items()}
    return figures | {f"peer_{name}": _share(cases, lambda text: [str(alone.classify(text)[0])]) for name, cases in groups.items()}


def _share(cases: Sequence[Case], read: Callable[[str], list[str]]) -> float:
    return sum(read(case.text)[:1] == [case.language] for case in cases) / len(cases)


def _twins() -> dict[str, float]:
    """Return the share of twin texts that fire the indicator they say, over all languages that cover it, and how many pairs are covered."""
    texts = list(cues.twins(_phrases()))
    fired = sum(_cues(case)[1] <= _cues(case)[0] for case in texts)
    return {"twins_fired": fired / len(texts), "twins_covered": float(len(texts))}


def _times(seeds: Sequence[int]) -> dict[str, float]:
    """Return the mean of ordinary ads and the worst of ordinary and hostile texts, the best of three readings each."""
    ads = [f"{left.text}\n{right.text}" for left, right in itertools.pairwise(facts.facts(seeds[0], 200))]
    reader().read(ads[0])
    spent = [_cpu_ms(text) for text in ads]
    slow = {name: _cpu_ms(text) for name, text in hostile()}
    slowest = max(slow, key=lambda name: slow[name])
    print(f"slowest text: {slowest}", file=sys.stderr)
    return {"ad_mean_ms": sum(spent) / len(spent), "worst_ms": max(*spent, slow[slowest]), "ad_mean_characters": sum(map(len, ads)) / len(ads)}


def _cpu_ms(text: str) -> float:
    best = float("inf")
    for _ in range(3):
        resolved.cache_clear()  # an ad's numbers are new to the reader, its words are not
        start = time.process_time()
        reader().read(text)
        best = min(best, (time.process_time() - start) * 1000)
    return best


def main() -> int:
    """Print the figures, and on developing seeds what was read wrong."""
    developing = "--developing" in sys.argv
    for name, value in measure(DEVELOPING if developing else JUDGING).items():
        print(f"{name:<28} {value:10.4f}")
    if developing:
        shown: dict[str, int] = defaultdict(int)
        for name, tally in tables(DEVELOPING).items():
            for line in tally.misses if not name.startswith("peer") else ():
                shown[name] += 1
                print(f"{name}: {line}" if shown[name] <= 12 else "", end="\n" if shown[name] <= 12 else "")
    return 0


if __name__ == "__main__":
    sys.exit(main())
