"""People who work for themselves: alone, on tour, two friends, and those whose wishes or numbers are special."""

from __future__ import annotations

from dataclasses import replace

from simulator.chance import index
from simulator.rates import rates
from simulator.scene import Contact, Persona, Posting, Scene
from simulator.wording import sentence, settled

Groups = list[list[Posting]]  # each inner list is one group of the truth


def reposts(scene: Scene, persona: Persona, contact: Contact, town: str, number: int, *, settled: bool = False) -> list[Posting]:
    """Post a person's ad several times: at once on two sites, or anew after the last one ended; a settled house's ads stay up for weeks."""
    posted = []
    for _ in range(number):
        first, last = scene.spell(settled=settled)
        posted.append(Posting(persona=persona, contact=contact, town=town, first=first, last=last))
    return posted


def _how_many(scene: Scene) -> int:
    return 1 + index(scene.chance, rates().reposts)


def independent(scene: Scene) -> Groups:
    """One person, one phone, mostly one town."""
    persona = scene.persona()
    contact = scene.contact(persona)
    posted = reposts(scene, persona, contact, scene.town(), _how_many(scene))
    if scene.chance.random() < 0.04:
        street = scene.address()
        posted = [replace(ad, address=street) for ad in posted]
    return [posted]


def independent_touring(scene: Scene) -> Groups:
    """One person, one phone, one town after the other."""
    persona = scene.persona()
    contact = scene.contact(persona)
    stops = scene.route(scene.chance.randint(2, 5))
    start, stay = scene.stages(len(stops), 14)
    posted = []
    for place, town in enumerate(stops):
        first = min(scene.nights - 1, start + place * stay)
        extra = (sentence(persona.voice.language, "touring", scene.chance),)
        posted.append(Posting(persona=persona, contact=contact, town=town, first=first, last=first + scene.chance.randint(0, stay + 2), extra=extra))
    return [posted]


def friends_phone(scene: Scene) -> Groups:
    """Two friends who share a phone and say so; each has ads of her own and some are for both."""
    language = "sv" if scene.chance.random() < 0.7 else "en"
    one = scene.persona(language=language)
    two = scene.persona(language=language)
    contact = scene.contact(one)
    town, posted = scene.town(), []
    together = (sentence(language, "duo", scene.chance),)
    for persona, friend in ((one, two), (two, one)):
        for ad in reposts(scene, persona, contact, town, scene.chance.randint(1, 3)):
            posted.append(replace(ad, friend=friend.name, extra=together if scene.chance.random() < 0.7 else ()))
    return [posted]


def friends_flat(scene: Scene) -> Groups:
    """Two friends who work in the same flat, each with a phone, a text and pictures of her own: two groups."""
    town, street = scene.town(), scene.address()
    groups = []
    for _ in range(2):
        persona = scene.persona()
        posted = reposts(scene, persona, scene.contact(persona), town, _how_many(scene))
        groups.append([replace(ad, address=street) for ad in posted])
    return groups


def no_contact(scene: Scene) -> Groups:
    """A person whose ad asks helpers to stay away."""
    persona = scene.persona(language="sv" if scene.chance.random() < 0.6 else "en")
    wish = (sentence(persona.voice.language, "wish", scene.chance),)
    posted = reposts(scene, persona, scene.contact(persona), scene.town(), _how_many(scene))
    return [[replace(ad, extra=wish, no_contact=True) for ad in posted]]


def recycled(scene: Scene) -> Groups:
    """A number that two strangers have one after the other.

    Operators leave a number unused for months, but not all do: where the window is long enough, every other one rests for over 180 days, which
    the catalogue takes for a new owner, and the others for a month at most. In a shorter window there are only the latter: these two strangers can
    be told apart by name and pictures alone.
    """
    gap = 185 if scene.nights > 200 and scene.accounts % 2 else min(scene.nights // 3, 30)
    early, late = scene.persona(), scene.persona()
    number = scene.directory.take(at_home=True)
    end = max(0, (scene.nights - gap) // 2 - 1)
    first = [Posting(persona=early, contact=scene.contact(early, phone=number), town=scene.town(), first=end - scene.chance.randint(2, 9), last=end)]
    begin = min(scene.nights - 1, end + gap)
    second = [Posting(persona=late, contact=scene.contact(late, phone=number), town=scene.town(), first=begin, last=begin + scene.chance.randint(2, 9))]
    return [first, second]


def relay(scene: Scene) -> Groups:
    """A stranger whose ad shows the site's switchboard number instead of her own."""
    if not scene.relay:
        scene.relay = scene.directory.take(at_home=True)
    persona = scene.persona(language="sv" if scene.chance.random() < 0.7 else "en")
    contact = Contact(phone=scene.relay, account=scene.account())
    extra = (sentence(persona.voice.language, "relay", scene.chance),)
    posted = reposts(scene, persona, contact, scene.town(), scene.chance.randint(1, 3))
    return [[replace(ad, site="torget", extra=extra) for ad in posted]]


def minor(scene: Scene) -> Groups:
    """A stated age under 18, in the field, in digits or in words of the text."""
    persona = scene.persona(language="sv" if scene.chance.random() < 0.7 else "en", ages=(15, 17))
    posted = reposts(scene, persona, scene.contact(persona), scene.town(), scene.chance.randint(1, 2))
    return [[underage(scene, ad) for ad in posted]]


def underage(scene: Scene, ad: Posting) -> Posting:
    """Turn an ad into one that states an age under 18."""
    where = scene.chance.choice(("field", "text", "text"))
    extra = (sentence(ad.persona.voice.language, "minor", scene.chance),) if where == "text" else ()
    return replace(ad, minor=True, age_in=where, extra=ad.extra + tuple(line for line in extra if line))


def other(scene: Scene) -> Groups:
    """Something else on the same sites: cleaning, a dance show, a room to let."""
    language = "sv" if scene.chance.random() < 0.75 else "en"
    base = scene.persona(language=language, pictures=scene.chance.randint(0, 2))
    lines = [sentence(language, "other", scene.chance), *base.voice.lines[-3:]]
    persona = replace(base, voice=settled(language, lines, scene.chance, titles="other_titles"))
    posted = reposts(scene, persona, scene.contact(persona), scene.town(), scene.chance.randint(1, 2))
    return [[replace(ad, category="other") for ad in posted]]
