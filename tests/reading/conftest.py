"""The shipped reading config, as typed objects."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path

from pipeline.home import SHIPPED_CONFIG
from pipeline.reading.lexicon import Lexicon, parse
from pipeline.reading.reader import Reader
from pipeline.reading.settings import ReadingSettings
from pipeline.strict import build


def shipped_lexicon(config: Path) -> Lexicon:
    lexicon, faults = parse({path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted((config / "lexicon").glob("*.toml"))})
    assert faults == []
    return lexicon


def shipped_reading(config: Path) -> ReadingSettings:
    faults: list[str] = []
    settings = build(ReadingSettings, tomllib.loads((config / "reading.toml").read_text("utf-8")), where="config/reading.toml", faults=faults)
    assert settings is not None, faults
    return settings


@functools.cache
def reader() -> Reader:
    return Reader(shipped_lexicon(SHIPPED_CONFIG), shipped_reading(SHIPPED_CONFIG))
