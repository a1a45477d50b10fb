"""Names: joined to what was published while their owner agrees, and never in the snapshot."""

from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select, update

from app.fundraising.models import Donation
from app.kit import vault
from app.kit.database import WriteSession
from app.ledger import commitments
from app.webhooks import erasures
from tests.disclosure.publications.press import Press, press, value, with_gifts
from tests.disclosure.scenes import Scene

CANARY = "王小明"


@pytest.fixture
async def scene(session: WriteSession) -> Scene:
    return await with_gifts(session)


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession, scene: Scene) -> Press:
    return await press(app, client, session, scene)


async def everything(here: Press, publication_id: str) -> str:
    """All that anybody reads of a publication."""
    paths = ("", "/snapshot", "/history", "/paper")
    answers = [await here.get(f"/{publication_id}{path}") for path in paths]
    listed = await here.get("", organization=here.organization.code)
    feed = await here.client.get("/v1/disclosure/publications.atom")
    assert all(one.status_code == 200 for one in (*answers, listed, feed))
    return "\n".join(one.text for one in (*answers, listed, feed))


async def large_gift(session: WriteSession) -> Donation:
    return (await session.scalars(select(Donation).where(Donation.amount == 20_000_00))).one()


async def test_a_name_is_read_while_its_owner_agrees(here: Press, session: WriteSession) -> None:
    published = await here.publish(await here.draft())
    [[day, amount, refunded, giver]] = value(await here.read(published["id"]), "raised", "major_gifts")
    gift = await large_gift(session)

    assert (day, amount, refunded, giver["name"]) == ("2026-05-01", "2000000", "0", CANARY)
    assert giver["entry"] == str(gift.entry_id)
    # Whoever gave opens the commitment with the salt of their receipt file, as in the public log.
    key = (await vault.keys(session, [gift.person_id]))[gift.person_id]
    salt = vault.salt(key, gift.entry_id, "donor")
    assert giver["commitment"] == commitments.commit("donor", salt, CANARY.encode()).hex()
    assert CANARY not in (await here.get(f"/{published['id']}/snapshot")).text


@pytest.mark.parametrize("hidden", [{"show_name": False}, {"show_amount": False}, {"anonymous": True}])
async def test_a_withdrawal_takes_effect_with_the_next_answer(
    here: Press, session: WriteSession, hidden: dict[str, bool]
) -> None:
    published = await here.publish(await here.draft())
    before = await everything(here, published["id"])
    bytes_before = (await here.get(f"/{published['id']}/snapshot")).content
    await session.execute(update(Donation).where(Donation.amount == 20_000_00).values(**hidden))

    after = await everything(here, published["id"])

    assert CANARY in before
    assert CANARY not in after
    assert (await here.get(f"/{published['id']}/snapshot")).content == bytes_before
    read = await here.get(f"/{published['id']}")
    assert "no-cache" in read.headers["cache-control"]


async def test_who_was_erased_is_named_no_more(here: Press, session: WriteSession) -> None:
    published = await here.publish(await here.draft())
    gift = await large_gift(session)
    await erasures.erase(session, gift.person_id)
    assert CANARY not in await everything(here, published["id"])


async def test_who_never_agreed_is_in_no_draft_and_no_publication(
    here: Press, session: WriteSession, scene: Scene
) -> None:
    for number, over in enumerate(({"show_name": False}, {"anonymous": True, "show_name": True})):
        await scene.give(scene.gift(50_000_00 + number, giver={"name": f"不愿具名{number}", **over}))
    await scene.give(scene.gift(60_000_00, giver={"name": "不愿示额", "show_amount": False}))
    draft = await here.draft()
    published = await here.publish(draft)

    rows = value(published, "raised", "major_gifts")
    assert [row[1] for row in rows] == ["5000001", "5000000", "2000000"]
    assert [row[3] and row[3]["name"] for row in rows][-1] == CANARY
    told = str(draft) + await everything(here, published["id"])
    assert "不愿" not in told
    assert UUID(published["id"])
