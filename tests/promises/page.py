"""docs/PROMISES.md: each promise, the tests that prove it, and where they live. A promise without a test has no row to stand on."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

from tests.promises.kept import RELIABILITY, SECURITY, table_of

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"test_P(\d\d)_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One promise in a sentence; `page` names the test files of the review page that prove (a part of) it there."""

    text: str
    page: tuple[str, ...] = ()


PROMISES: dict[int, Promise] = {
    1: Promise(text="Every row is treated as sensitive from the fetch on: no unencrypted table, file, log or temp file holds ad text, contact or hash."),
    2: Promise(text="The legal basis names controllers, grounds, the decision to delete and a review date; a crawl refuses without it or past the date."),
    3: Promise(text="An account is not active before a signed confidentiality note is recorded."),
    4: Promise(text="Only the listed fields of a page are kept; nothing else on it is stored."),
    5: Promise(text="Things stay as long as the retention says, and the purge debt is 0."),
    6: Promise(text="A public notice is generated from config, in Swedish and English."),
    7: Promise(text="Access, erasure and do-not-contact are requests that a person settles; erased is obeyed at once, deleted everywhere, and stays so."),
    8: Promise(text="No list row without a decision and a second person's approval; the database itself refuses."),
    9: Promise(text="Phones are masked everywhere; a reveal is one item at a time, with a purpose, logged and limited.", page=("tests/review",)),
    10: Promise(text="The record of processing is printed from config."),
    11: Promise(text="Every store is encrypted under a key of its own, in files of mode 0600, outside every backup."),
    12: Promise(text="`lykta incident --since` says who saw what."),
    13: Promise(text="The DPIA names every personal field of the schema."),
    14: Promise(text="Pseudonyms are keyed hashes over kind and value, never plain ones; keys rotate, and marks survive it."),
    15: Promise(text="Analysts see no text, address, name or language; nothing is searched by origin, health or orientation; searches are logged."),
    16: Promise(text="Ads of possible minors leave every list, count and export; the night refuses without a named officer; a hold stops purge."),
    17: Promise(text="What was disclosed, to whom and on what ground is on record; there is no account type for police."),
    18: Promise(text="No picture is ever on disk or screen."),
    19: Promise(text="Hashes are never exported or drawn."),
    20: Promise(text="robots.txt and text-and-data-mining reservations are honoured and logged; the crawler says who it is."),
    21: Promise(text="Scoring is a published additive rule table that a person can recompute."),
    22: Promise(text="Words of nationality, ethnicity, gender or language change no score, band or rank; `lykta bias` prints rates with intervals."),
    23: Promise(text="Statistics suppress small cells, with complementary suppression; no period is shorter than a month."),
    24: Promise(text="Do no harm: do-not-contact beats any band; part of every list is drawn at random; calendar titles are neutral.", page=("tests/review",)),
}


def proofs(root: Path) -> dict[int, list[str]]:
    """Return for each promise the tests named after it, as file::function."""
    found: dict[int, list[str]] = {number: [] for number in PROMISES}
    for path in sorted((root / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and (match := NAMED.match(node.name)):
                found.setdefault(int(match.group(1)), []).append(f"{path.relative_to(root)}::{node.name}")
    return found


def without_proof(root: Path) -> list[str]:
    """Return the promises that no test is named after, and tests named after no promise."""
    found = proofs(root)
    return [f"P{number}" for number in sorted(found) if not found[number] or number not in PROMISES]


def promises_page() -> str:
    """Return the page."""
    lines = [
        "# What Lykta promises, and which test proves it\n",
        "Made by `python -m tools.papers` from the tests themselves: a promise without a test named after it (`test_P07_...`) fails the build.",
        "What only the review page can show is proven in its own tests, named in the last column.\n",
        "## Privacy\n",
        "| promise | what it says | proof | also in the review page's tests |",
        "|---|---|---|---|",
    ]
    found = proofs(ROOT)
    for number, promise in PROMISES.items():
        names = "<br>".join(f"`{name}`" for name in found[number])
        lines.append(f"| P{number} | {promise.text} | {names} | {', '.join(promise.page)} |")
    lines += ["\n## Security\n", *table_of("S", SECURITY), "\n## Reliability\n", *table_of("R", RELIABILITY)]
    return "\n".join(lines) + "\n"
