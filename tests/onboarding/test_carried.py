"""What is kept of the time before an association went live: donors, running campaigns, transits."""

from datetime import date
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select, text

from app.kit import vault
from app.kit.database import WriteSession
from app.ledger import funds, tracing
from app.ledger.models import Fund, Posting
from app.onboarding import going_live
from app.onboarding.models import CarriedGift
from app.onboarding.orders import Order
from app.organizations.access import Role
from tests.factories import organizations as make
from tests.onboarding.workbooks import sheets, write

LIVE_ON = date(2026, 1, 1)


@pytest.fixture
async def order(session: WriteSession, tmp_path: Path) -> Order:
    """An association that has just gone live."""
    organization = await make.organization(session, books_from=LIVE_ON)
    order = Order(organization=organization, live_on=LIVE_ON, chart="2026", actor="test")
    report = await going_live.take(session, order, write(tmp_path / "a.xlsx", sheets()))
    assert report["itemised"] == 2
    return order


async def test_each_gift_of_a_list_is_an_inflow_of_its_own_the_oldest_first(
    session: WriteSession, order: Order
) -> None:
    fund = (await session.scalars(select(Fund).where(Fund.code == "F-BRIDGE"))).one()
    gifts = (
        await session.scalars(
            select(CarriedGift).where(CarriedGift.fund_id == fund.id).order_by(CarriedGift.first_serial)
        )
    ).all()

    assert [(one.earlier_number, one.first_serial, one.amount) for one in gifts] == [
        ("2025-1", 0, 25_000),
        ("2025-2", 25_000, 35_000),
    ]
    for gift in gifts:
        end = gift.first_serial + gift.amount
        postings = (
            await session.scalars(
                select(Posting).where(
                    Posting.fund_id == fund.id,
                    Posting.direction == "in",
                    Posting.first_serial >= gift.first_serial,
                    Posting.first_serial < end,
                )
            )
        ).all()
        assert sum(one.amount for one in postings) == gift.amount
        traced = await tracing.follow(session, [one.id for one in postings])
        assert sum(place.amount for place in traced.places) == gift.amount
    assert await funds.left(session, [fund.id]) == {fund.id: 60_000}


async def test_names_lie_sealed_and_an_erased_donor_has_none(
    app: FastAPI, client: AsyncClient, session: WriteSession, order: Order
) -> None:
    address = f"/v1/onboarding/organizations/{order.organization.id}/carried-gifts"
    clerk = await make.sign_in(app, session, Role.accountant, order.organization)
    reviewer = await make.sign_in(app, session, Role.reviewer, order.organization)

    named = (await client.get(address, headers=clerk)).json()["items"]
    masked = (await client.get(address, headers=reviewer, params={"given_on_from": "2025-07-01"})).json()
    stored = (await session.scalars(select(CarriedGift.sealed))).all()
    await vault.erase(
        session, next(one.id for one in await session.scalars(select(CarriedGift)) if one.sealed)
    )
    erased = (await client.get(address, headers=clerk)).json()["items"]

    assert [one["donor"] for one in named] == [None, "王小明"]
    assert [one["donor"] for one in masked["items"]] == ["王**"]
    assert all("王小明".encode() not in (one or b"") for one in stored)
    assert [one["donor"] for one in erased] == [None, None]


async def test_it_can_be_read_what_came_and_when_campaigns_were_last_published(
    app: FastAPI, client: AsyncClient, session: WriteSession, order: Order
) -> None:
    headers = await make.sign_in(app, session, Role.reviewer, order.organization)
    address = f"/v1/onboarding/organizations/{order.organization.id}"

    told = (await client.get(address, headers=headers)).json()
    running = (await client.get(f"{address}/carried-campaigns", headers=headers)).json()["items"]

    assert (told["itemised"], told["taken_by"], told["live_on"]) == (2, "test", "2026-01-01")
    assert told["in_transit"] == [
        {
            "number": 1,
            "words": "平台未到账结算款",
            "amount": {"amount": 5000, "currency": "CNY"},
            "expected_on": "2026-01-05",
            "left": {"amount": 5000, "currency": "CNY"},
            "arrivals": [],
        }
    ]
    assert [(one["code"], one["filing_no"], one["last_published_on"]) for one in running] == [
        ("ONB-BRIDGE", "FILING-ONB-1", "2025-12-01")
    ]


async def test_where_nothing_was_taken_over_there_is_nothing_to_read(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    organization = await make.organization(session)
    headers = await make.sign_in(app, session, Role.reviewer, organization)

    answer = await client.get(f"/v1/onboarding/organizations/{organization.id}", headers=headers)

    assert answer.status_code == 404


async def test_what_was_carried_is_never_changed(session: WriteSession, order: Order) -> None:
    for statement in ("update carried_gifts set amount = 1", "delete from carried_transits"):
        with pytest.raises(Exception, match=r"permission denied|append-only"):
            async with session.begin_nested():
                await session.execute(text(statement))
