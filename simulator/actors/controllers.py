"""People who run others: each function is one pattern that the literature names."""

from __future__ import annotations

from dataclasses import replace

from simulator.actors.alone import Groups, reposts, underage
from simulator.actors.houses import massage_ads, parlour_persona
from simulator.chance import index
from simulator.phones import national
from simulator.rates import rates
from simulator.scene import Contact, Persona, Posting, Scene
from simulator.wording import sentence, settled, template_voice

STAY_MAX = 13  # nights that one of those who are moved stays; a guess, within the catalogue's "at most 14"
ROUND_MAX = 40  # nights of a circuit; the catalogue looks for three places within 45 days
WEEKS_MAX = 6  # weeks that one hand changes phones in the window
MINOR_AMONG_ADULTS = 0.15  # of rotations and circuits; a guess


def _language(scene: Scene) -> str:
    return rates().languages.draw(scene.chance)


def _team(scene: Scene, language: str, size: int, *, ages: tuple[int, int] = (19, 38)) -> list[Persona]:
    """Make up people whose ads one hand writes: some by one text with slots, some each anew, with a room that several show."""
    room = scene.picture()
    shared = template_voice(language, [sentence(language, "control", scene.chance)], scene.chance)
    team = []
    for _ in range(size):
        persona = scene.persona(language=language, ages=ages, even=True)
        if scene.chance.random() < 0.5:
            persona = replace(persona, voice=shared)
        if scene.chance.random() < 0.2:
            persona = replace(persona, pictures=(*persona.pictures[:3], room))
        team.append(persona)
    return team


def _cue(scene: Scene, language: str, share: float) -> tuple[str, ...]:
    line = sentence(language, "control", scene.chance) if scene.chance.random() < share else ""
    return (line,) if line else ()


def _stay(scene: Scene, persona: Persona, contact: Contact, town: str, first: int, length: int, ads: int) -> list[Posting]:
    """Post a person's ads during a stay of some nights."""
    posted = []
    for _ in range(ads):
        begin = min(scene.nights - 1, first + scene.chance.randint(0, max(0, length // 3)))
        last = max(begin, min(first + length - 1, begin + scene.chance.randint(1, max(1, length))))
        posted.append(Posting(persona=persona, contact=contact, town=town, first=begin, last=last, extra=_cue(scene, persona.voice.language, 0.4)))
    return posted


def rotation(scene: Scene) -> Groups:
    """One phone stays, the people change every week or two."""
    language = _language(scene)
    team = _team(scene, language, scene.chance.randint(5, 8))
    contact = scene.contact(team[0], controlled=True)
    town = scene.town()
    start, step = scene.stages(len(team), STAY_MAX)
    posted = []
    for place, persona in enumerate(team):
        posted += _stay(scene, persona, replace(contact, account=scene.account()), town, start + place * step, step + 2, scene.chance.randint(1, 3))
    return [_one_is_young(scene, team, posted)]


def _one_is_young(scene: Scene, team: list[Persona], posted: list[Posting]) -> list[Posting]:
    """Now and then make one of the team a person under 18; only where the words for it are known."""
    if team[0].voice.language not in ("sv", "en") or scene.chance.random() >= MINOR_AMONG_ADULTS:
        return posted
    persona = scene.chance.choice(team)
    young = replace(persona, age=scene.chance.randint(15, 17))
    return [underage(scene, replace(ad, persona=young)) if ad.persona is persona else ad for ad in posted]


def weekly_phone(scene: Scene) -> Groups:
    """The same people and pictures, and a new phone every week."""
    language, town = _language(scene), scene.town()
    team = _team(scene, language, scene.chance.randint(2, 3))
    posted = []
    weeks = min(WEEKS_MAX, -(-scene.nights // 7))
    begin = scene.chance.randint(0, max(0, scene.nights - 7 * weeks))
    for start in range(begin, begin + 7 * weeks, 7):
        contact = scene.contact(team[0], controlled=True)
        for persona in team:
            posted += _stay(scene, persona, contact, town, start, 7, scene.chance.randint(1, 2))
    return [posted]


def circuit(scene: Scene) -> Groups:
    """Several people on the same route, town after town, on one phone or two."""
    language = _language(scene)
    team = _team(scene, language, scene.chance.randint(3, 6))
    stops = scene.route(scene.chance.randint(3, 5))
    first = scene.contact(team[0], controlled=True)
    contacts = [first, first if scene.chance.random() < 0.6 else replace(scene.contact(team[1], controlled=True), handles=(scene.handle(team[0]),))]
    contacts[0] = replace(first, handles=contacts[1].handles)
    start, step = scene.stages(len(stops), ROUND_MAX // len(stops))
    posted = []
    for place, town in enumerate(stops):
        for member, persona in enumerate(team):
            if scene.chance.random() < 0.9:
                posted += _stay(scene, persona, contacts[member % 2], town, start + place * step, step, 1)
    return [_one_is_young(scene, team, posted)]


def template(scene: Scene) -> Groups:
    """One text with slots for many people, each with a phone of her own; often one account or one receiver of money."""
    language = _language(scene)
    voice = template_voice(language, [sentence(language, "control", scene.chance)], scene.chance)
    account, swish = scene.account(), scene.directory.take_mobile()
    together = scene.chance.choice(("account", "swish", "both", "neither"))
    posted = []
    for _ in range(scene.chance.randint(4, 9)):
        persona = replace(scene.persona(language=language, ages=(19, 38), even=True), voice=voice)
        contact = scene.contact(persona, controlled=True)
        if together in ("account", "both"):
            contact = replace(contact, account=account)
        if together in ("swish", "both") and swish:
            contact = replace(contact, payment=(f"Swish {national(swish)}",))
        posted += reposts(scene, persona, contact, scene.town(), scene.chance.randint(1, 3))
    return [posted]


def passed(scene: Scene) -> Groups:
    """One person who is advertised on one phone after the other; each of them carries others too."""
    language, towns = _language(scene), scene.route(3)
    passed_on = scene.persona(language=language, ages=(19, 30), pictures=3)
    start, step = scene.stages(3, STAY_MAX)
    posted = []
    for place, town in enumerate(towns):
        others = _team(scene, language, 2)
        contact = scene.contact(others[0], controlled=True)
        posted += _stay(scene, passed_on, contact, town, start + place * step, step, scene.chance.randint(1, 2))
        for persona in others:
            posted += reposts(scene, persona, contact, town, scene.chance.randint(1, 2))
    return [posted]


def live_in(scene: Scene) -> Groups:
    """Parlours whose staff lives on the premises and is moved between them, with sex ads on the parlours' phones."""
    language = scene.chance.choice(("sv", "sv", "en", "th"))
    written = "sv" if language == "th" else language
    contact, posted = Contact(), []
    stops = scene.route(scene.chance.randint(2, 3))
    team = _team(scene, language, scene.chance.randint(3, 4), ages=(21, 44))
    start, step = scene.stages(len(stops), STAY_MAX)
    for place, town in enumerate(stops):
        venue, street = scene.venue(), scene.address()
        house = parlour_persona(scene, written, venue, extra=(sentence(written, "live_in", scene.chance),))
        if not contact.phone or scene.chance.random() < 0.4:
            contact = replace(scene.contact(house, controlled=True), way="", payment=contact.payment)
        posted += massage_ads(scene, house, contact, town, venue, street, 1)
        for persona in team:
            if scene.chance.random() < 0.7:
                stay = _stay(scene, persona, contact, town, start + place * step, step, 1)
                posted += [replace(ad, address=street, venue=venue) for ad in stay]
    return [[*posted, _recruiting(scene, written, contact, stops[0])]]


def _recruiting(scene: Scene, language: str, contact: Contact, town: str) -> Posting:
    venue = scene.venue()
    lines = [sentence(language, "recruit", scene.chance), sentence(language, "place", scene.chance)]
    persona = replace(scene.persona(language=language, pictures=0), name=venue, voice=settled(language, lines, scene.chance, titles="recruit_titles"))
    first, last = scene.spell()
    return Posting(persona=persona, contact=contact, town=town, first=first, last=last, category="recruitment", venue=venue, age_in="never")


def debt(scene: Scene) -> Groups:
    """A few people whose ads or comments speak of debt, fear or force."""
    language, town = _language(scene), scene.town()
    team = _team(scene, language, 1 + index(scene.chance, (0.3, 0.4, 0.3)))
    contact = scene.contact(team[0], controlled=True)
    posted = []
    for persona in team:
        for ad in reposts(scene, persona, contact, town, scene.chance.randint(1, 3)):
            spoken = language not in ("sv", "en") or scene.chance.random() < 0.6
            if spoken:
                posted.append(replace(ad, extra=(*ad.extra, sentence(language, "debt", scene.chance))))
            else:
                posted.append(replace(ad, comments=(sentence(language, "concern", scene.chance),)))
    return [posted]
