"""The figures of the town, read from `rates.toml` into typed values."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.chance import Weighted

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """How advertisers write: shares from 0 to 1, each explained in rates.toml."""

    obscured_alone: float
    obscured_controlled: float
    phone_field: float
    phone_missing: float
    typo: float
    field_missing: float
    age_drift: float
    slang_place: float
    edited: float
    comments: float
    bilingual: float
    trap: float
    own_handle: float
    own_email: float
    swish: float
    same_text: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """All figures of rates.toml."""

    shares: dict[str, float]
    cue_count: tuple[float, ...]
    cues: Weighted
    languages: Weighted
    writing: Writing
    nights_min: int
    nights_max: int
    settled_min: int
    settled_max: int
    reposts: tuple[float, ...]
    sites: Weighted
    small_town_max: int
    pictures_missing: float
    pictures_a_person: tuple[float, ...]
    variants: Weighted
    flips: dict[str, tuple[int, int, int]]


@functools.cache
def table(name: str) -> dict[str, Any]:
    """Read one of the TOML tables beside this file."""
    return tomllib.loads((HERE / name).read_text("utf-8"))


@functools.cache
def rates() -> Rates:
    """Return the town's figures."""
    raw = table("rates.toml")
    cues, sites, pictures, listing = dict(raw["cues"]), dict(raw["sites"]), dict(raw["pictures"]), raw["listing"]
    return Rates(
        shares=raw["shares"],
        cue_count=tuple(cues.pop("count")),
        cues=Weighted(cues.items()),
        languages=Weighted(raw["languages"].items()),
        writing=Writing(**raw["writing"]),
        nights_min=listing["nights_min"],
        nights_max=listing["nights_max"],
        settled_min=listing["settled_min"],
        settled_max=listing["settled_max"],
        reposts=tuple(listing["reposts"]),
        small_town_max=sites.pop("small_town_max"),
        sites=Weighted(sites.items()),
        pictures_missing=pictures.pop("missing"),
        pictures_a_person=tuple(pictures.pop("a_person")),
        variants=Weighted(pictures.items()),
        flips={way: tuple(bits) for way, bits in raw["flips"].items()},
    )
