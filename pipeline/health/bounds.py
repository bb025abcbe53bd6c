"""Is a crawl like its site? Robust bounds from the site's own last runs; a config may set its own. Pure functions of numbers.

A bound is a factor of what nine in ten earlier runs kept to (their 10th and 90th percentile), so that one odd night in the history moves
nothing. Nothing is judged with fewer than `HISTORY_MIN` runs, nor counts of a site with fewer than `ADS_MIN` ads: small numbers swing by themselves. A share
may be of as few as `READ_MIN` ads, because a fall of it counts only where so few ads would hardly ever show it by chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import exp, lgamma, log
from statistics import median, quantiles

from crawler.records.site import Expectations
from pipeline.health.facts import Facts, Outside

HISTORY_MIN, HISTORY_MAX = 7, 30  # runs
ADS_MIN = 20  # ads of a site whose counts are judged
READ_MIN = 8  # ads read that the share of a field is taken of
LANGUAGE_SAMPLE = 30  # ads of a run whose language is read
LISTED_LOW, LISTED_HIGH = 0.5, 2.5  # of what nine in ten runs listed
SHARE_FACTOR, SHARE_FLOOR = 3.0, 0.5  # of new or absent ads: three times the usual, and at least half of all
RATE_LOW, RATE_USUAL_MIN = 0.6, 0.2  # a field or language that a fifth of the ads show, at least
CHANCE = 0.001  # the probability that so few of the ads show something although nothing has changed
RATE_NEVER, RATE_SUDDEN = 0.05, 0.6  # one that hardly any ad showed, and most show now
BYTES_LOW, BYTES_HIGH = 0.3, 3.5  # of the size of a page
ERRORS_FLOOR = 0.3  # share of answers that are no page
DATES_SHARED_MIN = 0.5  # of the ads that have a date write it in a form that was seen before


def outside(facts: Facts, history: Sequence[Facts], expect: Expectations) -> tuple[Outside, ...]:
    """List what of a crawl lies outside the bounds that the config sets and those that its history gives.

    Args:
        history: earlier runs of the site, oldest first; held ones are left out here, and only the last 30 count.
    """
    kept = [run for run in history if not run.held][-HISTORY_MAX:]
    found = list(_configured(facts, expect))
    if expect.history and len(kept) >= HISTORY_MIN:
        named = {one.measure for one in found}
        found += [one for one in _historical(facts, kept, expect) if one.measure not in named]
    return tuple(found)


def new_dates(facts: Facts, history: Sequence[Facts]) -> bool:
    """Tell whether most of a crawl's dates are written in a form that the site's last runs did not use."""
    dated = [run for run in history if not run.held and run.dates][-HISTORY_MAX:]
    if not dated or facts.ads < HISTORY_MIN or not facts.dates:
        return False
    before = {form for run in dated for form in run.dates}
    return sum(share for form, share in facts.dates.items() if form in before) < DATES_SHARED_MIN * sum(facts.dates.values())


def _configured(facts: Facts, expect: Expectations) -> Iterator[Outside]:
    if facts.lists_whole:
        yield from _beyond("listed", facts.listed, expect.ads_min or None, expect.ads_max or None)
        if facts.listed:
            yield from _beyond("new_share", facts.new_ads / facts.listed, None, expect.new_share_max or None)
        if facts.known:
            yield from _beyond("absent_share", facts.absent / facts.known, None, expect.absent_share_max or None)
    if facts.ads:
        rates = {"phones": expect.phone_rate_min, **expect.rate_min}
        for field, low in rates.items():
            yield from _beyond(f"rate.{field}", facts.rates.get(field, 0.0), low or None, None)


def _historical(facts: Facts, kept: Sequence[Facts], expect: Expectations) -> Iterator[Outside]:
    whole = [run for run in kept if run.lists_whole]
    if facts.lists_whole and len(whole) >= HISTORY_MIN and median(run.listed for run in whole) >= ADS_MIN:
        yield from _counts(facts, whole, expect)
    read = [run for run in kept if run.ads >= READ_MIN]
    if facts.ads >= READ_MIN and len(read) >= HISTORY_MIN:
        yield from _rates("rate", facts.rates, [run.rates for run in read], ads=facts.ads)
        yield from _rates("language", facts.languages, [run.languages for run in read], ads=min(facts.ads, LANGUAGE_SAMPLE))
    read = [run for run in kept if run.ads >= ADS_MIN]
    if facts.ads >= ADS_MIN and len(read) >= HISTORY_MIN:
        sizes = [float(run.ad_bytes) for run in read if run.ad_bytes]
        if facts.ad_bytes and len(sizes) >= HISTORY_MIN:
            low, high = _tenths(sizes)
            yield from _beyond("ad_bytes", facts.ad_bytes, BYTES_LOW * low, BYTES_HIGH * high, median(sizes))
    asked = [run for run in kept if run.pages >= ADS_MIN]
    if facts.pages >= ADS_MIN and len(asked) >= HISTORY_MIN:
        shares = [errors(run) for run in asked]
        yield from _beyond("errors", errors(facts), None, max(ERRORS_FLOOR, SHARE_FACTOR * _tenths(shares)[1]), median(shares))


def _counts(facts: Facts, whole: Sequence[Facts], expect: Expectations) -> Iterator[Outside]:
    low, high = _tenths([float(run.listed) for run in whole])
    low, high = (0.0 if expect.ads_min else LISTED_LOW * low), (float("inf") if expect.ads_max else LISTED_HIGH * high)
    yield from _beyond("listed", facts.listed, low, high, median(run.listed for run in whole))
    for name, part, of, ceiling in (("new_share", "new_ads", "listed", expect.new_share_max), ("absent_share", "absent", "known", expect.absent_share_max)):
        shares = [getattr(run, part) / getattr(run, of) for run in whole[1:] if getattr(run, of) >= ADS_MIN]
        if not ceiling and getattr(facts, of) >= ADS_MIN and len(shares) >= HISTORY_MIN - 1:
            high = max(SHARE_FLOOR, SHARE_FACTOR * _tenths(shares)[1])
            yield from _beyond(name, getattr(facts, part) / getattr(facts, of), None, high, median(shares))


def _rates(kind: str, now: Mapping[str, float], before: Sequence[Mapping[str, float]], *, ads: int) -> Iterator[Outside]:
    """Yield the shares that fell, or came from nowhere; a fall must be more than the chance of a few ads."""
    if not now and kind == "language":
        return
    for name in sorted({name for shares in (now, *before) for name in shares}):
        earlier = [shares.get(name, 0.0) for shares in before]
        low, high = _tenths(earlier)
        usual = median(earlier)
        if usual >= RATE_USUAL_MIN:
            if at_most(round(now.get(name, 0.0) * ads), of=ads, usual=usual) < CHANCE:
                yield from _beyond(f"{kind}.{name}", now.get(name, 0.0), RATE_LOW * low, None, usual)
        elif high <= RATE_NEVER:
            yield from _beyond(f"{kind}.{name}", now.get(name, 0.0), None, RATE_SUDDEN, usual)


def at_most(shown: int, *, of: int, usual: float) -> float:
    """Return the probability that no more than `shown` of `of` ads show what the share `usual` of all ads shows, 0-1."""
    if usual >= 1.0:
        return float(shown >= of)
    # in logarithms: from a thousand ads on the numbers themselves are too large for a float
    orders, has, lacks = lgamma(of + 1), log(usual), log(1 - usual)
    chances = (
        exp(orders - lgamma(count + 1) - lgamma(of - count + 1) + count * has + (of - count) * lacks) for count in range(min(shown, of) + 1)
    )
    return min(1.0, sum(chances))


def errors(facts: Facts) -> float:
    """Return the share of a crawl's answers that are no page, 0-1; an ad that is gone (404, 410) and one that is unchanged (304) are none."""
    wrong = sum(count for status, count in facts.statuses.items() if not 200 <= int(status) < 400 and status not in ("404", "410"))
    return wrong / max(1, sum(facts.statuses.values()))


def _tenths(values: Sequence[float]) -> tuple[float, float]:
    """Return the 10th and the 90th percentile."""
    cuts = quantiles(values, n=10, method="inclusive")
    return cuts[0], cuts[-1]


def _beyond(measure: str, found: float, low: float | None, high: float | None, usual: float | None = None) -> Iterator[Outside]:
    if (low is not None and found < low) or (high is not None and found > high):
        yield Outside(measure=measure, found=float(found), low=low, high=None if high == float("inf") else high, usual=usual)
