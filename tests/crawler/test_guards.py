"""What a hostile page cannot do: reach another network, fill the memory, hold up the crawl."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from crawler import spider
from crawler.browser import resolver_rules
from crawler.gate import Gate, why_refused
from tests.crawler.small_site import ADS, PUBLIC, REJECTED, Answer, ads, config, crawl, landed, list_page, site_of, small_site

REFUSED = (
    "127.0.0.1", "127.8.9.10", "0.0.0.0", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "192.0.2.7", "198.18.0.1", "198.51.100.4", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1",
    "fd12:3456::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a00:1",
    "2002:7f00:1::", "2002:a00:1::", "2001:0:4136:e378:8000:63bf:80ff:fffe", "not an address",
)  # fmt: skip


@pytest.mark.parametrize("address", REFUSED)
def test_a_private_or_special_address_is_refused(address: str) -> None:
    assert why_refused(address, simulator=False)


def test_public_addresses_may_be_connected_to_and_a_simulator_only_on_loopback() -> None:
    public = ("193.0.14.129", "2a00:801:f0::1")
    assert [why_refused(address, simulator=False) for address in public] == ["", ""]
    assert [bool(why_refused(address, simulator=True)) for address in ("127.0.0.1", "::1", "10.0.0.1", *public)] == [False, False, True, True, True]


@pytest.mark.parametrize(
    "url",
    [
        "http://annan.example/", "https://exempel.example.annan.example/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/",
        "http://127.0.0.1/", "http://[::1]/", "http://user@exempel.example/", "https://exempel.example:8443/", "ftp://exempel.example/", "file:///etc/passwd",
        "javascript:alert(1)", "//exempel.example/", "http://exempel.example:99999/", "http:///x", "",
    ],
)  # fmt: skip
def test_only_the_sites_own_hosts_and_ports_are_asked(url: str) -> None:
    gate = Gate(config("https://exempel.example", hosts=("exempel.example",), simulator=False, fetch_base="", public_base=""))
    assert gate.why_not(url) and not gate.why_not("https://EXEMPEL.example/annons/1")


def test_the_browser_knows_the_sites_checked_address_at_its_own_ports_and_no_other_name() -> None:
    site = config("https://exempel.example", hosts=("exempel.example", "inne.example"), simulator=False, fetch_base="", public_base="")
    names = {"exempel.example": ["10.0.0.1", "193.0.14.129"], "inne.example": ["192.168.0.1"]}
    assert resolver_rules(site, names.__getitem__) == "MAP exempel.example:80 193.0.14.129, MAP exempel.example:443 193.0.14.129, MAP * ~NOTFOUND"
    assert resolver_rules(config("http://127.0.0.1:8000"), names.__getitem__) == "MAP 127.0.0.1:8000 127.0.0.1:8000, MAP * ~NOTFOUND"


def test_redirects_elsewhere_are_not_followed_and_names_of_private_addresses_not_connected_to(tmp_path: Path) -> None:
    with small_site({"/": "<h1>hemligt"}) as inside:
        away = {
            "/annons/1": Answer(status=302, headers=(("Location", inside.base + "/"),)),
            "/annons/2": Answer(status=301, headers=(("Location", "http://169.254.169.254/latest"),)),
            "/annons/3": Answer(status=302, headers=(("Location", "/annons/3"),)),
        }
        port = inside.base.rpartition(":")[2]
        named = config(f"http://localhost:{port}", name="namn", hosts=("localhost",), simulator=False, fetch_base="", public_base="")
        with small_site(site_of(range(1, 5)) | away) as running:
            report, other = crawl(config(running.base), named, folder=tmp_path)
        assert inside.asked == []
    assert (report.ads, other.ads, other.failed) == (1, 0, "robots.txt did not answer, so nothing may be fetched now")
    assert landed(tmp_path / "namn.duckdb", "SELECT DISTINCT status, error FROM landing.page_fetch") == [(0, "the host has no address that may be asked")]
    assert landed(tmp_path / "exempel.duckdb", REJECTED) == [
        (f"{PUBLIC}/annons/1", f"127.0.0.1:{port} is not where the made-up site is"),
        (f"{PUBLIC}/annons/2", "169.254.169.254:80 is not where the made-up site is"),
        (f"{PUBLIC}/annons/3", "led to another page too often"),
    ]


def test_bombs_and_links_that_are_no_addresses_are_refused_and_the_crawl_goes_on(tmp_path: Path) -> None:
    bomb = gzip.compress(b"\0" * (200 << 20), 1)
    pages = site_of(range(1, 7)) | {
        "/annons/1": Answer(body=bomb, headers=(("Content-Encoding", "gzip"),)),
        "/annons/2": Answer(body=b"<h1>lang" + b"x" * (6 << 20)),
        "/annons/3": Answer(lines_without_end=True),
        "/annons/4": Answer(body=b"\x89PNG\r\n\x1a\n" + bytes(range(256)), kind="image/png"),
        "/annons/5": "<html><p class=text>utan rubrik",
        # read beside the event loop, with a link that is no address
        "/": list_page(range(1, 7)) + "<a class=ad href='javascript:visa(\"/annons/9\")'>x</a>" + " " * spider.BIG,
    }
    with small_site(pages) as running:
        (report,) = crawl(config(running.base), folder=tmp_path)
    assert landed(tmp_path / "exempel.duckdb", ADS) == ads(6)
    assert landed(tmp_path / "exempel.duckdb", REJECTED) == [
        (f"{PUBLIC}/annons/1", "inflates to more than 20 MB"),
        (f"{PUBLIC}/annons/2", "larger than 5 MB"),
        (f"{PUBLIC}/annons/4", "not a page of text"),
        (f"{PUBLIC}/annons/5", "no title"),
        ('javascript:visa("/annons/9")', "an address that cannot be asked for"),
    ]
    assert (report.ads, report.rejected, report.complete, report.failed) == (1, 5, False, "")
    assert landed(tmp_path / "exempel.duckdb", "SELECT DISTINCT error FROM landing.page_fetch WHERE url LIKE '%/3'") == [("the connection broke off",)]
