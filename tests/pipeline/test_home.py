"""An installation has its own keys, never lies in the wrong place, and never gets a new key over an old store."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.failure import Exit, Failure
from pipeline.home import CHECKOUT, KEYS, create_home, find_home, make_keys


def test_a_new_installation_has_private_keys_and_its_config(tmp_path: Path) -> None:
    home = create_home(tmp_path / "stad", kind="research")
    assert {path.stem: oct(path.stat().st_mode & 0o777) for path in home.keys.iterdir()} == dict.fromkeys(KEYS, "0o600")
    assert len({home.key(name) for name in KEYS}) == len(KEYS)
    assert (home.config / "lykta.toml").is_file()
    assert find_home(home.root).kind == "research"


def test_the_nearest_installation_upwards_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = create_home(tmp_path / "stad", kind="demo")
    monkeypatch.delenv("LYKTA_HOME", raising=False)
    monkeypatch.chdir(home.config)
    assert find_home(None) == home


@pytest.mark.parametrize(("where", "kind", "code"), [("inside", "demo", Exit.POLICY), ("full", "demo", Exit.POLICY), ("new", "city", Exit.USAGE)])
def test_a_wrong_place_or_kind_is_refused(tmp_path: Path, where: str, kind: str, code: Exit) -> None:
    outer = create_home(tmp_path / "stad", kind="demo")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("x")
    folder = {"inside": outer.data / "inner", "full": tmp_path / "full", "new": tmp_path / "new"}[where]
    with pytest.raises(Failure) as refused:
        create_home(folder, kind=kind)
    assert refused.value.code == code


def test_the_checkout_is_never_an_installation() -> None:
    with pytest.raises(Failure) as refused:
        create_home(CHECKOUT, kind="demo")
    assert refused.value.code == Exit.POLICY


def test_without_its_key_nothing_is_written_in_plain_text(tmp_path: Path) -> None:
    home = create_home(tmp_path / "stad", kind="demo")
    (home.keys / "store.key").unlink()
    with pytest.raises(Failure) as refused:
        home.key("store")
    assert refused.value.code == Exit.MISSING
    assert "lykta init" in str(refused.value)
    home.store.write_bytes(b"old")
    with pytest.raises(Failure) as lost:
        make_keys(home)
    assert (lost.value.code, (home.keys / "store.key").exists()) == (Exit.MISSING, False)


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    home = create_home(tmp_path / "stad", kind="demo")
    (home.keys / "store.key").chmod(0o644)
    with pytest.raises(Failure) as refused:
        home.key("store")
    assert refused.value.code == Exit.MISSING


def test_nowhere_is_said_with_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(Failure) as refused:
        find_home(tmp_path)
    assert (refused.value.code, "lykta init DIR" in str(refused.value)) == (Exit.MISSING, True)
