"""Fundraisers: through whom gifts came is counted per day, divided, followed, and owns nothing."""

import asyncio
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import event, func, select

from app.fundraising import donations
from app.fundraising.models import Donation, Fundraiser, FundraiserDay, FundraiserKind, GiftAttribution
from app.fundraising.ways import attributions, fundraisers, leagues, rounds
from app.kit.clock import legal_day
from app.kit.database import Database, ReadSession, WriteSession
from app.kit.ids import new_code
from app.ledger.models import Posting
from app.organizations.access import Role
from tests.conftest import Shared
from tests.factories import fundraising as make
from tests.factories import organizations as members
from tests.fundraising.desk import books_agree, fen
from tests.webhooks.platforms import Partner, partner

DAY = "2026-05-01"
SPAN = {"day_from": "2026-05-01", "day_to": "2026-05-31"}


@pytest.fixture
async def here(session: WriteSession) -> Partner:
    return await partner(session)


class Office:
    """Whoever keeps the fundraisers, over HTTP."""

    def __init__(self, client: AsyncClient, headers: dict[str, str], at: Partner) -> None:
        self.client, self.headers, self.at = client, headers, at

    async def post(self, path: str, body: dict[str, Any]) -> Any:
        headers = self.headers | {"Idempotency-Key": new_code()}
        return await self.client.post(f"/v1/fundraising{path}", json=body, headers=headers)

    async def get(self, path: str, **params: str) -> Any:
        return await self.client.get(f"/v1/fundraising{path}", params=params, headers=self.headers)

    async def add(self, kind: str, code: str, parent: str | None = None, name: str = "募捐部") -> str:
        body = {
            "organization_id": str(self.at.organization.id),
            "kind": kind,
            "code": code,
            "name": name,
            "parent_id": parent,
        }
        answer = await self.post("/fundraisers", body)
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    async def league(self, **asked: str) -> dict[str, tuple[int, int, int]]:
        answer = await self.get("/fundraisers/league", **SPAN | asked)
        assert answer.status_code == 200, answer.text
        return {
            one["code"]: (one["rank"], one["amount"]["amount"], one["gift_count"])
            for one in answer.json()["places"]
        }


@pytest.fixture
async def office(app: FastAPI, client: AsyncClient, session: WriteSession, here: Partner) -> Office:
    headers = await members.sign_in(app, session, Role.fundraising_officer, here.organization)
    return Office(client, headers, here)


async def test_gifts_count_for_whom_they_name_and_for_everybody_above(
    office: Office, client: AsyncClient, session: WriteSession, here: Partner
) -> None:
    top = await office.add("organization", "ORG", name="省慈善协会")
    team = await office.add("team", "TEAM", top, name="一队")
    await office.add("person", "QY-1", team, name="王小明")
    await office.add("person", "QY-2", team, name="李红")
    await office.add("department", "DEPT", top)
    for code, amount in (("QY-1", 300), ("QY-1", 200), ("QY-2", 400), ("DEPT", 100), ("NOBODY", 50)):
        assert (await here.post(client, here.event(fundraiser_code=code, amount=amount))).status_code == 200
    await here.post(client, here.event(amount=999))
    before = await owned(session)

    folded = await attributions.fold(session)
    again = await attributions.fold(session)

    assert (folded, again) == (4, 0)
    assert await office.league(fundraiser_id=top) == {
        "ORG": (1, 1000, 4),
        "TEAM": (2, 900, 3),
        "QY-1": (3, 500, 2),
        "QY-2": (4, 400, 1),
        "DEPT": (5, 100, 1),
    }
    assert set(await office.league(fundraiser_id=team)) == {"TEAM", "QY-1", "QY-2"}
    assert await office.league(organization_id=str(here.organization.id)) == await office.league(
        fundraiser_id=top
    )
    assert (await office.league(fundraiser_id=top, day_from="2026-05-02"))["ORG"] == (1, 0, 0)
    assert await owned(session) == before
    await books_agree(session)


async def owned(session: ReadSession) -> list[Any]:
    """Whose every gift is, and every line of the books."""
    gifts = select(Donation.id, Donation.organization_id, Donation.campaign_id, Donation.entry_id)
    lines = select(Posting.id, Posting.fund_id, Posting.debit_account_id, Posting.credit_account_id)
    found = [*await session.execute(gifts.order_by(Donation.id))]
    return [tuple(row) for row in [*found, *await session.execute(lines.order_by(Posting.id))]]


async def test_a_gift_is_divided_by_hand_and_a_refund_takes_its_parts_along(
    office: Office, client: AsyncClient, session: WriteSession, here: Partner
) -> None:
    one, other = await office.add("department", "A"), await office.add("department", "B")
    told = here.event(fundraiser_code="A", amount=1000)
    donation_id = (await here.post(client, told)).json()["donation_id"]
    await attributions.fold(session)
    path = f"/donations/{donation_id}/attribution"
    shares = [{"fundraiser_id": one, "basis_points": 6000}, {"fundraiser_id": other, "basis_points": 3000}]

    divided = await office.post(path, {"shares": shares})
    whole = {"organization_id": str(here.organization.id)}
    split = await office.league(**whole)
    await here.post(client, here.refund(told, 500))
    followed = await attributions.fold(session)
    halved = await office.league(**whole)
    gone = await office.post(path, {"shares": []})
    await attributions.fold(session)
    over = await office.post(path, {"shares": [shares[0] | {"basis_points": 9000}, shares[1]]})
    twice = await office.post(path, {"shares": [shares[0], shares[0]]})
    foreign = await partner(session)
    stranger = Fundraiser(organization_id=foreign.organization.id, kind=FundraiserKind.team, code="Z")
    await fundraisers.create(session, stranger, name="别处")
    elsewhere = await office.post(path, {"shares": [shares[0] | {"fundraiser_id": str(stranger.id)}]})

    assert [one["amount"] for one in divided.json()["shares"]] == [fen(600), fen(300)]
    assert split == {"A": (1, 600, 1), "B": (2, 300, 1)}
    assert (followed, halved) == (2, {"A": (1, 300, 1), "B": (2, 150, 1)})
    assert [one["basis_points"] for one in gone.json()["shares"]] == [0, 0]
    assert await office.league(**whole) == {"A": (1, 0, 0), "B": (1, 0, 0)}
    assert (over.status_code, over.json()["code"]) == (422, "shares-exceed-gift")
    assert twice.status_code == 422
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (422, "fundraiser-elsewhere")


async def test_targets_and_the_teams_public_page_name_no_person(
    app: FastAPI, office: Office, client: AsyncClient, session: WriteSession, here: Partner
) -> None:
    team = await office.add("team", "T-1", name="一队")
    person = await office.add("person", "P-1", team, name="王小明")
    year = {"starts_on": "2026-01-01", "ends_on": "2026-12-31", "amount": fen(100_000)}
    made = await office.post(f"/fundraisers/{team}/targets", year)
    again = await office.post(f"/fundraisers/{team}/targets", year)
    reversed_ = await office.post(f"/fundraisers/{team}/targets", year | {"starts_on": "2027-01-01"})
    body = {"organization_id": str(here.organization.id), "kind": "team", "code": "T-1", "name": "二队"}
    taken = await office.post("/fundraisers", body)
    lost = await office.post("/fundraisers", body | {"code": "T-2", "parent_id": str(here.organization.id)})
    await here.post(client, here.event(fundraiser_code="P-1", amount=700))
    await attributions.fold(session)

    page = await client.get("/v1/fundraising/teams/T-1")
    nobody = await client.get("/v1/fundraising/teams/P-1")
    shown = await office.get(f"/fundraisers/{person}")
    auditor = await members.sign_in(app, session, Role.auditor, here.organization)
    masked = await client.get("/v1/fundraising/fundraisers", headers=auditor)

    assert made.json()["targets"] == [year]
    assert (again.status_code, again.json()["code"]) == (409, "target-known")
    assert (reversed_.status_code, reversed_.json()["code"]) == (422, "target-dates-reversed")
    assert (taken.status_code, taken.json()["code"]) == (409, "fundraiser-code-taken")
    assert (lost.status_code, lost.json()["code"]) == (422, "parent-elsewhere")
    assert page.json() == {
        "code": "T-1",
        "name": "一队",
        "member_count": 1,
        "raised": fen(700),
        "gift_count": 1,
        "target": fen(100_000),
    }
    assert (nobody.status_code, nobody.json()["code"]) == (404, "team-not-found")
    assert shown.json()["name"] == "王小明"
    assert "王小明" not in masked.text
    assert {one["name"] for one in masked.json()["items"]} == {"一队", "王**"}


async def test_a_league_reads_no_gifts(session: WriteSession, here: Partner) -> None:
    root = Fundraiser(organization_id=here.organization.id, kind=FundraiserKind.team, code="R")
    await fundraisers.create(session, root, name="一队")
    at = make.Appeal(
        organization_id=here.organization.id,
        platform_id=here.platform.id,
        channel=here.channel,
        campaign=here.campaign,
    )
    asked: list[str] = []
    seen: list[int] = []
    connection = (await session.connection()).sync_connection
    assert connection is not None
    event.listen(connection, "before_cursor_execute", lambda *given: asked.append(given[2]))
    for count in (3, 200):
        gifts = [make.gift(at, 10, details={"fundraiser": "R"}) for _ in range(count)]
        await donations.receive(session, gifts)
        await attributions.fold(session)
        await session.flush()
        asked.clear()
        day = legal_day(make.GIVEN)
        [place] = await leagues.table(session, await leagues.below(session, root), first=day, last=day)
        seen.append(len(asked))
        assert not [one for one in asked if "donations" in one or "gift_attributions" in one]
    # As many statements for two hundred gifts as for three, and one row to add up.
    assert (seen[0], place.amount, place.gift_count) == (seen[1], 2030, 203)
    assert await session.scalar(select(func.count()).select_from(FundraiserDay)) == 1


async def test_a_round_goes_on_until_nothing_waits(
    shared: Shared, session: WriteSession, here: Partner
) -> None:
    root = Fundraiser(organization_id=here.organization.id, kind=FundraiserKind.team, code="R")
    await fundraisers.create(session, root, name="一队")
    at = make.Appeal(
        organization_id=here.organization.id,
        platform_id=here.platform.id,
        channel=here.channel,
        campaign=here.campaign,
    )
    count = attributions.FOLDED_AT_ONCE + 5
    gifts = [make.gift(at, 10, details={"fundraiser": "R"}) for _ in range(count)]
    await donations.receive(session, gifts)

    assert await rounds.attribute(shared) == count
    day = (await session.scalars(select(FundraiserDay))).one()
    assert (day.amount, day.gift_count) == (10 * count, count)


async def test_folding_and_dividing_at_once_counts_every_gift_once(committed: Database) -> None:
    async with committed.writing() as session:
        here = await partner(session)
        for code in ("A", "B"):
            row = Fundraiser(organization_id=here.organization.id, kind=FundraiserKind.team, code=code)
            await fundraisers.create(session, row, name=code)
        at = make.Appeal(
            organization_id=here.organization.id,
            platform_id=here.platform.id,
            channel=here.channel,
            campaign=here.campaign,
        )
        gifts = [make.gift(at, 100, details={"fundraiser": "A"}) for _ in range(20)]
        await donations.receive(session, gifts)
        ids = {one.code: one.id for one in await session.scalars(select(Fundraiser))}

    async def fold() -> None:
        async with committed.writing() as session:
            await attributions.fold(session)

    async def divide(place: int) -> None:
        async with committed.writing() as session:
            gift = await session.get_one(Donation, gifts[place].id)
            await attributions.share(session, gift, {ids["A"]: 5000, ids["B"]: 5000}, actor="test")

    await fold()
    await asyncio.gather(*(fold() for _ in range(4)), *(divide(place % 5) for place in range(10)))
    await fold()

    async with committed.reading() as session:
        days = {
            row.fundraiser_id: (row.amount, row.gift_count)
            for row in await session.scalars(select(FundraiserDay))
        }
        standing = select(
            GiftAttribution.fundraiser_id, func.sum(GiftAttribution.amount), func.count()
        ).group_by(GiftAttribution.fundraiser_id)
        sums = {row[0]: (int(row[1]), row[2]) for row in await session.execute(standing)}
    assert days == sums == {ids["A"]: (1750, 20), ids["B"]: (250, 5)}


async def test_a_closed_fundraiser_asks_no_more_but_what_names_it_is_told(
    client: AsyncClient, session: WriteSession, here: Partner, office: Office
) -> None:
    team = await office.add("team", "QY-1")
    closed = await office.post(f"/fundraisers/{team}/closing", {})
    again = await office.post(f"/fundraisers/{team}/closing", {})
    target = {"starts_on": "2026-05-01", "ends_on": "2026-05-31", "amount": fen(100_00)}
    aimed = await office.post(f"/fundraisers/{team}/targets", target)
    below = {
        "organization_id": str(here.organization.id),
        "kind": "person",
        "code": "QY-2",
        "name": "王小明",
        "parent_id": team,
    }
    added = await office.post("/fundraisers", below)
    await here.post(client, here.event(fundraiser_code="QY-1"))
    await attributions.fold(session)

    assert closed.json()["closed_at"] is not None
    refused = (409, "fundraiser-closed")
    assert [(one.status_code, one.json()["code"]) for one in (again, aimed, added)] == [refused] * 3
    assert await office.league(organization_id=str(here.organization.id)) == {"QY-1": (1, 5000, 1)}
