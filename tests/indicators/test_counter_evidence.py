"""What speaks for an innocent explanation, and from when on it does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import duckdb
import pytest

from indicators.trial import add_rows
from tests.indicators.town import Advert, judge, store_of


def counters(con: duckdb.DuckDBPyConnection) -> list[str]:
    judge(con)
    return [row[0] for row in con.execute("SELECT counter FROM counter_evidence WHERE sentence_sv <> '' AND sentence_en <> '' ORDER BY counter").fetchall()]


def alone(days: int, **more: object) -> list[Advert]:
    """Two ads of one person, the second seen last so many days after the first was seen first."""
    return [Advert(number=1, **more), Advert(number=2, first=days, last=1 + days, **more)]  # type: ignore[arg-type]


def of_ten(said: int, cue: str) -> list[Advert]:
    """Ten ads of two people, of which some say it."""
    return [Advert(number=number, name=f"n{number % 2}", cues=(cue,) if number < said else ()) for number in range(10)]


@pytest.mark.parametrize(
    ("adverts", "expected"),
    [
        (alone(180), ["long_stable_single_persona"]),
        (alone(179), []),
        ([*alone(180), Advert(number=3, name="Mia")], []),
        ([*alone(180), Advert(number=3, phone="c2")], []),
        (of_ten(3, "client_screening_language"), ["own_rules_and_boundaries"]),
        (of_ten(2, "client_screening_language"), []),
        (of_ten(3, "prepayment_scam_marker"), ["stock_photo_or_scam"]),
        (of_ten(2, "prepayment_scam_marker"), []),
        (alone(10, cues=("movement_language",)), ["movement_language"]),
        (of_ten(10, "movement_language"), []),
        ([Advert(number=1, name="Lina"), Advert(number=2, name="Mia", first=186, last=190)], ["recycled_number"]),
        ([Advert(number=1, name="Lina"), Advert(number=2, name="Mia", first=185, last=190)], []),
        ([Advert(number=1, name="Lina", body="Vi är två vänner"), *(Advert(number=n, name="Mia") for n in range(2, 9))], ["declared_duo_or_collective"]),
        ([Advert(number=n, name=f"n{n}", body="Vi är två vänner") for n in range(4)], []),
        ([Advert(number=1, body="Vi är två vänner"), Advert(number=2)], []),
    ],
)
def test_counter_evidence_speaks_from_its_limit_on(adverts: Sequence[Advert], expected: list[str]) -> None:
    assert counters(store_of(adverts)) == expected


FRIENDS = (
    "Vi är två väninnor", "We are two mates", "Somos dos amigas", "Suntem două prietene", "Jesteśmy dwiema przyjaciółkami", "Мы две подруги",
    "Két barátnő vagyunk", "Ние сме две приятелки", "เราสองคนเป็นเพื่อนกัน",
)  # fmt: skip


def test_friends_who_say_so_are_believed_in_every_language_of_the_lexicon() -> None:
    pairs = [(body, f"k-{number}") for number, body in enumerate((*FRIENDS, "We are two of a kind"))]
    ads = [(body if name == "Lina" else "", name, cluster) for body, cluster in pairs for name in ("Lina", "Mia")]
    con = store_of([Advert(number=number, name=name, phone=cluster, cluster=cluster, body=body) for number, (body, name, cluster) in enumerate(ads)])
    assert counters(con) == ["declared_duo_or_collective"] * len(FRIENDS)


def test_one_name_on_two_phones_is_one_person_who_travels_alone() -> None:
    assert counters(store_of([Advert(number=n, phone=f"c{n}", cues=("movement_language",)) for n in (1, 2)])) == ["movement_language"]


@pytest.mark.parametrize(("others", "expected"), [((), ["movement_language"]), (("Mia",), [])])
def test_days_in_a_town_that_her_ad_names_say_that_she_travels_alone(others: Sequence[str], expected: list[str]) -> None:
    con = store_of([*alone(10), *(Advert(number=number, name=name) for number, name in enumerate(others, start=3))])
    days = {"arrives": date(2026, 11, 25), "leaves": date(2026, 11, 27), "said": "dates"}
    add_rows(con, "stated_stay", [{"ad_id": 1, "version_id": 1, "municipality": "1280", "start_at": 0, "end_at": 1, **days}])
    assert counters(con) == expected


def test_what_somebody_else_wrote_in_a_comment_is_not_the_advertisers_own_rule() -> None:
    con = store_of(of_ten(5, "client_screening_language"))
    con.execute("UPDATE cue SET field = 'comment'")
    assert counters(con) == []


def test_pictures_that_many_have_stolen_say_that_an_ad_is_fake() -> None:
    con = store_of([Advert(number=n, pictures=(7,) if n < 3 else ()) for n in range(10)])
    con.execute("UPDATE photo_group SET stop = 'stolen or stock photo'")
    assert counters(con) == ["stock_photo_or_scam"]


@pytest.mark.parametrize(("kind", "expected"), [("telegram", ["own_website_or_social"]), ("account", [])])
def test_an_own_handle_in_use_for_long_speaks_for_the_person(kind: str, expected: list[str]) -> None:
    con = store_of(alone(190))
    add_rows(con, "contact", [{"ad_id": number, "version_id": number, "kind": kind, "contact_id": "own", "shown": "@•••"} for number in (1, 2)])
    assert counters(con) == ["long_stable_single_persona", *expected]
