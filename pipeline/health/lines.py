"""What a person reads of the sites in the morning: one line a site, and whether last night can be trusted. Pure functions of stored runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crawler.records.troubles import BY_CODE, NOTE, STOP
from pipeline.health.facts import Facts
from pipeline.health.sentences import said

NIGHTS = 30  # in the chart
FRESH = timedelta(hours=26)  # a run that began longer ago was not last night's: in the morning the night before last is 28 hours old
BARS = "▁▂▃▄▅▆▇█"
NO_RUN, WRONG = "·", "×"
LANGUAGES = ("sv", "en")
WORDS: Mapping[str, Mapping[str, str]] = {
    "sv": {
        "good": "läst i sin helhet",
        "never": "har aldrig lästs",
        "not_tonight": "lästes inte i natt, senast {day}",
        "held": "Se med lykta sites check {site} om sajten har ändrats. Dess annonser hålls utanför tills någon godkänner körningen: "
        "lykta sites accept {site} {run} --because \"...\"",
        "do_never": "Kör lykta crawl {site} och se vad den säger.",
        "do_not_tonight": "Se data/log/{site}.log, och kör sedan lykta crawl {site}.",
        "accepted": "{by} godkände: {because}",
        "trusted": "Natten går att lita på: {good} av {all} sajter lästes i sin helhet.",
        "partly": "Natten går att lita på utom för {names}: {good} av {all} sajter lästes i sin helhet. "
        "Ingen annons kallas borta för att den inte kunde läsas.",
        "not": "Lita inte på natten: ingen av {all} sajter lästes i sin helhet. Ingen annons kallas borta för att den inte kunde läsas.",
        "none": "Inga sajter läses ännu.",
    },
    "en": {
        "good": "read whole",
        "never": "was never read",
        "not_tonight": "was not read last night, last on {day}",
        "held": "See with lykta sites check {site} whether the site has changed. Its ads are kept out until somebody accepts the run: "
        "lykta sites accept {site} {run} --because \"...\"",
        "do_never": "Run lykta crawl {site} and see what it says.",
        "do_not_tonight": "See data/log/{site}.log, then run lykta crawl {site}.",
        "accepted": "{by} accepted: {because}",
        "trusted": "Last night can be trusted: {good} of {all} sites were read whole.",
        "partly": "Last night can be trusted except for {names}: {good} of {all} sites were read whole. "
        "No ad is called gone because it could not be read.",
        "not": "Do not trust last night: none of {all} sites was read whole. No ad is called gone because it could not be read.",
        "none": "No site is read yet.",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLine:
    """One site as the morning shows it.

    Attributes:
        nights: one mark a night, oldest first: a bar for the ads listed, `·` for no run, `×` for one that is not to be trusted.
        last: the latest run; None when there never was one.
        grade: good, note, part, stop, or late when the latest run is not last night's.
        trouble: a code of `crawler.records.troubles`; '' for none.
        state, todo: what is the matter and what to do, by language; todo is '' when nothing is to be done.
    """

    site: str
    nights: str
    last: Facts | None
    grade: str
    trouble: str
    state: Mapping[str, str]
    todo: Mapping[str, str]

    @property
    def trusted(self) -> bool:
        """What it says of the site can be trusted."""
        return self.grade in ("good", "note")


def site_lines(runs: Iterable[Facts], sites: Iterable[str], *, as_of: datetime) -> list[SiteLine]:
    """Return a line a site, the troubled ones first.

    Args:
        runs: what is kept of every crawl, in any order.
        sites: those that are to be read; sites that have runs and are read no longer are left out.
        as_of: the moment that last night is counted from.
    """
    ordered = sorted(runs, key=lambda run: run.started_at)
    lines = [_line(site, [run for run in ordered if run.site == site and run.started_at <= as_of], as_of) for site in sorted(set(sites))]
    return sorted(lines, key=lambda line: (line.grade == "good", line.trusted, line.site))


def verdict(lines: Sequence[SiteLine], language: str) -> str:
    """Say in one sentence whether last night can be trusted."""
    words, good = WORDS[language], sum(line.trusted for line in lines)
    names = ", ".join(line.site for line in lines if not line.trusted)
    key = "none" if not lines else "trusted" if good == len(lines) else "partly" if good else "not"
    return words[key].format(good=good, all=len(lines), names=names)


def _line(site: str, runs: Sequence[Facts], as_of: datetime) -> SiteLine:
    last = runs[-1] if runs else None
    grade, trouble = _grade(last, as_of)
    told = {language: _told(site, last, grade, trouble, language) for language in LANGUAGES}
    return SiteLine(
        site=site, nights=chart(runs, as_of.date()), last=last, grade=grade, trouble=trouble,
        state={language: state for language, (state, _) in told.items()}, todo={language: todo for language, (_, todo) in told.items()},
    )  # fmt: skip


def _grade(last: Facts | None, as_of: datetime) -> tuple[str, str]:
    """Return how far a site's latest run can be trusted, and the code of its trouble."""
    if last is None or as_of - last.started_at > FRESH:
        return "late", ""
    if last.held:
        return STOP, last.trouble
    if last.accepted_by:
        return NOTE, ""
    return (BY_CODE[last.trouble].grade if last.trouble in BY_CODE else "good"), last.trouble


def _told(site: str, last: Facts | None, grade: str, trouble: str, language: str) -> tuple[str, str]:
    words = WORDS[language]
    if last is None:
        return words["never"], words["do_never"].format(site=site)
    if grade == "late":
        return words["not_tonight"].format(day=f"{last.started_at:%Y-%m-%d}"), words["do_not_tonight"].format(site=site)
    if last.accepted_by:
        return words["accepted"].format(by=last.accepted_by, because=last.because), ""
    named = BY_CODE.get(trouble)
    parts = [getattr(named, language)] if named is not None else []
    parts += [said(last.outside, language)] if last.outside else []
    todo = [getattr(named, f"do_{language}").format(site=site)] if named is not None and not (trouble == "unlike" and last.ads) else []
    todo += [words["held"].format(site=site, run=last.run)] if last.held and last.ads else []
    return ": ".join(parts) or words["good"], " ".join(todo)


def chart(runs: Iterable[Facts], until: date) -> str:
    """Draw the last 30 nights up to a date, one mark a night; a run is of the night it began in, the latest where there are several."""
    by_day = {run.started_at.date(): run for run in runs}
    days = [until - timedelta(days=back) for back in reversed(range(NIGHTS))]
    most = max((by_day[day].listed for day in days if day in by_day), default=0)
    return "".join(_mark(by_day.get(day), most) for day in days)


def _mark(run: Facts | None, most: int) -> str:
    if run is None:
        return NO_RUN
    if run.held or (not run.accepted_by and run.trouble in BY_CODE and BY_CODE[run.trouble].grade == STOP):
        return WRONG
    return BARS[round((len(BARS) - 1) * run.listed / most)] if most else BARS[0]
