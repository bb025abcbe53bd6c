"""What can be wrong with a night of a site, by name: how many pages make it the night's name, what it means, what to do. Most telling first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

STOP, PART, NOTE = "stop", "part", "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One kind of trouble.

    Attributes:
        code: its name for machines; never changed once it was written anywhere.
        grade: `stop` the night says nothing of this site, `part` it was not read to its end, `note` it was read and one should know.
        share: of the pages asked for, 0-1, from which on it names the night; 0.0: one page is enough.
        sv, en: what is the matter, as the end of a sentence about the site; do_sv, do_en: what to do, where `{site}` is its name.
    """

    code: str
    grade: str
    share: float
    sv: str
    en: str
    do_sv: str
    do_en: str


TROUBLES: tuple[Trouble, ...] = (
    Trouble(
        code="robots_down", grade=STOP, share=0.0,
        sv="robots.txt svarar inte, och utan svar får ingenting hämtas", en="its robots.txt does not answer, and without an answer nothing may be fetched",
        do_sv="Vänta en natt. Är det så i tre nätter: fråga sajten.", do_en="Wait a night. After three such nights, ask the site.",
    ),
    Trouble(
        code="robots_refuses", grade=STOP, share=0.0,
        sv="sajten vill inte bli läst: robots.txt säger nej", en="the site does not want to be read: its robots.txt says no",
        do_sv="Respektera det. Ta bort config/sites/{site}.toml, eller fråga sajten.", do_en="Respect it. Remove config/sites/{site}.toml, or ask the site.",
    ),
    Trouble(
        code="soft_block", grade=STOP, share=0.05,
        sv="sajten visade en kontroll (är du en människa?) i stället för annonser", en="the site showed a check (are you human?) instead of ads",
        do_sv="Lös den inte. Höj delay_s i config/sites/{site}.toml till det dubbla och vänta en natt; fråga annars sajten om lov.",
        do_en="Do not solve it. Double delay_s in config/sites/{site}.toml and wait a night; otherwise ask the site for permission.",
    ),
    Trouble(
        code="log_in_wall", grade=STOP, share=0.05,
        sv="sajten kräver inloggning för att visa annonser", en="the site asks for a log-in before it shows ads",
        do_sv="Logga inte in: då är annonserna inte längre offentliga. Ta bort config/sites/{site}.toml om det består.",
        do_en="Do not log in: the ads are no longer public. Remove config/sites/{site}.toml if it stays so.",
    ),
    Trouble(
        code="cookie_wall", grade=STOP, share=0.05,
        sv="sajten visade bara en fråga om kakor", en="the site showed nothing but a question about cookies",
        do_sv="Öppna sajten i en webbläsare. Visas annonser först efter ja till kakor läses den inte: ta bort config/sites/{site}.toml.",
        do_en="Open the site in a browser. If ads come only after a yes to cookies it is not read: remove config/sites/{site}.toml.",
    ),
    Trouble(
        code="unavailable", grade=STOP, share=0.05,
        sv="sajten svarade att den är stängd eller trasig (5xx)", en="the site answered that it is closed or broken (5xx)",
        do_sv="Vänta en natt; nästa körning går vidare där denna slutade.", do_en="Wait a night; the next run goes on where this one ended.",
    ),
    Trouble(
        code="too_many", grade=PART, share=0.05,
        sv="sajten tyckte att vi frågade för ofta (429)", en="the site found that we asked too often (429)",
        do_sv="Höj delay_s i config/sites/{site}.toml till det dubbla.", do_en="Double delay_s in config/sites/{site}.toml.",
    ),
    Trouble(
        code="unreachable", grade=STOP, share=0.05,
        sv="sajten gick inte att nå", en="the site could not be reached",
        do_sv="Öppna den i en webbläsare. Finns den: vänta en natt. Har den flyttat: ändra config/sites/{site}.toml.",
        do_en="Open it in a browser. If it is there, wait a night. If it moved, change config/sites/{site}.toml.",
    ),
    Trouble(
        code="stalled", grade=STOP, share=0.05,
        sv="sidorna kom aldrig fram hela: svaret droppade eller stannade", en="pages never came whole: the answer dripped or stopped",
        do_sv="Vänta en natt. Består det: höj timeout_s i config/sites/{site}.toml, eller ta bort sajten.",
        do_en="Wait a night. If it stays, raise timeout_s in config/sites/{site}.toml, or remove the site.",
    ),
    Trouble(
        code="redesign", grade=STOP, share=0.25,
        sv="sajten har byggts om: det vi läser finns inte där det fanns", en="the site was rebuilt: what we read is not where it was",
        do_sv="Kör lykta sites check {site} och ändra config/sites/{site}.toml efter vad den visar.",
        do_en="Run lykta sites check {site} and change config/sites/{site}.toml by what it shows.",
    ),
    Trouble(
        code="empty_lists", grade=STOP, share=0.0,
        sv="sajtens listor är tomma", en="the site's lists are empty",
        do_sv="Öppna sajten i en webbläsare. Är den tom även där: vänta en natt. Annars: lykta sites check {site}.",
        do_en="Open the site in a browser. If it is empty there too, wait a night. Otherwise: lykta sites check {site}.",
    ),
    Trouble(
        code="empty_page", grade=STOP, share=0.05,
        sv="sajten skickade blanka sidor", en="the site sent blank pages",
        do_sv='Öppna sajten i en webbläsare. Finns texten där kräver den fetcher = "browser" i config/sites/{site}.toml.',
        do_en='Open the site in a browser. If the text is there, it needs fetcher = "browser" in config/sites/{site}.toml.',
    ),
    Trouble(
        code="endless_lists", grade=PART, share=0.0,
        sv="listorna tar aldrig slut; resten lästes inte", en="its lists never end; the rest was not read",
        do_sv="Se över next_page i config/sites/{site}.toml.", do_en="Look at next_page in config/sites/{site}.toml.",
    ),
    Trouble(
        code="budget", grade=PART, share=0.0,
        sv="sidorna för natten tog slut innan allt var läst", en="the night's pages were used up before all was read",
        do_sv="Höj pages_max i config/sites/{site}.toml om sajten tillåter det.", do_en="Raise pages_max in config/sites/{site}.toml if the site allows it.",
    ),
    Trouble(
        code="date_format", grade=NOTE, share=0.25,
        sv="sajten skriver datum på ett nytt sätt", en="the site writes dates in a new way",
        do_sv="Kör lykta sites check {site} och ändra posted_at i config/sites/{site}.toml. Annonserna i övrigt lästes.",
        do_en="Run lykta sites check {site} and change posted_at in config/sites/{site}.toml. The ads were read otherwise.",
    ),
    Trouble(
        code="slow", grade=NOTE, share=0.5,
        sv="sajten är långsam", en="the site is slow",
        do_sv="Inget nu. Tar natten för lång tid: sänk pages_max i config/sites/{site}.toml.",
        do_en="Nothing now. If the night grows too long, lower pages_max in config/sites/{site}.toml.",
    ),
    Trouble(
        code="traps", grade=NOTE, share=0.0,
        sv="några sidor var fällor (växer utan gräns eller leder runt) och lämnades",
        en="some pages were traps (they grow or lead on without end) and were left",
        do_sv="Inget: de lästes inte. Blir de många, fråga sajten.", do_en="Nothing: they were not read. If they become many, ask the site.",
    ),
    Trouble(
        code="hostile_text", grade=NOTE, share=0.05,
        sv="många annonser har text som försöker skada läsaren", en="many ads carry text that tries to harm its reader",
        do_sv="Inget: texten visas ofarlig. Öppna inte sajtens sidor på en arbetsdator.",
        do_en="Nothing: the text is shown harmless. Do not open the site's pages on a work computer.",
    ),
    Trouble(
        code="duplicates", grade=NOTE, share=0.0,
        sv="varje annons står under flera adresser; varje lästes en gång", en="each ad stands under several addresses; each was read once",
        do_sv="Inget. Ser antalet annonser fel ut: se över ad_id i config/sites/{site}.toml.",
        do_en="Nothing. If the number of ads looks wrong, look at ad_id in config/sites/{site}.toml.",
    ),
    Trouble(
        code="no_browser", grade=STOP, share=0.0,
        sv="sajten behöver en webbläsare, och ingen finns på maskinen", en="the site needs a browser, and there is none on this machine",
        do_sv="Installera Chromium (Debian: apt-get install chromium).", do_en="Install Chromium (Debian: apt-get install chromium).",
    ),
    Trouble(
        code="interrupted", grade=PART, share=0.0,
        sv="körningen avbröts; det som var läst finns kvar", en="the run was cut short; what was read stays",
        do_sv="Nästa natt går vidare. Händer det igen: se data/log/{site}.log.", do_en="The next night goes on. If it happens again, see data/log/{site}.log.",
    ),
    Trouble(
        code="incomplete", grade=PART, share=0.0,
        sv="några sidor gick inte att läsa", en="some pages could not be read",
        do_sv="Nästa natt frågar igen. Händer det igen: se data/log/{site}.log.",
        do_en="The next night asks again. If it happens again, see data/log/{site}.log.",
    ),
    Trouble(
        code="unlike", grade=STOP, share=0.0,
        sv="natten liknar inte sajtens egen historia", en="the night is unlike the site's own history",
        do_sv="Titta på sajten. Är det rätt: lykta sites accept {site} KÖRNING --because \"...\"; annars ändra config/sites/{site}.toml.",
        do_en="Look at the site. If it is right: lykta sites accept {site} RUN --because \"...\"; otherwise change config/sites/{site}.toml.",
    ),
)  # fmt: skip
BY_CODE: Mapping[str, Trouble] = {trouble.code: trouble for trouble in TROUBLES}


def name_of(signs: Mapping[str, int], *, asked: int) -> str:
    """Return the code that names a run, '' when nothing is the matter.

    Args:
        signs: code to the number of pages that showed it.
        asked: pages that were asked for, robots.txt not counted.
    """
    return next((one.code for one in TROUBLES if signs.get(one.code, 0) and signs[one.code] >= one.share * asked), "")
