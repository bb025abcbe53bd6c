"""Connections that can write encrypted files and load nothing else."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from crawler.records.duckdb_file import connect


def test_no_connection_loads_what_nobody_signed(tmp_path: Path) -> None:
    connect().close()
    known = Path(duckdb.execute("SELECT install_path FROM duckdb_extensions() WHERE extension_name = 'httpfs'").fetchall()[0][0])
    forged = tmp_path / "forged.duckdb_extension"
    forged.write_bytes(known.read_bytes()[:-256] + bytes(256))  # the signature stands at the end
    con = connect()
    try:
        assert con.execute("SELECT current_setting('allow_unsigned_extensions'), 1").fetchall() == [(False, 1)]
        with pytest.raises(duckdb.IOException, match="signature"):
            con.execute(f"LOAD '{forged}'")
    finally:
        con.close()
