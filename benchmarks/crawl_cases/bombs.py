"""Answers that grow, lead on or drip without end, each of a kind: small to send, without measure to receive."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

import brotli  # type: ignore[import-untyped]
from backports import zstd

from simulator.hostile import png_bomb
from tests.crawler.small_site import Answer, Route

MEGABYTE = 1 << 20
GZIP_MB, OTHERS_MB = 1024, 512  # what they inflate to
LAPS = 3  # addresses of sitemaps that name each other


def page_bombs() -> Mapping[str, Route]:
    """Return bombs that stand where an ad's page should, by what they are."""
    gzipped = gzip_of(GZIP_MB)
    return {
        "gzip": Answer(body=gzipped, headers=(("Content-Encoding", "gzip"),)),
        "gzip-twice": Answer(body=zlib.compress(gzipped, 9, 31), headers=(("Content-Encoding", "gzip, gzip"),)),
        "brotli": Answer(body=brotli_of(OTHERS_MB), headers=(("Content-Encoding", "br"),)),
        "zstandard": Answer(body=zstd_of(OTHERS_MB), headers=(("Content-Encoding", "zstd"),)),
        "endless": Answer(body=b"<h1>mer</h1>" * 5000, body_without_end=True),
        "headers": Answer(lines_without_end=True),
        "redirect": lambda before: Answer(status=302, headers=(("Location", f"/annons/redirect?varv={before}"),)),
        "drip": Answer(body="<h1>Långsam</h1>" * 100, drip_s=0.2),
        "deep": "<h1>Djup</h1>" + "<div><p><b>" * 400_000,
        "attributes": "<h1 " + " ".join(f"a{number}=1" for number in range(300_000)) + ">Attribut</h1>",
        "links": "<h1>Länkar</h1>" + "<a class=ad href=/annons/x>x</a>" * 100_000,
    }


def sitemap_bombs() -> Mapping[str, Route]:
    """Return sitemaps that grow: packed twice over, and by entities that name each other."""
    entities = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 10))
    laughs = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><urlset><url><loc>&e9;</loc></url></urlset>'
    return {
        "/karta.xml.gz": Answer(body=gzip_of(GZIP_MB), kind="application/x-gzip"),
        "/ekon.xml": Answer(body=laughs, kind="application/xml"),
        **{f"/slinga.xml?varv={lap}": Answer(body=sitemap_loop(), kind="application/xml") for lap in range(LAPS)},
    }


def sitemap_loop() -> str:
    """Return an index of sitemaps that names itself and its likes."""
    return "<sitemapindex>" + "".join(f"<sitemap><loc>/slinga.xml?varv={number % LAPS}</loc></sitemap>" for number in range(50_000)) + "</sitemapindex>"


def picture_bombs() -> Mapping[str, Route]:
    """Return pictures that say to be larger than any memory, or have more frames than any film."""
    head = b"GIF89a" + struct.pack("<HHBBB", 65_535, 65_535, 0xF0, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"," + struct.pack("<HHHHB", 0, 0, 65_535, 65_535, 0) + b"\x02\x02\x4c\x01\x00"
    return {
        "/bild/bomb.png": Answer(body=png_bomb(), kind="image/png"),
        "/bild/bomb.gif": Answer(body=head + frame + b";", kind="image/gif"),
        "/bild/film.gif": Answer(body=head + frame * 200_000 + b";", kind="image/gif"),
        "/bild/packad.png": Answer(body=gzip_of(GZIP_MB), headers=(("Content-Encoding", "gzip"),), kind="image/png"),
    }


def gzip_of(megabytes: int) -> bytes:
    """Return so many megabytes of zeros, packed."""
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    return b"".join(packer.compress(bytes(MEGABYTE)) for _ in range(megabytes)) + packer.flush()


def brotli_of(megabytes: int) -> bytes:
    """Return so many megabytes of zeros, packed."""
    packer = brotli.Compressor(quality=1)
    return b"".join(packer.process(bytes(MEGABYTE)) for _ in range(megabytes)) + bytes(packer.finish())


def zstd_of(megabytes: int) -> bytes:
    """Return so many megabytes of zeros, packed."""
    packer = zstd.ZstdCompressor()
    return b"".join(packer.compress(bytes(MEGABYTE)) for _ in range(megabytes)) + bytes(packer.flush())
