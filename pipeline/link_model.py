"""What is compared between two ads: each comparison with its levels from the strongest to none, as conditions on one row an ad.

An ad that says nothing about a comparison (no picture, no name) is neither for nor against: it gives no bits.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One degree of likeness. `condition` is SQL over the columns of both ads (`_l`, `_r`); '' is all that is left."""

    name: str
    condition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One thing compared. An ad whose `column` is NULL says nothing; `common` is the column whose frequent values count less, or ''."""

    name: str
    column: str
    levels: tuple[Level, ...]
    common: str = ""


COMPARISONS = (
    Comparison(
        name="contact",
        column="contacts",
        levels=(
            Level(name="two", condition="len(list_intersect(contacts_l, contacts_r)) >= 2"),
            Level(name="one", condition="len(list_intersect(contacts_l, contacts_r)) = 1"),
            Level(name="other", condition=""),
        ),
    ),
    Comparison(
        name="photo",
        column="photos",
        levels=(
            Level(name="two", condition="len(list_intersect(photos_l, photos_r)) >= 2"),
            Level(name="one", condition="len(list_intersect(photos_l, photos_r)) = 1"),
            Level(name="near", condition="len(list_intersect(near_l, near_r)) >= 1"),
            Level(name="other", condition=""),
        ),
    ),
    Comparison(
        name="template",
        column="templates",
        levels=(Level(name="same", condition="len(list_intersect(templates_l, templates_r)) >= 1"), Level(name="other", condition="")),
        common="template",
    ),
    Comparison(name="name", column="name", levels=(Level(name="same", condition="name_l = name_r"), Level(name="other", condition="")), common="name"),
    Comparison(name="place", column="place", levels=(Level(name="same", condition="place_l = place_r"), Level(name="other", condition="")), common="place"),
    Comparison(name="account", column="account", levels=(Level(name="same", condition="account_l = account_r"), Level(name="other", condition=""))),
    Comparison(
        name="price",
        column="prices",
        levels=(
            Level(name="two", condition="len(list_intersect(prices_l, prices_r)) >= 2"),
            Level(name="one", condition="len(list_intersect(prices_l, prices_r)) = 1"),
            Level(name="other", condition=""),
        ),
    ),
)
COMMON = tuple(comparison.common for comparison in COMPARISONS if comparison.common)
