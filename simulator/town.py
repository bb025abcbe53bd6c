"""The town: who advertises, in what numbers, and all ads with their truth."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from simulator.actors import alone, controllers, houses
from simulator.actors.alone import Groups
from simulator.chance import stream
from simulator.listing import Listing, Truth, make_listing
from simulator.phones import Directory
from simulator.rates import rates
from simulator.scene import Posting, Scene

PART_ADS = 20_000  # ads that are made together; larger towns are made of such parts, each with its own chance
RELAY_MIN = 1000  # ads of a town that has a switchboard: on three ads it would be a phone like another
SMALL = 2000  # ads of a town that a browser must be able to read in minutes
FIRST_NUMBER = 10_000

Actor = Callable[[Scene], Groups]
ALONE: dict[str, Actor] = {
    "independent": alone.independent,
    "independent_touring": alone.independent_touring,
    "friends_phone": alone.friends_phone,
    "friends_flat": alone.friends_flat,
    "no_contact": alone.no_contact,
    "recycled": alone.recycled,
    "relay": alone.relay,
    "minor": alone.minor,
    "agency_open": houses.agency_open,
    "agency_small": houses.agency_small,
    "agency_site": houses.agency_site,
    "parlour_plain": houses.parlour_plain,
    "parlour_linked": houses.parlour_linked,
    "other": alone.other,
    "scammer_flood": houses.scammer_flood,
    "scammer_stolen": houses.scammer_stolen,
}
CONTROLLED: dict[str, Actor] = {
    "rotation": controllers.rotation,
    "weekly_phone": controllers.weekly_phone,
    "circuit": controllers.circuit,
    "template": controllers.template,
    "passed": controllers.passed,
    "live_in": controllers.live_in,
    "debt": controllers.debt,
}
KINDS = {**ALONE, **CONTROLLED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A town to be made: seed, number of distinct ads, number of nights, the date of the last, and how many ads are made together."""

    seed: int
    ads: int
    nights: int
    until: date
    part_max: int = PART_ADS

    @property
    def parts(self) -> int:
        """In how many parts the town is made."""
        return max(1, -(-self.ads // self.part_max))

    def part_ads(self, part: int) -> int:
        """How many ads a part has."""
        return min(self.part_max, self.ads - part * self.part_max)


def town_of(plan: Plan) -> list[Listing]:
    """Make all ads of a town, in the order of their numbers."""
    return [listing for part in range(plan.parts) for listing in part_of(plan, part)]


def part_of(plan: Plan, part: int) -> list[Listing]:
    """Make the ads of one part, in the order of their numbers; the same for the same plan, whatever else was made."""
    chance = stream(plan.seed, plan.ads, plan.nights, part, "actors")
    scene = Scene(
        chance=chance,
        directory=Directory(part, plan.parts, stream(plan.seed, part, "phones")),
        nights=plan.nights,
        part=part,
        size=plan.part_ads(part),
    )
    sites = _Sites(plan.ads, plan.nights)
    numbers = list(range(plan.part_ads(part)))
    chance.shuffle(numbers)
    listings = []
    for count, (posting, truth) in zip(numbers, _postings(scene, plan), strict=False):
        placed = posting if posting.site else replace(posting, site=sites.draw(posting, chance))
        sites.note(placed)
        number = FIRST_NUMBER + part * plan.part_max + count
        listings.append(make_listing(placed, truth, number=number, nights=plan.nights, until=plan.until, chance=chance))
    return sorted(listings, key=lambda listing: listing.number)


def _postings(scene: Scene, plan: Plan) -> Iterator[tuple[Posting, Truth]]:
    """Let actors act, always of the kind that is furthest behind its share, without end."""
    shares = {kind: share for kind, share in rates().shares.items() if kind != "relay" or plan.ads >= RELAY_MIN}
    whole = sum(shares.values())
    behind = dict.fromkeys(shares, 0.0)
    actors = 0
    while True:
        kind = max(behind, key=lambda name: behind[name] + (shares[name] / whole) * scene.size * 0.004)
        actors += 1
        made = 0
        for place, group in enumerate(KINDS[kind](scene)):
            truth = Truth(group=f"g{scene.part}-{actors}-{place}", kind=kind, controlled=kind in CONTROLLED)
            for posting in group:
                made += 1
                yield posting, truth
        for name in behind:
            behind[name] += made * shares[name] / whole
        behind[kind] -= made


class _Sites:
    """Spread ads over the sites; the browser's site stays small in a small town."""

    def __init__(self, ads: int, nights: int) -> None:
        self._room = rates().small_town_max if ads <= SMALL else None
        self._up = [0] * nights

    def draw(self, posting: Posting, chance: random.Random) -> str:
        site = rates().sites.draw(chance)
        if site == "fonstret" and self._room is not None and max(self._up[max(0, posting.first) : posting.last + 1], default=0) >= self._room:
            return "torget"
        return site

    def note(self, posting: Posting) -> None:
        """Count an ad's nights on the browser's site."""
        if posting.site == "fonstret":
            for night in range(max(0, posting.first), min(len(self._up) - 1, posting.last) + 1):
                self._up[night] += 1
