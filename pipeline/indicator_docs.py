"""Indicators written out for people: a page each in docs/indicators/, in Swedish and English, and the same as JSON.

`python -m pipeline.indicator_docs` writes the pages anew; a test fails when one is stale.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from indicators.catalogue import catalogue, sources
from indicators.model import Indicator, Source, Text

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "indicators"
UNITS = {  # by the last word of a parameter's name
    "personas": Text(sv="personer", en="people"),
    "ads": Text(sv="annonser", en="ads"),
    "phones": Text(sv="telefoner", en="phones"),
    "images": Text(sv="bilder", en="pictures"),
    "places": Text(sv="kommuner", en="municipalities"),
    "days": Text(sv="dagar", en="days"),
    "len": Text(sv="tecken", en="characters"),
    "share": Text(sv="andel, 0 till 1", en="share, 0 to 1"),
    "km": Text(sv="kilometer", en="kilometres"),
    "hours": Text(sv="timmar", en="hours"),
    "minutes": Text(sv="minuter", en="minutes"),
    "steps": Text(sv="steg", en="steps"),
    "changes": Text(sv="byten", en="changes"),
    "venues": Text(sv="salonger eller adresser", en="parlours or addresses"),
    "clusters": Text(sv="kluster", en="clusters"),
    "contacts": Text(sv="kontakter", en="contacts"),
    "span": Text(sv="år", en="years"),
    "years": Text(sv="år", en="years"),
    "ratio": Text(sv="andel, 0 till 1", en="ratio, 0 to 1"),
    "pronouns": Text(sv="pronomen", en="pronouns"),
    "pctl": Text(sv="percentil", en="percentile"),
    "n": Text(sv="annonser", en="ads"),
    "snapshots": Text(sv="nätter", en="nights"),
    "dates": Text(sv="datum", en="dates"),
    "confidence": Text(sv="säkerhet i läsningen, 0 till 1", en="confidence of the reading, 0 to 1"),
    "inputs": Text(sv="uppgifter", en="inputs"),
    "overlap": Text(sv="andel gemensamma dagar, 0 till 1", en="share of days in common, 0 to 1"),
}
TIERS = {
    "strong": Text(sv="starkt tecken", en="strong sign"),
    "moderate": Text(sv="måttligt tecken", en="moderate sign"),
    "weak": Text(sv="svagt tecken", en="weak sign"),
    "context-only": Text(sv="ger bara sammanhang och räknas aldrig", en="gives context alone and never counts"),
    "route": Text(sv="räknas aldrig", en="never counts"),
}
ROUTES = {
    "score": Text(sv="räknas in i klustrets poäng", en="counts in the cluster's points"),
    "urgent_review": Text(
        sv="läses av en människa samma dag och räknas först när hon har bekräftat det",
        en="read by a person the same day; counts only once confirmed",
    ),
    "minor_safety": Text(
        sv="går till den utsedda tjänstepersonen för barn och lämnar allt annat",
        en="goes to the named safeguarding officer and leaves all else",
    ),
    "context": Text(sv="visas för planering", en="shown for planning"),
    "suppress": Text(sv="talar för att annonsen är falsk", en="speaks for a fake ad"),
    "minor_input": Text(sv="läses bara för barnrutinen", en="read for the child route alone"),
}
BASIS = {"found": "", "memory": " (ur minnet, inte läst på nytt / from memory, not read again)"}
STATUS = (
    "Styrkor och gränsvärden är utgångsvärden från sakkunniga bedömningar och inte validerade: de ordnar en läskö och är ingen sannolikhet. "
    "/ Strengths and limits are starting values by expert judgement, not validated: they order a reading queue and are no probability."
)


def as_json(indicator: Indicator) -> dict[str, Any]:
    """Return an indicator whole, with its sources written out and its examples by name."""
    return {
        "id": indicator.id,
        "title": _both(indicator.title),
        "definition": _both(indicator.definition),
        "family": indicator.family,
        "tier": indicator.tier,
        "route": indicator.route,
        "raised_by": indicator.raised_by,
        "reads": list(indicator.reads),
        "params": [{"name": name, "value": value, "unit": _both(unit_of(name))} for name, value in indicator.params.items()],
        "explain": _both(indicator.explain),
        "innocent": [_both(text) for text in indicator.innocent],
        "misses": [_both(text) for text in indicator.misses],
        "sources": [{"id": found.id, "ref": found.ref, "url": found.url, "basis": found.basis, "takeaway": found.takeaway} for found in _sources(indicator)],
        "examples": [{"name": example.name, "finds": sorted(example.finds)} for example in indicator.examples],
    }


def _both(text: Text) -> dict[str, str]:
    return {"sv": text.sv, "en": text.en}


def unit_of(name: str) -> Text:
    """Return the unit of a parameter by the last word of its name.

    Raises:
        KeyError: no unit is known for it.
    """
    return UNITS[name.rsplit("_", 1)[-1]]


def _sources(indicator: Indicator) -> list[Source]:
    return [sources()[name] for name in indicator.sources]


def page(indicator: Indicator) -> str:
    """Return the page of an indicator as Markdown, Swedish first, then English."""
    return "\n".join(
        [
            f"# {indicator.title.sv} / {indicator.title.en}",
            "",
            f"`{indicator.id}` · {TIERS[indicator.tier].sv}, {ROUTES[indicator.route].sv} · {TIERS[indicator.tier].en}, {ROUTES[indicator.route].en}",
            "",
            *_section("Definition", [indicator.definition]),
            *_section("Så sägs det / As it is said", [indicator.explain]),
            *_looks_at(indicator),
            *_section("Oskyldiga förklaringar / Innocent explanations", indicator.innocent),
            *_section("Vad det missar / What it misses", indicator.misses),
            *_listed("Källor / Sources", [_written(found) for found in _sources(indicator)]),
            *_listed("Exempel som prövas / Examples that are tried", [f"{example.name}: {_outcome(example.finds)}" for example in indicator.examples]),
            STATUS,
            "",
        ]
    )


def _section(heading: str, texts: Sequence[Text]) -> list[str]:
    return _listed(heading, [f"{text.sv}\n  {text.en}" for text in texts])


def _listed(heading: str, items: Sequence[str]) -> list[str]:
    return [f"## {heading}", "", *(f"- {item}" for item in items), ""]


def _looks_at(indicator: Indicator) -> list[str]:
    values = [f"`{name}` = {value:g} {unit_of(name).sv} / {unit_of(name).en}" for name, value in indicator.params.items()]
    raised = [f"Höjs till måttligt av / Raised to moderate by `{indicator.raised_by}`"] if indicator.raised_by else []
    read = "Tabeller / Tables: " + ", ".join(f"`{name}`" for name in indicator.reads)
    return _listed("Vad det ser på / What it looks at", [read, f"Familj / Family: {indicator.family}", *values, *raised])


def _written(found: Source) -> str:
    address = f" <{found.url}>" if found.url else ""
    takeaway = f"\n  {found.takeaway}" if found.takeaway else ""
    return f"{found.ref}{BASIS[found.basis]}{address}{takeaway}"


def _outcome(finds: frozenset[str]) -> str:
    return "hittas / found" if finds else "hittas inte / not found"


def index() -> str:
    """Return the list of all indicators as Markdown."""
    rows = [f"| [{item.title.sv}]({item.id}.md) | {item.title.en} | {item.family} | {item.tier} | {item.route} |" for item in catalogue()]
    return "\n".join(
        [
            "# Indikatorer / Indicators",
            "",
            "Skrivna av `python -m pipeline.indicator_docs` ur indikatorernas egna filer; ändra dem där. / Written from the indicators' own files; "
            "change them there.",
            "",
            STATUS,
            "",
            "| Tecken | Sign | Family | Tier | Route |",
            "|---|---|---|---|---|",
            *rows,
            "",
        ]
    )


def pages() -> dict[str, str]:
    """Return every page by its file name in docs/indicators/."""
    return {"README.md": index(), **{f"{item.id}.md": page(item) for item in catalogue()}}


def write(folder: Path = FOLDER) -> None:
    """Write every page, and remove those of indicators that are gone."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for path in folder.glob("*.md"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, "utf-8")


if __name__ == "__main__":
    write()
