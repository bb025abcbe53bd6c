"""One made-up site: what it answers to each path, and the config by which it is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlsplit

from crawler.records.ad import Ad
from simulator.listing import Shown
from simulator.pages import anslaget, fonstret, torget
from simulator.pages.frame import page, path_of

SITES = ("torget", "anslaget", "fonstret")
CONFIGS = {"torget": torget.CONFIG, "anslaget": anslaget.CONFIG, "fonstret": fonstret.CONFIG}
HTML = "text/html; charset=utf-8"
LEGAL_NOTE = "Allt på sidan är påhittat: simulatorns egna annonser på den egna datorn. Inga personuppgifter."


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was asked: path with query, and the cookies as sent."""

    target: str
    cookie: str = ""

    @property
    def path(self) -> str:
        """The path without its query."""
        return urlsplit(self.target).path

    def asked(self, name: str) -> str:
        """A value of the query; '' when it is not there."""
        return parse_qs(urlsplit(self.target).query).get(name, [""])[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is sent back. `pause_s` comes before the first byte, `drip_s` between single bytes; `headers_without_end` never gets to a body."""

    status: int = 200
    kind: str = HTML
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    pause_s: float = 0.0
    drip_s: float = 0.0
    headers_without_end: bool = False


def html(text: str, *, status: int = 200) -> Answer:
    """Answer with a page."""
    return Answer(status=status, body=text.encode("utf-8"))


def text(content: str, kind: str = "text/plain; charset=utf-8") -> Answer:
    """Answer with something that is no page."""
    return Answer(body=content.encode("utf-8"), kind=kind)


class Site:
    """A site with tonight's ads."""

    def __init__(self, name: str, ads: Sequence[Ad], pictures: Sequence[Shown], draw: Callable[[Shown], bytes]) -> None:
        """`draw` makes the JPEG of a picture when it is asked for."""
        self.name, self.ads, self.base = name, list(ads), ""
        self.by_path = {path_of(ad.url): ad for ad in ads}
        self._pictures, self._draw = {path_of(shown.address): shown for shown in pictures}, draw

    def answer(self, request: Request) -> Answer:
        """Answer as a well-behaved site does."""
        path = request.path
        if path == "/robots.txt":
            return text(self.robots())
        if path in self._pictures:
            return Answer(body=self._draw(self._pictures[path]), kind="image/jpeg")
        if path in self.by_path:
            return html(self.ad_page(self.by_path[path]))
        if path == "/regler":
            return html(page(self.name, "Regler", "<main><h1>Regler</h1><p>Var snäll. Allt här är påhittat.</p></main>"))
        if path == "/admin":
            return html(page(self.name, "Personal", "<main><h1>Bara för personal</h1></main>"))
        listed = self._listed(request)
        return listed or html(page(self.name, "Finns inte", "<main><h1>Sidan finns inte</h1></main>"), status=404)

    def robots(self) -> str:
        """Return the site's robots.txt."""
        maps = f"\nSitemap: {self.base}/sitemap.xml\n" if self.name == "anslaget" else ""
        return f"# Påhittat\nUser-agent: *\nDisallow: /admin\nAllow: /\n{maps}"

    def ad_page(self, ad: Ad) -> str:
        """Return an ad's page in the site's own make."""
        return {"torget": torget.ad_page, "anslaget": anslaget.ad_page, "fonstret": fonstret.ad_page}[self.name](ad)

    def _listed(self, request: Request) -> Answer | None:
        if self.name == "anslaget":
            if request.path == "/sitemap.xml":
                return text(anslaget.sitemap(self.base, list(self.by_path)), "application/xml")
            return html(anslaget.list_page(self.ads)) if request.path == "/" else None
        if self.name == "torget":
            return self._torget_list(request) if request.path in ("/", "/annonser") else None
        if request.path == "/visa.js":
            return text(fonstret.script(), "text/javascript; charset=utf-8")
        if request.path == "/api/lista":
            ads, following = self.listed_page(request, fonstret.PAGE_ADS, "/")
            return text(fonstret.list_json(ads, following), "application/json")
        return html(fonstret.shell()) if request.path == "/" else None

    def _torget_list(self, request: Request) -> Answer:
        ads, following = self.listed_page(request, torget.PAGE_ADS, "/annonser")
        return html(torget.list_page(ads, number_of(request), following=following))

    def listed_page(self, request: Request, size: int, path: str) -> tuple[list[Ad], str]:
        """Return the ads of the list page that is asked for, and the path of the next one ('' at the end)."""
        number = number_of(request)
        ads = self.ads[(number - 1) * size : number * size]
        return ads, f"{path}?sida={number + 1}" if number * size < len(self.ads) else ""

    def config(self) -> str:
        """Return the config file by which the crawler reads this site while it runs at its base address."""
        listed, _, fields = CONFIGS[self.name].strip().partition("\n\n")
        listed = "\n".join(self._whole(line) for line in listed.split("\n"))
        return (
            f"# {self.name.capitalize()}: a made-up site on this machine, written when it was started.\n"
            f'site = "{self.name}"\nfetcher = "{"browser" if self.name == "fonstret" else "http"}"\nhosts = ["127.0.0.1"]\n{listed}\n'
            f'fetch_base = "{self.base}"\npublic_base = "https://{self.name}.example"\nsimulator = true\nphotos = true\nlegal_note = "{LEGAL_NOTE}"\n\n'
            "[politeness]\ndelay_s = 0.0      # seconds between requests; the made-up site asks for none\ntimeout_s = 15.0   # seconds\n"
            f"pages_max = {max(200, 2 * len(self.ads))}\n\n"
            f"[expect]\nads_min = {len(self.ads) // 3}        # a third of tonight's ads\nphone_rate_min = 0.20\n\n{fields}\n"
        )

    def _whole(self, line: str) -> str:
        """Put the base address before the paths that a crawl begins with."""
        return line.replace('["/', f'["{self.base}/') if line.startswith(("start", "sitemap")) else line


def number_of(request: Request) -> int:
    """Return the list page that is asked for, 1 when it says nothing readable."""
    asked = request.asked("sida")
    return int(asked) if asked.isdecimal() and 0 < int(asked) < 1_000_000 else 1


def with_ads(site: Site, ads: Sequence[Ad]) -> None:
    """Give a site other ads than it was made with; pictures stay."""
    site.ads = [replace(ad) for ad in ads]
    site.by_path = {path_of(ad.url): ad for ad in ads}
