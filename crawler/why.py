"""Why a page could not be fetched, in words; nothing of the page or of its address is repeated."""

from __future__ import annotations

from scrapy import exceptions as scrapy_errors


class NotAskedError(scrapy_errors.IgnoreRequest):
    """A request that was not made, or an answer that was not taken, and why.

    Attributes:
        whole_site: the reason holds for every page of the site.
    """

    def __init__(self, reason: str, *, whole_site: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.whole_site = reason, whole_site


NOWHERE = "net::ERR_NAME_NOT_RESOLVED"  # the browser knows the site's own hosts alone
INFLATES = "inflates to more than 20 MB"
NO_ADDRESS = "an address that cannot be asked for"
NOT_STARTED = "it did not start"
KINDS: tuple[tuple[type[Exception], str], ...] = (
    (scrapy_errors.DownloadTimeoutError, "no whole answer in time"),
    (scrapy_errors.CannotResolveHostError, "the host has no address that may be asked"),
    (scrapy_errors.DownloadConnectionRefusedError, "the connection was refused"),
    (scrapy_errors.DownloadFailedError, "the connection broke off"),
    (scrapy_errors.ResponseDataLossError, "the answer was cut short"),
    (scrapy_errors.UnsupportedURLSchemeError, "an address of an unknown kind"),
)


def unreachable(error: BaseException) -> bool:
    """Tell whether nothing answered, so that asking again may help."""
    return isinstance(error, tuple(kind for kind, _ in KINDS[:5])) or _browser_words(error) not in ("", NOWHERE, NOT_STARTED) or _is_timeout(error)


def why_failed(error: BaseException, *, megabytes: int) -> str:
    """Say in a phrase why a page was not fetched.

    Args:
        megabytes: the limit of an answer on the wire, to name it.
    """
    if isinstance(error, NotAskedError):
        return error.reason
    if isinstance(error, scrapy_errors.DownloadCancelledError):
        return f"larger than {megabytes} MB"
    for kind, words in KINDS:
        if isinstance(error, kind):
            return words
    if isinstance(error, scrapy_errors.IgnoreRequest):
        return INFLATES if "decompress" in str(error) else "led to another page too often"
    if _is_timeout(error):
        return "no whole answer in time"
    if _browser_words(error) == NOWHERE:
        return "led to a host that may not be asked"
    if words := _browser_words(error):
        return f"the browser could not show it ({words})"
    return f"could not be fetched ({type(error).__name__})"


def _is_timeout(error: BaseException) -> bool:
    return type(error).__name__ == "TimeoutError"


def _browser_words(error: BaseException) -> str:
    """Return the browser's own name of a network error, such as net::ERR_NAME_NOT_RESOLVED."""
    found = [word.strip(" ,;") for word in str(error).split() if word.startswith("net::")]
    if found:
        return found[0]
    return NOT_STARTED if "launch" in str(error) and type(error).__module__.startswith("playwright") else ""
