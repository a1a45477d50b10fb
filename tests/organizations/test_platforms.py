"""Platforms: their secrets live while a rotation lasts, and are kept sealed."""

import base64
from datetime import timedelta

import pytest
from sqlalchemy import text

from app.kit.database import WriteSession
from app.kit.ids import new_id
from app.ledger.models import Dimension, DimensionKind
from app.organizations import platforms
from app.organizations.errors import OutOfSight, SlugTaken
from tests.factories import organizations as make


def raw(secret: str) -> bytes:
    assert secret.startswith("whsec_")
    return base64.b64decode(secret.removeprefix("whsec_"))


async def test_a_platform_is_a_dimension_of_the_books(session: WriteSession) -> None:
    member = await make.organization(session)
    platform, _ = await platforms.create(session, member, slug="tencent", name="腾讯公益")
    dimension = await session.get_one(Dimension, platform.id)
    assert (dimension.kind, dimension.code) == (DimensionKind.platform, "tencent")
    assert await platforms.get(session, platform.id) is platform
    assert platform.rate_per_second == 2000
    with pytest.raises(SlugTaken):
        await platforms.create(session, member, slug="tencent", name="又一个")
    with pytest.raises(OutOfSight):
        await platforms.get(session, new_id())


async def test_secrets_overlap_while_they_rotate(session: WriteSession) -> None:
    platform, first = await platforms.create(session, await make.organization(session), slug="p", name="平台")
    assert await platforms.live_secrets(session, platform) == [raw(first)]

    second = await platforms.rotate_secret(session, platform)
    assert await platforms.live_secrets(session, platform) == [raw(second), raw(first)]

    third = await platforms.rotate_secret(session, platform, overlap=timedelta(0))
    assert await platforms.live_secrets(session, platform) == [raw(third)]


async def test_a_disabled_platform_has_no_live_secret(session: WriteSession) -> None:
    platform, first = await platforms.create(session, await make.organization(session), slug="p", name="平台")
    platforms.disable(platform)
    assert await platforms.live_secrets(session, platform) == []
    platforms.enable(platform)
    assert await platforms.live_secrets(session, platform) == [raw(first)]


async def test_secrets_are_kept_sealed(session: WriteSession) -> None:
    _, secret = await platforms.create(session, await make.organization(session), slug="p", name="平台")
    [sealed] = await session.scalars(text("select sealed from platform_secrets"))
    assert raw(secret) not in bytes(sealed)
