"""What lies outside its bounds, in a sentence: what was found, what is usual, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.health.facts import Outside

# A measure's words; {found}, {low} and {high} are counts, or shares as per cent. What comes after the dot of a measure is {what}.
LOW: Mapping[str, Mapping[str, str]] = {
    "sv": {
        "listed": "{found} annonser, minst {low} väntade",
        "rate": "{found} av annonserna visar {what}, minst {low} väntade",
        "language": "{found} av annonserna är på {what}, minst {low} väntade",
        "ad_bytes": "annonsernas sidor är {found} byte, minst {low} väntade",
    },
    "en": {
        "listed": "{found} ads, at least {low} expected",
        "rate": "{found} of the ads show {what}, at least {low} expected",
        "language": "{found} of the ads are in {what}, at least {low} expected",
        "ad_bytes": "the ads' pages are {found} bytes, at least {low} expected",
    },
}
HIGH: Mapping[str, Mapping[str, str]] = {
    "sv": {
        "listed": "{found} annonser, högst {high} väntade",
        "new_share": "{found} av annonserna är nya, högst {high} väntade",
        "absent_share": "{found} av förra gångens annonser är borta, högst {high} väntade",
        "rate": "{found} av annonserna visar plötsligt {what}",
        "language": "{found} av annonserna är plötsligt på {what}",
        "ad_bytes": "annonsernas sidor är {found} byte, högst {high} väntade",
        "errors": "{found} av svaren var fel, högst {high} väntade",
    },
    "en": {
        "listed": "{found} ads, at most {high} expected",
        "new_share": "{found} of the ads are new, at most {high} expected",
        "absent_share": "{found} of the last time's ads are missing, at most {high} expected",
        "rate": "{found} of the ads suddenly show {what}",
        "language": "{found} of the ads are suddenly in {what}",
        "ad_bytes": "the ads' pages are {found} bytes, at most {high} expected",
        "errors": "{found} of the answers were errors, at most {high} expected",
    },
}
USUAL = {"sv": " (brukar vara {usual})", "en": " (usually {usual})"}
MORE = {"sv": "och {count} mått till", "en": "and {count} more"}
SAID_MAX = 3
COUNTS = ("listed", "ad_bytes")


def sentence(one: Outside, language: str) -> str:
    """Say one thing that lies outside, in `sv` or `en`."""
    kind, _, what = one.measure.partition(".")
    below = one.low is not None and one.found < one.low
    shown = {name: _shown(kind, value) for name, value in (("found", one.found), ("low", one.low), ("high", one.high), ("usual", one.usual))}
    usual = USUAL[language].format(**shown) if one.usual is not None else ""
    return (LOW if below else HIGH)[language][kind].format(what=what, **shown) + usual


def said(outside: Iterable[Outside], language: str) -> str:
    """Say what lies outside in one line, numbers of ads before shares of fields, three at most and how many more there are; '' for nothing."""
    ordered = sorted(outside, key=lambda one: "." in one.measure)
    told = [sentence(one, language) for one in ordered[:SAID_MAX]]
    more = [MORE[language].format(count=len(ordered) - SAID_MAX)] if len(ordered) > SAID_MAX else []
    return "; ".join([*told, *more])


def _shown(kind: str, value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.0f}" if kind in COUNTS else f"{value:.0%}"
