"""The parts a phone number may be made of, in runs: digits, number words, look-alike letters, with the ornaments between them let go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.reading.fold import Folded
from pipeline.reading.numerals import UNSPACED, Numerals, Spoken
from pipeline.reading.settings import ReadingSettings
from pipeline.reading.traps import without_traps

GAP_MAX = 8  # characters of ornament between two parts of one number
FILLED_GAP_MAX = 45  # characters with filler words between
FILLERS_MAX = 5
ORDINARY_MAX = 200_000  # words remembered
GLUED_MAX = 3  # letters pressed between digits to hide them
MARKS = "\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
TOKEN = re.compile(rf"\d+|(?:[^\W\d_]|[{MARKS}])(?:[^\W_]|[{MARKS}])*|[|!$]+|\+|\0+")
SPELT = re.compile(r"(?<![^\W_])(?:[^\W\d_][ .*_~\-]{1,2}){6,}[^\W\d_](?![^\W_])")
_LETTERS = re.compile(r"\d+|[^\W\d_]+")
ALONE = frozenset("oilsbz")  # look-alikes that may stand between spaces; "a", "e" and "t" are letters there
PLUS_WORDS = frozenset({"plus", "плюс", "pluss"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part: the digits it may stand for ('+' for a plus sign), its span in the folded text, and what was undone.

    `steps` counts digits that were words or look-alikes; `weak` parts were misspelt or are letters that may be ornament.
    """

    digits: tuple[str, ...]
    start: int
    end: int
    steps: int = 0
    ten: bool = False
    hundred: bool = False
    plural: bool = False
    weak: bool = False
    lookalike: bool = False


class PartReader:
    """Cut a folded text into runs of parts."""

    def __init__(self, settings: ReadingSettings) -> None:
        self._numerals = Numerals(settings)
        self._fillers = frozenset(settings.fillers)
        self._multipliers = settings.multipliers
        self._ordinary: set[str] = set()  # words seen that are no part of a number, so that the next ad passes them at once
        self._said: dict[str, Spoken] = {}  # words seen that say a number, or may, wherever they stand
        self._lookalikes = _lookalikes(settings.lookalikes)

    def runs(self, folded: Folded, parts_max: int) -> Iterator[list[Part]]:
        """Yield runs of parts with ornaments, a few filler words or a line break between, never across a trap; the last one ends at parts_max parts."""
        text = without_traps(folded.text)
        spelt = self._spelt(text)
        run: list[Part] = []
        fillers, repeat, after = 0, 1, 0
        for match in TOKEN.finditer(text):
            word = match.group()
            if word in self._ordinary and (len(word) > GLUED_MAX or not text[match.start() - 1 : match.start()].isdigit()):
                if run:
                    yield run
                    run, fillers, repeat = [], 0, 1
                continue
            if match.start() < after or (not run and word in self._fillers and not text[match.end() : match.end() + 1].isdigit()):
                continue
            if word in self._multipliers:
                repeat = self._multipliers[word]
                continue
            if match.start() in spelt:
                parts: Iterable[Part | None] = (spelt[match.start()],)
                after = spelt[match.start()].end
            elif word in self._said:
                parts = (_of(self._said[word], match.start(), match.end()),)
            else:
                parts = self._token(text, folded.cased, word, match.start(), match.end())
            for part in parts:
                if part is None or _is_far(run, part, fillers):
                    if run:
                        yield run
                    run, fillers = [], 0
                if part is not None and not part.digits:
                    fillers += 1
                elif part is not None:
                    run.append(_repeated(part, repeat))
                    fillers, repeat = 0, 1
                if len(run) >= parts_max:
                    break
            if len(run) >= parts_max:
                break
        if run:
            yield run

    def _token(self, text: str, cased: str, word: str, start: int, end: int) -> Iterator[Part | None]:
        if word == "+" or word in PLUS_WORDS:
            yield Part(digits=("+",), start=start, end=end)
        elif word.isdigit():
            yield Part(digits=(word,), start=start, end=end)
        elif word[0] == "\0":
            yield None
        elif UNSPACED.search(word):
            yield from self._unspaced(word, start)
        else:
            yield from self._word(text, cased, word, start, end)

    def _word(self, text: str, cased: str, word: str, start: int, end: int) -> Iterator[Part | None]:
        spoken = self._numerals.say(word)
        if spoken:
            self._keep(word, spoken)
            yield _of(spoken, start, end)
            return
        mixed = any(letter.isdigit() for letter in word)
        if mixed:
            for piece in _LETTERS.finditer(word):
                begin, stop = start + piece.start(), start + piece.end()
                if piece.group().isdigit():
                    yield Part(digits=(piece.group(),), start=begin, end=stop)
                else:
                    yield from self._letters(text, cased[begin:stop], begin, stop)
            return
        yield from self._letters(text, cased[start:end], start, end)

    def _letters(self, text: str, written: str, start: int, end: int) -> Iterator[Part | None]:
        """Read letters that are no number word: look-alikes, ornaments between digits, fillers, misspelt words, or the end of a run."""
        word = text[start:end]
        left, right = start > 0 and text[start - 1].isdigit(), end < len(text) and text[end].isdigit()
        alone = len(word) <= 2 and all(letter in ALONE for letter in word)
        spoken = self._numerals.say(word)
        lookalike = len(word) <= GLUED_MAX and all(letter in self._lookalikes for letter in written) and (left or right or alone)
        if spoken and not (lookalike and len(word) <= 2 and (left or right)):
            yield _of(spoken, start, end)
        elif lookalike:
            digits = ["".join(choice) for choice in _choices([self._lookalikes[letter] for letter in written])]
            digits += [*(spoken.digits if spoken else ()), *([""] if (left and right) or word in self._fillers else [])]
            yield Part(digits=tuple(dict.fromkeys(digits)), start=start, end=end, steps=2 * len(word), lookalike=True)
        elif not word[0].isalpha():
            return  # a bar or an exclamation mark that stands for no digit is an ornament
        elif word in self._fillers or (len(word) <= GLUED_MAX and left and right):
            yield Part(digits=(), start=start, end=end)
        else:
            guess = self._numerals.guess(word)
            if guess is not None:
                self._keep(word, guess)
            elif not (left or right) and len(self._ordinary) < ORDINARY_MAX:
                self._ordinary.add(word)
            yield _of(guess, start, end) if guess else None

    def _keep(self, word: str, spoken: Spoken) -> None:
        """Remember what a word says, unless it is so short that the letters around it decide."""
        if len(word) > GLUED_MAX and word.isalpha() and len(self._said) < ORDINARY_MAX:
            self._said[word] = spoken

    def _unspaced(self, word: str, start: int) -> Iterator[Part | None]:
        """Read number words inside a stretch of a script without spaces; whatever else stands there ends a run."""
        at = 0
        for match in self._numerals.unspaced.finditer(word):
            spoken = self._numerals.say(match.group())
            if match.start() > at:
                yield None
            if spoken:
                yield _of(spoken, start + match.start(), start + match.end())
            at = match.end()
        if at < len(word):
            yield None

    def _spelt(self, text: str) -> dict[int, Part]:
        """Find number words written letter by letter: n-o-l-l s-j-u."""
        found = {}
        for match in SPELT.finditer(text):
            spoken = self._numerals.say("".join(filter(str.isalpha, match.group())))
            if spoken:
                found[match.start()] = _of(spoken, match.start(), match.end())
        return found


def _is_far(run: Sequence[Part], part: Part, fillers: int) -> bool:
    return bool(run and part.digits and (part.start - run[-1].end > (FILLED_GAP_MAX if fillers else GAP_MAX) or fillers > FILLERS_MAX))


def _repeated(part: Part, times: int) -> Part:
    """Return a part said twice or thrice: "dubbel sju"."""
    if times == 1 or len(part.digits[0]) != 1 or part.digits[0] == "+":
        return part
    return replace(part, digits=tuple(digits * times for digits in part.digits), steps=part.steps + 1)


def _of(spoken: Spoken, start: int, end: int) -> Part:
    return Part(
        digits=spoken.digits, start=start, end=end, steps=len(spoken.digits[0]), ten=spoken.ten, hundred=spoken.hundred, plural=spoken.plural, weak=spoken.weak
    )


def _lookalikes(settings: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return what each letter may stand for: first as written, then as its other case ("B" is 8, "b" is 6)."""
    return {
        letter: tuple(dict.fromkeys(settings[form] for form in (letter, letter.lower(), letter.upper()) if form in settings))
        for known in settings
        for letter in (known, known.lower(), known.upper())
        if len(letter) == 1
    }


def _choices(options: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    if not options:
        yield ()
        return
    for first in options[0]:
        for rest in _choices(options[1:]):
            yield (first, *rest)
