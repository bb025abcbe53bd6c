"""Turn a TOML table into a frozen dataclass, strictly, gathering every mistake instead of stopping at the first."""

from __future__ import annotations

import dataclasses
import difflib
import types
import typing
from collections.abc import Mapping
from typing import Any, TypeVar

T = TypeVar("T")


def build(cls: type[T], table: Mapping[str, Any], *, where: str, faults: list[str]) -> T | None:
    """Build `cls` from a TOML table whose keys are the field names.

    Args:
        cls: a dataclass; nested dataclasses, tuples, dicts and optional values are followed.
        where: file and table, as the reader of a fault should find it, such as "config/linking.toml [photos]".
        faults: every mistake is appended here: unknown key (with the nearest known one), missing key, wrong type.

    Returns:
        The object, or None when this table had a fault.
    """
    before = len(faults)
    hints = typing.get_type_hints(cls)
    known = {item.name: item for item in dataclasses.fields(cls)}  # type: ignore[arg-type]
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            advice = f"did you mean {near[0]}?" if near else f"known keys: {', '.join(known)}"
            faults.append(f"{where}: {key} is not a key here; {advice}")
    values: dict[str, Any] = {}
    for name, item in known.items():
        if name in table:
            values[name] = _value(hints[name], table[name], where=f"{where} {name}", faults=faults)
        elif item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING:
            faults.append(f"{where}: {name} is missing; write {name} = {_example(hints[name])}")
    if len(faults) > before:
        return None
    try:
        return cls(**values)
    except ValueError as error:
        faults.append(f"{where}: {error}")
        return None


def _example(kind: Any) -> str:
    return {str: '"..."', int: "1", float: "1.0", bool: "true"}.get(kind, "...")


def _value(kind: Any, value: Any, *, where: str, faults: list[str]) -> Any:
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        if isinstance(value, Mapping):
            return build(kind, value, where=where, faults=faults)
        faults.append(f"{where}: must be a table")
        return None
    if origin in (types.UnionType, typing.Union):
        inner = [arg for arg in args if arg is not type(None)]
        return _value(inner[0], value, where=where, faults=faults)
    if origin is tuple:
        if not isinstance(value, list):
            faults.append(f"{where}: must be a list, as in [{_example(args[0])}]")
            return ()
        return tuple(_value(args[0], item, where=f"{where}[{number}]", faults=faults) for number, item in enumerate(value))
    if origin in (dict, Mapping):
        if not isinstance(value, Mapping):
            faults.append(f"{where}: must be a table")
            return {}
        return {key: _value(args[1], item, where=f"{where}.{key}", faults=faults) for key, item in value.items()}
    return _plain(kind, value, where=where, faults=faults)


def _plain(kind: Any, value: Any, *, where: str, faults: list[str]) -> Any:
    if kind in (Any, object):
        return value
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
        faults.append(f"{where}: must be {kind.__name__}, as in {_example(kind)}; found {type(value).__name__}")
        return None
    return value
