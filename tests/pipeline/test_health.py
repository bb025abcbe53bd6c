"""What is unlike a site's own history is found by stated bounds and said in words; the morning's lines say it alike to people and machines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cli.health import _show
from crawler.records.site import Expectations
from pipeline.health import bounds
from pipeline.health.bounds import at_most, new_dates, outside
from pipeline.health.exports import prometheus, rows
from pipeline.health.facts import Facts, Outside
from pipeline.health.lines import chart, site_lines, verdict
from pipeline.health.sentences import HIGH, LOW, said
from tests.pipeline.test_runs import NIGHT, usual

MORNING = NIGHT + timedelta(hours=5)


def history(nights: int = 12, **change: object) -> list[Facts]:
    """Return ordinary nights, each a little different, oldest first; every fifth had nothing new."""
    days = [(back, NIGHT - timedelta(days=back)) for back in range(nights, 0, -1)]
    return [usual("exempel", at, listed=30 + back % 4, new_ads=back % 5, absent=(back + 2) % 5, **change) for back, at in days]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"listed": 16}, []),
        ({"listed": 14}, ["listed"]),
        ({"listed": 90}, ["listed"]),
        ({"listed": 0, "ads": 0, "new_ads": 0}, ["listed"]),
        ({"new_ads": 29}, ["new_share"]),
        ({"absent": 25}, ["absent_share"]),
        ({"rates": {"title": 1.0, "body": 1.0, "phones": 0.2}}, ["rate.phones"]),
        ({"rates": {"title": 1.0, "body": 1.0, "phones": 0.4}}, ["rate.phones"]),
        ({"rates": {"title": 1.0, "body": 1.0, "phones": 0.5}}, []),
        ({"rates": {"title": 1.0, "body": 1.0, "phones": 0.8, "emails": 0.9}}, ["rate.emails"]),
        ({"languages": {"en": 1.0}}, ["language.sv"]),
        ({"languages": {"ru": 1.0}}, ["language.ru", "language.sv"]),
        ({"ad_bytes": 300}, ["ad_bytes"]),
        ({"ad_bytes": 9000}, ["ad_bytes"]),
        ({"statuses": {"200": 15, "503": 18}}, ["errors"]),
        ({"statuses": {"200": 15, "404": 18}}, []),
        ({"lists_whole": False, "listed": 3, "new_ads": 3}, []),
        ({"ads": 7, "rates": {"title": 1.0}}, []),
        ({"ads": 20, "rates": {"title": 1.0, "body": 0.5, "phones": 0.8}}, ["rate.body"]),
        ({"ads": 9, "rates": {"title": 1.0, "body": 1.0, "phones": 0.45}}, []),
    ],
)
def test_a_night_is_outside_by_the_measures_that_changed_and_no_other(change: dict[str, object], found: list[str]) -> None:
    assert [one.measure for one in outside(replace(usual("exempel", NIGHT), **change), history(), Expectations())] == found  # type: ignore[arg-type]


def test_a_short_history_a_small_site_and_a_held_night_judge_nothing() -> None:
    odd = usual("exempel", NIGHT, listed=3, ads=3, new_ads=3)
    assert outside(odd, history(bounds.HISTORY_MIN - 1), Expectations()) == ()
    assert outside(usual("exempel", NIGHT, listed=1), [replace(run, listed=4) for run in history()], Expectations()) == ()
    held = [replace(run, outside=(Outside(measure="listed", found=1.0),)) for run in history()]
    assert outside(odd, held, Expectations()) == ()
    assert outside(odd, [*held, *history(6)], Expectations()) == ()


def test_what_a_few_ads_show_by_chance_is_no_sign_and_what_many_show_is() -> None:
    now, before = {"title": 1.0, "handles": 0.05}, history(rates={"title": 1.0, "handles": 0.25})
    few, many = (outside(usual("exempel", NIGHT, ads=ads, rates=now), before, Expectations()) for ads in (22, 200))
    assert (few, [one.measure for one in many]) == ((), ["rate.handles"])


def test_one_odd_night_in_the_history_moves_no_bound() -> None:
    odd = [replace(run, listed=2) if number == 5 else run for number, run in enumerate(history(25))]
    assert [one.measure for one in outside(usual("exempel", NIGHT, listed=10), odd, Expectations())] == ["listed"]


def test_a_config_sets_its_own_bounds_and_history_false_asks_them_alone() -> None:
    odd = usual("exempel", NIGHT, listed=14, new_ads=13, rates={"title": 1.0, "phones": 0.3})
    assert said(outside(odd, history(), Expectations(ads_min=10, new_share_max=0.95, phone_rate_min=0.4)), "en") == (
        "30% of the ads show phones, at least 40% expected; 0% of the ads show body, at least 60% expected (usually 100%)"
    )
    assert outside(odd, history(), Expectations(history=False)) == ()
    assert said(outside(odd, [], Expectations(ads_min=20, ads_max=40, rate_min={"city": 0.5}, absent_share_max=0.05)), "sv") == (
        "14 annonser, minst 20 väntade; 10% av förra gångens annonser är borta, högst 5% väntade; 0% av annonserna visar city, minst 50% väntade"
    )


def test_dates_in_a_form_that_was_never_seen_are_noticed() -> None:
    wordy = usual("exempel", NIGHT, dates={"9 a 9 a 9.9": 1.0})
    assert (new_dates(wordy, history()), new_dates(wordy, []), new_dates(usual("exempel", NIGHT), history())) == (True, False, False)
    assert new_dates(replace(wordy, dates={"9 a 9 a 9.9": 0.4, "9-9-9a9:9": 0.6}), history()) is False


def test_three_measures_are_said_and_the_rest_counted() -> None:
    fields = [Outside(measure=f"rate.{name}", found=0.0, low=0.4) for name in ("age", "city", "name", "price")]
    told = "3 annonser, minst 9 väntade; 0% av annonserna visar age, minst 40% väntade; 0% av annonserna visar city, minst 40% väntade; och 2 mått till"
    assert said([*fields, Outside(measure="listed", found=3.0, low=9.0)], "sv") == told


def test_every_measure_has_its_words_in_both_languages() -> None:
    assert LOW["sv"].keys() == LOW["en"].keys() and HIGH["sv"].keys() == HIGH["en"].keys()
    for language in ("sv", "en"):
        for measure in HIGH[language]:
            assert "{" not in said([Outside(measure=f"{measure}.sv", found=0.9, high=0.2, usual=0.1)], language)


def test_a_line_says_the_night_and_the_chart_its_thirty() -> None:
    runs = [*history(8), usual("exempel", NIGHT, listed=15, trouble="slow"), usual("ny", NIGHT - timedelta(days=3))]
    lines = {line.site: line for line in site_lines(runs, ["exempel", "aldrig", "ny"], as_of=MORNING)}
    slow, never, late = lines["exempel"], lines["aldrig"], lines["ny"]
    assert (slow.trusted, slow.trouble, slow.state["en"]) == (True, "slow", "the site is slow")
    assert (slow.nights, len(slow.nights)) == ("·" * 21 + "▇███▇███▄", 30)
    assert (never.trusted, never.state["en"], never.todo["en"]) == (False, "was never read", "Run lykta crawl aldrig and see what it says.")
    assert (late.grade, late.state["sv"]) == ("late", "lästes inte i natt, senast 2026-11-17")
    assert chart([], NIGHT.date()) == "·" * 30


def test_a_held_run_says_how_to_accept_it_and_an_accepted_one_who_did_and_why() -> None:
    held = usual("exempel", NIGHT, listed=5, trouble="unlike", outside=(Outside(measure="listed", found=5.0, low=15.0, usual=31.0),))
    (line,) = site_lines([*history(), held], ["exempel"], as_of=MORNING)
    assert line.state["en"] == "the night is unlike the site's own history: 5 ads, at least 15 expected (usually 31)"
    looked = "See with lykta sites check exempel whether the site has changed. "
    assert line.todo["en"] == looked + 'Its ads are kept out until somebody accepts the run: lykta sites accept exempel 20261120T020000 --because "..."'
    assert (line.trusted, line.nights[-1]) == (False, "×")
    accepted = replace(held, accepted_by="anna", because="avdelningen är stängd", accepted_at=MORNING)
    (line,) = site_lines([*history(), accepted], ["exempel"], as_of=MORNING)
    assert (line.trusted, line.state["sv"], line.todo["sv"], line.nights[-1]) == (True, "anna godkände: avdelningen är stängd", "", "▂")


def test_one_sentence_says_whether_the_night_can_be_trusted() -> None:
    good, wall = usual("bra", NIGHT), usual("mur", NIGHT, trouble="log_in_wall", complete=False)
    told = {tuple(sites): verdict(site_lines([good, wall], sites, as_of=MORNING), "sv") for sites in ([], ["bra"], ["bra", "mur"], ["mur"])}
    assert told == {
        (): "Inga sajter läses ännu.",
        ("bra",): "Natten går att lita på: 1 av 1 sajter lästes i sin helhet.",
        ("bra", "mur"): "Natten går att lita på utom för mur: 1 av 2 sajter lästes i sin helhet. Ingen annons kallas borta för att den inte kunde läsas.",
        ("mur",): "Lita inte på natten: ingen av 1 sajter lästes i sin helhet. Ingen annons kallas borta för att den inte kunde läsas.",
    }


def test_machines_get_the_same_lines() -> None:
    wall = usual("mur", NIGHT, trouble="log_in_wall", complete=False, rejected=29)
    lines = site_lines([wall], ["mur", "ny"], as_of=MORNING)
    told = [(row["site"], row["trusted"], row["trouble"], row.get("listed")) for row in rows(lines)]
    assert told == [("mur", False, "log_in_wall", 30), ("ny", False, "", None)]
    text = prometheus(lines, as_of=MORNING)
    samples = [line for line in text.splitlines() if not line.startswith("#")]
    assert samples == [
        "lykta_night_timestamp_seconds 1795158000", "lykta_night_trusted 0", 'lykta_site_trusted{site="mur"} 0', 'lykta_site_trusted{site="ny"} 0',
        'lykta_site_held{site="mur"} 0', 'lykta_site_held{site="ny"} 0', 'lykta_site_trouble{site="mur",code="log_in_wall"} 1',
        'lykta_site_last_run_timestamp_seconds{site="mur"} 1795140000', 'lykta_site_ads_listed{site="mur"} 30', 'lykta_site_ads_read{site="mur"} 30',
        'lykta_site_ads_new{site="mur"} 3', 'lykta_site_pages_rejected{site="mur"} 29',
    ]  # fmt: skip
    assert text.endswith("\n") and all(f"# TYPE {sample.partition('{')[0].partition(' ')[0]} gauge" in text for sample in samples)


def test_in_the_morning_a_site_that_was_last_read_the_night_before_was_not_read_tonight() -> None:
    before = usual("exempel", NIGHT - timedelta(days=1))
    grades = [site_lines([before], ["exempel"], as_of=at)[0].grade for at in (NIGHT + timedelta(minutes=30), MORNING)]
    assert grades == ["good", "late"]


def test_a_narrow_terminal_gets_a_block_a_site_whose_chart_and_paths_are_whole(capsys: pytest.CaptureFixture[str]) -> None:
    lines = site_lines([*history(), usual("exempel", NIGHT, listed=3, ads=3, trouble="soft_block")], ["exempel", "ny"], as_of=MORNING)
    _show(lines, verdict(lines, "en"), "Sites, as night N left them", width=60)
    told = capsys.readouterr().out.splitlines()
    assert max(map(len, told)) <= 60 and f"exempel  {lines[0].nights}  3" in told
    assert told[-4:] == ["", "ny  " + 30 * "·", "  was never read", "  Run lykta crawl ny and see what it says."]
    assert any("config/sites/exempel.toml" in line for line in told)


@pytest.mark.parametrize(
    ("shown", "of", "usual", "chance"), [(10, 20, 0.9, 7.15e-6), (4700, 5000, 0.95, 8.78e-4), (95_000, 100_000, 0.95, 0.502), (4, 5, 1.0, 0)]
)
def test_the_chance_of_so_few_is_told_for_a_small_site_and_for_a_large_one(shown: int, of: int, usual: float, chance: float) -> None:
    assert at_most(shown, of=of, usual=usual) == pytest.approx(chance, rel=0.01)
