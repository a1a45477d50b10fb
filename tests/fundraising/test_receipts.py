"""Receipts: asked for here, numbered by the finance system, reversed and replaced, one per gift."""

import asyncio

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from app.fundraising import donations
from app.fundraising.models import Donation, Receipt, ReceiptGift
from app.kit.database import Database, WriteSession
from app.kit.models import OutboxEvent, VaultValue
from app.ledger.models import Entry
from app.organizations.access import Role
from app.webhooks import erasures
from tests.factories import fundraising as make
from tests.factories import organizations as members
from tests.fundraising.desk import Desk, books_agree, desk, fen
from tests.fundraising.receipting import CODE, answered, asked, batch, issued, read, results, reversed_


@pytest.fixture
async def clerk(app: FastAPI, client: AsyncClient, session: WriteSession) -> Desk:
    return await desk(app, client, session)


async def entries(session: WriteSession) -> int | None:
    return await session.scalar(select(func.count()).select_from(Entry))


async def refund(at: Desk, gift: dict[str, str], minor: int) -> tuple[int, str | None]:
    body = {"amount": fen(minor), "reason": "donor_request"}
    answer = await at.post(f"/donations/{gift['id']}/refunds", body)
    return answer.status_code, answer.json().get("code")


async def test_a_receipt_over_several_gifts_gets_the_finance_systems_numbers(
    clerk: Desk, session: WriteSession
) -> None:
    gifts = [(await clerk.give(minor)).json() for minor in (100_00, 23_45)]

    made = await asked(clerk, *gifts, email="finance@example.org")
    assert (made["state"], made["amount"], made["number"]) == ("requested", fen(123_45), None)
    [line] = await batch(clerk)
    assert (line["申请编号"], line["业务类型"], line["金额（元）"]) == (made["reference"], "开具", 123.45)
    assert (line["交款人"], line["统一社会信用代码／身份证号"]) == ("示例有限公司", "91610000MA6TG00000")
    answer = answered(line)
    tried = (await results(clerk, answer, dry_run=True)).json()
    assert (tried["issued"], (await read(clerk, made))["state"]) == (1, "requested")
    taken = (await results(clerk, answer)).json()
    again = (await results(clerk, answer)).json()

    assert (taken["issued"], taken["unmatched"], again["issued"], again["unchanged"]) == (1, [], 0, 1)
    one = await read(clerk, made)
    assert (one["state"], one["code"], one["number"], one["check_code"]) == (
        *("issued", CODE),
        *answer[3:5],
    )
    assert one["issued_on"] == "2026-05-04"
    assert sorted(line["amount"]["amount"] for line in one["lines"]) == [23_45, 100_00]
    told = select(OutboxEvent.topic).where(OutboxEvent.subject == made["id"]).order_by(OutboxEvent.id)
    assert [*await session.scalars(told)] == [
        "receipt.requested",
        "receipt.issued",
    ]
    nothing = await clerk.post("/receipts/batches", {"organization_id": str(clerk.organization.id)})
    assert (nothing.status_code, nothing.json()["code"]) == (409, "receipts-none-waiting")


async def test_a_gift_is_on_one_receipt_at_a_time(clerk: Desk) -> None:
    one, two = [(await clerk.give(100)).json() for _ in range(2)]
    first = await asked(clerk, one)
    again = await clerk.post("/receipts", {"donation_ids": [two["id"], one["id"]], "title": "甲"})
    waiver = await clerk.post("/receipts/waivers", {"donation_ids": [one["id"]], "state": "waived"})
    assert [(a.status_code, a.json()["code"]) for a in (again, waiver)] == [(409, "gift-receipted")] * 2

    freed = await clerk.post(f"/receipts/{first['id']}/withdrawal")
    assert (freed.status_code, freed.json()["state"]) == (200, "withdrawn")
    second = await asked(clerk, one, two)
    await batch(clerk)
    late = await clerk.post(f"/receipts/{second['id']}/withdrawal")
    assert (late.status_code, late.json()["code"]) == (409, "receipt-sent")


async def test_gifts_without_a_receipt_are_a_state_too(clerk: Desk) -> None:
    one, two = [(await clerk.give(100)).json() for _ in range(2)]
    for gift, state in ((one, "waived"), (two, "anonymous")):
        answer = await clerk.post("/receipts/waivers", {"donation_ids": [gift["id"]], "state": state})
        assert (answer.status_code, answer.json()["state"]) == (201, state)
    listed = (await clerk.get("/receipts", state="waived", include="summary")).json()
    assert [item["amount"] for item in listed["items"]] == [fen(100)]
    assert listed["summary"]["amount"] == fen(100)
    assert (await clerk.get("/receipts", donation_id=two["id"])).json()["items"][0]["state"] == "anonymous"
    # Nothing holds their money back: there is no paper to call in.
    assert await refund(clerk, one, 100) == (201, None)
    assert (await clerk.get("/receipts", donation_id=one["id"])).json()["items"][0]["state"] == "withdrawn"


async def test_lines_that_match_nothing_are_listed_by_row(clerk: Desk) -> None:
    gifts = [(await clerk.give(100 + n)).json() for n in range(4)]
    for gift in gifts:
        await asked(clerk, gift)
    one, two, three, four = await batch(clerk)
    unsent = await asked(clerk, (await clerk.give(7)).json())
    unknown = one | {"申请编号": "NOBODYKNOWS1"}
    unsent_line = one | {"申请编号": unsent["reference"], "金额（元）": 0.07}
    good = answered(one)

    taken = (
        await results(
            clerk,
            answered(unknown),
            good,
            answered(two, 金额=9.99),
            answered(three, 票据号码=good[3]),
            answered(four, 票据号码=None),
            answered(unsent_line),
            answered(one),
        )
    ).json()

    assert taken["issued"] == 1
    assert [(line["row"], line["fate"]) for line in taken["unmatched"]] == [
        (2, "unknown"),
        (4, "amount_differs"),
        (5, "number_taken"),
        (6, "incomplete"),
        (7, "not_awaited"),
        (8, "numbers_differ"),
    ]
    torn = await results(clerk, answered(two, 票据号码="not a number"))
    assert (torn.status_code, torn.json()["errors"][0]["row"]) == (422, 2)


async def test_what_the_finance_system_refuses_waits_again(clerk: Desk, session: WriteSession) -> None:
    made = await asked(clerk, (await clerk.give(100)).json())
    [line] = await batch(clerk)
    taken = await results(clerk, answered(line, 失败原因="抬头与税号不符：示例有限公司"))
    assert taken.json()["refused"] == 1
    one = await read(clerk, made)
    assert (one["state"], one["batch_id"], one["refused"]) == (
        *("requested", None),
        "抬头与税号不符：示例有限公司",
    )
    # The words of the refusal may cite the name: no table holds them in clear.
    rows = await session.scalars(text("select receipts::text from receipts"))
    assert not any("示例" in row or "91610000" in row for row in rows)
    [anew] = await batch(clerk)
    assert anew["申请编号"] == made["reference"]


async def test_a_wrong_name_is_reversed_and_replaced_without_the_books(
    clerk: Desk, session: WriteSession
) -> None:
    gift = (await clerk.give(100)).json()
    before = await entries(session)
    wrong = await issued(clerk, gift, title="示列有限公司")

    early = await clerk.post(f"/receipts/{wrong['id']}/replacement", {"title": "示例有限公司"})
    assert (early.status_code, early.json()["code"]) == (409, "receipt-state-other")
    asked_for = await clerk.post(f"/receipts/{wrong['id']}/reversal", {"reason": "wrong_title"})
    assert (asked_for.json()["state"], asked_for.json()["reversal_reason"]) == ("issued", "wrong_title")
    assert len((await clerk.get("/receipts", to_reverse=True)).json()["items"]) == 1
    [line] = await batch(clerk)
    assert (line["业务类型"], line["原票据号码"], line["红冲原因"]) == ("红冲", wrong["number"], "抬头有误")
    red = answered(line, 校验码=None)
    assert (await results(clerk, red)).json()["red_reversed"] == 1
    gone = await read(clerk, wrong)
    assert (gone["state"], gone["red_number"], gone["number"]) == ("red_reversed", red[3], wrong["number"])

    right = await clerk.post(f"/receipts/{wrong['id']}/replacement", {"title": "示例有限公司"})
    assert (right.status_code, right.json()["replaces_id"]) == (201, wrong["id"])
    twice = await clerk.post(f"/receipts/{wrong['id']}/replacement", {"title": "示例有限公司"})
    assert twice.status_code == 409
    assert (await read(clerk, wrong))["state"] == "red_reversed"
    await results(clerk, *[answered(line) for line in await batch(clerk)])
    assert (await read(clerk, wrong))["state"] == "replaced"
    assert (await read(clerk, right.json()))["title"] == "示例有限公司"
    assert await entries(session) == before
    await books_agree(session)


async def test_a_refund_and_a_correction_wait_for_the_reversal(clerk: Desk, session: WriteSession) -> None:
    gift = (await clerk.give(100)).json()
    receipt = await issued(clerk, gift)
    void = await clerk.post(f"/donations/{gift['id']}/corrections", {"kind": "void", "reason": "误录"})
    assert (void.status_code, void.json()["code"]) == (409, "receipt-not-reversed")
    assert await refund(clerk, gift, 30) == (409, "receipt-not-reversed")
    assert (await clerk.totals())["refunded"] == 0

    await reversed_(clerk, receipt, "refunded")
    assert await refund(clerk, gift, 30) == (201, None)
    anew = await clerk.post(f"/receipts/{receipt['id']}/replacement", {"title": "示例有限公司"})
    assert (anew.status_code, anew.json()["amount"]) == (201, fen(70))
    await books_agree(session)


async def test_a_request_that_is_not_sent_follows_its_gift(clerk: Desk) -> None:
    one, two = [(await clerk.give(100)).json() for _ in range(2)]
    made = await asked(clerk, one, two)
    assert await refund(clerk, one, 100) == (201, None)
    assert (await read(clerk, made))["amount"] == fen(100)
    body = {"kind": "amount", "amount": fen(80), "reason": "误录"}
    corrected = await clerk.post(f"/donations/{two['id']}/corrections", body)
    assert corrected.status_code in {200, 201}, corrected.text
    assert (await read(clerk, made))["amount"] == fen(80)
    assert await refund(clerk, two, 80) == (201, None)
    assert (await read(clerk, made))["state"] == "withdrawn"


async def test_a_platforms_refund_is_booked_and_the_receipt_flagged(
    clerk: Desk, session: WriteSession
) -> None:
    given, sent = make.gift(clerk.appeal, 100), make.gift(clerk.appeal, 50)
    outcomes = await donations.receive(session, [given, sent])
    ids = [{"id": str(outcome.donation_id)} for outcome in outcomes]
    receipt = await issued(clerk, ids[0])
    on_its_way = await asked(clerk, ids[1])
    [line] = await batch(clerk)

    await donations.receive(session, [make.given_back(clerk.appeal, one) for one in (given, sent)])

    assert (await clerk.totals())["refunded"] == 150
    flagged = await read(clerk, receipt)
    assert (flagged["state"], flagged["reversal_reason"]) == ("issued", "refunded")
    await results(clerk, answered(line))
    flagged = await read(clerk, on_its_way)
    assert (flagged["state"], flagged["reversal_reason"]) == ("issued", "refunded")
    assert [line["业务类型"] for line in await batch(clerk)] == ["红冲", "红冲"]
    await books_agree(session)


async def test_only_gifts_of_one_donor_that_are_booked_go_on_a_receipt(
    app: FastAPI, client: AsyncClient, session: WriteSession, clerk: Desk
) -> None:
    platform = await donations.receive(session, [make.gift(clerk.appeal) for _ in range(2)])
    ids = [str(outcome.donation_id) for outcome in platform]
    mixed = await clerk.post("/receipts", {"donation_ids": ids, "title": "甲"})
    nameless = await clerk.post("/receipts", {"donation_ids": [(await clerk.give(5)).json()["id"]]})
    back = (await clerk.give(5)).json()
    await refund(clerk, back, 5)
    nothing = await clerk.post("/receipts", {"donation_ids": [back["id"]], "title": "甲"})
    stranger = await desk(app, client, session)
    foreign = await stranger.post("/receipts", {"donation_ids": ids[:1], "title": "甲"})
    assert [(a.status_code, a.json()["code"]) for a in (mixed, nameless, nothing)] == [
        (422, "gifts-of-several-donors"),
        (422, "receipt-title-missing"),
        (409, "nothing-to-receipt"),
    ]
    assert foreign.status_code == 404
    # Of a donor whom a platform named, the name is known.
    named = await clerk.post("/receipts", {"donation_ids": ids[:1]})
    assert (await read(clerk, named.json()))["title"] == "爱心网友"
    auditor = await members.sign_in(app, session, Role.auditor, clerk.organization)
    seen = (await client.get(f"/v1/fundraising/receipts/{named.json()['id']}", headers=auditor)).json()
    assert (seen["title"], seen["tax_id"]) == ("爱**", None)


async def test_erasing_a_giver_forgets_to_whom_the_receipt_was(clerk: Desk, session: WriteSession) -> None:
    gifts = [(await clerk.give(100)).json() for _ in range(2)]
    receipt = await issued(clerk, *gifts)
    kept = select(func.count()).select_from(VaultValue)
    kept = kept.where(VaultValue.field == f"receipt:{receipt['id']}")
    assert await session.scalar(kept) == 1
    other = await session.scalar(
        select(Donation.person_id)
        .join(ReceiptGift, ReceiptGift.donation_id == Donation.id)
        .join(Receipt, Receipt.id == ReceiptGift.receipt_id)
        .where(Receipt.id == receipt["id"], Donation.person_id != Receipt.person_id)
    )
    assert other is not None
    await erasures.erase(session, other)
    assert await session.scalar(kept) == 0
    after = await read(clerk, receipt)
    assert (after["title"], after["number"]) == (None, receipt["number"])


async def test_the_database_keeps_state_and_numbers_together(clerk: Desk, session: WriteSession) -> None:
    made = await asked(clerk, (await clerk.give(100)).json())
    for change in ("state = 'issued'", "active = false", "number = '1'", "red_number = '1'"):
        with pytest.raises(IntegrityError):
            async with session.begin_nested():
                await session.execute(
                    text(f"update receipts set {change} where id = :id"),
                    {"id": made["id"]},
                )


async def test_many_at_once_put_a_gift_on_one_receipt(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        at = await desk(committed_app, committed_client, session)
    gifts = [(await at.give(100)).json()["id"] for _ in range(3)]
    # Every pair of them, in either order, ten times over: two receipts never share a gift.
    pairs = [[gifts[a], gifts[b]] for a in range(3) for b in range(3) if a != b] * 5

    answers = await asyncio.gather(
        *(at.post("/receipts", {"donation_ids": pair, "title": "示例"}) for pair in pairs)
    )

    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 29
    assert {a.json()["code"] for a in answers if a.status_code == 409} == {"gift-receipted"}
    batches = await asyncio.gather(
        *(at.post("/receipts/batches", {"organization_id": str(at.organization.id)}) for _ in range(5))
    )
    assert sorted(answer.status_code for answer in batches) == [201] + [409] * 4
    async with committed.writing() as session:
        held = select(func.count()).select_from(ReceiptGift).where(ReceiptGift.active)
        assert await session.scalar(held) == 2
