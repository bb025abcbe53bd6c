"""The morning's lines for machines: JSON rows, and Prometheus' text exposition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from pipeline.health.lines import SiteLine

# name, help, what a line gives; a site that was never read gives nothing
GAUGES = (
    ("lykta_site_last_run_timestamp_seconds", "When the latest run of a site began."),
    ("lykta_site_ads_listed", "Ads that the site's lists named."),
    ("lykta_site_ads_read", "Ads whose pages were read."),
    ("lykta_site_ads_new", "Ads that were not known before."),
    ("lykta_site_pages_rejected", "Pages that were not understood."),
)


def rows(lines: Sequence[SiteLine]) -> list[dict[str, object]]:
    """Return a JSON object a site: names and numbers are stable, sentences are for people."""
    return [
        {
            "site": line.site, "trusted": line.trusted, "grade": line.grade, "trouble": line.trouble, "state": line.state["en"], "todo": line.todo["en"],
            "nights": line.nights, **(_run(line) if line.last is not None else {"run": None}),
        }
        for line in lines
    ]  # fmt: skip


def _run(line: SiteLine) -> dict[str, object]:
    last = line.last
    if last is None:
        return {}
    return {
        "run": last.run, "started_at": last.started_at.isoformat() + "Z", "complete": last.complete, "listed": last.listed, "read": last.ads,
        "unchanged": last.unchanged, "new": last.new_ads, "absent": last.absent, "gone": last.gone, "rejected": last.rejected, "pages": last.pages,
        "held": last.held, "outside": [one.measure for one in last.outside], "accepted_by": last.accepted_by, "failed": last.failed,
    }  # fmt: skip


def prometheus(lines: Sequence[SiteLine], *, as_of: datetime) -> str:
    """Return text exposition, version 0.0.4, without timestamps."""
    return "\n".join(_exposition(lines, as_of)) + "\n"


def _exposition(lines: Sequence[SiteLine], as_of: datetime) -> Iterator[str]:
    yield from _gauge("lykta_night_timestamp_seconds", "The moment that these figures are seen from.", [("", _seconds(as_of))])
    yield from _gauge("lykta_night_trusted", "1 when the runs of all sites can be trusted.", [("", float(bool(lines) and all(line.trusted for line in lines)))])
    yield from _gauge("lykta_site_trusted", "1 when last night's run of a site can be trusted.", [(_of(line), float(line.trusted)) for line in lines])
    held = [(_of(line), float(line.last is not None and line.last.held)) for line in lines]
    yield from _gauge("lykta_site_held", "1 when a run's ads are kept out until somebody accepts it.", held)
    troubled = [(f'{_of(line)},code="{_escaped(line.trouble)}"', 1.0) for line in lines if line.trouble]
    yield from _gauge("lykta_site_trouble", "The trouble that names a site's latest run.", troubled)
    for at, (name, told) in enumerate(GAUGES):
        yield from _gauge(name, told, [(_of(line), _values(line)[at]) for line in lines if line.last is not None])


def _values(line: SiteLine) -> tuple[float, ...]:
    last = line.last
    return (_seconds(last.started_at), last.listed, last.ads, last.new_ads, last.rejected) if last is not None else ()


def _gauge(name: str, told: str, values: Sequence[tuple[str, float]]) -> Iterator[str]:
    yield f"# HELP {name} {told}"
    yield f"# TYPE {name} gauge"
    for labels, value in values:
        yield f"{name}{{{labels}}} {value:.15g}" if labels else f"{name} {value:.15g}"


def _of(line: SiteLine) -> str:
    return f'site="{_escaped(line.site)}"'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _seconds(moment: datetime) -> float:
    return moment.replace(tzinfo=UTC).timestamp()
