"""A town of 1,500 ads that the tests of this folder share; nobody changes it."""

from __future__ import annotations

from datetime import date

import pytest

from simulator.listing import Listing
from simulator.town import Plan, town_of


@pytest.fixture(scope="session")
def plan() -> Plan:
    return Plan(seed=21, ads=1500, nights=30, until=date(2026, 11, 23))


@pytest.fixture(scope="session")
def town(plan: Plan) -> list[Listing]:
    return town_of(plan)
