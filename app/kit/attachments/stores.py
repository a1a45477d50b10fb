"""Stores: where the bytes of files lie: a local folder, or whatever speaks S3."""

from pathlib import Path
from typing import Any, Protocol, cast
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from app.kit.attachments.errors import AttachmentGone, StoreAway
from app.kit.database import ReadSession

STORE = "store"
"""Under this name the store lies in `session.info`, for jobs."""


class Store(Protocol):
    """What keeps bytes under keys; nothing is ever changed under a key."""

    async def put(self, key: str, content: bytes, /) -> None:
        """Keep bytes under a key."""
        ...

    async def get(self, key: str, /) -> bytes:
        """Return the bytes under a key; AttachmentGone if there are none."""
        ...

    async def delete(self, key: str, /) -> None:
        """Forget a key; one that is not there is no matter."""
        ...


class NoStore:
    """The store of a process to which none was named: nothing can be kept."""

    async def put(self, _key: str, _content: bytes, /) -> None:
        """Refuse."""
        raise StoreAway

    async def get(self, _key: str, /) -> bytes:
        """Refuse."""
        raise StoreAway

    async def delete(self, _key: str, /) -> None:
        """Refuse."""
        raise StoreAway


class ObjectStore:
    """A store by way of obstore."""

    def __init__(self, inner: Any) -> None:  # noqa: ANN401 - any of obstore's stores
        self._inner = inner

    async def put(self, key: str, content: bytes, /) -> None:
        """Keep bytes under a key."""
        try:
            await obstore.put_async(self._inner, key, content)
        except BaseError as error:
            raise StoreAway from error

    async def get(self, key: str, /) -> bytes:
        """Return the bytes under a key; AttachmentGone if there are none."""
        try:
            found = await obstore.get_async(self._inner, key)
            return bytes(await found.bytes_async())
        except FileNotFoundError:
            raise AttachmentGone from None
        except BaseError as error:
            raise StoreAway from error

    async def delete(self, key: str, /) -> None:
        """Forget a key; one that is not there is no matter."""
        try:
            await obstore.delete_async(self._inner, key)
        except FileNotFoundError:
            return
        except BaseError as error:
            raise StoreAway from error


def of(session: ReadSession) -> Store:
    """Return the store of this process; one that keeps nothing if it was handed none."""
    return cast("Store", session.info.get(STORE) or NoStore())


def opened(url: str | None, **s3: str | None) -> Store:
    """Return the store at `file:///folder` or `s3://bucket/prefix` (with endpoint, region and the keys)."""
    if not url:
        return NoStore()
    parts = urlsplit(url)
    if parts.scheme == "file":
        return ObjectStore(LocalStore(prefix=Path(unquote(parts.path)), mkdir=True))
    if parts.scheme != "s3":
        raise ValueError("a store is file:///folder or s3://bucket/prefix")
    endpoint = s3.get("endpoint") or ""
    told = {name: value for name, value in s3.items() if value}
    plain = {"client_options": {"allow_http": True}} if endpoint.startswith("http://") else {}
    make = cast("Any", S3Store)
    return ObjectStore(make(parts.netloc, prefix=parts.path.strip("/") or None, **told, **plain))
