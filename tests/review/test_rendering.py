"""Dates, times and counts as a reader in Sweden says them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from pipeline.outreach.sentences import filled
from review.rendering import clock, dated, day, figure, moment, month
from review.words import word


def test_a_moment_of_utc_is_shown_as_the_clock_in_sweden_and_a_day_stays_the_day_it_is() -> None:
    late = datetime(2026, 7, 1, 22, 26)
    assert (moment(late, language="sv"), moment("2026-11-03T22:26:00Z", language="en"), clock(late)) == ("2 juli 2026 00:26", "3 Nov 2026 23:26", "00:26")
    assert [day(value, language="sv") for value in (late, "2026-11-03T23:30:00Z", "2026-11-03", date(2026, 11, 3))] == ["2 juli", "4 nov", "3 nov", "3 nov"]


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [("sv", "1 annons på 1 sajt", "3 annonser på 2 sajter"), ("en", "1 ad on 1 site", "3 ads on 2 sites")],
)
def test_one_is_said_as_one(language: str, one: str, many: str) -> None:
    assert [word(language, "cluster.ads_on", ads=ads, sites=sites) for ads, sites in ((1, 1), (3, 2))] == [one, many]


def test_a_figure_is_written_as_the_language_writes_it() -> None:
    assert [figure(value, language="sv") for value in (117.71, 1.25, 1.0, "")] == ["118", "1,2", "1", ""]
    assert [figure(value, language="en") for value in (6.89, 12345)] == ["6.9", "12,345"]
    assert word("sv", "health.night", value=figure(1.0, language="sv")) == "Senaste natten är 1 timme gammal."


def test_a_sentence_without_a_count_is_filled_in_as_it_stands() -> None:
    assert (filled("{a} och {b}", a="1|2", b=3), filled("{n:dag|dagar}", n=0)) == ("1|2 och 3", "dagar")


def test_days_inside_a_text_are_written_as_the_reader_writes_them() -> None:
    said = [dated("anna, 2026-12-09; 2026-13-09, 12026-12-09", language=language) for language in ("sv", "en")]
    assert said == ["anna, 9 dec 2026; 2026-13-09, 12026-12-09", "anna, 9 Dec 2026; 2026-13-09, 12026-12-09"]


def test_days_stand_before_months_in_both_languages() -> None:
    said = [(day("2026-11-03", language=language), month("2026-11", language=language)) for language in ("sv", "en")]
    assert said == [("3 nov", "nov 2026"), ("3 Nov", "Nov 2026")]
