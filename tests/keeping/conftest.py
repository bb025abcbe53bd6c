"""One installation after one night, with an ad on its own and two rings; tests that change it take a copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.keeping.world import START, Installation, ad, phone_of, ring


@pytest.fixture(scope="session")
def after_a_night(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Read it, do not change it."""
    town = Installation(tmp_path_factory.mktemp("kept") / "home")
    town.night(START, ad(1, START), *ring(60, START, phone=phone_of(60)), *ring(70, START, phone=phone_of(70)))
    return town


@pytest.fixture
def town(after_a_night: Installation, tmp_path: Path) -> Installation:
    """A copy that a test may change."""
    return after_a_night.copy(tmp_path / "home")
