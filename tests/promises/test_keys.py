"""Each store has a key of its own, in a file of its own, and the key is nowhere else."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from crawler.records.duckdb_file import attach, connect
from crawler.records.landing import LandingWriter
from pipeline.casebook.accounts import accounts
from pipeline.casebook.book import Casebook
from pipeline.failure import Failure
from pipeline.home import KEYS, Home
from pipeline.keeping import backup
from pipeline.keeping.restore import unpack
from tests.cli.scan import raw_hits
from tests.keeping.world import START, Installation, ad


def test_P11_every_store_opens_with_its_own_key_and_no_other(town: Installation, tmp_path: Path) -> None:
    home = town.home
    keys = {name: home.key(name) for name in KEYS}
    assert len(set(keys.values())) == len(KEYS)
    assert {path.stat().st_mode & 0o777 for path in home.keys.glob("*.key")} == {0o600} and home.keys.stat().st_mode & 0o777 == 0o700
    names = {"analyst": "lykta", "review": "review", "vault": "vault"}
    files = {"store": home.store, **{kind: next(home.published.glob(f"{name}-*.duckdb")) for kind, name in names.items()}}
    files["landing"] = tmp_path / "landing.duckdb"
    with LandingWriter(files["landing"], key=home.key("landing"), site="exempel", source="crawl", started_at=START, batch=10) as writer:
        writer.add(ad(1, START))
        writer.finish(finished_at=START, complete=True)
    for kind, path in files.items():
        for name, key in keys.items():
            con = connect(memory_limit="256MB", threads=1)
            if name == kind:
                attach(con, path, name="opened", key=key, read_only=True)
            else:
                with pytest.raises(duckdb.Error):
                    attach(con, path, name="opened", key=key, read_only=True)
            con.close()
    (home.keys / "vault.key").chmod(0o644)
    with pytest.raises(Failure, match="others on this machine can read"):
        home.key("vault")
    (home.keys / "vault.key").chmod(0o600)


@pytest.mark.parametrize("name", sorted(KEYS))
def test_P11_the_casebook_opens_with_its_own_key_and_no_other(town: Installation, tmp_path: Path, name: str) -> None:
    path = Path(shutil.copy(town.home.casebook, tmp_path / "casebook.db"))
    key, audit_key = town.home.key(name), town.home.key("audit")
    if name == "casebook":
        with Casebook.open(path, key=key, audit_key=audit_key) as book:
            assert len(accounts(book)) == 3
    else:
        with pytest.raises(Failure, match="its key does not open it"):
            Casebook.open(path, key=key, audit_key=audit_key)


def test_P11_no_key_is_in_a_backup_nor_anywhere_but_its_own_file(town: Installation, tmp_path: Path) -> None:
    home = town.copy(tmp_path / "home").home
    out = Home(root=tmp_path / "unpacked", kind=home.kind)
    unpack(home, backup.make(home, tmp_path / "out", now=START), out)
    for link in (item for item in out.root.iterdir() if item.is_symlink()):
        link.unlink()
    assert {"data/store.duckdb", "data/casebook.db", "config/lykta.toml"} <= {str(path.relative_to(out.root)) for path in out.root.rglob("*")}
    marks = [form for name in KEYS for form in (home.key(name).encode(), bytes.fromhex(home.key(name)))]
    assert raw_hits([out.root, home.data, home.config, tmp_path / "out"], [], marks) == []
    assert {hit.split(":")[0] for hit in raw_hits([home.keys], [], marks)} == {f"{name}.key" for name in KEYS}
