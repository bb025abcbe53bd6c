"""Read the house from its own source: who imports whom, who writes which table."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

PACKAGES = ("cli", "review", "pipeline", "indicators", "crawler", "simulator")

# From a package to what it may import of ours; a package may always import itself.
ALLOWED = {
    "cli": ("review", "pipeline", "indicators", "crawler", "simulator"),
    "review": ("pipeline",),
    "pipeline": ("indicators", "crawler.records"),
    "indicators": (),
    "crawler": (),
    "simulator": ("crawler.records",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One import of one of our modules: where, what, and whether it hides in a function or under TYPE_CHECKING."""

    file: str
    line: int
    module: str
    target: str
    hidden: bool


def modules(root: Path) -> dict[str, Path]:
    """Map module names of our packages to their files."""
    found = {}
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(root: Path) -> list[Import]:
    """List every import that one of our modules makes of another of ours."""
    known = modules(root)
    return [item for module, path in known.items() for item in _imports_of(module, path, known)]


def _imports_of(module: str, path: Path, known: Mapping[str, Path]) -> Iterator[Import]:
    tree = ast.parse(path.read_text("utf-8"))
    top = set(map(id, tree.body))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                around = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
                base = ".".join([*around[: len(around) - node.level + 1], *([node.module] if node.module else [])])
            names = [f"{base}.{alias.name}" if f"{base}.{alias.name}" in known else base for alias in node.names]
        else:
            continue
        for name in sorted(set(names)):
            if name.split(".")[0] in PACKAGES:
                yield Import(file=str(path), line=node.lineno, module=module, target=name, hidden=id(node) not in top)


def layer_faults(root: Path) -> list[str]:
    """Imports against the direction of the house, and imports hidden in functions (the command line may, for its start-up time)."""
    faults = []
    for item in imports(root):
        package, target = item.module.split(".")[0], item.target.split(".")[0]
        if package != target and not any(item.target == name or item.target.startswith(name + ".") for name in ALLOWED[package]):
            faults.append(f"{item.module} imports {item.target}")
        if item.hidden and package != "cli":
            faults.append(f"{item.module}:{item.line} hides its import of {item.target}")
    return faults


def cycles(root: Path) -> list[str]:
    """Import cycles between our modules, each named by the modules on it."""
    edges: dict[str, set[str]] = {}
    for item in imports(root):
        if item.module != item.target:
            edges.setdefault(item.module, set()).add(item.target)
    found: list[str] = []
    state: dict[str, int] = {}

    def walk(module: str, path: list[str]) -> None:
        state[module] = 1
        for target in sorted(edges.get(module, ())):
            if state.get(target) == 1:
                found.append(" -> ".join([*path[path.index(target) :], target]))
            elif target not in state:
                walk(target, [*path, target])
        state[module] = 2

    for module in sorted(edges):
        if module not in state:
            walk(module, [module])
    return found


WRITES = re.compile(r"\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE)\s+([a-z_]+)\b(?!\.)", re.IGNORECASE)
STAGE_OF_FILE = re.compile(r"^(?:sql/)?([a-z]+)")


def table_writers(root: Path, tables: set[str]) -> dict[str, set[str]]:
    """Map each table of the store to the stages that insert into it or update it, read from Python and SQL files of the pipeline.

    Deleting and re-keying are the work of `keeping`, which may touch every table; the rule is about whose rows they are.
    A file's stage is the first word of its name (ingest_merge.sql, observe.py), or its folder below pipeline (match/photos.py).
    """
    writers: dict[str, set[str]] = {}
    for path in sorted([*(root / "pipeline").rglob("*.py"), *(root / "pipeline").rglob("*.sql")]):
        inside = path.relative_to(root / "pipeline")
        if inside.parts[0] in ("casebook", "outreach", "keeping") or path.name == "schema.sql":
            continue
        stage = inside.parts[0] if len(inside.parts) > 1 and inside.parts[0] != "sql" else re.split(r"[_.]", path.name)[0]
        for table in WRITES.findall(path.read_text("utf-8")):
            if table.lower() in tables:
                writers.setdefault(table.lower(), set()).add(stage)
    return writers
