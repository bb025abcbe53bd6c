"""config/linking.toml as types: what counts as the same picture, text, person, and what may link."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.link_model import COMPARISONS

WEIGH_BY = ("splink", "bits")


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoMatching:
    """Distances in bits of 256; quality 0-100; what is advertised with so many contacts, names or counties is everywhere and links nothing.

    Pictures stand alone at `certain_max`, or up to `alone_max` where their distance and what their other hashes are apart come to no more
    than `together_max`; `parts_` are the same for pictures of ads that share something, which are compared by all their hashes, at most
    `neighbours_max` places apart.
    """

    alone_max: int
    second_sign_max: int
    quality_min: int
    stop_contacts: int
    stop_names: int
    stop_counties: int = 12
    stop_site_share: float = 0.2
    neighbours_max: int = 100
    parts_alone_max: int = 60
    certain_max: int = 30
    together_max: int = 88
    parts_certain_max: int = 44
    parts_together_max: int = 98


@dataclass(frozen=True, slots=True, kw_only=True)
class TextMatching:
    """Masked length in characters; likeness 0-100 that two texts of one template reach, by the number of texts compared.

    A template that holds more than `alarm_share` of all texts, once there are `alarm_texts`, is a sign that strangers were joined.
    """

    length_min: int
    similar_at_10k: float
    similar_at_50k: float
    similar_at_200k: float
    similar_at_1m: float
    boilerplate_share: float
    boilerplate_ads: int
    alarm_share: float
    alarm_texts: int
    demographic_words: tuple[str, ...] = ()  # filled from config/reading.toml: compared as one placeholder


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonaRules:
    """Ages in years; `confidence_min` of a contact that may carry personas; beyond `atoms_max` no doubtful merge is tried."""

    age_drift: int
    confidence_min: float
    atoms_max: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """How often two ads are alike to one degree, 0-1: two ads of one advertiser, and two of strangers."""

    same: float
    strangers: float

    def __post_init__(self) -> None:
        if not (0 < self.same < 1 and 0 < self.strangers < 1):
            raise ValueError("same and strangers must lie between 0 and 1, both excluded; `lykta link train` measures them")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A contact that config names as one that never links: its kind, its value as people write it, and why."""

    kind: str
    value: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRules:
    """What may link, and what a shared sign weighs.

    `bits` are fixed log2 Bayes factors of a shared sign; `chances` are what Splink weighs by, for each comparison and level of
    pipeline/link_model.py. `weigh_by` says which of the two decides, `trained_with` which splink measured the chances. `doubt_ads`: while a
    store is small, how common a value is counts as if so many ads of the training had been seen too.
    `never` holds pseudonyms, `named` and `generic_handles` values from which pipeline/link_named.py makes more of them.
    """

    confidence_min: float
    recycled_days: int
    relay_personas: int
    relay_ads: int
    relay_advertisers: int
    relay_advertisers_ads: int
    strangers_min: int
    strangers_share: float
    admit_bits: float
    weigh_by: str
    trained_with: str
    doubt_ads: int
    never: tuple[str, ...]
    named: tuple[Named, ...]
    generic_handles: tuple[str, ...]
    strong: tuple[str, ...]
    bits: dict[str, float]
    chances: dict[str, dict[str, Chance]]
    reasons: dict[str, str] = field(default_factory=dict)  # filled by link_named: why each pseudonym of `never` is in it

    def __post_init__(self) -> None:
        wrong = list(chance_faults(self.chances))
        if self.weigh_by not in WEIGH_BY:
            wrong.append(f'weigh_by must be "{WEIGH_BY[0]}" or "{WEIGH_BY[1]}"')
        if wrong:
            raise ValueError("; ".join(wrong))


def chance_faults(chances: Mapping[str, Mapping[str, Chance]]) -> Iterator[str]:
    """Say what is missing from or too much in a table of chances, as pipeline/link_model.py knows it."""
    wanted = {comparison.name: [level.name for level in comparison.levels] for comparison in COMPARISONS}
    for name in sorted(wanted.keys() | chances.keys()):
        if name not in wanted:
            yield f"chances.{name} is not compared, known are {', '.join(wanted)}"
        elif name not in chances:
            yield f"chances.{name} is missing, run `lykta link train`"
        elif set(chances[name]) != set(wanted[name]):
            yield f"chances.{name} must have exactly the levels {', '.join(wanted[name])}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterRules:
    """Where clusters are cut.

    One of more people than `personas_max` is usually a false bridge, and is cut at its weakest links. Two groups of `bridge_ads` ads or more
    that hang together by one link of pictures or texts below `bridge_bits` are left apart: a person decides.
    """

    personas_max: int
    bridge_bits: float
    bridge_ads: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkingSettings:
    """All of config/linking.toml."""

    photos: PhotoMatching
    texts: TextMatching
    persona: PersonaRules
    link: LinkRules
    cluster: ClusterRules
