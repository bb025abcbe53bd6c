"""Which addresses may be asked at all: the hosts of the site's config, and never a private network."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from crawler.records.site import SiteConfig

USUAL_PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def why_refused(address: str, *, simulator: bool) -> str:
    """Say why a numeric address may not be connected to; '' when it may.

    Args:
        address: IPv4 or IPv6 in digits, as a resolver gives it.
        simulator: the made-up town: loopback is all that is allowed there, and nowhere else.
    """
    try:
        plain = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return f"{address} is not a numeric address"
    if simulator:
        return "" if plain.is_loopback else f"{address} is not on loopback, and a simulator's site is nowhere else"
    inner = _inside(plain)
    if not inner.is_global or inner.is_multicast or inner.is_reserved:
        return f"{address} is a private or special address"
    return ""


def _inside(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Return the IPv4 address that an IPv6 address carries (mapped, 6to4, Teredo, NAT64), or the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.teredo is not None:
        return address.teredo[1]
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


class Gate:
    """The site's own hosts and ports, asked before every request, every redirect and every subrequest of a page."""

    def __init__(self, site: SiteConfig) -> None:
        named = [*site.start, *site.sitemap, site.fetch_base, site.public_base]
        origins = {origin for url in named if (origin := _origin(url)) is not None}
        self._hosts = {host.lower() for host in site.hosts}
        self._ports = {port for _, _, port in origins} | set(USUAL_PORTS.values())
        self._only = {(host, port) for _, host, port in origins if why_refused(_loopback(host), simulator=True) == ""} if site.simulator else None

    @property
    def made_up(self) -> tuple[str, ...]:
        """Where a simulator's site is, as host:port; nothing for any other site."""
        return tuple(sorted(f"{host}:{port}" for host, port in self._only or ()))

    @property
    def ports(self) -> tuple[int, ...]:
        """The ports that may be asked: the usual ones, and those that the site's config names."""
        return tuple(sorted(self._ports))

    def why_not(self, url: str) -> str:
        """Say why an address may not be asked; '' when it may."""
        origin = _origin(url)
        if origin is None:
            return "the address is not one of http or https, or cannot be read"
        _, host, port = origin
        if self._only is not None:
            return "" if (host, port) in self._only else f"{host}:{port} is not where the made-up site is"
        if host not in self._hosts:
            return f"{host} is not among hosts in the site's config"
        return "" if port in self._ports else f"port {port} is not one that the site's config names"


def _loopback(host: str) -> str:
    return "127.0.0.1" if host == "localhost" else host


def _origin(url: str) -> tuple[str, str, int] | None:
    """Return scheme, host and port of an address; None for anything else than plain http and https."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in USUAL_PORTS or not parts.hostname or parts.username is not None or parts.password is not None:
        return None
    return parts.scheme, parts.hostname.lower(), port or USUAL_PORTS[parts.scheme]
