"""config/linking.toml as types: what counts as the same picture, text, person, and what may link."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoMatching:
    """Distances in bits of 256; quality 0-100; a picture in `stop_contacts` contacts or more is everywhere and links nothing."""

    alone_max: int
    second_sign_max: int
    quality_min: int
    stop_contacts: int
    stop_names: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TextMatching:
    """Masked length in characters; similarity 0-100 that two texts of one template reach, by the number of texts compared."""

    length_min: int
    similar_at_50k: float
    similar_at_200k: float
    similar_at_1m: float
    boilerplate_share: float
    boilerplate_ads: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonaRules:
    """Ages in years; `confidence_min` of a contact that may carry personas; beyond `atoms_max` no doubtful merge is tried."""

    age_drift: int
    confidence_min: float
    atoms_max: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRules:
    """What may link. `weights` are log2 Bayes factors: bits of evidence that a shared sign gives, from lykta link train."""

    confidence_min: float
    recycled_days: int
    relay_personas: int
    relay_ads: int
    admit_bits: float
    never: tuple[str, ...]
    strong: tuple[str, ...]
    bits: dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterRules:
    """Clusters of more personas than this are usually a false bridge: they are cut at their weakest links."""

    personas_max: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkingSettings:
    """All of config/linking.toml."""

    photos: PhotoMatching
    texts: TextMatching
    persona: PersonaRules
    link: LinkRules
    cluster: ClusterRules
