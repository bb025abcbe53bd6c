"""Which languages a text is written in, by the sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import re2
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from pipeline.reading.model import Language

_PART = re2.compile(r"[^.!?\n]+")
PART_MIN = 12  # letters; shorter parts say too little
PARTS_MAX = 12


class LanguageReader:
    """Identify languages among those met in ads."""

    def __init__(self, languages: Sequence[str]) -> None:
        self._identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=False)
        self._identifier.set_languages(list(languages))

    def read(self, text: str) -> tuple[Language, ...]:
        """Return languages by their share of the text's letters, the largest first; nothing for a text without words."""
        letters: Counter[str] = Counter()
        parts = [part for part in _PART.findall(text)[:PARTS_MAX] if sum(map(str.isalpha, part)) >= PART_MIN] or [text[:500]]
        joined = _joined(parts)
        for part in joined:
            size = sum(map(str.isalpha, part))
            if size >= 3:
                letters[str(self._identifier.classify(part)[0])] += size
        total = sum(letters.values())
        return tuple(Language(code=code, share=count / total) for code, count in sorted(letters.items(), key=lambda item: (-item[1], item[0])))


def _joined(parts: list[str], size: int = 60) -> list[str]:
    """Join short parts to pieces of about `size` letters: very short ones are often misread."""
    joined: list[str] = []
    for part in parts:
        if joined and len(joined[-1]) < size:
            joined[-1] += ". " + part
        else:
            joined.append(part)
    return joined
