"""Made-up ads built from templates: who wrote from which is known, every other ad is somebody's own; words are changed at a chosen rate."""

from __future__ import annotations

import math
import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ALONE = 0.6  # share of ads that are built from no template
STOCK = 0.25  # share of sentences that anybody may write, word by word
SENTENCES = (5, 8)  # of an ad, both included
SIZES = (3, 300)  # ads of a template, the logarithm drawn evenly: many small ones and a few large
_WORDS = tomllib.loads((Path(__file__).parent / "template_words.toml").read_text("utf-8"))
_FILLERS: dict[str, list[str]] = _WORDS["fillers"]
_FRAMES: list[str] = _WORDS["frames"]
_PHRASES: list[str] = _WORDS["stock"]
_ALL = sorted({word for words in _FILLERS.values() for word in words})
_MARKS = ".,!"
_SLOTS = ("NAMN", "ORT", "PRIS", "TELEFON", "ÅLDER")


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateAd:
    """An ad's text and the number of its template; an ad of its own has a number that no other ad has."""

    text: str
    template: int


def made(seed: int, count: int, *, changed: float | None, sizes: tuple[int, int] = SIZES) -> list[TemplateAd]:
    """Make ads in mixed order.

    Args:
        changed: share of a template's words that each ad changes, beside its own name, place, price, phone and
            age; None draws 0, 5, 10, 20 or 30 % for each ad.
        sizes: ads of a template, smallest and largest.
    """
    rng = random.Random(seed)
    ads = [TemplateAd(text=_filled(_skeleton(rng), rng), template=-number) for number in range(1, round(count * ALONE) + 1)]
    template = 0
    while len(ads) < count:
        template += 1
        skeleton = _skeleton(rng)
        size = round(math.exp(rng.uniform(*map(math.log, sizes))))
        for _ in range(min(size, count - len(ads))):
            rate = rng.choice((0.0, 0.05, 0.1, 0.2, 0.3)) if changed is None else changed
            ads.append(TemplateAd(text=_filled(_edited(skeleton, rate, rng), rng), template=template))
    rng.shuffle(ads)
    return ads


def _skeleton(rng: random.Random) -> list[str]:
    """Write an ad whose name, place, price, phone and age are still open."""
    sentences = [_PHRASES[rng.randrange(len(_PHRASES))] if rng.random() < STOCK else _sentence(rng) for _ in range(rng.randint(*SENTENCES))]
    opening, closing = rng.choice(_WORDS["openings"]), rng.choice(_WORDS["closings"])
    return " ".join([opening, *dict.fromkeys(sentences), closing]).split()


def _sentence(rng: random.Random) -> str:
    words = [rng.choice(_FILLERS[word[1:]]) if word.startswith("_") else word for word in rng.choice(_FRAMES).split()]
    return " ".join(words).capitalize() + "."


def _edited(words: Sequence[str], rate: float, rng: random.Random) -> list[str]:
    """Change a share of the words: replaced, dropped, misspelt or swapped with the next; in as large a share of ads a sentence moves first."""
    edited: list[str] = []
    for word in _moved(words, rng) if rng.random() < rate else words:
        how = rng.random()
        if word.strip(_MARKS) in _SLOTS or rng.random() >= rate:
            edited.append(word)
        elif how < 0.3:
            edited.append(rng.choice(_ALL))
        elif how < 0.6:
            edited.append(_misspelt(word, rng))
        elif how < 0.8:
            edited[-1:] = [word, *edited[-1:]]
    return edited


def _moved(words: Sequence[str], rng: random.Random) -> list[str]:
    ends = [place for place, word in enumerate(words, start=1) if word[-1] in ".!"]
    sentences = [list(words[first:end]) for first, end in zip([0, *ends], ends, strict=False)]
    sentences.insert(rng.randrange(len(sentences)), sentences.pop(rng.randrange(len(sentences))))
    return [word for sentence in sentences for word in sentence]


def _misspelt(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    return word[:at] + rng.choice("abdefghiklmnoprstuvyåäö") + word[at + rng.choice((0, 1)) :]


def _filled(words: Sequence[str], rng: random.Random) -> str:
    values = {
        "NAMN": rng.choice(_WORDS["names"]),
        "ORT": rng.choice(_WORDS["places"]),
        "PRIS": f"{rng.randint(6, 25)}00",
        "TELEFON": f"070-174 06 {rng.randint(5, 99):02d}",
        "ÅLDER": str(rng.randint(19, 49)),
    }
    return " ".join(word.replace(word.strip(_MARKS), values.get(word.strip(_MARKS), word.strip(_MARKS))) if word.strip(_MARKS) else word for word in words)
