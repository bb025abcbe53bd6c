"""robots.txt by RFC 9309: from the answer to what may be fetched, and how often."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from protego import Protego

BYTES_MAX = 512_000  # the standard asks for at least 500 KiB


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsRules:
    """What a host's robots.txt allows.

    Attributes:
        refused: '' or why nothing of the host may be fetched.
        source: where the rules come from, as logged with each fetch.
        delay_s: seconds between requests that it asks for, 0 when it asks for none.
    """

    agent: str
    source: str
    refused: str = ""
    delay_s: float = 0.0
    rules: Protego | None = None

    def why_not(self, url: str) -> str:
        """Say why an address may not be fetched; '' when it may."""
        if self.refused:
            return self.refused
        if self.rules is None or self.rules.can_fetch(url, self.agent):
            return ""
        return f"robots.txt does not allow {urlsplit(url).path or '/'}"


def robots_address(url: str) -> str:
    """Return the address of the robots.txt that speaks for an address."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))


def product_token(user_agent: str) -> str:
    """Return the name that robots.txt groups are matched against: the user agent up to its version."""
    return user_agent.partition("/")[0].partition(" ")[0].strip() or "Lykta"


def read_robots(*, status: int, body: bytes, user_agent: str) -> RobotsRules:
    """Read an answer for robots.txt.

    Args:
        status: HTTP status; 0 when nothing answered.
        body: as received, already inflated; read as UTF-8, the first 512,000 bytes.

    Returns:
        2xx: what it says. 4xx except 429: everything is allowed. 429, 5xx, no answer or anything else: nothing is.
    """
    agent = product_token(user_agent)
    if 200 <= status < 300:
        rules = Protego.parse(body[:BYTES_MAX].decode("utf-8", "replace"))
        return RobotsRules(agent=agent, source="robots.txt", rules=rules, delay_s=float(rules.crawl_delay(agent) or 0.0))
    if 400 <= status < 500 and status != 429:
        return RobotsRules(agent=agent, source=f"robots.txt answered {status}: none, so all is allowed")
    answered = f"answered {status}" if status else "did not answer"
    return RobotsRules(agent=agent, source="", refused=f"robots.txt {answered}, so nothing may be fetched now")
