"""What donors ask: from the gift to the answer and to being forgotten, through HTTP alone."""

import asyncio
import io
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select, text, update

from app.fundraising.care import erasing, requests
from app.fundraising.models import (
    Donation,
    Donor,
    DonorRequestState,
    DonorWish,
    Receipt,
    ReceiptBatch,
    ReceiptGift,
    ReceiptState,
)
from app.kit.attachments import stores
from app.kit.calendars import workdays
from app.kit.clock import today
from app.kit.database import Database, WriteSession
from app.kit.models import OutboxEvent, VaultPerson
from app.organizations.access import Role
from app.organizations.models import VisitorIdentity
from tests.conftest import Shared
from tests.factories import organizations as members
from tests.fundraising.desk import books_agree
from tests.organizations.visiting import FrontEnd
from tests.webhooks.operators import platform_key
from tests.webhooks.platforms import Partner, partner
from tests.webhooks.test_personal_data import log_lines

__all__ = ["log_lines"]

ME = "/v1/fundraising/me"
DESK = "/v1/fundraising/donor-requests"
NAME, WISH, ANSWER = "金丝雀甲", "金丝雀要看凭证", "金丝雀的附件"
HIDDEN = {"show_name": False, "show_amount": True, "show_message": False, "show_photo": False}


@dataclass(frozen=True, kw_only=True)
class Here:
    """A platform and its mini program, a donor who signs in there, and an officer who answers."""

    client: AsyncClient
    them: Partner
    mini: FrontEnd
    officer: dict[str, str]

    async def give(self, **data: Any) -> dict[str, Any]:
        donor = {"external_id": "u_123", "display_name": NAME, "publish_consent": True}
        told = self.them.event(**{"donor": donor} | data)
        answer = await self.them.post(self.client, told)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def sign_in(self) -> dict[str, str]:
        return await self.mini.sign_in(platform_user="u_123")

    async def public(self) -> str:
        answer = await self.client.get(f"/v1/disclosure/campaigns/{self.them.campaign.code}/donations")
        assert answer.status_code == 200
        return answer.text


async def _here(app: FastAPI, client: AsyncClient, session: WriteSession, folder: Path) -> Here:
    them = await partner(session)
    return Here(
        client=client,
        them=them,
        mini=FrontEnd(client=client, headers=await platform_key(session, them), codes=folder / "codes"),
        officer=await members.sign_in(app, session, Role.fundraising_officer, them.organization),
    )


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession, tmp_path: Path) -> Here:
    app.state.store = stores.opened(f"file://{tmp_path}/files")
    return await _here(app, client, session, tmp_path)


async def upload(here: Here) -> str:
    made = await here.client.post(
        "/v1/attachments",
        data={"organization_id": str(here.them.organization.id), "kind": "voucher", "access": "personal"},
        files={"file": ("凭证.pdf", b"%PDF-1.4\n%%EOF\n")},
        headers=here.officer,
    )
    assert made.status_code == 201, made.text
    return made.json()["id"]


async def test_from_a_gift_to_its_documents_to_being_forgotten(
    here: Here, session: WriteSession, log_lines: io.StringIO
) -> None:
    client = here.client
    gift = await here.give(message="金丝雀的留言")
    me = await here.sign_in()
    [mine] = (await client.get(f"{ME}/donations", headers=me)).json()["items"]
    assert (mine["show_name"], mine["show_photo"]) == (True, False)

    consent = await client.put(
        f"{ME}/donations/{gift['donation_id']}/consent", json=HIDDEN | {"show_photo": True}, headers=me
    )
    assert (consent.json()["show_name"], consent.json()["show_photo"]) == (False, True)
    assert NAME not in await here.public()

    path = f"{ME}/donations/{gift['donation_id']}/document-requests"
    asked = await client.post(path, json={"wish": WISH}, headers=me)
    assert (asked.status_code, asked.json()["state"], asked.json()["late"]) == (201, "open", False)
    assert asked.json()["due_on"] == workdays.after(today(), 5).isoformat()
    twice = await client.post(path, json={"wish": WISH}, headers=me)
    assert (twice.status_code, twice.json()["code"]) == (409, "documents-asked-for")
    stranger = await here.mini.sign_in(platform_user="somebody-else")
    number = asked.json()["id"]
    assert (await client.post(path, json={"wish": WISH}, headers=stranger)).status_code == 404
    assert (await client.get(f"{ME}/requests/{number}", headers=stranger)).status_code == 404

    tasks = (await client.get("/v1/me/tasks", headers=here.officer)).json()["items"]
    assert [(one["kind"], one["subject_id"]) for one in tasks] == [("donor_request", number)]
    read = await client.get(f"{DESK}/{number}", headers=here.officer)
    assert read.json()["wish"] == WISH
    file = await upload(here)
    answered = await client.post(
        f"{DESK}/{number}/answer", json={"answer": ANSWER, "attachment_ids": [file]}, headers=here.officer
    )
    assert (answered.status_code, answered.json()["state"]) == (200, "answered"), answered.text
    again = await client.post(f"{DESK}/{number}/answer", json={"answer": ANSWER}, headers=here.officer)
    assert (again.status_code, again.json()["code"]) == (409, "donor-request-closed")
    whole = (await client.get(f"{ME}/requests/{number}", headers=me)).json()
    assert (whole["answer"], [one["id"] for one in whole["attachments"]]) == (ANSWER, [file])
    content = await client.get(f"{ME}/requests/{number}/attachments/{file}", headers=me)
    assert (content.status_code, content.content[:4]) == (200, b"%PDF")
    elsewhere = await client.get(f"{ME}/requests/{number}/attachments/{file}", headers=stranger)
    assert elsewhere.status_code == 404

    copy = (await client.post(f"{ME}/exports", headers=me)).json()
    assert (copy["donations"][0]["told"]["name"], copy["requests"][0]["wish"]) == (NAME, WISH)

    gone = await client.post(f"{ME}/erasures", headers=me)
    assert (gone.status_code, [one["state"] for one in gone.json()["requests"]]) == (201, ["done"]), gone.text
    assert (await client.get(ME, headers=me)).status_code == 401
    again_in = await here.sign_in()
    assert (await client.get(ME, headers=again_in)).json()["gift_count"] == 0
    assert (await client.post(f"{ME}/erasures", headers=again_in)).json()["code"] == "nothing-to-erase"
    left = (await client.get(f"{DESK}/{number}", headers=here.officer)).json()
    assert (left["wish"], left["answer"], left["state"]) == (None, None, "answered")
    desk = (await client.get(DESK, headers=here.officer)).json()["items"]
    assert [one["kind"] for one in desk] == ["erasure", "export", "documents"]
    assert all(one["closed_at"] and one["closed_by"] for one in desk)
    assert NAME not in await here.public()
    donation = await session.get_one(Donation, gift["donation_id"], populate_existing=True)
    assert (donation.sealed, donation.name_index, donation.amount) == (None, None, 5000)
    await books_agree(session)

    events = await session.scalars(select(OutboxEvent))
    told = "".join(f"{one.topic}{one.subject}{one.payload}" for one in events)
    accesses = "".join(await session.scalars(text("select t::text from accesses t")))
    rows = "".join(await session.scalars(text("select t::text from donor_requests t")))
    for place in (told, accesses, rows, log_lines.getvalue()):
        assert place
        assert "金丝雀" not in place
        assert "\\u91d1\\u4e1d\\u96c0" not in place


async def test_a_request_that_nobody_answers_in_time_is_seen_to_be_late(
    here: Here, session: WriteSession
) -> None:
    gift = await here.give()
    me = await here.sign_in()
    path = f"{ME}/donations/{gift['donation_id']}/document-requests"
    made = (await here.client.post(path, json={"wish": WISH}, headers=me)).json()
    late = {"late": "true"}
    assert (await here.client.get(DESK, params=late, headers=here.officer)).json()["items"] == []

    await session.execute(update(DonorWish).values(due_on=today() - timedelta(days=1)))
    [item] = (await here.client.get(DESK, params=late, headers=here.officer)).json()["items"]
    assert (item["id"], item["late"]) == (made["id"], True)


def test_working_days_leave_out_weekends_and_holidays() -> None:
    assert workdays.after(date(2026, 5, 7), 1) == date(2026, 5, 8)
    # National Day 2026: 1 to 7 October are given, Saturday the 10th is worked.
    assert workdays.after(date(2026, 9, 30), requests.ANSWERED_WITHIN) == date(2026, 10, 13)


async def _receipt(session: WriteSession, gift: dict[str, Any], issued_on: date | None) -> None:
    """A receipt over a gift, as the finance system has issued it, or asked for."""
    donation = await session.get_one(Donation, gift["donation_id"])
    values: dict[str, Any] = {"state": ReceiptState.requested}
    if issued_on is not None:
        place = donation.organization_id
        batch = ReceiptBatch(organization_id=place, receipt_count=1, reversal_count=0, made_by="t")
        session.add(batch)
        await session.flush()
        numbers = {"code": "6106", "number": gift["lookup_code"], "check_code": "a", "issued_on": issued_on}
        values = {"state": ReceiptState.issued, "batch_id": batch.id} | numbers
    receipt = Receipt(
        organization_id=donation.organization_id,
        person_id=donation.person_id,
        reference=gift["lookup_code"],
        amount=donation.amount,
        requested_by="t",
        **values,
    )
    session.add(receipt)
    await session.flush()
    session.add(ReceiptGift(receipt_id=receipt.id, donation_id=donation.id, amount=donation.amount))
    await session.flush()


async def test_an_erasure_waits_while_the_law_keeps_the_receipt(
    here: Here, session: WriteSession, shared: Shared
) -> None:
    gift = await here.give()
    await _receipt(session, gift, today())
    me = await here.sign_in()

    [line] = (await here.client.post(f"{ME}/erasures", headers=me)).json()["requests"]
    # Kept on its last day too: the wish is carried out on the day after.
    until = erasing.kept_until(today()) + timedelta(days=1)
    assert (line["state"], line["ground"], line["due_on"]) == (
        *("postponed", "receipt_retention"),
        until.isoformat(),
    )
    assert NAME not in await here.public()
    assert NAME[0] + "*" not in await here.public()
    twice = await here.client.post(f"{ME}/erasures", headers=me)
    assert (twice.status_code, twice.json()["code"]) == (409, "erasure-asked-for")
    assert await erasing.carry_out_due(shared) == 0
    assert (await here.client.get(ME, headers=me)).json()["gift_count"] == 1

    # Five years later, as far as these rows know.
    await session.execute(update(Receipt).values(issued_on=date(2021, 1, 4)))
    await session.execute(update(DonorWish).values(due_on=today()))
    assert await erasing.carry_out_due(shared) == 1
    [ended] = (await here.client.get(DESK, headers=here.officer)).json()["items"]
    assert (ended["state"], ended["closed_by"]) == ("done", "system")
    donation = await session.get_one(Donation, gift["donation_id"])
    person = await session.get_one(VaultPerson, donation.person_id, populate_existing=True)
    assert person.erased_at is not None


async def test_an_erasure_is_refused_while_a_receipt_is_being_issued(
    here: Here, session: WriteSession
) -> None:
    await _receipt(session, await here.give(), None)
    me = await here.sign_in()
    [line] = (await here.client.post(f"{ME}/erasures", headers=me)).json()["requests"]
    assert (line["state"], line["ground"]) == ("refused", "receipt_underway")
    assert (await here.client.get(ME, headers=me)).json()["gift_count"] == 1


async def test_a_donor_reads_their_receipts_certificates_and_plans(here: Here, session: WriteSession) -> None:
    plan = here.them.event() | {"type": "plan.activated"}
    plan["data"] = {
        "plan_id": "P-1",
        "campaign": here.them.campaign.code,
        "amount": 1000,
        "day": 3,
        "at": "2026-04-01T08:00:00+08:00",
    }
    assert (await here.them.post(here.client, plan)).json()["outcome"] == "posted"
    gift = await here.give(plan_id="P-1")
    await _receipt(session, gift, date(2026, 5, 4))
    me, stranger = await here.sign_in(), await here.mini.sign_in(platform_user="somebody-else")
    made = await here.client.post(
        f"{ME}/donation-certificates",
        json={"donation_id": gift["donation_id"], "year": 2026},
        headers=me,
    )
    assert made.status_code == 201, made.text

    for name, field, value in (
        ("plans", "their_id", "P-1"),
        ("receipts", "number", gift["lookup_code"]),
        ("donation-certificates", "number", made.json()["number"]),
    ):
        [item] = (await here.client.get(f"{ME}/{name}", headers=me)).json()["items"]
        assert item[field] == value
        assert (await here.client.get(f"{ME}/{name}", headers=stranger)).json()["items"] == []
    paper = f"{ME}/donation-certificates/{made.json()['id']}/paper"
    printed = await here.client.get(paper, headers=me)
    assert (printed.status_code, printed.content[:4]) == (200, b"%PDF")
    assert (await here.client.get(paper, headers=stranger)).status_code == 404


async def test_a_sign_in_at_the_moment_of_an_erasure_leaves_nobody_known(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient, tmp_path: Path
) -> None:
    async with committed.writing() as session:
        here = await _here(committed_app, committed_client, session, tmp_path)
    await here.give()
    me = await here.sign_in()

    erasing_me = asyncio.create_task(here.client.post(f"{ME}/erasures", headers=me))
    signed_in = await asyncio.gather(*(here.sign_in() for _ in range(4)))
    erased = await erasing_me
    assert erased.json()["requests"][0]["state"] == "done", erased.text

    for headers in [*signed_in, await here.sign_in()]:
        answer = await here.client.get(ME, headers=headers)
        assert answer.status_code == 401 or answer.json()["gift_count"] == 0
    async with committed.reading() as session:
        assert (await session.scalars(select(Donor.external_index))).all() == [None]
        assert len((await session.scalars(select(VisitorIdentity.visitor_id).distinct())).all()) == 1


async def test_of_two_erasures_at_once_one_is_carried_out(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient, tmp_path: Path
) -> None:
    async with committed.writing() as session:
        here = await _here(committed_app, committed_client, session, tmp_path)
    await here.give()
    me = await here.sign_in()
    answers = await asyncio.gather(*(here.client.post(f"{ME}/erasures", headers=me) for _ in range(4)))
    assert Counter(answer.status_code for answer in answers)[500] == 0
    async with committed.reading() as session:
        done = await session.scalars(select(DonorWish.state))
        assert set(done.all()) == {DonorRequestState.done}
        [donation] = (await session.scalars(select(Donation))).all()
        assert donation.sealed is None


async def test_a_copy_of_ones_data_tells_why_a_gift_was_corrected(here: Here) -> None:
    gift = await here.give()
    body = {"kind": "amount", "reason": f"{NAME}来电更正", "amount": {"amount": 4000, "currency": "CNY"}}
    path = f"/v1/fundraising/donations/{gift['donation_id']}/corrections"
    headers = here.officer | {"Idempotency-Key": "correct-4711"}
    assert (await here.client.post(path, json=body, headers=headers)).status_code == 201

    copy = (await here.client.post(f"{ME}/exports", headers=await here.sign_in())).json()

    [told] = copy["donations"][0]["corrections"]
    assert (told["reason"], told["old_amount"], told["new_amount"]) == (body["reason"], 5000, 4000)
