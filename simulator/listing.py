"""From a planned ad to what its page says: fields, text, pictures, and how it changes while it is up."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from crawler.records.ad import Ad
from simulator.disguise import write
from simulator.phones import national
from simulator.rates import rates, table
from simulator.scene import Posting, Town, towns
from simulator.wording import fill, liked, mistype, sentence

NEVER = datetime(1970, 1, 1)  # a version's `seen_at` until a night sees it
AGE_WORDS = {"sv": {15: "femton", 16: "sexton", 17: "sjutton"}, "en": {15: "fifteen", 16: "sixteen", 17: "seventeen"}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture as one ad shows it: its address, what it shows, and how it was changed ("same" or a way of VARIANTS)."""

    address: str
    identity: int
    variant: str
    turn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What an ad says from one night to another, both included, counted from the window's first night."""

    first: int
    last: int
    ad: Ad


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One ad of the town with its truth and its versions in order."""

    number: int
    group: str
    kind: str
    controlled: bool
    minor: bool
    no_contact: bool
    phone: str
    versions: tuple[Version, ...]
    pictures: tuple[Shown, ...]

    def on(self, night: int) -> Ad | None:
        """Return what the ad says on a night; None when it is not up."""
        return next((version.ad for version in self.versions if version.first <= night <= version.last), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What is known of a posting: its group, the kind of actor, and whether somebody controls it."""

    group: str
    kind: str
    controlled: bool


def make_listing(posting: Posting, truth: Truth, *, number: int, nights: int, until: date, chance: random.Random) -> Listing:
    """Write one ad.

    Args:
        number: the ad's own number, in its address.
        until: the date of the window's last night.
    """
    url = f"https://{posting.site}.example/{PATHS[posting.site]}/{number}"
    pictures = _pictures(posting, url, number, chance)
    first, last = max(0, posting.first), min(nights - 1, posting.last)
    ad = Ad(
        site=posting.site,
        url=url,
        seen_at=NEVER,
        posted_at=_posted(posting, nights, until, chance),
        category=posting.category,
        images=tuple(shown.address for shown in pictures),
        address=posting.address,
        venue=posting.venue,
        account=posting.contact.account,
        payment=posting.contact.payment,
        emails=posting.contact.emails,
        handles=posting.contact.handles,
        comments=posting.comments or _comments(posting, chance),
        **_written(posting, chance),
    )
    return Listing(
        number=number,
        group=truth.group,
        kind=truth.kind,
        controlled=truth.controlled,
        minor=posting.minor,
        no_contact=posting.no_contact,
        phone=posting.contact.phone,
        versions=_versions(ad, first, last, chance),
        pictures=pictures,
    )


PATHS = {"torget": "annons", "anslaget": "objekt", "fonstret": "a"}


def _posted(posting: Posting, nights: int, until: date, chance: random.Random) -> str:
    day = until - timedelta(days=nights - 1 - posting.first) - timedelta(days=1)
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=chance.randint(6 * 60, 23 * 60 + 50))
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _comments(posting: Posting, chance: random.Random) -> tuple[str, ...]:
    if chance.random() >= rates().writing.comments:
        return ()
    return tuple(sentence(chance.choice(("sv", "sv", "en")), "comments", chance) for _ in range(chance.randint(1, 3)))


def _pictures(posting: Posting, url: str, number: int, chance: random.Random) -> tuple[Shown, ...]:
    known = posting.persona.pictures
    if not known or chance.random() < rates().pictures_missing:
        return ()
    chosen = chance.sample(known, chance.randint(min(2, len(known)), len(known)))
    base = url.rsplit("/", 2)[0]
    return tuple(
        Shown(address=f"{base}/bild/{number}-{place}.jpg", identity=identity, variant=rates().variants.draw(chance), turn=chance.randrange(1 << 30))
        for place, identity in enumerate(chosen, start=1)
    )


def _written(posting: Posting, chance: random.Random) -> dict[str, Any]:
    """Return the fields that a writer fills in, as one moment's habits have it."""
    writing, persona, contact = rates().writing, posting.persona, posting.contact
    age = persona.age
    if not posting.minor and chance.random() < writing.age_drift:
        age = max(19, age + chance.choice((-2, -1, 1, 2)))
    place = towns()[posting.town]
    slots = _slots(posting, place, age, chance)
    silent = not posting.minor and not posting.copy and chance.random() < writing.phone_missing
    return {
        "title": fill(persona.voice.title, slots),
        "body": _body(posting, slots, silent, chance),
        "name": "" if chance.random() < writing.field_missing else persona.name,
        "age": _age_field(posting, age, chance),
        "city": "" if chance.random() < writing.field_missing else place.slang if chance.random() < writing.slang_place else place.name,
        "price": "" if chance.random() < writing.field_missing else _price(persona.price, chance),
        "phones": (national(contact.phone),) if contact.phone and not contact.way and not silent else (),
    }


def _slots(posting: Posting, place: Town, age: int, chance: random.Random) -> dict[str, str]:
    persona = posting.persona
    language = persona.voice.language
    names = table("words/names.toml")
    return {
        "name": persona.name,
        "age": str(age),
        "word": AGE_WORDS.get(language, {}).get(age, str(age)),
        "city": place.name,
        "incity": chance.choice(place.within) if language == "sv" else place.name,
        "hour": str(persona.price),
        "half": str(round(persona.price * 0.6 / 50) * 50),
        "day": chance.choice(table(f"words/{language}.toml")["days"]),
        "street": posting.address.rsplit(" ", 1)[0] or chance.choice(names["streets"]),
        "venue": posting.venue,
        "friend": posting.friend,
        "phone": write(posting.contact.way, posting.contact.phone, language, chance) if posting.contact.way else "",
    }


def _body(posting: Posting, slots: dict[str, str], silent: bool, chance: random.Random) -> str:
    voice = posting.persona.voice
    lines = list(voice.lines)
    if not posting.copy and len(lines) > 3 and chance.random() >= rates().writing.same_text:
        lines[chance.randrange(1, len(lines))] = liked(sentence(voice.language, "self", chance), voice.language, chance)
    lines += [line for line in posting.extra if line]
    if slots["phone"] and not silent:
        lines.append(voice.phone_line)
    if voice.closing:
        lines.append(voice.closing)
    between = "\n" if (len(voice.title) + len(voice.lines)) % 2 else " "
    text = between.join(lines)
    if chance.random() < rates().writing.typo:
        text = mistype(text, chance)
    return fill(text, slots).strip()


def _age_field(posting: Posting, age: int, chance: random.Random) -> str:
    if posting.age_in in ("never", "text") or (posting.age_in == "either" and chance.random() < rates().writing.field_missing):
        return ""
    return chance.choice((str(age), str(age), f"{age} år"))


def _price(price: int, chance: random.Random) -> str:
    half = round(price * 0.6 / 50) * 50
    spaced = f"{price // 1000} {price % 1000:03d} kr" if price >= 1000 else f"{price}:-"
    return chance.choice((f"{price} kr/h", f"{price} kr", spaced, f"{half}/30 {price}/60", f"från {half} kr", f"{price} SEK"))


def _versions(ad: Ad, first: int, last: int, chance: random.Random) -> tuple[Version, ...]:
    """Cut the listing in two where the writer changes the price, the text or a typing mistake."""
    if last - first < 1 or chance.random() >= rates().writing.edited:
        return (Version(first=first, last=last, ad=ad),)
    cut = chance.randint(first + 1, last)
    way = chance.randrange(3)
    if way == 0:
        later = replace(ad, price=_price(100 * chance.randint(10, 26), chance))
    elif way == 1:
        later = replace(ad, body=f"{ad.body} {chance.choice(('Uppdaterad!', 'Ny tid ledig.', 'Updated.', 'OBS ändrat pris.'))}".strip())
    else:
        later = replace(ad, body=mistype(ad.body, chance))
    return (Version(first=first, last=cut - 1, ad=ad), Version(first=cut, last=last, ad=later))
