"""Every connection's resolved address is checked here, at the moment of connecting: a name that changes its mind gains nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scrapy.crawler import Crawler
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.gate import why_refused


@implementer(IResolutionReceiver)
class _Checked:
    """Pass on the addresses that may be connected to; drop the others."""

    def __init__(self, receiver: Any, *, simulator: bool) -> None:
        self._receiver, self._simulator = receiver, simulator

    def resolutionBegan(self, resolution: IHostResolution) -> None:
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:
        if not why_refused(address.host, simulator=self._simulator):
            self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:
        self._receiver.resolutionComplete()


@implementer(IHostnameResolver)
class CheckedResolver:
    """Scrapy's resolver for this crawl: the system's own, without a cache, behind the check. Without any address left the lookup fails."""

    def __init__(self, reactor: Any, *, simulator: bool) -> None:
        self._reactor, self._simulator = reactor, simulator
        self._system = reactor.nameResolver

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> CheckedResolver:
        """Build from Scrapy's settings."""
        return cls(reactor, simulator=crawler.settings.getbool("SITE_IS_SIMULATOR"))

    def install_on_reactor(self) -> None:
        """Put this resolver in the place of the reactor's own."""
        self._reactor.installNameResolver(self)

    def resolveHostName(
        self,
        resolutionReceiver: IResolutionReceiver,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> IHostResolution:
        """Resolve a name (or a numeric address, which comes this way too) to the addresses that may be connected to."""
        checked = _Checked(resolutionReceiver, simulator=self._simulator)
        resolution: IHostResolution = self._system.resolveHostName(checked, hostName, portNumber, addressTypes, transportSemantics)
        return resolution
