"""docs/SITES.md shows a config that holds, and names every key that a site's file may have."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from pathlib import Path

from crawler.records.site import Expectations, FieldRule, Politeness, SiteConfig
from crawler.records.site_faults import AD_FIELDS, faults
from pipeline.settings import site_from

TEXT = (Path(__file__).parents[2] / "docs" / "SITES.md").read_text("utf-8")


def test_the_example_is_a_config_without_a_mistake() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    mistakes: list[str] = []
    site = site_from(tomllib.loads(example), where="SITES.md", faults=mistakes)
    assert site is not None and mistakes + faults(site) == []


def test_every_key_and_every_field_is_named() -> None:
    keys = {item.name for kind in (SiteConfig, FieldRule, Politeness, Expectations) for item in dataclasses.fields(kind)} - {"name", "fields"}
    assert sorted(key for key in keys | AD_FIELDS if not re.search(rf"\b{key}\b", TEXT)) == []
