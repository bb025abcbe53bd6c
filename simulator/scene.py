"""What an actor acts with: people, contacts, towns and nights, all drawn from one stream of chance."""

from __future__ import annotations

import csv
import functools
import random
from dataclasses import dataclass, field

from crawler.records.ad import Handle
from simulator.chance import Weighted, index
from simulator.disguise import OBSCURE
from simulator.phones import Directory, national
from simulator.rates import HERE, rates, table
from simulator.wording import Voice, new_voice

LATIN = str.maketrans("åäöéíóáúőűăâîșțłążźćęśńñ", "aaoeioauouaaistlazzcesnn")


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """One person as advertised. `pictures` are identities of drawn pictures; `price` SEK an hour."""

    name: str
    age: int
    voice: Voice
    pictures: tuple[int, ...]
    price: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How an ad can be answered. `way` is how the number is written in the text ('' when it stands in its field)."""

    phone: str = ""
    way: str = ""
    handles: tuple[Handle, ...] = ()
    emails: tuple[str, ...] = ()
    payment: tuple[str, ...] = ()
    account: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One ad as somebody plans it: who, how to answer, where, and on which nights it is up (`first` may lie before the window)."""

    persona: Persona
    contact: Contact
    town: str
    first: int
    last: int
    site: str = ""
    category: str = "escort"
    address: str = ""
    venue: str = ""
    extra: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    friend: str = ""
    minor: bool = False
    no_contact: bool = False
    age_in: str = "either"
    copy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A municipality and the ways of saying that one is there."""

    name: str
    within: tuple[str, ...]
    slang: str


@functools.cache
def towns() -> dict[str, Town]:
    """Return the municipalities by name."""
    with (HERE / "words" / "places.csv").open(encoding="utf-8") as file:
        return {row["name"]: Town(name=row["name"], within=tuple(row["within"].split("|")), slang=row["slang"]) for row in csv.DictReader(file)}


@functools.cache
def _weighted_towns() -> Weighted:
    with (HERE / "words" / "places.csv").open(encoding="utf-8") as file:
        return Weighted((row["name"], float(row["weight"])) for row in csv.DictReader(file))


@dataclass(slots=True, kw_only=True)
class Scene:
    """One part of the town while it is made: its chance, its numbers, and what has been used already."""

    chance: random.Random
    directory: Directory
    nights: int
    part: int
    size: int  # ads of this part
    accounts: int = 0
    identities: int = 0
    stolen: list[tuple[int, ...]] = field(default_factory=list)
    relay: str = ""

    def picture(self) -> int:
        """Return the identity of a picture that nobody has shown yet."""
        self.identities += 1
        return self.part * 1_000_000 + self.identities

    def account(self) -> str:
        """Return the name of a new account."""
        self.accounts += 1
        return f"u-{self.part * 100_000 + self.accounts}"

    def persona(self, *, language: str = "", ages: tuple[int, int] = (20, 46), titles: str = "titles", pictures: int = -1, even: bool = False) -> Persona:
        """Make up a person as advertised; stated ages lean towards the lower end unless they are to be spread evenly."""
        language = language or rates().languages.draw(self.chance)
        many = pictures if pictures >= 0 else 1 + index(self.chance, rates().pictures_a_person)
        return Persona(
            name=self.chance.choice(table("words/names.toml")[language]),
            age=self.chance.randint(*ages) if even else min(self.chance.randint(*ages), self.chance.randint(*ages)),
            voice=new_voice(language, self.chance, titles=titles),
            pictures=tuple(self.picture() for _ in range(many)),
            price=100 * self.chance.randint(10, 26),
        )

    def contact(self, persona: Persona, *, controlled: bool = False, phone: str | None = None) -> Contact:
        """Make up how a person is reached; a given phone is kept. Where no number is left there is an account instead."""
        writing, chance = rates().writing, self.chance
        number = self.directory.take(at_home=chance.random() < 0.62) if phone is None else phone
        obscured = chance.random() < (writing.obscured_controlled if controlled else writing.obscured_alone)
        way = chance.choice(OBSCURE) if obscured else "" if chance.random() < writing.phone_field else "plain"
        handles = (self.handle(persona),) if not number or chance.random() < writing.own_handle else ()
        emails = (f"{latin(persona.name)}{chance.randrange(1000):03d}{self.accounts % 97}@post.example",) if chance.random() < writing.own_email else ()
        return Contact(phone=number, way=way, handles=handles, emails=emails, payment=self._payment(number), account=self.account())

    def handle(self, persona: Persona) -> Handle:
        """Make up a messenger account that nobody else has."""
        self.accounts += 1
        return Handle(kind=self.chance.choice(("telegram", "telegram", "signal", "snapchat")), value=f"{latin(persona.name)}_{self.part}{self.accounts}")

    def _payment(self, number: str) -> tuple[str, ...]:
        if self.chance.random() >= rates().writing.swish:
            return ()
        return (f"Swish {national(number)}",) if number.startswith("+4670") else ("Kontant",)

    def town(self, *, besides: tuple[str, ...] = ()) -> str:
        """Draw a municipality, the larger the likelier."""
        while (name := _weighted_towns().draw(self.chance)) in besides:
            pass
        return name

    def route(self, stops: int) -> tuple[str, ...]:
        """Draw different municipalities in the order in which they are visited."""
        found: tuple[str, ...] = ()
        while len(found) < stops:
            found += (self.town(besides=found),)
        return found

    def spell(self, *, settled: bool = False) -> tuple[int, int]:
        """Draw first and last night of an ad that is seen at least once in the window; a settled house's ads stay up for weeks."""
        bounds = (rates().settled_min, rates().settled_max) if settled else (rates().nights_min, rates().nights_max)
        length = self.chance.randint(*bounds)
        first = self.chance.randint(1 - length, self.nights - 1)
        return first, first + length - 1

    def stages(self, number: int, most: int) -> tuple[int, int]:
        """Lay stages that follow each other into the window. Returns the first night and the nights of each, at most `most`."""
        length = max(1, min(most, self.nights // number))
        return self.chance.randint(0, max(0, self.nights - number * length)), length

    def address(self) -> str:
        """Draw a street and a number."""
        return f"{self.chance.choice(table('words/names.toml')['streets'])} {self.chance.randint(1, 89)}"

    def venue(self) -> str:
        """Draw the name of a parlour."""
        names = table("words/names.toml")
        return f"{self.chance.choice(names['venue_first'])} {self.chance.choice(names['venue_last'])}"

    def at_most(self, wanted: int) -> int:
        """Return how large an actor may be in a part of this size: none is more than a twelfth of it, and none below four."""
        return min(wanted, max(4, self.size // 12))


def latin(name: str) -> str:
    """Write a name as it stands in an address; a name of another alphabet becomes `vera`."""
    plain = "".join(letter for letter in name.lower().translate(LATIN) if letter.isascii() and letter.isalpha())
    return plain or "vera"
