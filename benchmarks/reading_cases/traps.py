"""Texts full of figures and number words of which none is a phone number."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from benchmarks.reading_cases.case import Case, chance
from benchmarks.reading_cases.phones import carriers, usual

Trap = Callable[[random.Random], str]


def _clock(stream: random.Random, mark: str = "") -> str:
    return f"{stream.randrange(7, 13):02d}{mark}{stream.choice(('00', '15', '30', '45'))}"


def _late(stream: random.Random, mark: str = "") -> str:
    return f"{stream.randrange(16, 24):02d}{mark}{stream.choice(('00', '15', '30', '45'))}"


def hours(stream: random.Random) -> str:
    """Opening hours in many shapes."""
    mark = stream.choice(("", ":", "."))
    open_, close = _clock(stream, mark), _late(stream, mark)
    again = f"{_clock(stream, mark)}-{_late(stream, mark)}"
    return stream.choice(
        (
            f"Öppet {open_}-{close}",
            f"Mån-fre {open_}-{close}, lör {again}",
            f"Öppettider: {open_} - {close}",
            f"Vardagar {open_}–{close} helg {again}",
            f"Måndag {open_}-{close}\nTisdag {again}\nOnsdag {open_}-{close}",
            f"kl {open_} till {close}",
            f"{open_}-{close} alla dagar",
            "Kl 08 00 12 30 17 00 finns tider",
            "Lediga tider: 09 00, 10 30, 13 00, 15 30",
            "mellan 08 och 22",
            f"från {open_} och till {close}, ibland {again}",
            "öppet 0900-2300 alla dagar",
            "08-20 mån 09-21 tis 10-22 ons",
            f"Bokningsbara tider idag {_clock(stream, ':')} {_clock(stream, ':')} {_late(stream, ':')}",
        )
    )


def prices(stream: random.Random) -> str:
    """Price lists."""
    base = stream.choice((600, 700, 800, 900, 1000, 1200))
    return stream.choice(
        (
            f"30 min {base} 60 min {base + 600} 90 min {base + 1200}",
            f"Priser: {base}, {base + 500}, {base + 1000} kr",
            f"{base}:- / {base + 500}:- / {base + 900}:-",
            f"30/{base} 60/{base + 500} 120/{base * 3}",
            f"halvtimme {base} timme {base * 2} två timmar {base * 4}",
            f"{base // 1000 or 1} 500 kr, 2 000 kr och 3 500 kr",
            f"Pris {base} {base + 200} {base + 400} {base + 600}",
            f"från {base} kr till 12 000 kr",
        )
    )


def dates(stream: random.Random) -> str:
    """Dates, years and spans of them."""
    day, month, year = stream.randrange(1, 29), stream.randrange(1, 13), stream.randrange(2019, 2028)
    return stream.choice(
        (
            f"{year}-{month:02d}-{day:02d}",
            f"{day:02d}/{month:02d}/{year}",
            f"{day:02d}.{month:02d}.{year}",
            f"{year}{month:02d}{day:02d}",
            f"{year}-{month:02d}-{day:02d} till {year}-{month:02d}-{min(day + 5, 30):02d}",
            f"i stan {day}/{month}-{min(day + 4, 30)}/{month}",
            f"Uppdaterad {year}-{month:02d}-{day:02d} {_clock(stream, ':')}",
            f"{day:02d}-{month:02d}-{year} {_late(stream, ':')}",
            f"Publicerad {day:02d}{month:02d}{year % 100:02d} kl {_clock(stream, '.')}",
            f"född {year - 30}, i Sverige sedan {year - 9}",
            f"vecka {month + 3} och {month + 4} år {year}",
            f"0{month % 9 + 1}.{day:02d} - 0{month % 9 + 1}.{min(day + 3, 30):02d} {year}",
        )
    )


def measures(stream: random.Random) -> str:
    """Bodies, rooms and sizes."""
    tall, heavy, age = stream.randrange(152, 184), stream.randrange(45, 82), stream.randrange(19, 58)
    return stream.choice(
        (
            f"{age} år, {tall} cm, {heavy} kg",
            f"{tall}/{heavy}/{age}",
            f"Mått 90-60-90, {tall} lång",
            f"Längd {tall} vikt {heavy} ålder {age} skostorlek 38",
            "säng 180x200 cm i rum på 22 kvm",
            "storlek 36 38 40 42 finns",
            f"75 C, {tall} cm, {heavy} kilo, {age} år",
            "0,5 liter vatten, 1,5 h, 2,5 km från stationen",
            f"{age}-åring på {tall} cm och {heavy} kilo",
            f"{tall} cm {heavy} kg {age} år 80 70 90",
        )
    )


def papers(stream: random.Random) -> str:
    """Numbers of ads, firms, bookings and accounts."""
    nine = "".join(stream.choice("0123456789") for _ in range(9))
    return stream.choice(
        (
            f"Annons {nine}",
            f"Annonsnr: 0{nine}",
            f"ID 0{nine}",
            f"Org.nr 55{nine[:4]}-{nine[4:8]}",
            f"Organisationsnummer 969{nine[:3]}-{nine[3:7]}",
            f"Ref 07{nine[:8]}",
            f"bankgiro {nine[:4]}-{nine[4:8]}",
            f"Bg {nine[:3]}-{nine[3:7]}",
            f"Ordernummer 08{nine[:8]}",
            f"Plusgiro {nine[:2]} {nine[2:4]} {nine[4:6]}-{nine[6]}",
            f"Konto 8327-9,{nine}",
            f"Kundnr {nine}",
            f"Portkod 0{nine[:3]}",
            "IBAN SE45 5000 0000 0583 9825 7466",
            f"Bokningsnummer 07{nine[:8]}",
            f"annons-id {nine[:8]}",
            f"Artikel 0{nine[:7]}",
            f"reg.nr ABC 12{nine[0]}",
            f"Annonsen har visats {nine[:5]} gånger",
            f"Ärende 2026/{nine[:5]}",
            f"personnummer 19850101-{nine[:4]}",
            f"#0{nine[:8]}",
        )
    )


def addresses(stream: random.Random) -> str:
    """Streets and postal codes."""
    number, code = stream.randrange(1, 140), f"{stream.randrange(100, 984)} {stream.randrange(10, 99)}"
    return stream.choice(
        (
            f"Kungsgatan {number}, {code} Malmö",
            f"{code} Lund",
            f"Lgh 1{number:03d}, Vasagatan {number} B",
            f"postnummer {code}",
            f"Box {number}, {code} Kiruna",
            f"55.60{number}, 13.00{number}",
            f"Våning 3, port {number}, kod 0{number:03d}",
            f"Buss 0{number % 90 + 10} 07 08 till Storgatan {number}",
        )
    )


def prose(stream: random.Random) -> str:
    """Number words in running text."""
    return stream.choice(
        (
            "En, två eller tre timmar, du väljer. Fyra händer eller sex sorters olja.",
            "Vi är fem tjejer i tre rum, en har två katter.",
            "Jag har bott i sju städer på åtta år, nio om man räknar byn.",
            "ett två tre fyra nu börjar vi",
            "sex på morgonen eller åtta på kvällen, en eller två gånger",
            "One or two, maybe three friends? For four hands ask me, eight to ten.",
            "Six or seven days, two to five, one on one.",
            "Noll stress, noll krångel, noll tvåa bara en etta. Fem av fem.",
            "En sextio lång, femtiofem kilo, tjugonio år.",
            "Femhundra för en halvtimme, åttahundra för en timme, tusen för två.",
            "tio till tjugo minuter från centrum, sjuttio meter från tåget",
            "Uno, dos, tres y vamos",
            "un doi trei și gata, zece pași",
            "ett rum, två fåtöljer, tre ljus, fyra kuddar, fem rosor",
            "hundra procent äkta, noll filter, en bild",
            "Jag kan räkna till tio på thai: nueng song sam si ha hok",
            "tre fyra fem kvällar i veckan, sju åtta nio på morgonen",
        )
    )


def mixed_figures(stream: random.Random) -> str:
    """Several traps in a row, over lines as well."""
    kinds = stream.sample((hours, prices, dates, measures, papers, addresses), 3)
    return stream.choice((" ", "\n", ", ")).join(kind(stream) for kind in kinds)


TRAPS: dict[str, Trap] = {
    "hours": hours,
    "prices": prices,
    "dates": dates,
    "measures": measures,
    "papers": papers,
    "addresses": addresses,
    "prose": prose,
    "mixed": mixed_figures,
}


def traps(seed: int, count: int) -> Iterator[Case]:
    """Yield `count` texts a kind of trap, in an ad that gives no number at all."""
    said = carriers()
    for kind, make in TRAPS.items():
        stream = chance(seed, "trap", kind)
        for _ in range(count):
            yield Case(kind=kind, text=f"{stream.choice(said['before'])} {make(stream)}\n{stream.choice(said['after'])}".strip())


def glued(seed: int, count: int) -> Iterator[Case]:
    """Yield plain numbers with a trap pressed against them, over a line break or a comma."""
    stream = chance(seed, "glued")
    for _ in range(count):
        written, value = usual(stream)
        trap = stream.choice((hours, prices, dates, measures))(stream)
        mark = stream.choice(("\n", ", ", "\n\n", " - ", ". ", " | "))
        text = stream.choice((f"{trap}{mark}{written}", f"{written}{mark}{trap}", f"{trap}\n{written}\n{trap}"))
        yield Case(kind="glued", text=text, phones=frozenset({value}))
