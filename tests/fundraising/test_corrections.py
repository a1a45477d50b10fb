"""Corrections: reversed and booked anew, with a reason; number and lookup code stay."""

import random
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import func, select

from app.fundraising import campaigns, corrections, donations, refunds, suspense
from app.fundraising.campaigns import NewDesignation
from app.fundraising.errors import DonationRefunded
from app.fundraising.gifts import Allocation, Giver, OutcomeKind
from app.fundraising.models import (
    Campaign,
    CampaignTotal,
    Donation,
    DonationState,
    RefundReason,
)
from app.kit.database import WriteSession
from app.kit.errors import Refusal
from app.ledger import tracing
from app.ledger.models import Entry, EntryKind, Posting
from app.organizations.access import Role
from tests.factories import fundraising as make
from tests.fundraising.desk import Desk, books_agree, desk, fen
from tests.fundraising.test_donations import left, spend

USES = (
    NewDesignation(code="a", title="A", fund_code="FA", cost_share_basis_points=333),
    NewDesignation(code="b", title="B", fund_code="FB"),
)


@pytest.fixture
async def clerk(app: FastAPI, client: AsyncClient, session: WriteSession) -> Desk:
    return await desk(app, client, session)


async def correct(at: Desk, gift: dict[str, Any], kind: str, **over: Any) -> Response:
    body = {"kind": kind, "reason": "重复录入"} | over
    return await at.post(f"/donations/{gift['id']}/corrections", body)


async def trace(session: WriteSession, entry_id: str) -> list[tuple[str, int]]:
    inflows = select(Posting.id).where(Posting.entry_id == entry_id, Posting.direction == "in")
    followed = await tracing.follow(session, list(await session.scalars(inflows.order_by(Posting.line))))
    return [(place.kind.value, place.amount) for place in followed.places]


async def test_a_void_takes_the_gift_out_of_the_books(clerk: Desk, session: WriteSession) -> None:
    gift = (await clerk.give(100)).json()
    await clerk.give(7)

    answer = await correct(clerk, gift, "void")
    after = (await clerk.get(f"/donations/{gift['id']}")).json()
    again = await correct(clerk, gift, "void")

    assert answer.status_code == 201, answer.text
    shown = answer.json()
    assert (shown["number"], shown["old_amount"], shown["new_amount"]) == (1, fen(100), fen(0))
    assert (shown["new_entry_id"], shown["new_campaign_id"], shown["reason"]) == (None, None, "重复录入")
    assert (after["state"], after["lookup_code"]) == ("voided", gift["lookup_code"])
    assert after["corrections"] == [shown]
    assert (again.status_code, again.json()["code"]) == (409, "donation-voided")
    assert await left(session, clerk.campaign) == [7]
    totals = await clerk.totals()
    assert (totals["raised"], totals["gift_count"], totals["refunded"]) == (7, 1, 0)
    assert await trace(session, gift["entry_id"]) == [("voided", 100)]
    reversal = (await session.scalars(select(Entry).where(Entry.kind == EntryKind.reversal))).one()
    assert reversal.reference == f"reversal:{gift['entry_id']}"
    assert str(reversal.reverses_id) == gift["entry_id"]
    await books_agree(session)


async def test_another_amount_is_booked_anew_in_the_same_proportion(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    at = await desk(app, client, session, *USES)
    parts = [{"designation": "a", "amount": 60}, {"designation": "b", "amount": 40}]
    gift = (await at.give(100, allocations=parts, their_id="收据-9")).json()

    answer = await correct(at, gift, "amount", amount=fen(1001))
    same = await correct(at, gift, "amount", amount=fen(1001))
    after = (await at.get(f"/donations/{gift['id']}")).json()

    assert answer.status_code == 201, answer.text
    assert (same.status_code, same.json()["code"]) == (422, "nothing-to-correct")
    assert (after["amount"], after["their_id"], after["lookup_code"]) == (
        fen(1001),
        "收据-9",
        gift["lookup_code"],
    )
    assert after["entry_id"] == answer.json()["new_entry_id"]
    assert after["allocations"] == [
        {"designation": "a", "amount": fen(601)},
        {"designation": "b", "amount": fen(400)},
    ]
    assert await left(session, at.campaign) == [581, 400]
    entry = await session.get_one(Entry, after["entry_id"])
    assert entry.reference == f"correction:{gift['id']}:1"
    assert len(entry.commit_donor) == len(entry.commit_reference) == 32
    assert {kind for kind, _ in await trace(session, gift["entry_id"])} == {"moved"}
    assert sum(amount for _, amount in await trace(session, after["entry_id"])) == 1001
    await books_agree(session)


async def test_a_gift_is_moved_to_another_campaign_or_designation(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    at = await desk(app, client, session, *USES)
    other = await make.campaign(session, at.organization.id)
    gift = make.gift(at.appeal, 100, giver=Giver(external_id="u_1"))
    [outcome] = await donations.receive(session, [gift])
    told = {"id": str(outcome.donation_id)}

    to_b = await correct(at, told, "placement", campaign_id=str(at.campaign.id), designation="b")
    same = await correct(at, told, "placement", campaign_id=str(at.campaign.id), designation="b")
    away = await correct(at, told, "placement", campaign_id=str(other.id))
    [again] = await donations.receive(session, [gift])

    assert [answer.status_code for answer in (to_b, same, away)] == [201, 422, 201], away.text
    assert again.kind is OutcomeKind.duplicate
    assert again.lookup_code == outcome.lookup_code
    assert (await left(session, at.campaign), await left(session, other)) == ([0, 0], [100])
    first, second = await at.totals(), await at.totals(other)
    assert (first["raised"], first["gift_count"], second["raised"], second["gift_count"]) == (0, 0, 100, 1)
    assert (first["donor_count"], second["donor_count"]) == (0, 1)
    for entry_id in (str(gift.entry_id), to_b.json()["new_entry_id"]):
        assert {kind for kind, _ in await trace(session, entry_id)} == {"moved"}
    assert await trace(session, away.json()["new_entry_id"]) == [("unspent", 100)]
    await books_agree(session)


async def test_a_correction_is_a_decision(clerk: Desk, session: WriteSession) -> None:
    """What the fund no longer holds can't be taken back, and what went back can't be corrected."""
    gift, other = (await clerk.give(100)).json(), (await clerk.give(50)).json()
    await spend(session, clerk.appeal, 60)

    short = await correct(clerk, gift, "void")
    await clerk.post(f"/donations/{other['id']}/refunds", {"amount": fen(1), "reason": "other"})
    refunded = await correct(clerk, other, "amount", amount=fen(5))

    assert (short.status_code, short.json()["code"], short.json()["left"]) == (409, "fund-short", 90)
    assert (refunded.status_code, refunded.json()["code"]) == (409, "donation-refunded")
    assert (await clerk.get(f"/donations/{gift['id']}")).json()["state"] == "posted"
    await books_agree(session)


async def test_a_gift_goes_only_to_campaigns_of_its_own_organization(
    app: FastAPI, client: AsyncClient, session: WriteSession, clerk: Desk
) -> None:
    gift = (await clerk.give()).json()
    stranger = await desk(app, client, session)
    draft = await make.campaign(session, clerk.organization.id, publish=False)

    foreign = await correct(clerk, gift, "placement", campaign_id=str(stranger.campaign.id))
    unopened = await correct(clerk, gift, "placement", campaign_id=str(draft.id))
    hidden = await correct(stranger, gift, "void")
    silent = await correct(clerk, gift, "void", reason="")

    assert (foreign.status_code, foreign.json()["code"]) == (422, "channel-of-another-organization")
    assert (unopened.status_code, unopened.json()["code"]) == (409, "campaign-not-open")
    assert (hidden.status_code, silent.status_code) == (404, 422)


async def test_who_only_reads_or_takes_cash_corrects_nothing(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    for role in (Role.cashier, Role.auditor):
        at = await desk(app, client, session, role=role)
        [outcome] = await donations.receive(session, [make.gift(at.appeal)])
        answer = await correct(at, {"id": outcome.donation_id}, "void")
        assert (answer.status_code, answer.json()["code"]) == (403, "not-allowed")


async def test_a_claimed_gift_is_corrected_through_both_of_its_entries(
    clerk: Desk, session: WriteSession
) -> None:
    [outcome] = await donations.receive(session, [make.gift(clerk.appeal, 100, campaign="NOBODY")])
    donation = await session.get_one(Donation, outcome.donation_id)
    waiting = await correct(clerk, {"id": donation.id}, "amount", amount=fen(90))
    await suspense.claim(session, donation, clerk.campaign, actor="t")

    answer = await correct(clerk, {"id": donation.id}, "amount", amount=fen(90))

    assert (waiting.status_code, waiting.json()["code"]) == (409, "donation-not-posted")
    assert answer.status_code == 201, answer.text
    assert await left(session, clerk.campaign) == [90]
    await _nothing_in_suspense(session, clerk)
    await correct(clerk, {"id": donation.id}, "void")
    assert await left(session, clerk.campaign) == [0]
    await _nothing_in_suspense(session, clerk)
    await books_agree(session)


async def test_a_gift_in_suspense_can_be_voided(clerk: Desk, session: WriteSession) -> None:
    [outcome] = await donations.receive(session, [make.gift(clerk.appeal, 100, campaign="NOBODY")])

    answer = await correct(clerk, {"id": outcome.donation_id}, "void")

    assert answer.status_code == 201, answer.text
    assert (await clerk.get("/suspense")).json()["items"] == []
    await _nothing_in_suspense(session, clerk)
    await books_agree(session)


async def _nothing_in_suspense(session: WriteSession, at: Desk) -> None:
    account = at.appeal.channel.suspense_account_id
    total = select(func.coalesce(func.sum(Posting.amount), 0))
    debit = await session.scalar(total.where(Posting.debit_account_id == account))
    assert debit == await session.scalar(total.where(Posting.credit_account_id == account))


async def test_after_any_sequence_the_totals_are_what_a_recount_finds(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    at = await desk(app, client, session, *USES)
    other = await make.campaign(session, at.organization.id)
    chance = random.Random(20260501)
    done: dict[str, int] = {}
    for _ in range(150):
        name = await _something(session, at, other, chance)
        done[name] = done.get(name, 0) + 1
        if not chance.randrange(25):
            await books_agree(session)
    await books_agree(session)
    assert {"gift", "stray", "claim", "refund", "fact", "void", "amount", "move"} <= set(done), done
    counted = (await session.scalars(select(CampaignTotal))).all()
    assert all(0 <= row.donor_count <= 6 for row in counted)


async def _something(session: WriteSession, at: Desk, other: Campaign, chance: random.Random) -> str:
    """Do one thing by chance; one that is refused must change nothing. Return what it was."""
    for row in (at.campaign, other, at.appeal.channel):
        await session.refresh(row)
    standing = select(Donation).where(Donation.state != DonationState.voided)
    gifts = list(await session.scalars(standing.execution_options(populate_existing=True)))
    gift, why = (chance.choice(gifts) if gifts else None), {"reason": "试", "actor": "t"}
    what = chance.choice(
        ["gift", "gift", "gift", "stray", "claim", "refund", "fact", "void", "amount", "move"]
    )
    try:
        async with session.begin_nested():
            if what in {"gift", "stray"} or gift is None:
                campaign = "NOBODY" if what == "stray" else chance.choice([at.campaign, other]).code
                giver = Giver(external_id=f"u_{chance.randrange(6)}")
                new = make.gift(at.appeal, chance.randint(1, 1000), campaign=campaign, giver=giver)
                await donations.receive(session, [new])
            elif what == "claim":
                await suspense.claim(session, gift, chance.choice([at.campaign, other]), actor="t")
            elif what == "refund":
                amount = chance.randint(1, 300)
                await refunds.decide(session, gift, amount=amount, reason=RefundReason.other, actor="t")
            elif what == "fact":
                told = make.gift(at.appeal, chance.randint(1, 100), their_id=gift.their_id)
                await donations.receive(session, [make.given_back(at.appeal, told)])
            elif what == "void":
                await corrections.void(session, gift, **why)
            elif what == "amount":
                await corrections.change_amount(session, gift, chance.randint(1, 1000), **why)
            else:
                half = gift.amount // 2
                parts = [Allocation("b", gift.amount - half), Allocation("a", half)] if half else "b"
                target, wanted = chance.choice([(at.campaign, parts), (other, None)])
                await corrections.move(session, gift, target, wanted, **why)
    except Refusal as refusal:
        return f"{what}: {type(refusal).__name__}"
    return what


async def test_what_was_refunded_in_part_is_never_corrected(clerk: Desk, session: WriteSession) -> None:
    gift = make.gift(clerk.appeal, 100)
    [outcome] = await donations.receive(session, [gift])
    await donations.receive(session, [make.given_back(clerk.appeal, gift, 1)])
    donation = await session.get_one(Donation, outcome.donation_id)
    with pytest.raises(DonationRefunded):
        await corrections.void(session, donation, reason="x", actor="t")
    assert (await campaigns.get(session, donation.campaign_id)).id == clerk.campaign.id
