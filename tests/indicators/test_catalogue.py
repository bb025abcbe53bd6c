"""Every indicator is whole, does what its examples say, and a mistake in one is named before anything runs."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import duckdb
import pytest

from indicators import catalogue as indicator_catalogue
from indicators import faults, trial
from indicators.catalogue import catalogue, rule_rows, sentences, sources
from indicators.model import Example, Indicator, Sql, Text
from indicators.rows import contacts, person
from indicators.trial import add_rows, try_example
from pipeline import detect, indicator_docs
from pipeline.detect_inputs import empty_store, make_inputs
from pipeline.failure import Failure
from pipeline.home import create_home
from pipeline.indicator_settings import faults as settings_faults
from pipeline.starting import settings_to_run
from tests.indicators.town import shipped_indicators

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = [pytest.param(item, example, id=f"{item.id}: {example.name}") for item in catalogue() for example in item.examples]
PHONE = next(item for item in catalogue() if item.id == "shared_phone_multi_persona")


@pytest.fixture(scope="module")
def store() -> duckdb.DuckDBPyConnection:
    return empty_store()


@pytest.mark.parametrize(("indicator", "example"), EXAMPLES)
def test_example_finds_exactly_what_it_says(store: duckdb.DuckDBPyConnection, indicator: Indicator, example: Example) -> None:
    assert {row["subject"] for row in try_example(store, indicator, example)} == example.finds


@pytest.mark.parametrize(("indicator", "example"), EXAMPLES)
def test_every_finding_has_evidence_and_one_whole_sentence_in_each_language(store: duckdb.DuckDBPyConnection, indicator: Indicator, example: Example) -> None:
    given = {row["ad_id"] for rows in example.given.values() for row in rows if "ad_id" in row}
    for row in try_example(store, indicator, example):
        assert row["evidence"] and {shown["ad_id"] for shown in row["evidence"]} <= given
        assert all(shown["field"] and shown["shown"] for shown in row["evidence"])
        for sentence in sentences(indicator, row):
            assert sentence.endswith(".") and "{" not in sentence and "None" not in sentence


@pytest.mark.parametrize("indicator", catalogue(), ids=lambda item: item.id)
def test_an_indicator_is_whole(indicator: Indicator) -> None:
    assert len(indicator.examples) >= 3 and len({example.name for example in indicator.examples}) == len(indicator.examples)
    assert any(not example.finds for example in indicator.examples) and any(example.finds for example in indicator.examples)
    assert indicator.innocent and indicator.misses and indicator.sources and set(indicator.sources) <= set(sources())
    assert all(indicator_docs.unit_of(name) for name in indicator.params)


def test_the_catalogue_is_what_is_written_and_each_of_it_holds() -> None:
    assert [item.id for item in catalogue()] == [
        "account_posts_for_others", "age_inconsistency", "batch_posting_cross_persona", "coercion_debt_help_cue", "constant_availability_language",
        "contact_hub", "emoji_youth_set", "group_circuit", "image_reuse_multi_persona", "impossible_presence", "incall_only", "individual_touring",
        "live_in_cue", "minor_age_history", "minor_explicit_age", "minor_possible_review", "minor_school_context", "movement_language",
        "multi_phone_single_account", "no_protection_language", "obscured_phone", "parlour_sexad_crosslink", "people_turnover_language",
        "persona_passed_between_phones", "persona_rotation_fixed_contact", "plural_persons_language", "prepayment_scam_marker",
        "restricted_movement_language", "shared_contact_handle_multi_persona", "shared_payment_identifier", "shared_phone_multi_persona",
        "slot_replacement", "stock_or_stolen_photo", "template_text_cross_persona", "third_party_contact_language", "third_person_language",
        "trust_assurance_language", "under_market_price", "venue_hotel_short_let", "venue_massage", "worker_rotation_between_parlours",
        "youth_emphasis_language",
    ]  # fmt: skip
    assert faults.faults() == [] and trial.faults(empty_store()) == []


@pytest.mark.parametrize(("days", "strength"), [(60, "strong"), (61, "weak")])
def test_a_third_person_within_the_window_makes_the_strong_sign(store: duckdb.DuckDBPyConnection, days: int, strength: str) -> None:
    people = (person(1, "Lina", first=1, last=10), person(2, "Mia", first=5, last=40), person(3, "Mia", last=12), person(4, "Eva", first=10 + days, last=90))
    example = Example(name="", given={"person": people, "contact": contacts(people)}, finds=frozenset())
    assert [row["strength"] for row in try_example(store, PHONE, example)] == [strength]


def test_a_route_is_told_in_the_order_in_which_it_was_travelled(store: duckdb.DuckDBPyConnection) -> None:
    circuit = next(item for item in catalogue() if item.id == "group_circuit")
    row = try_example(store, circuit, circuit.examples[0])[0]
    assert sentences(circuit, row)[0] == "3 personer med samma kontakt har följt samma rutt: Malmö – Lund – Helsingborg."
    assert [shown["shown"] for shown in row["evidence"] if shown["ad_id"] == 10] == ["Malmö 2026-11-01"]


def test_trying_an_example_leaves_the_store_empty(store: duckdb.DuckDBPyConnection) -> None:
    try_example(store, PHONE, PHONE.examples[0])
    assert store.execute("SELECT count(*) FROM person").fetchall() == [(0,)]
    assert rule_rows(store, PHONE, PHONE.params) == []


PLANTED: list[tuple[dict[str, Any], str]] = [
    ({"params": {"min_personas": 3, "min_ads": 3}}, "params window_days is missing; the rule asks for $window_days"),
    ({"params": {**PHONE.params, "window_day": 3}}, "params window_day is not asked for by the rule; did you mean window_days?"),
    ({"params": {**PHONE.params, "min_ads": -1}}, "params min_ads must not be negative"),
    ({"sources": ("ibanez2015",)}, "source ibanez2015 is not in indicators/sources.toml; did you mean ibanez2014?"),
    ({"sources": ()}, "sources is empty; write at least one"),
    ({"innocent": ()}, "innocent is empty; write at least one"),
    ({"tier": "stark"}, "tier stark is not one of strong, moderate, weak, context-only, route"),
    ({"raised_by": "shared_fone"}, "raised_by shared_fone is not an indicator"),
    ({"reads": ("person",)}, "reads contact is missing; the rule reads that table"),
    ({"reads": ("person", "contact", "price")}, "reads price is not read by the rule"),
    ({"misses": (Text(sv="", en="x"),)}, "a text is empty in Swedish or in English; write it in both"),
    ({"examples": PHONE.examples[:2]}, "2 examples; write at least 3"),
    ({"examples": PHONE.examples[:1] * 3}, "examples must hold one that is found and one innocent look-alike that is not"),
    ({"rule": Sql("other.sql")}, "the rule is other.sql; name it shared_phone_multi_persona.sql"),
]


@pytest.mark.parametrize(("change", "fault"), PLANTED, ids=lambda value: value if isinstance(value, str) else "")
def test_a_mistake_in_an_indicator_is_named_in_one_sentence(change: dict[str, Any], fault: str) -> None:
    assert faults.faults([dataclasses.replace(PHONE, **change)]) == [f"indicators/shared_phone_multi_persona.py: {fault}"]


def test_all_mistakes_are_named_at_once() -> None:
    wrong = dataclasses.replace(PHONE, id="tattoos_marks", rule=Sql("x.sql"), sources=("nobody",), tier="sure", misses=())
    assert len(faults.faults([wrong])) == 5


def test_an_indicators_file_that_cannot_be_read_is_named_beside_the_mistakes_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_params(name: str) -> ModuleType:
        if name == "indicators.group_circuit":
            raise TypeError("Indicator.__init__() missing 1 required keyword-only argument: 'params'")
        return import_module(name)

    configured = dataclasses.replace(shipped_indicators(), structural=("contacts",))
    monkeypatch.setattr(indicator_catalogue, "importlib", SimpleNamespace(import_module=without_params))
    found, unreadable = indicator_catalogue.read_files.__wrapped__()
    assert unreadable == ("indicators/group_circuit.py: cannot be read: missing 1 required keyword-only argument: 'params'",)
    assert [item.id for item in found] == [item.id for item in catalogue() if item.id != "group_circuit"]
    monkeypatch.setattr(faults, "read_files", lambda: (found, unreadable))
    wrong = settings_faults(configured)
    assert len(wrong) == 2 and "contacts is not a family" in wrong[0] and wrong[1] == unreadable[0]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"examples": (Example(name="a", given=PHONE.examples[0].given, finds=frozenset()),)}, "example “a” finds phone-1, and says nothing"),
        ({"examples": (Example(name="a", given={}, finds=frozenset({"c"})),)}, "example “a” finds nothing, and says c"),
        ({"examples": (Example(name="a", given={"persn": ({},)}, finds=frozenset()),)}, "example “a” cannot be tried: persn is not a table that rules read"),
        ({"examples": (Example(name="a", given={"person": ({"nam": 1},)}, finds=frozenset()),)}, "example “a” cannot be tried: person has no column nam"),
        ({"explain": Text(sv="{people} personer.", en="x.")}, "the rule gives no people, which the explanation names"),
    ],
)
def test_an_example_that_does_not_hold_is_named(store: duckdb.DuckDBPyConnection, change: dict[str, Any], fault: str) -> None:
    wrong = trial.faults(store, [dataclasses.replace(PHONE, **{"examples": PHONE.examples[:1], **change})])
    assert wrong == [f"indicators/shared_phone_multi_persona.py: {fault}"]


def test_a_rule_that_lacks_a_parameter_is_named_and_not_a_stack_trace(store: duckdb.DuckDBPyConnection) -> None:
    wrong = trial.faults(store, [dataclasses.replace(PHONE, params={}, examples=PHONE.examples[:1])])
    assert len(wrong) == 1 and wrong[0].startswith("indicators/shared_phone_multi_persona.py: example “three people, one phone” cannot be tried: ")


WRONG = "indicators/x.py: example “a” finds nothing, and says c"


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An indicator whose example does not hold."""
    monkeypatch.setattr(trial, "faults", lambda con: [WRONG])
    detect.faulty_examples.cache_clear()
    yield
    detect.faulty_examples.cache_clear()


def test_a_night_with_an_example_that_does_not_hold_is_refused(faulty: None) -> None:
    with pytest.raises(Failure) as refused:
        detect.refuse_faulty_examples()
    assert (refused.value.code, refused.value.sentences[1:]) == (8, (WRONG,))


def test_a_start_lists_mistakes_in_the_config_and_in_the_indicators_at_once(faulty: None, tmp_path: Path) -> None:
    home = create_home(tmp_path / "home", kind="research")
    (home.config / "outreach.toml").unlink()
    with pytest.raises(Failure) as refused:
        settings_to_run(home)
    assert refused.value.code == 8
    assert refused.value.sentences == (
        f"2 mistakes in {home.config} and in the indicators. Nothing was run.",
        "config/outreach.toml: missing; copy it from the program's config folder",
        WRONG,
    )


@pytest.mark.parametrize(
    ("change", "faults_named"),
    [
        ({"weights": {"strong": 30.0, "moderate": 1.5, "weak": 0.5}}, ["[weights] strong must lie between 0 and 10"]),
        ({"weights": {"strong": 1.0, "moderate": 1.5, "weak": 0.5}}, ["[weights] must fall from strong through moderate to weak"]),
        (
            {"weights": {"strong": 3.0, "moderate": 1.5, "weak": 0.5, "context-only": 0.1}},
            ["[weights] context-only must be 0: what only gives context never counts"],
        ),
        (
            {"params": {"shared_phone_personas": {}, "group_circuit": {"min_place": 2.0, "min_places": -1.0}}},
            ["[params.shared_phone_personas] is not an indicator; did you mean shared_phone_multi_persona?",
             "[params.group_circuit] min_place is not one of its values; did you mean min_places?", "[params.group_circuit] min_places must not be negative"],
        ),
    ],
)  # fmt: skip
def test_a_mistake_in_the_config_is_named_in_one_sentence(change: dict[str, Any], faults_named: list[str]) -> None:
    wrong = settings_faults(dataclasses.replace(shipped_indicators(), **change))
    assert wrong == [f"config/indicators.toml: {fault}" for fault in faults_named]


def test_the_pages_are_those_that_the_indicators_give() -> None:
    assert {path.name: path.read_text("utf-8") for path in (ROOT / "docs" / "indicators").glob("*.md")} == indicator_docs.pages()


def test_a_stale_page_is_written_anew_and_one_too_many_is_removed(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("stale", "utf-8")
    (tmp_path / "gone.md").write_text("gone", "utf-8")
    indicator_docs.write(tmp_path)
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == indicator_docs.pages()


@pytest.mark.parametrize("indicator", catalogue(), ids=lambda item: item.id)
def test_a_page_says_everything_that_the_indicator_says(indicator: Indicator) -> None:
    written = indicator_docs.page(indicator)
    texts = (indicator.title, indicator.definition, indicator.explain, *indicator.innocent, *indicator.misses)
    assert all(text.sv in written and text.en in written for text in texts)
    assert all(sources()[name].ref in written for name in indicator.sources)
    assert all(f"`{name}` = {value:g} " in written for name, value in indicator.params.items())
    assert all(example.name in written for example in indicator.examples)
    body = indicator_docs.as_json(indicator)
    assert (body["id"], len(body["examples"]), len(body["sources"])) == (indicator.id, len(indicator.examples), len(indicator.sources))


def test_a_row_may_leave_columns_out(store: duckdb.DuckDBPyConnection) -> None:
    store.execute("BEGIN")
    add_rows(store, "cue", [{"ad_id": 1}])
    assert store.execute("SELECT ad_id, indicator, negated FROM cue").fetchall() == [(1, "", False)]
    store.execute("ROLLBACK")


def test_a_text_for_several_is_strong_with_a_picture_of_one_person_on_two_phones_and_not_under_several_names(store: duckdb.DuckDBPyConnection) -> None:
    item = next(one for one in catalogue() if one.id == "template_text_cross_persona")
    strengths = {example.name: [row["strength"] for row in try_example(store, item, example)] for example in item.examples}
    assert strengths["a picture of one of them ties two phones"] == ["strong"]
    assert strengths["a picture under several names ties nothing more"] == strengths["three people, two phones, one template"] == ["moderate"]


def test_an_ad_without_a_contact_in_common_stands_with_the_other_ads_of_whom_it_shows() -> None:
    con = empty_store()
    names = {1: "lina", 2: "mia", 3: "mia", 4: "eva"}
    contact_of = {1: "phone-1", 2: "phone-1", 3: "account-3", 4: "account-4"}
    given: dict[str, list[dict[str, object]]] = {
        "ad": [{"ad_id": number, "category": "escort"} for number in names],
        "cluster_member": [{"ad_id": number, "cluster_id": "k-1"} for number in names],
        "observed": [{"ad_id": number, "version_id": number, "persona_name": name} for number, name in names.items()],
        "contact": [{"ad_id": number, "contact_id": contact, "kind": contact[:-2]} for number, contact in contact_of.items()],
        "persona": [{"ad_id": number, "contact_id": contact, "persona": names[number], "main": True} for number, contact in contact_of.items()],
        "link": [
            {"left_ad": left, "right_ad": right, "kind": kind, "admitted": True} for left, right, kind in ((1, 2, "phone"), (2, 3, "photo"), (1, 4, "photo"))
        ],
    }
    for table, rows in given.items():
        add_rows(con, table, rows)
    make_inputs(con)
    groups = dict(con.execute("SELECT ad_id, contact_group FROM person").fetchall())
    assert groups[1] == groups[2] == groups[3] != groups[4] == 4
