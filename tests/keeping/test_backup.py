"""A backup comes back whole, without those who were erased since; one that is cut short, changed, newer or foreign is refused with the reason."""

from __future__ import annotations

import io
import shutil
import tarfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.failure import Exit, Failure
from pipeline.keeping import backup, carry_out
from pipeline.keeping.restore import _write_files, counts, restore
from pipeline.keeping.sealing import MAGIC, SealedWriter
from pipeline.keeping.wishes import open_wishes
from pipeline.publish import open_snapshot
from tests.keeping.test_erasure import LATER, MARKS, ask, grant, pseudonym
from tests.keeping.world import PHONES, START, Installation

PASSWORD = "ett ganska långt lösenord"


@pytest.fixture(scope="module")
def made(after_a_night: Installation, tmp_path_factory: pytest.TempPathFactory) -> tuple[Installation, Path]:
    town = after_a_night.copy(tmp_path_factory.mktemp("backup") / "home")
    with open_wishes(town.home) as book:
        book.add_user("anna", role="coordinator", organisation="kommunen", password=PASSWORD, note_signed=True, now=START)
    return town, backup.make(town.home, backup.folder_of(town.home), now=START)


def copy_of(made: tuple[Installation, Path], folder: Path) -> tuple[Installation, Path]:
    town, file = made
    other = town.copy(folder / "home")
    return other, backup.folder_of(other.home) / file.name


def test_a_lost_disk_comes_back_row_by_row(made: tuple[Installation, Path], tmp_path: Path) -> None:
    town, file = copy_of(made, tmp_path)
    before = counts(town.home)
    town.home.store.write_bytes(b"nothing to be read here")
    town.home.casebook.unlink()
    for path in town.home.published.iterdir():
        path.unlink()
    result = restore(town.home, file, now=LATER, drill=False)
    after = counts(town.home)
    assert {name: rows for name, rows in after.items() if name != "store.purged"} == {name: rows for name, rows in before.items() if name != "store.purged"}
    assert (result.made, result.replayed) == (START, 0)
    snapshot, _, _ = open_snapshot(town.home, "review")
    assert snapshot.execute("SELECT count(*) FROM cluster").fetchall()[0][0] == 2
    snapshot.close()
    town.night(LATER + timedelta(days=1))


def test_a_drill_changes_nothing_and_tells_the_difference(made: tuple[Installation, Path], tmp_path: Path) -> None:
    town, file = copy_of(made, tmp_path)
    bytes_before = town.home.store.read_bytes(), town.home.casebook.read_bytes()
    town_night = restore(town.home, file, now=LATER, drill=True)
    assert (town.home.store.read_bytes(), town.home.casebook.read_bytes()) == bytes_before
    assert town_night.living["store.ad"] == town_night.restored["store.ad"] == 9
    assert not (town.home.root / "restore").exists()


@pytest.mark.parametrize("remembered", [True, False])
def test_P07_who_was_erased_since_stays_erased_and_without_the_ledger_the_search_finds_them(
    made: tuple[Installation, Path], tmp_path: Path, remembered: bool
) -> None:  # fmt: skip
    town, file = copy_of(made, tmp_path)
    wish = ask(town, "erase")
    grant(town, wish)
    carry_out.hide(town.home, wish, now=LATER)
    carry_out.erase(town.home, town.settings, who="dso", now=LATER)
    if not remembered:
        shutil.rmtree(town.home.root / "ledger")
    result = restore(town.home, file, now=LATER, drill=False)
    assert result.replayed == int(remembered)
    assert (town.holds(*MARKS) == []) is remembered
    if remembered:
        with open_wishes(town.home) as book:
            assert pseudonym(town) in book.do_not_contact()


def _cut(content: bytes) -> bytes:
    return content[: len(content) * 2 // 3]


def _flip(content: bytes) -> bytes:
    return content[:-100] + bytes([content[-100] ^ 1]) + content[-99:]


def _lose_the_end(content: bytes) -> bytes:
    return content[:-1]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_cut, "cut short"),
        (_lose_the_end, "cut short"),
        (_flip, "was changed"),
        (lambda content: b"PK" + content, "no backup of Lykta"),
        (lambda content: content[:20], "damaged"),
    ],
)
def test_a_spoiled_backup_is_refused_and_nothing_is_changed(
    made: tuple[Installation, Path], tmp_path: Path, spoil: Callable[[bytes], bytes], said: str
) -> None:  # fmt: skip
    town, file = made
    before = town.home.store.read_bytes()
    bad = tmp_path / file.name
    bad.write_bytes(spoil(file.read_bytes()))
    with pytest.raises(Failure, match=said) as refused:
        restore(town.home, bad, now=LATER, drill=False)
    assert (refused.value.code, town.home.store.read_bytes() == before) == (Exit.INTEGRITY, True)


@pytest.mark.parametrize(
    ("change", "said"),
    [({"version": 2}, "newer program"), ({"installation": "0" * 16}, "another installation"), ({"epochs": {"store": 0}}, "the store key was changed since")],
)
def test_a_backup_of_elsewhere_is_refused_with_the_reason(made: tuple[Installation, Path], tmp_path: Path, change: dict[str, object], said: str) -> None:
    town, _ = made
    key = town.home.key("backup")
    epochs = {name: town.home.epoch(name) for name in backup.EPOCHS}
    header: dict[str, object] = {"version": 1, "installation": backup.installation_of(key), "made": START.isoformat(), "epochs": epochs, **change}
    with (tmp_path / "x.backup").open("wb") as file, SealedWriter(file, key=key, header=header) as sealed:
        sealed.write(b"x")
    with pytest.raises(Failure, match=said):
        restore(town.home, tmp_path / "x.backup", now=LATER, drill=False)


def test_a_backup_holds_no_key_and_nothing_in_clear_and_old_ones_go(made: tuple[Installation, Path], tmp_path: Path) -> None:
    town, file = made
    content = file.read_bytes()
    assert content.startswith(MAGIC) and file.stat().st_mode & 0o777 == 0o600
    for needle in [*PHONES[:75], "marke-1x", "Lina", *(town.home.key(name) for name in ("store", "casebook", "vault", "pseudonym", "backup"))]:
        assert needle.encode() not in content
    old = tmp_path / "lykta-whole-20260101T000000Z.backup"
    old.write_bytes(content)
    backup.make(town.home, tmp_path, now=START, casebook_only=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lykta-casebook-20260901T030000Z.backup"]


def test_the_casebook_alone_comes_back_over_a_living_store(made: tuple[Installation, Path], tmp_path: Path) -> None:
    town, _ = copy_of(made, tmp_path)
    file = backup.make(town.home, tmp_path / "out", now=LATER, casebook_only=True)
    with open_wishes(town.home) as book:
        book.con.execute("DELETE FROM user")
    result = restore(town.home, file, now=LATER, drill=False)
    assert (result.living["casebook.user"], result.restored["casebook.user"], counts(town.home)["casebook.user"]) == (0, 1, 1)
    assert counts(town.home)["store.ad"] == 9


@pytest.mark.parametrize("name", ["../ut", "/tmp/lykta-ut", "länk"])
def test_a_backup_writes_nothing_outside_its_folder_and_no_link(tmp_path: Path, name: str) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        member = tarfile.TarInfo(name)
        if name == "länk":
            member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(member)
    packed.seek(0)
    with tarfile.open(fileobj=packed, mode="r|") as tar, pytest.raises(tarfile.ExtractError):
        _write_files(tar, tmp_path)
    assert list(tmp_path.iterdir()) == []
