"""Agencies and massage parlours that control nobody as far as the town's truth goes, and those who only want money."""

from __future__ import annotations

from dataclasses import replace

from simulator.actors.alone import Groups, reposts
from simulator.rates import table
from simulator.scene import Contact, Persona, Posting, Scene
from simulator.wording import sentence, settled, template_voice


def _language(scene: Scene) -> str:
    return "sv" if scene.chance.random() < 0.65 else "en"


def agency_open(scene: Scene) -> Groups:
    """An agency under its own name with one switchboard: many people, texts of their own, the same closing words."""
    language, name = _language(scene), scene.chance.choice(table("words/names.toml")["agency"])
    head = scene.persona(language=language, pictures=1)
    contact = replace(scene.contact(head), way="", emails=(f"bokning{scene.accounts}@{name.lower().replace(' ', '')}.example",))
    town = scene.town()
    posted: list[Posting] = []
    while len(posted) < scene.at_most(scene.chance.randint(12, 24)):
        persona = scene.persona(language=language, ages=(22, 44))
        extra = (f"{name}. " + sentence(language, "agency", scene.chance),)
        posted += [replace(ad, extra=extra) for ad in reposts(scene, persona, contact, town, scene.chance.randint(1, 3), settled=True)]
    return [posted]


def agency_small(scene: Scene) -> Groups:
    """Two to four people who say "we" and share a phone."""
    language, town = _language(scene), scene.town()
    people = [scene.persona(language=language) for _ in range(scene.chance.randint(2, 4))]
    contact = scene.contact(people[0])
    posted = []
    for persona in people:
        extra = (sentence(language, "agency", scene.chance),)
        posted += [replace(ad, extra=extra) for ad in reposts(scene, persona, contact, town, scene.chance.randint(1, 3), settled=True)]
    return [posted]


def agency_site(scene: Scene) -> Groups:
    """People with phones of their own who are also reached by one e-mail address of an agency."""
    language, name = _language(scene), scene.chance.choice(table("words/names.toml")["agency"])
    email = f"post{scene.part}{scene.accounts}@{name.lower().replace(' ', '')}.example"
    posted: list[Posting] = []
    while len(posted) < scene.at_most(scene.chance.randint(6, 12)):
        persona = scene.persona(language=language, ages=(22, 44))
        contact = replace(scene.contact(persona), emails=(email,))
        posted += reposts(scene, persona, contact, scene.town(), scene.chance.randint(1, 3), settled=True)
    return [posted]


def parlour_persona(scene: Scene, language: str, venue: str, *, extra: tuple[str, ...] = ()) -> Persona:
    """Make up a parlour as advertiser: what it offers, when it is open."""
    base = scene.persona(language="sv" if language == "th" else language, pictures=scene.chance.randint(1, 3))
    lines = [sentence(base.voice.language, "parlour", scene.chance) for _ in range(3)] + list(base.voice.lines[1:4]) + list(extra)
    voice = settled(base.voice.language, list(dict.fromkeys(lines)), scene.chance, titles="parlour_titles")
    return replace(base, name=venue, voice=voice, price=100 * scene.chance.randint(4, 8))


def massage_ads(scene: Scene, persona: Persona, contact: Contact, town: str, venue: str, street: str, number: int) -> list[Posting]:
    """Post a parlour's own ads."""
    posted = reposts(scene, persona, contact, town, number, settled=True)
    return [replace(ad, category="massage", venue=venue, address=street, age_in="never") for ad in posted]


def parlour_plain(scene: Scene) -> Groups:
    """A parlour with massage and nothing else."""
    venue, street = scene.venue(), scene.address()
    persona = parlour_persona(scene, _language(scene), venue)
    contact = replace(scene.contact(persona), way="")
    return [massage_ads(scene, persona, contact, scene.town(), venue, street, scene.chance.randint(1, 4))]


def parlour_linked(scene: Scene) -> Groups:
    """A parlour whose phone also stands in sex ads; that says nothing about coercion."""
    language, town, venue, street = _language(scene), scene.town(), scene.venue(), scene.address()
    house = parlour_persona(scene, language, venue)
    contact = replace(scene.contact(house), way="")
    posted = massage_ads(scene, house, contact, town, venue, street, scene.chance.randint(1, 3))
    for _ in range(scene.chance.randint(1, 2)):
        persona = scene.persona(language=language)
        posted += reposts(scene, persona, replace(contact, account=scene.account()), town, scene.chance.randint(1, 3))
    return [posted]


def scammer_flood(scene: Scene) -> Groups:
    """One text and one set of pictures in many copies under changing names and in many towns, money first."""
    language = _language(scene)
    voice = template_voice(language, [sentence(language, "scam", scene.chance), sentence(language, "scam", scene.chance)], scene.chance)
    pictures = scene.chance.choice(scene.stolen) if scene.stolen and scene.chance.random() < 0.5 else (scene.picture(), scene.picture())
    posted: list[Posting] = []
    contact = Contact()
    for place in range(scene.at_most(scene.chance.randint(10, 30))):
        persona = replace(scene.persona(language=language, ages=(20, 25), pictures=0), voice=voice, pictures=pictures)
        if place % 10 == 0:
            contact = scene.contact(persona)
        first, last = scene.spell()
        posted.append(Posting(persona=persona, contact=contact, town=scene.town(), first=first, last=last, copy=True))
    return [posted]


def scammer_stolen(scene: Scene) -> Groups:
    """Pictures taken from somebody else's ad and shown by many scammers who do not know each other."""
    if len(scene.stolen) < 1 + scene.size // 800:
        scene.stolen.append((scene.picture(), scene.picture()))
    language = _language(scene)
    persona = replace(scene.persona(language=language, ages=(20, 27), pictures=0), pictures=scene.chance.choice(scene.stolen))
    extra = (sentence(language, "scam", scene.chance),)
    posted = reposts(scene, persona, scene.contact(persona), scene.town(), scene.chance.randint(1, 2))
    return [[replace(ad, extra=extra) for ad in posted]]
