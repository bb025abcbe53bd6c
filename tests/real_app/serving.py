"""Set verdaccio up in a folder, serve it on loopback, and fill it with made-up entries."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

INSTALL_S, START_S = 600, 60
CONFIG = """storage: ./storage
web: { title: Anslag }
uplinks: {}
packages: { '**': { access: $all, publish: $all } }
log: { type: stdout, format: pretty, level: error }
auth: { htpasswd: { file: ./htpasswd, max_users: -1 } }
"""
LINES = ("Lugn stund i centrum", "Promenad i parken", "Samtal vid havet", "Musik på kvällen", "Kaffe på torget")


def install(folder: Path) -> None:
    """Install the application below a folder, once; no script of any package is run.

    Raises:
        RuntimeError: there is no npm, or it could not install.
    """
    if (folder / "node_modules" / ".package-lock.json").exists():  # npm writes it last; without it an install was cut short
        return
    if shutil.which("npm") is None:
        raise RuntimeError("npm is not installed; the trial needs Node.js 20 or later")
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(Path(__file__).with_name("package.json"), folder)
    done = subprocess.run(
        ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=folder, capture_output=True, text=True, timeout=INSTALL_S, check=False
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"npm could not install it: {done.stderr[-1000:]}")


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve an empty application until the block ends. Yields its base address.

    Raises:
        RuntimeError: it did not answer within a minute; what it said is in `app.log`.
    """
    run = folder / "run"
    shutil.rmtree(run, ignore_errors=True)
    run.mkdir(parents=True)
    (run / "config.yaml").write_text(CONFIG, "utf-8")
    port = _free_port()
    program = folder / "node_modules" / "verdaccio" / "bin" / "verdaccio"
    with (run / "app.log").open("wb") as log:
        child = subprocess.Popen(["node", str(program), "-l", f"127.0.0.1:{port}", "-c", "config.yaml"], cwd=run, stdout=log, stderr=log)
    base, until = f"http://127.0.0.1:{port}", time.monotonic() + START_S
    try:
        while not _answers(base):
            if child.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the application did not start: {(run / 'app.log').read_text('utf-8')[-1000:]}")
            time.sleep(0.2)
        yield base
    finally:
        child.terminate()
        child.wait(timeout=10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(base: str) -> bool:
    try:
        with urllib.request.urlopen(base + "/-/ping", timeout=5):
            return True
    except OSError:
        return False


def fill(base: str, count: int) -> dict[str, tuple[str, str]]:
    """Put made-up entries in. Returns each entry's page to its heading and text."""
    made = {}
    for number in range(1, count + 1):
        heading = f"{LINES[number % len(LINES)]} {number}"
        text = f"Påhittad text nummer {number}, lång nog att läsas. Ring 070-174 06 {5 + number % 95:02d}."
        _publish(base, f"anslag-{number:04d}", heading, text)
        made[f"{base}/-/web/detail/anslag-{number:04d}"] = (heading, text)
    return made


def _publish(base: str, name: str, heading: str, text: str) -> None:
    body = b"tom"
    dist = {"shasum": hashlib.sha1(body).hexdigest(), "tarball": f"{base}/{name}/-/{name}-1.0.0.tgz"}
    version = {"name": name, "version": "1.0.0", "description": heading, "readme": f"# {heading}\n\n{text}", "_id": f"{name}@1.0.0", "dist": dist}
    attached = {f"{name}-1.0.0.tgz": {"content_type": "application/octet-stream", "data": base64.b64encode(body).decode(), "length": len(body)}}
    entry = {"_id": name, "name": name, "dist-tags": {"latest": "1.0.0"}, "versions": {"1.0.0": version}, "readme": version["readme"], "_attachments": attached}
    request = urllib.request.Request(f"{base}/{name}", method="PUT", data=json.dumps(entry).encode(), headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30):
        pass
