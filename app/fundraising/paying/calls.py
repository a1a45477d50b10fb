"""Calls: one request to a payment platform, bounded in time and size."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from app.fundraising.paying.errors import ProviderAway
from app.kit.facts import fact

ANSWER_BYTES_MAX = 65_536
RETRY_SECONDS = 5

# Threads of its own: a platform that is away must not take those that everything else waits in.
_threads = ThreadPoolExecutor(8, "paying")


@fact(kw_only=True)
class Answer:
    """What a platform answered: the status, the headers under small names, and the raw body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


async def post(url: str, body: bytes, headers: Mapping[str, str], *, seconds: float) -> Answer:
    """Send a body and return the answer, whatever its status; redirects are not followed.

    Raises ProviderAway if there is none within `seconds`, or none that is HTTP.
    """
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(seconds):
            return await loop.run_in_executor(_threads, _post, url, body, dict(headers), seconds)
    except (OSError, HTTPException, TimeoutError):
        raise ProviderAway(retry_after_seconds=RETRY_SECONDS) from None


def _post(url: str, body: bytes, headers: dict[str, str], seconds: float) -> Answer:
    parts = urlsplit(url)
    scheme = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = scheme(parts.hostname or "", parts.port, timeout=seconds)
    try:
        connection.request("POST", parts.path, body, headers)
        answer = connection.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(status=answer.status, headers=told, body=answer.read(ANSWER_BYTES_MAX))
    finally:
        connection.close()
