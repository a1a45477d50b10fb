"""Stores: where the bytes of files lie: a local folder, or whatever speaks S3."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol, cast
from urllib.parse import unquote, urlsplit

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
    """A store by way of obstore, loaded and opened when it is first needed: most processes need none."""

    def __init__(self, open_inner: Callable[[], Any]) -> None:
        self._open = open_inner

    @cached_property
    def _inner(self) -> Any:  # noqa: ANN401 - any of obstore's stores
        return self._open()

    async def put(self, key: str, content: bytes, /) -> None:
        """Keep bytes under a key."""
        import obstore
        from obstore.exceptions import BaseError

        try:
            await obstore.put_async(self._inner, key, content)
        except BaseError as error:
            raise StoreAway from error

    async def get(self, key: str, /) -> bytes:
        """Return the bytes under a key; AttachmentGone if there are none."""
        import obstore
        from obstore.exceptions import BaseError

        try:
            found = await obstore.get_async(self._inner, key)
            return bytes(await found.bytes_async())
        except FileNotFoundError:
            raise AttachmentGone from None
        except BaseError as error:
            raise StoreAway from error

    async def delete(self, key: str, /) -> None:
        """Forget a key; one that is not there is no matter."""
        import obstore
        from obstore.exceptions import BaseError

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
        return ObjectStore(lambda: _local(Path(unquote(parts.path))))
    if parts.scheme != "s3":
        raise ValueError("a store is file:///folder or s3://bucket/prefix")
    endpoint = s3.get("endpoint") or ""
    told = {name: value for name, value in s3.items() if value}
    plain = {"client_options": {"allow_http": True}} if endpoint.startswith("http://") else {}
    prefix = parts.path.strip("/") or None
    return ObjectStore(lambda: _remote(parts.netloc, prefix=prefix, **told, **plain))


def _local(folder: Path) -> Any:  # noqa: ANN401 - obstore's
    from obstore.store import LocalStore

    return LocalStore(prefix=folder, mkdir=True)


def _remote(bucket: str, **told: Any) -> Any:  # noqa: ANN401 - obstore's
    from obstore.store import S3Store

    return cast("Any", S3Store)(bucket, **told)
