"""Pictures are hashed in memory and dropped: rows of hashes or reasons, and not a byte of a picture on any disk."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from crawler.photo_hash import hash_picture
from crawler.run import fetch_photos
from tests.crawler.small_site import AGENT, AT, KEY, PUBLIC, Answer, config, landed, small_site
from tests.crawler.test_photo_hash import drawn, encoded, lying_png

MARKER = b"marke-som-inte-far-finnas-pa-disk"


def marked() -> bytes:
    """Return a JPEG whose comment is the marker."""
    whole = encoded(drawn())
    comment = b"\xff\xfe" + (len(MARKER) + 2).to_bytes(2, "big") + MARKER
    return whole[:2] + comment + whole[2:]


def files_with(marker: bytes, *folders: Path) -> list[Path]:
    found = []
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink() and marker in path.read_bytes():
                found.append(path)
    return found


def test_pictures_become_hashes_or_reasons_and_leave_nothing(tmp_path: Path) -> None:
    pages = {
        "/robots.txt": "User-agent: *\nDisallow: /bild/hemlig\n",
        "/bild/1.jpg": Answer(body=marked(), kind="image/jpeg"),
        "/bild/bomb.png": Answer(body=lying_png(), kind="image/png"),
        "/bild/sida": "<html>" + MARKER.decode(),
        "/bild/stor.jpg": Answer(body=MARKER * 300_000, kind="image/jpeg"),
        "/bild/nej.jpg": Answer(body=marked(), kind="image/jpeg", headers=(("X-Robots-Tag", "noindex"),)),
    }
    names = ("1.jpg", "bomb.png", "sida", "stor.jpg", "nej.jpg", "hemlig.jpg", "borta.jpg")
    pictures = [(f"{PUBLIC}/annons/1", f"{PUBLIC}/bild/{name}") for name in names]
    pictures += [(f"{PUBLIC}/annons/2", f"{PUBLIC}/bild/1.jpg"), (f"{PUBLIC}/annons/2", "https://annan.example/2.jpg")]
    with small_site(pages) as running:
        site = config(running.base, fetcher="browser")
        report = fetch_photos(site, pictures, landing=tmp_path / "p.duckdb", key=KEY, started_at=AT, log=tmp_path / "p.log", user_agent=AGENT)
    assert running.asked.count("/bild/1.jpg") == 1 and "/bild/hemlig.jpg" not in running.asked
    hashed = [{"kind": kind, "hash": bits, "quality": quality} for kind, bits, quality in hash_picture(marked())]
    assert landed(tmp_path / "p.duckdb", "SELECT url, image, hashes, unreadable FROM landing.image_seen ORDER BY ALL") == sorted(
        [
            (f"{PUBLIC}/annons/1", f"{PUBLIC}/bild/1.jpg", hashed, ""),
            (f"{PUBLIC}/annons/1", f"{PUBLIC}/bild/bomb.png", [], "more than 20 megapixels"),
            (f"{PUBLIC}/annons/1", f"{PUBLIC}/bild/borta.jpg", [], "answered 404"),
            (f"{PUBLIC}/annons/1", f"{PUBLIC}/bild/hemlig.jpg", [], "robots.txt does not allow /bild/hemlig.jpg"),
            (f"{PUBLIC}/annons/1", f"{PUBLIC}/bild/nej.jpg", [], "the site asks not to keep it"),
            (f"{PUBLIC}/annons/1", f"{PUBLIC}/bild/sida", [], "not a JPEG, PNG, WebP or GIF"),
            (f"{PUBLIC}/annons/1", f"{PUBLIC}/bild/stor.jpg", [], "larger than 8 MB"),
            (f"{PUBLIC}/annons/2", f"{PUBLIC}/bild/1.jpg", hashed, ""),
            (f"{PUBLIC}/annons/2", "https://annan.example/2.jpg", [], "annan.example:443 is not where the made-up site is"),
        ]
    )
    assert (report.ads, report.rejected, report.failed) == (1, 7, "")
    left = list(Path(tempfile.gettempdir()).glob(f"lykta-{os.getpid()}-*"))
    assert (left, files_with(MARKER, tmp_path)) == ([], [])
