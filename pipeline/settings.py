"""All config files of an installation, read here and nowhere else; every mistake is reported at once."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from crawler.records.site import SiteConfig
from crawler.records.site_faults import faults as site_faults
from pipeline.failure import Exit, Failure
from pipeline.home import Home
from pipeline.indicator_settings import IndicatorSettings
from pipeline.indicator_settings import faults as indicator_faults
from pipeline.linking_settings import LinkingSettings
from pipeline.outreach.settings import OutreachSettings
from pipeline.reading.lexicon import Lexicon
from pipeline.reading.lexicon import parse as parse_lexicon
from pipeline.reading.settings import ReadingSettings
from pipeline.strict import build

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """The ground on which people's data are processed; dates as YYYY-MM-DD."""

    controllers: tuple[str, ...]
    gdpr_article_6: str
    gdpr_article_9: str
    search_ban_assessment: str
    deletion_decision: str
    decision_number: str
    review_date: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Safeguarding:
    """Who opens ads of possible minors."""

    officer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long things are kept, in days."""

    raw_text_days: int
    linking_days: int
    undecided_days: int
    dismissed_days: int
    approved_days: int
    fetch_log_days: int
    import_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What the machine may use: DuckDB's memory limit, threads, and processes that read texts."""

    memory_limit: str
    threads: int
    workers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawl:
    """How the crawler names itself."""

    user_agent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class General:
    """config/lykta.toml."""

    legal_basis: LegalBasis
    safeguarding: Safeguarding
    retention: Retention
    machine: Machine
    crawl: Crawl


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that config says, typed."""

    general: General
    sites: tuple[SiteConfig, ...]
    indicators: IndicatorSettings
    linking: LinkingSettings
    outreach: OutreachSettings
    reading: ReadingSettings
    lexicon: Lexicon


def read_settings(home: Home) -> Settings:
    """Read and check every config file of an installation.

    Raises:
        Failure: one or more mistakes (exit 8); all of them are listed, each with file, key and what to write.
    """
    return _read(home.config, site_files=True)


def read_shipped(config: Path) -> Settings:
    """Read the defaults of a config folder without its sites, for commands that need no installation."""
    return _read(config, site_files=False)


def _read(config: Path, *, site_files: bool) -> Settings:
    mistakes: list[str] = []
    general = _table(config / "lykta.toml", General, mistakes)
    indicators = _table(config / "indicators.toml", IndicatorSettings, mistakes)
    linking = _table(config / "linking.toml", LinkingSettings, mistakes)
    outreach = _table(config / "outreach.toml", OutreachSettings, mistakes)
    reading = _table(config / "reading.toml", ReadingSettings, mistakes)
    if indicators is not None:
        mistakes += indicator_faults(indicators)
    languages = sorted((config / "lexicon").glob("*.toml"))
    raw_lexicon = {path.stem: table for path in languages if (table := _load(path, mistakes, where=f"config/lexicon/{path.name}"))}
    lexicon, wrong = parse_lexicon(raw_lexicon, {path.stem: path.read_text("utf-8", "replace") for path in languages})
    mistakes += wrong
    sites = tuple(_sites(config, mistakes)) if site_files else ()
    if mistakes or general is None or indicators is None or linking is None or outreach is None or reading is None:
        raise Failure(Exit.MISSING, f"{len(mistakes)} mistakes in {config}. Nothing was run.", *mistakes)
    texts = dataclasses.replace(linking.texts, demographic_words=reading.demographic_words)
    linking = dataclasses.replace(linking, texts=texts)
    return Settings(general=general, sites=sites, indicators=indicators, linking=linking, outreach=outreach, reading=reading, lexicon=lexicon)


def _load(path: Path, mistakes: list[str], where: str = "") -> dict[str, Any]:
    where = where or f"config/{path.name}"
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        mistakes.append(f"{where}: missing; copy it from the program's config folder")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        mistakes.append(f"{where}: not valid TOML: {error}")
    return {}


def _table(path: Path, kind: type[T], mistakes: list[str]) -> T | None:
    raw = _load(path, mistakes)
    return build(kind, raw, where=f"config/{path.name}", faults=mistakes) if raw else None


def _sites(config: Path, mistakes: list[str]) -> list[SiteConfig]:
    found = []
    for path in sorted((config / "sites").glob("*.toml")):
        site = site_from(_load(path, mistakes), where=f"config/sites/{path.name}", faults=mistakes)
        if site is not None:
            mistakes += [f"config/sites/{path.name}: {fault}" for fault in site_faults(site)]
            found.append(site)
    return found


def read_site(path: Path) -> SiteConfig:
    """Read one site's config file.

    Raises:
        Failure: every mistake in it, at once (exit 8).
    """
    mistakes: list[str] = []
    site = site_from(_load(path, mistakes), where=path.name, faults=mistakes)
    if site is not None:
        mistakes += [f"{path.name}: {fault}" for fault in site_faults(site)]
    if mistakes or site is None:
        raise Failure(Exit.MISSING, f"{len(mistakes)} mistakes in {path.name}.", *mistakes)
    return site


def site_from(raw: Mapping[str, Any], *, where: str, faults: list[str]) -> SiteConfig | None:
    """Build a site's config from its TOML tables; mistakes go to `faults`."""
    if not raw:
        return None
    rules = raw.get("fields", {})
    if not isinstance(rules, Mapping) or not all(isinstance(rule, Mapping) for rule in rules.values()):
        faults.append(f'{where}: every field is a table of its own, as in [fields.title] with css = "h1::text"')
        return None
    return build(SiteConfig, {**raw, "fields": [{"name": name, **rule} for name, rule in rules.items()]}, where=where, faults=faults)


def missing_legal_basis(general: General, today: date) -> list[str]:
    """List what the legal basis lacks for processing today; empty when it is whole and not past its review date."""
    basis = general.legal_basis
    lacks = [
        f"config/lykta.toml [legal_basis]: {item.name} is empty" for item in dataclasses.fields(basis) if item.name != "note" and not getattr(basis, item.name)
    ]
    if basis.review_date:
        try:
            if date.fromisoformat(basis.review_date) < today:
                lacks.append(f"config/lykta.toml [legal_basis]: review_date {basis.review_date} has passed; review the decision and set a new date")
        except ValueError:
            lacks.append("config/lykta.toml [legal_basis]: review_date must be YYYY-MM-DD")
    return lacks
