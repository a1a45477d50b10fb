"""Couriers: who carries an event to a subscriber's address, and nowhere else."""

import asyncio
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING, cast

from app.kit.clock import now
from app.kit.database import ReadSession
from app.webhooks.errors import AddressNotReachable
from app.webhooks.models import AttemptOutcome
from app.webhooks.outward import destinations
from app.webhooks.outward.destinations import Address, Resolve

if TYPE_CHECKING:
    import httpx

COURIER = "courier"
"""Under this name the courier lies in `session.info`."""
TIMEOUT_SECONDS = 20
"""For everything: the look-up, the connection, the answer. Standard Webhooks advise 15 to 30."""
_PORTS = {"https": 443, "http": 80}
_GONE = 410


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of an attempt, and how long the subscriber asked us to wait."""

    outcome: AttemptOutcome
    status_code: int | None = None
    retry_after: timedelta | None = None
    took_ms: int = 0


class Courier:
    """Posts over HTTP to the addresses that a name had when it was looked up, once for each attempt.

    The connection is made to that very address, while Host, SNI and the certificate are those of the name: a
    name that answers otherwise the second time is not asked a second time. Redirects are not followed, and
    no proxy of the environment is used. `loopback` is for development and tests.
    """

    def __init__(
        self,
        *,
        loopback: bool = False,
        resolve: Resolve = destinations.resolve,
        trusted: ssl.SSLContext | None = None,
        timeout_seconds: float = TIMEOUT_SECONDS,
    ) -> None:
        self.loopback = loopback
        self._resolve, self._trusted, self._timeout_seconds = resolve, trusted, timeout_seconds

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Post a body; whatever happens is an answer, and nothing of what the other says is read."""
        # Here and not above: it brings a command line along, and only who calls subscribers needs it.
        import httpx

        began = monotonic()
        try:
            async with asyncio.timeout(self._timeout_seconds):
                answer = await self._post(url, headers, body)
        except (TimeoutError, httpx.TimeoutException):
            answer = Answer(outcome=AttemptOutcome.timed_out)
        except AddressNotReachable:
            answer = Answer(outcome=AttemptOutcome.address_refused)
        except (httpx.HTTPError, OSError, UnicodeError):
            answer = Answer(outcome=AttemptOutcome.unreachable)
        return Answer(
            outcome=answer.outcome,
            status_code=answer.status_code,
            retry_after=answer.retry_after,
            took_ms=int((monotonic() - began) * 1000),
        )

    async def _post(self, text: str, headers: Mapping[str, str], body: bytes) -> Answer:
        url = destinations.read(text, loopback=self.loopback)
        addresses = await self._resolve(destinations.host_of(url), url.port or _PORTS[url.scheme])
        for address in addresses:
            # One address of ours among public ones is an attempt to reach it.
            if not destinations.allowed(address, loopback=self.loopback):
                raise AddressNotReachable
            if url.scheme == "http" and not address.is_loopback:
                raise AddressNotReachable
        import httpx

        transport = httpx.AsyncHTTPTransport(verify=self._tls)
        async with httpx.AsyncClient(
            transport=transport, trust_env=False, timeout=self._timeout_seconds
        ) as client:
            return await self._call(client, url, addresses, (headers, body))

    async def _call(
        self,
        client: "httpx.AsyncClient",
        url: "httpx.URL",
        addresses: Sequence[Address],
        letter: tuple[Mapping[str, str], bytes],
    ) -> Answer:
        import httpx

        headers, body = letter
        named = {**headers, "host": url.netloc.decode("ascii")}
        failure: Exception = OSError("the name has no address")
        for address in addresses:
            pinned = url.copy_with(host=str(address))
            request = client.stream(
                "POST",
                pinned,
                headers=named,
                content=body,
                extensions={"sni_hostname": destinations.host_of(url)},
            )
            try:
                async with request as response:
                    return _answer(response.status_code, response.headers.get("retry-after"))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                # Nothing has been sent: the next address is as good.
                failure = error
        raise failure

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        import httpx

        return self._trusted or httpx.create_ssl_context(trust_env=False)


def of(session: ReadSession) -> Courier:
    """Return who carries events here; without a word from the settings, one that reaches public addresses."""
    return cast("Courier", session.info.get(COURIER)) or Courier()


def _answer(status_code: int, retry_after: str | None) -> Answer:
    if 200 <= status_code < 300:
        outcome = AttemptOutcome.accepted
    else:
        outcome = AttemptOutcome.gone if status_code == _GONE else AttemptOutcome.refused
    return Answer(outcome=outcome, status_code=status_code, retry_after=_waiting(retry_after))


def _waiting(retry_after: str | None) -> timedelta | None:
    """Return what a `Retry-After` asks for: seconds, or a moment; None if it can't be read."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), 10**8))
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(_since(aware), timedelta())


def _since(moment: datetime) -> timedelta:
    return moment - now()
