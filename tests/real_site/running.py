"""Start and stop the real site as a child process, and read its config for the address it got."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawler.records.site import SiteConfig
from pipeline.settings import read_site

CHECKOUT = Path(__file__).parents[2]
CONFIG = Path(__file__).with_name("site.toml")
WRITTEN_FOR = "http://127.0.0.1:8000"  # the address that the config file names
START_S = 90


@contextmanager
def real_site(folder: Path, *, count: int, pixels: int) -> Iterator[str]:
    """Serve the site from a folder until the block ends. Yields its base address.

    Raises:
        RuntimeError: it did not come up within 90 s; what it said is in the folder's `server.log`.
    """
    ready = folder / "ready.json"
    ready.unlink(missing_ok=True)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.real_site.project", "REAL_SITE_FOLDER": str(folder)}
    arguments = [sys.executable, "-m", "django", "serve_notices", str(count), str(pixels)]
    with (folder / "server.log").open("wb") as log:
        child = subprocess.Popen(arguments, cwd=CHECKOUT, env=environment, stdout=log, stderr=log)
    try:
        until = time.monotonic() + START_S
        while not ready.exists():
            if child.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the site did not start: {(folder / 'server.log').read_text('utf-8')[-2000:]}")
            select.select([], [], [], 0.1)
        yield json.loads(ready.read_text("utf-8"))["base"]
    finally:
        child.terminate()
        child.wait(timeout=10)


def config_for(base: str, folder: Path) -> SiteConfig:
    """Read the config file as it stands, with the address that the site got in the place of the written one."""
    path = folder / "anslagstavlan.toml"
    path.write_text(CONFIG.read_text("utf-8").replace(WRITTEN_FOR, base), "utf-8")
    return read_site(path)


def page(url: str) -> str:
    """Fetch a page as a person would, outside the crawler."""
    with urllib.request.urlopen(url, timeout=30) as answer:
        return str(answer.read().decode("utf-8"))
