"""Archives: ZIP files made while they are sent, each with a manifest by which its files can be checked."""

import hashlib
from collections.abc import AsyncGenerator, AsyncIterable, Callable
from stat import S_IFREG
from typing import Any

import orjson

from app.kit.clock import now

MANIFEST = "manifest.json"
_MODE = S_IFREG | 0o600

Files = AsyncIterable[tuple[str, AsyncIterable[bytes]]]
Listed = list[dict[str, Any]]


async def archive(files: Files, manifest: Callable[[Listed], dict[str, Any]]) -> AsyncGenerator[bytes]:
    """Yield a ZIP of files and, last, of what `manifest` makes of their names, sizes and hashes."""
    # Here and not above: most processes never make an archive.
    from stream_zip import ZIP_64, async_stream_zip

    moment = now().replace(tzinfo=None)
    listed: Listed = []

    async def told(name: str, content: AsyncIterable[bytes]) -> AsyncGenerator[bytes]:
        size, digest = 0, hashlib.sha256()
        async for part in content:
            size += len(part)
            digest.update(part)
            yield part
        listed.append({"name": name, "size_bytes": size, "sha256": digest.hexdigest()})

    async def members() -> AsyncGenerator[tuple[str, Any, int, Any, AsyncIterable[bytes]]]:
        async for name, content in files:
            yield name, moment, _MODE, ZIP_64, told(name, content)
        # Asked for when everything else has been sent: only then is there something to tell.
        said = orjson.dumps(manifest(listed), option=orjson.OPT_INDENT_2)
        yield MANIFEST, moment, _MODE, ZIP_64, whole(said)

    async for chunk in async_stream_zip(members()):
        yield chunk


async def whole(content: bytes) -> AsyncGenerator[bytes]:
    """Yield a content that is there at once."""
    yield content
