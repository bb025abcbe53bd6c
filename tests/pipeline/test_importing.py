"""An import takes good lines in, names bad ones by number, and does nothing the second time."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from crawler.records.ad import Ad
from crawler.records.duckdb_file import attach, connect
from pipeline.failure import Exit, Failure
from pipeline.importing import ImportReport, ads_from, import_file
from tests.pipeline.conftest import KEY

AT = datetime(2026, 11, 23, 8)
LINE = {
    "site": "exempel",
    "url": "https://exempel.example/annons/17",
    "seen": ["2026-09-03T02:11:00Z", "2026-09-01T04:10:00+02:00"],
    "title": "Massage",
}


def bring(tmp_path: Path, lines: list[object], *, minor: bool = False, images: Path | None = None, known: bool = False) -> ImportReport:
    source = tmp_path / "ads.jsonl"
    source.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    (tmp_path / "landing").mkdir(exist_ok=True)
    return import_file(
        source,
        images=images,
        landing=tmp_path / "landing",
        key=KEY,
        imported_at=AT,
        is_minor=lambda ad: minor,
        hash_picture=lambda data: (("whole", data[:32].ljust(32, b"\0"), 90),) if data != b"text" else "not a picture",
        seen_before=lambda name: known,
    )


def landed(tmp_path: Path, report: ImportReport, query: str) -> list[tuple[object, ...]]:
    con = connect(memory_limit="512MB", threads=1)
    attach(con, tmp_path / "landing" / report.landing, name="landing", key=KEY, read_only=True)
    found = con.execute(query).fetchall()
    con.close()
    return found


def test_good_lines_go_in_and_bad_ones_are_named(tmp_path: Path) -> None:
    report = bring(tmp_path, [LINE, "{", {**LINE, "colour": "red"}, {**LINE, "url": "https://exempel.example/annons/18"}])
    assert (report.ads, report.refused, report.latest_seen) == (2, 2, datetime(2026, 9, 3, 2, 11))
    assert [reason.split(":")[0] for reason in report.reasons] == ["line 2", "line 3"]
    assert landed(tmp_path, report, "SELECT url[-2:], seen_at FROM landing.ad_seen ORDER BY ALL") == [
        (number, moment) for number in ("17", "18") for moment in (datetime(2026, 9, 1, 2, 10), datetime(2026, 9, 3, 2, 11))
    ]
    assert landed(tmp_path, report, "SELECT line FROM landing.rejected ORDER BY line") == [(2,), (3,)]


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    first = bring(tmp_path, [LINE])
    assert (bring(tmp_path, [LINE]).ads, len(list((tmp_path / "landing").iterdir()))) == (0, 1)
    (tmp_path / "landing" / first.landing).unlink()
    assert bring(tmp_path, [LINE], known=True).ads == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"seen": []}, "seen is missing"),
        ({"seen": ["yesterday"]}, "seen must hold"),
        ({"seen": ["20260-01-01"]}, "seen must hold"),
        ({"title": ""}, "title and body are both missing"),
        ({"site": 4}, "site is missing"),
        ({"phones": "070"}, "phones must be a list"),
        ({"category": "shop"}, "category must be one of"),
        ({"handles": [{"kind": "telegram"}]}, "handles must be objects"),
        ({"phone": "x"}, "unknown key phone"),
    ],
)
def test_a_bad_line_says_which_key_is_wrong(change: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        ads_from({**LINE, **change})


def test_pictures_are_hashed_or_refused_with_their_reason(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "1.jpg").write_bytes(b"picture")
    (folder / "2.jpg").write_bytes(b"text")
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    report = bring(tmp_path, [{**LINE, "images": ["1.jpg", "2.jpg", "3.jpg", "../secret.jpg"]}], images=folder)
    assert landed(tmp_path, report, "SELECT image, len(hashes), unreadable FROM landing.image_seen ORDER BY image") == [
        ("../secret.jpg", 0, "the path leads out of the folder of pictures"),
        ("1.jpg", 1, ""),
        ("2.jpg", 0, "not a picture"),
        ("3.jpg", 0, "no such file"),
    ]


def test_pictures_of_a_possible_minor_are_not_opened(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "1.jpg").write_bytes(b"picture")
    report = bring(tmp_path, [{**LINE, "images": ["1.jpg"]}], images=folder, minor=True)
    assert landed(tmp_path, report, "SELECT count(*) FROM landing.image_seen") == [(0,)]


def test_a_file_that_cannot_be_read_changes_nothing(tmp_path: Path) -> None:
    with pytest.raises(Failure) as refused:
        import_file(
            tmp_path / "none.jsonl",
            images=None,
            landing=tmp_path,
            key=KEY,
            imported_at=AT,
            is_minor=_never,
            hash_picture=lambda data: "x",
            seen_before=lambda name: False,
        )
    assert (refused.value.code, list(tmp_path.iterdir())) == (Exit.USAGE, [])


def _never(ad: Ad) -> bool:
    return False
