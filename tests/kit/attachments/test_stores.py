"""Stores: a local folder and an S3-compatible server keep bytes alike."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.kit.attachments import stores
from app.kit.attachments.errors import AttachmentGone, StoreAway
from app.kit.attachments.stores import Store
from tests.kit.attachments import s3


@pytest.fixture
def server() -> Iterator[s3.Server]:
    with s3.serving() as server:
        yield server


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "folder":
        yield stores.opened(f"file://{tmp_path}/files")
    else:
        with s3.serving() as server:
            yield over(server)


def over(server: s3.Server, secret: str = s3.SECRET) -> Store:
    return stores.opened(
        f"s3://{s3.BUCKET}/some/prefix",
        endpoint=server.url,
        region=s3.REGION,
        access_key_id=s3.KEY_ID,
        secret_access_key=secret,
    )


async def test_what_was_put_is_there_until_it_is_deleted(store: Store) -> None:
    await store.put("ab/键 1", b"\x00" * 100_000)

    assert await store.get("ab/键 1") == b"\x00" * 100_000
    await store.delete("ab/键 1")
    await store.delete("ab/键 1")
    with pytest.raises(AttachmentGone):
        await store.get("ab/键 1")


async def test_objects_lie_under_the_prefix_of_the_bucket(server: s3.Server) -> None:
    await over(server).put("ab/one", b"x")

    assert server.objects == {f"/{s3.BUCKET}/some/prefix/ab/one": b"x"}


async def test_a_wrong_secret_is_an_absent_store(server: s3.Server) -> None:
    with pytest.raises(StoreAway):
        await over(server, secret="wrong").put("one", b"x")
    assert server.objects == {}


async def test_a_store_that_fails_is_away(server: s3.Server) -> None:
    server.away = True

    for asked in (over(server).put("one", b"x"), over(server).get("one"), over(server).delete("one")):
        with pytest.raises(StoreAway):
            await asked


async def test_without_a_store_nothing_is_taken() -> None:
    with pytest.raises(StoreAway):
        await stores.opened(None).put("one", b"x")


def test_an_address_that_is_none_is_told() -> None:
    with pytest.raises(ValueError, match="s3://"):
        stores.opened("ftp://example.org")
