"""The order of the tests: files that take long come first, so that no worker is left alone with one of them at the end."""

from __future__ import annotations

import pytest

# They drive browsers, crawls, kills or whole nights; each takes more than half a minute.
LONGEST = (
    "tests/review/test_browser.py",
    "tests/cli/test_same_door.py",
    "tests/matching/test_linking.py",
    "tests/indicators/test_invariants.py",
    "tests/cli/test_shapes.py",
    "tests/keeping/test_rotation.py",
    "tests/crawler/test_manners.py",
    "tests/crawler/test_guards.py",
    "tests/real_site/test_real_site.py",
    "tests/cli/test_bad_nights.py",
    "tests/cli/test_two_people.py",
    "tests/keeping/test_retention.py",
    "tests/cli/test_byte_scan.py",
    "tests/crawler/test_crawl.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first; the others stay in their order."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.nodeid.partition("::")[0], len(LONGEST)))
