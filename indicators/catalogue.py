"""The indicators there are: every module of this package that declares one, in order of name."""

from __future__ import annotations

import functools
import importlib
from importlib.resources import files

from indicators.model import Indicator


@functools.cache
def catalogue() -> tuple[Indicator, ...]:
    """Return all indicators, by id; a module whose rule file lies beside it declares one."""
    folder = files("indicators")
    names = sorted(entry.name.removesuffix(".sql") for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return tuple(importlib.import_module(f"indicators.{name}").INDICATOR for name in names)


def rule_text(indicator: Indicator) -> str:
    """Return the SQL of an indicator's rule."""
    return (files("indicators") / indicator.rule.file).read_text("utf-8")
