"""One polite request at a time: a name, pauses, attempts with growing waits, limits of time and bytes, no redirects."""

from __future__ import annotations

import contextlib
import logging
import random
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version

import httpx

from nangkis.connectors.key import Key
from nangkis.connectors.limits import ServiceLimits
from nangkis.vocabulary.refusals import RequestRefused


NO_NETWORK = "no-network"
SCHEMES = ("https", "http")
ATTEMPTS_WITHOUT_NETWORK = 2  # a cable that is not plugged in is not there a minute later either
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
LOGGERS = ("httpx", "httpcore.connection", "httpcore.http11", "httpcore.http2", "httpcore.proxy", "httpcore.socks")


class RequestUnclear(RequestRefused):
    """What was asked for cannot be asked of the service."""


class ServiceRefused(RequestRefused):
    """A service said no, or what it said cannot be used."""


class ServiceOutOfReach(RequestRefused):
    """A service gives no answer now: no network, too slow, too busy or broken. A kept answer may serve instead."""


@dataclass(frozen=True)
class Waiting:
    """A wait before the next attempt, for a person to see: how long, and why (a code of ``word.reason.<code>``)."""

    seconds: float
    reason: str


@dataclass(frozen=True)
class Means:
    """What asking needs from outside: how to wait, chance for the waits, the moment, and whom to tell of a wait."""

    sleep: Callable[[float], None]
    chance: random.Random
    now: Callable[[], datetime]
    tell: Callable[[Waiting], None]


@dataclass
class Asker:
    """Asks one service, one request after another. ``left`` bytes may still come in."""

    service: str
    address: str
    limits: ServiceLimits
    means: Means
    key: Key | None = None
    left: int = field(init=False)
    _has_asked: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        """Refuse to send a key where anyone on the way could read it."""
        self.left = self.limits.bytes
        try:
            url = httpx.URL(self.address)
        except httpx.InvalidURL:
            raise ServiceRefused("service-address-broken", service=self.service, address=self.address) from None
        if url.scheme not in SCHEMES or not url.host:
            raise ServiceRefused("service-address-broken", service=self.service, address=self.address)
        if self.key is not None and url.scheme != "https" and url.host not in LOOPBACK:
            raise ServiceRefused("service-address-open", service=self.service, host=url.host)

    def get(self, path: str, query: Mapping[str, str], *, secret_path: str = "") -> bytes:
        """Return the bytes of an answer. ``secret_path`` ends with the key, and is part of no message.

        Raises ServiceOutOfReach after the last attempt, ServiceRefused for every other no.
        """
        for attempt in range(1, self.limits.attempts + 1):
            self._pause()
            try:
                return self._ask(path + secret_path, query)
            except _TryAgain as trouble:
                wait = self._wait(attempt, trouble)
                if wait is None:
                    raise self._out_of_reach(trouble, attempt) from None
                self.means.tell(Waiting(wait, trouble.reason))
                self.means.sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def _pause(self) -> None:
        if self._has_asked:
            self.means.sleep(self.limits.pause_seconds)
        self._has_asked = True

    def _wait(self, attempt: int, trouble: _TryAgain) -> float | None:
        """Return the seconds before the next attempt; None when there is to be none."""
        most = self.limits.backoff_most_seconds
        last = ATTEMPTS_WITHOUT_NETWORK if trouble.reason == NO_NETWORK else self.limits.attempts
        if attempt >= min(last, self.limits.attempts) or (trouble.after is not None and trouble.after > most):
            return None
        grown = min(most, self.limits.backoff_seconds * 2.0 ** (attempt - 1))
        drawn = grown / 2 + self.means.chance.random() * grown / 2
        return max(drawn, trouble.after or 0.0)

    def _out_of_reach(self, trouble: _TryAgain, attempts: int) -> ServiceOutOfReach:
        told = {"service": self.service, "host": self.host, "attempts": attempts, "reason": trouble.reason}
        if trouble.after is not None and trouble.after > self.limits.backoff_most_seconds:
            return ServiceOutOfReach("service-asks-to-wait", **told, seconds=round(trouble.after))
        return ServiceOutOfReach("service-out-of-reach", **told)

    @property
    def host(self) -> str:
        """The name of the machine that is asked."""
        return httpx.URL(self.address).host

    def refusal(self, code: str, **values: object) -> ServiceRefused:
        """Return the refusal of an answer of this service."""
        return ServiceRefused(code, service=self.service, host=self.host, **values)

    def _ask(self, path: str, query: Mapping[str, str]) -> bytes:
        with self._untold(), self._client() as client:
            try:
                with client.stream("GET", self.address + path, params=dict(query) or None) as response:
                    self._check_status(response)
                    return self._read(response)
            except httpx.TimeoutException:
                raise _TryAgain("slow") from None
            except httpx.ConnectError as problem:
                if "CERTIFICATE" in str(problem):
                    raise self.refusal("service-not-trusted") from None
                raise _TryAgain(NO_NETWORK) from None
            except httpx.RemoteProtocolError:
                raise _TryAgain("cut-off") from None
            except httpx.HTTPError:  # its words and its request hold the address, and so the key
                raise _TryAgain("broken") from None

    def _client(self) -> httpx.Client:
        """Return what asks; it follows no redirect, and takes the system's proxy, which offices often have."""
        limits = self.limits
        timeout = httpx.Timeout(limits.read_seconds, connect=limits.connect_seconds)
        headers = {"User-Agent": user_agent(), "Accept": "application/json"}
        try:
            return httpx.Client(verify=_trusted(), timeout=timeout, headers=headers)
        except (ValueError, ImportError, httpx.InvalidURL):  # a proxy that is no address, or of an unknown kind
            raise self.refusal("service-proxy-broken") from None

    def _check_status(self, response: httpx.Response) -> None:
        status = response.status_code
        if status == httpx.codes.OK:
            return
        if status == httpx.codes.TOO_MANY_REQUESTS:
            raise _TryAgain("busy", self._retry_after(response))
        if response.is_server_error:
            raise _TryAgain("broken", self._retry_after(response))
        if response.has_redirect_location:
            raise self.refusal("service-redirects", status=str(status), to=_host_of(response))
        if status in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
            code = "service-key-refused" if self.key is not None else "service-forbids"
            raise self.refusal(code, status=str(status))
        if status == httpx.codes.NOT_FOUND:
            raise self.refusal("service-knows-not", status=str(status))
        raise self.refusal("service-says-no", status=str(status), said="–")

    def _retry_after(self, response: httpx.Response) -> float | None:
        """Return the seconds that the service asks to be left alone for: it says seconds or a moment."""
        said = response.headers.get("Retry-After", "").strip()
        if said.isascii() and said.isdigit():
            return float(said)
        try:
            moment = parsedate_to_datetime(said)
        except ValueError:
            return None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(0.0, (moment - self.means.now()).total_seconds())

    def _read(self, response: httpx.Response) -> bytes:
        ends = time.monotonic() + self.limits.answer_seconds
        content = bytearray()
        for chunk in response.iter_bytes():
            content += chunk
            if len(content) > self.left:
                raise self.refusal("service-answer-too-large", limit="bytes", most=self.limits.bytes)
            if time.monotonic() > ends:
                raise _TryAgain("slow")
        self.left -= len(content)
        return bytes(content)

    @contextlib.contextmanager
    def _untold(self) -> Iterator[None]:
        """Hide the key from the records that httpx writes of each request, whoever listens to them."""
        key = self.key
        if key is None:
            yield
            return
        quiet = _Hiding(key)
        loggers = [logging.getLogger(name) for name in LOGGERS]
        for logger in loggers:
            logger.addFilter(quiet)
        try:
            yield
        finally:
            for logger in loggers:
                logger.removeFilter(quiet)


class _TryAgain(Exception):  # noqa: N818 - no error: the next attempt may do
    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after


class _Hiding(logging.Filter):
    def __init__(self, key: Key) -> None:
        super().__init__()
        self._key = key

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = self._key.hidden_in(record.getMessage()), ()
        return True


@cache
def _trusted() -> ssl.SSLContext:
    """Return what certificates are checked by: it takes a while to make, and is the same for every request."""
    return httpx.create_ssl_context()


def _host_of(response: httpx.Response) -> str:
    """Return where a redirect leads, without the rest of its address, which may repeat the key."""
    try:
        return httpx.URL(response.headers["Location"]).host or "–"
    except httpx.InvalidURL:
        return "–"


def years_asked(years: tuple[int, int] | None) -> dict[str, str]:
    """Return the words of a request for a span of years, none for all of them. Raises RequestUnclear."""
    if years is None:
        return {}
    if years[0] > years[1]:
        raise RequestUnclear("years-turned", first=str(years[0]), last=str(years[1]))
    return {"years": f"{years[0]}-{years[1]}"}


def user_agent() -> str:
    """Return what the project calls itself: services block those that do not say."""
    try:
        return f"Nangkis/{version('nangkis')} (perencanaan penanggulangan kemiskinan daerah; klien WebAPI)"
    except PackageNotFoundError:
        return "Nangkis (perencanaan penanggulangan kemiskinan daerah; klien WebAPI)"
