"""The promises to the people in the ads, one test or more named after each."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
import sqlcipher3

from cli.desk import ROLES
from crawler.parse import Page, parse_ad
from crawler.records.site import FieldRule, SiteConfig
from pipeline.failure import Exit, Failure
from pipeline.home import SHIPPED_CONFIG
from pipeline.keeping.casebook_purge import KEPT
from pipeline.keeping.papers import NOTICE, incident, notice, record_of_processing
from pipeline.keeping.requests import open_wish, settle
from pipeline.keeping.wishes import open_wishes
from pipeline.outreach import lanes
from pipeline.pseudonyms import contact_id
from pipeline.publish import open_snapshot
from pipeline.settings import LegalBasis, missing_legal_basis, read_shipped
from pipeline.store import open_store
from tests.cli.scan import raw_hits
from tests.cli.world import run
from tests.keeping.world import PHONES, START, Installation, cells_of, phone_of
from tests.promises.conftest import PASSWORD
from tests.promises.page import ROOT, promises_page, proofs, without_proof

LATER = START + timedelta(days=1)


def snapshot_cells(town: Installation, kind: str) -> list[tuple[str, str]]:
    path = next(town.home.published.glob(("lykta" if kind == "analyst" else kind) + "-*.duckdb"))
    return [(table, text) for _, table, text in cells_of(path, kind, town.home.key(kind))]


def columns_of(con: duckdb.DuckDBPyConnection, database: str) -> set[str]:
    rows = con.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = $name", {"name": database}).fetchall()
    return {f"{table}.{column}" for table, column in rows}


def test_every_promise_has_a_test_and_the_page_is_fresh() -> None:
    assert without_proof(ROOT) == []
    assert promises_page() == (ROOT / "docs" / "PROMISES.md").read_text("utf-8"), "run: python -m tools.papers"


def test_a_promise_without_a_test_is_named(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_one.py").write_text("def test_P01_kept() -> None: ...\ndef test_P99_unknown() -> None: ...\n")
    assert without_proof(tmp_path) == [*(f"P{number}" for number in range(2, 25)), "P99"]
    assert proofs(tmp_path)[1] == ["tests/test_one.py::test_P01_kept"]


def test_P01_nothing_is_written_in_plain_text_and_the_scan_finds_what_is_planted(town: Installation, tmp_path: Path) -> None:
    texts = ["Hej från ", "Namnmarke-1x", "marke-2x", "lugna stunder", "god musik", "exempel.example", "/marke-1x", "rumänsk", "Helsingborg"]
    phones = [phone_of(1), phone_of(2), *PHONES[40:42]]
    needles = [*texts, *phones, *(re.sub(r"\D", "", phone).removeprefix("0") for phone in phones)]
    assert raw_hits([town.home.data, town.home.keys], needles) == []
    (tmp_path / "log.txt").write_text(f"ringde {PHONES[40]}", "utf-8")
    (tmp_path / "store.bin").write_bytes("långa samtal, god musik".encode("utf-16-le"))
    assert {hit.split(":")[0] for hit in raw_hits([tmp_path], needles)} == {"log.txt", "store.bin"}


@pytest.mark.parametrize("lacking", [item.name for item in dataclasses.fields(LegalBasis) if item.name != "note"])
def test_P02_a_live_crawl_needs_every_line_of_its_legal_basis(lacking: str) -> None:
    general = read_shipped(SHIPPED_CONFIG).general
    whole = LegalBasis(
        controllers=("Exempelstads kommun",), gdpr_article_6="6.1 e", gdpr_article_9="9.2 g", search_ban_assessment="ingen sökning",
        deletion_decision="gallras", decision_number="2026-1", review_date="2026-12-31", note="",
    )  # fmt: skip
    assert missing_legal_basis(dataclasses.replace(general, legal_basis=whole), date(2026, 12, 31)) == []
    without = dataclasses.replace(whole, **{lacking: () if lacking == "controllers" else ""})
    said = [f"config/lykta.toml [legal_basis]: {lacking} is empty"]
    assert missing_legal_basis(dataclasses.replace(general, legal_basis=without), date(2026, 12, 31)) == said
    late = missing_legal_basis(dataclasses.replace(general, legal_basis=whole), date(2027, 1, 1))
    assert len(late) == 1 and "has passed" in late[0]


def test_P02_a_live_installation_refuses_to_take_anything_in_without_it(tmp_path: Path) -> None:
    (tmp_path / "ads.jsonl").write_text("", "utf-8")
    assert run("init", str(tmp_path / "home"), "--for", "live", "--controller", "Exempelstads kommun")[0] == 0
    assert run("import", str(tmp_path / "ads.jsonl"), "--home", str(tmp_path / "home"))[0] == Exit.POLICY


def test_P03_an_account_sleeps_until_its_note_is_signed(tmp_path: Path) -> None:
    town = Installation(tmp_path / "home")
    with open_wishes(town.home) as book:
        book.add_user("cecilia", role="coordinator", organisation="kommunen", password=PASSWORD, note_signed=False, now=START)
        with pytest.raises(Failure, match="confidentiality note") as refused:
            book.log_in("cecilia", PASSWORD, now=START)
        assert refused.value.code == Exit.POLICY
        with pytest.raises(Failure, match="no active account"):
            book.decide("cecilia", "k-1", "unsure", alternative="a", reason="b", assessment={}, run="r", now=START)


def test_P04_only_the_listed_fields_of_a_page_are_kept() -> None:
    page = "<h1>Hej</h1><p class=city>Lund</p><p class=views>1 234 visningar</p><div class=member>Medlem sedan 2019, ip 192.0.2.7</div><!-- dolt -->"
    fields = (FieldRule(name="title", css="h1", required=True), FieldRule(name="city", css="p.city"))
    site = SiteConfig(site="exempel", fetcher="http", hosts=("exempel.example",), start=("https://exempel.example/",), fields=fields)
    kept = dataclasses.asdict(parse_ad(Page(url="https://exempel.example/1", text=page), site, START))
    assert {name: value for name, value in kept.items() if value} == {
        "site": "exempel", "url": "https://exempel.example/1", "seen_at": START, "title": "Hej", "city": "Lund", "category": kept["category"],
    }  # fmt: skip


@pytest.mark.parametrize("language", ["sv", "en"])
def test_P06_the_public_notice_says_what_the_config_says(town: Installation, language: str) -> None:
    text = notice(town.settings, language)
    basis, retention = town.settings.general.legal_basis, town.settings.general.retention
    for said in (basis.controllers[0], basis.decision_number, basis.review_date, f" {retention.linking_days} ", f" {retention.raw_text_days} "):
        assert said in text
    words = {"sv": "ombud utanför EU maskin rättas begränsas raderas invända klaga", "en": "officer outside machine corrected erased object complain"}
    assert [word for word in words[language].split() if word not in text] == [], "what article 14 asks for"
    assert "{" not in text
    shipped = {"sv": "integritetsnotis.sv.md", "en": "integritetsnotis.en.md"}[language]
    assert notice(read_shipped(SHIPPED_CONFIG), language) == (ROOT / "docs" / shipped).read_text("utf-8"), "run: python -m tools.papers"
    assert set(NOTICE) == {"sv", "en"}


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("INSERT INTO approval (judgement, approver, at) VALUES (1, 'anna', '2026-09-02')", "the person who decided cannot approve"),
        ("INSERT INTO approval (judgement, approver, at) VALUES (1, 'dso', '2026-09-02')", "no active account as coordinator or approver"),
        ("INSERT INTO approval (judgement, approver, at) VALUES (2, 'bertil', '2026-09-02')", "only a decision to approve"),
        ("INSERT INTO outreach_row VALUES ('L-1', 1, 'case', 1, '{}')", "FOREIGN KEY"),
        ("UPDATE judgement SET decider = 'bertil' WHERE id = 1", "decisions are never changed"),
        ("DELETE FROM judgement", "decisions are never deleted"),
        ("UPDATE audit SET who = 'x'", "append-only"),
        ("DELETE FROM audit", "append-only"),
    ],
)
def test_P08_the_database_itself_refuses_a_row_without_two_people(town: Installation, tmp_path: Path, statement: str, words: str) -> None:
    copy = town.copy(tmp_path / "home")
    with open_wishes(copy.home) as book:
        for decision in ("approve", "dismiss"):
            book.decide("anna", f"k-{decision}", decision, alternative="vänner", reason="skäl", assessment={}, run="r", now=START)
        book.con.execute("INSERT INTO outreach_list VALUES ('L-1', 'x', 'y', 'team', 'anna')")
        with pytest.raises(sqlcipher3.IntegrityError, match=words):
            book.con.execute(statement)
        book.approve("bertil", "k-approve", now=START)
        book.con.execute("INSERT INTO outreach_row VALUES ('L-1', 1, 'case', 1, '{}')")  # with two people it goes in


def test_P09_every_run_of_four_digits_in_a_shown_text_is_masked(town: Installation) -> None:
    shown = [text for table, text in snapshot_cells(town, "review") if table in ("ad_text", "finding", "finding_evidence", "counter_evidence")]
    texts = [re.sub(r"\d{4}-\d\d-\d\d", "", text) for text in shown if re.search("[a-z] ", text)]
    assert len(texts) > 20
    assert [text for text in texts if re.search(r"\d[\s-]*\d[\s-]*\d[\s-]*\d", text)] == []
    assert not [text for _, text in snapshot_cells(town, "review") if "170406" in re.sub(r"\D", "", text) and len(re.sub(r"\D", "", text)) < 15]


def test_P10_the_record_of_processing_names_what_the_law_asks_for(town: Installation) -> None:
    body = record_of_processing(town.settings)
    for name in ("controllers", "purpose", "grounds", "data_subjects", "categories", "recipients", "kept_days", "security", "sources"):
        assert body[name] or name == "sources", name
    assert body["kept_days"]["raw_text_days"] == town.settings.general.retention.raw_text_days
    code, out, _ = run("ropa", "--home", str(town.home.root))
    assert (code, town.settings.general.legal_basis.controllers[0] in out) == (0, True)


def test_P12_the_incident_report_says_who_saw_what(town: Installation, tmp_path: Path) -> None:
    copy = town.copy(tmp_path / "home")
    with open_wishes(copy.home) as book:
        book.audit(who="anna", action="queue", subject="", now=LATER)
        book.audit(who="anna", action="explain", subject="k-1", now=LATER)
        book.audit(who="anna", action="explain", subject="k-2", now=LATER + timedelta(hours=1))
        body = incident(book, since=LATER, until=LATER + timedelta(days=1))
        early = incident(book, since=LATER - timedelta(hours=2), until=LATER - timedelta(hours=1))
    assert [(row.who, row.action, row.times, row.subjects) for row in body["rows"]] == [("anna", "explain", 2, 2), ("anna", "queue", 1, 1)]
    assert (body["audit_broken_at"], early["rows"]) == (None, [])


NOT_PERSONAL = {"schema_version", "landed_run", "site_run", "purged", "key_epoch"}


def test_P13_the_dpia_names_every_personal_field_of_the_store_and_none_that_is_not_there(town: Installation, tmp_path: Path) -> None:
    named = set(re.findall(r"`(\w+\.\w+)`", (ROOT / "docs" / "DPIA.md").read_text("utf-8")))
    con = open_store(tmp_path / "store.duckdb", key=town.home.key("store"), spill=tmp_path, memory_limit="256MB", threads=1)
    fields = columns_of(con, "store")
    con.close()
    unnamed = {field for field in fields if field.split(".")[0] not in NOT_PERSONAL} - named
    assert unnamed == set(), "name what it is, its risk and its retention in docs/DPIA.md"
    assert named - fields == set(), "docs/DPIA.md names what is no longer kept"


def test_P13_the_dpia_names_every_personal_table_of_the_casebook(town: Installation) -> None:
    named = set(re.findall(r"`(\w+)`", (ROOT / "docs" / "DPIA.md").read_text("utf-8").split("\n## 4.")[0]))
    with open_wishes(town.home) as book:
        tables = {row[0] for row in book.con.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'").fetchall()}
    assert {table for table in tables if KEPT.get(table) != "no personal data"} - named == set(), "name what it holds and its risk in docs/DPIA.md"


def test_P14_a_pseudonym_depends_on_key_kind_and_value() -> None:
    one, other = b"a" * 32, b"b" * 32
    made = {contact_id(key, kind, value) for key in (one, other) for kind in ("phone", "signal") for value in ("+46701740605", "+46701740606")}
    assert len(made) == 8 and {len(name) for name in made} == {32}


def test_P14_no_plain_hash_of_a_number_is_in_any_store(town: Installation) -> None:
    spelled = [
        form for phone in PHONES[40:42] for digits in [re.sub(r"\D", "", phone)] for form in (phone, digits, f"+46{digits[1:]}", f"46{digits[1:]}", digits[1:])
    ]
    plain = {
        hashlib.new(name, prefix + form.encode()).hexdigest()[:24]
        for name in ("md5", "sha1", "sha256") for form in spelled for prefix in (b"", b"phone", b"phone:", b"phone\0")
    }  # fmt: skip
    made = contact_id(bytes.fromhex(town.home.key("pseudonym")), "phone", "+46" + re.sub(r"\D", "", PHONES[40])[1:])
    words = {word[:24] for _, _, text in town.cells() for word in re.findall(r"\b[0-9a-f]{32,}\b", text)}
    assert (made[:24] in words, words & plain) == (True, set())


def test_P15_the_analysts_snapshot_has_no_text_address_name_or_language(town: Installation) -> None:
    con, _, _ = open_snapshot(town.home, "analyst")
    columns = columns_of(con, "snapshot")
    con.close()
    for word in ("title", "body", "url", "name", "language", "code", "quote", "shown", "sentence", "masked", "pdq", "hash", "value"):
        assert not {column for column in columns if word in column.split(".")[1]}, word
    assert [text for _, text in snapshot_cells(town, "analyst") if any(word in text for word in ("marke", "Lina", "https", "rumänsk", "musik"))] == []


def test_P16_an_ad_of_a_possible_minor_is_in_no_list_map_export_or_count(town: Installation, tmp_path: Path) -> None:
    con = open_store(town.home.store, key=town.home.key("store"), spill=tmp_path, memory_limit="256MB", threads=1)
    minors = {str(row[0]) for row in con.execute("SELECT ad_id FROM observed WHERE minor").fetchall()}
    con.close()
    assert len(minors) == 1
    assert not [table for table, text in snapshot_cells(town, "analyst") if text in minors]
    assert {table for table, text in snapshot_cells(town, "review") if text in minors} == {"minor_ad", "safeguarding"}
    snapshot, _, _ = open_snapshot(town.home, "review")
    with open_wishes(town.home) as book:
        rows = lanes.queue(snapshot, book, town.settings.outreach, START)
        assert len(lanes.safeguarding(snapshot)) >= 1 and "marke-2x" not in str(rows)
    snapshot.close()


def test_P16_without_a_named_officer_no_night_runs(town: Installation, tmp_path: Path) -> None:
    copy = town.copy(tmp_path / "home")
    config = copy.home.config / "lykta.toml"
    config.write_text(re.sub(r'officer = ".*"', 'officer = ""', config.read_text("utf-8")), "utf-8")
    copy = Installation.at(copy.home.root)
    with pytest.raises(Failure, match="officer is empty") as refused:
        copy.night(LATER)
    assert refused.value.code == Exit.MISSING


def test_P17_a_disclosure_is_on_record_and_the_police_have_no_account(town: Installation, tmp_path: Path) -> None:
    copy = town.copy(tmp_path / "home")
    with open_wishes(copy.home) as book:
        with pytest.raises(Failure):
            book.add_user("polis", role="police", organisation="polisen", password=PASSWORD, note_signed=True, now=START)
        wish = open_wish(book, "access", contact_id="ab" * 16, kind="phone", key_epoch=1, personas=1, reason="brev", who="anna", now=START)
        settle(book, wish, granted=True, identity="legitimation visad", receipt='{"ads": 1}', who="dso", role="dpo", now=LATER)
        row = book.con.execute("SELECT what, reason, state, settled_by, identity, receipt FROM wish").fetchone()
        assert row == ("access", "brev", "granted", "dso", "legitimation visad", '{"ads": 1}')
        assert [row[0] for row in book.con.execute("SELECT action FROM audit WHERE subject = 'W-1' ORDER BY sequence").fetchall()] == [
            "request opened: access", "request granted: access"
        ]  # fmt: skip
    assert not {role for roles in ROLES.values() for role in roles if "poli" in role}


def test_P19_no_hash_leaves_the_store(town: Installation) -> None:
    for kind in ("analyst", "review"):
        con, _, _ = open_snapshot(town.home, kind)
        blobs = con.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'snapshot' AND data_type LIKE '%BLOB%'").fetchall()
        con.close()
        assert blobs == [], kind
