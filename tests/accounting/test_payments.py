"""A voucher that pays out more than a reviewer alone may let go waits for its approval."""

from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.database import WriteSession
from app.organizations import approvals
from app.organizations.access import Role
from app.organizations.models import Approval
from tests.accounting.office import VOUCHERS, Office, credit, debit, office
from tests.factories import organizations as members

LARGE = 10_000_01


@pytest.fixture
async def rich(app: FastAPI, client: AsyncClient, session: WriteSession) -> Office:
    """An office with an admin and fifty thousand yuan."""
    at = await office(app, client, session, endowed=50_000_00)
    at.people["chair"] = await members.staff(session, at.organization, Role.admin)
    at.headers["chair"] = await members.headers(app, session, at.people["chair"])
    return at


def paying(at: Office, minor: int = LARGE) -> dict[str, Any]:
    return at.voucher(debit("5301", minor), credit("1002", minor, channel_id=at.bank.id))


async def asked(at: Office, voucher: dict[str, Any]) -> Approval | None:
    return await approvals.of(at.session, "voucher_payment", voucher["id"])


async def decide(at: Office, approval: Approval | None, by: str, what: str = "approval") -> Any:
    assert approval is not None
    body = {"reason": "缺少合同"} if what == "rejection" else {}
    return await at.post(f"/v1/approvals/{approval.id}/{what}", body, by=by)


async def test_a_large_payment_is_posted_once_all_steps_approved(rich: Office) -> None:
    voucher = await rich.reviewed(paying(rich))
    path = f"{VOUCHERS}/{voucher['id']}/posting"
    approval = await asked(rich, voucher)

    before = await rich.post(path, {}, by="bo")
    first = await decide(rich, approval, "ray")
    half = await rich.post(path, {}, by="bo")
    second = await decide(rich, approval, "chair")
    after = await rich.post(path, {}, by="bo")

    assert (before.status_code, before.json()["code"]) == (409, "payment-not-approved")
    assert half.status_code == 409
    assert (first.status_code, second.status_code) == (200, 200), (first.text, second.text)
    assert (after.status_code, after.json()["state"]) == (200, "posted"), after.text


async def test_a_rejected_payment_goes_back_to_its_preparer(rich: Office) -> None:
    voucher = await rich.reviewed(paying(rich))
    answer = await decide(rich, await asked(rich, voucher), "ray", "rejection")
    shown = (await rich.get(f"{VOUCHERS}/{voucher['id']}")).json()
    assert answer.status_code == 200, answer.text
    assert (shown["state"], shown["return_reason"]) == ("returned", "付款申请未获批准")


async def test_small_payments_own_transfers_and_facts_need_no_more_than_a_review(rich: Office) -> None:
    own = {"into_account": "1001", "into_channel_id": rich.cash.id}
    bank = {"money_account": "1002", "channel_id": rich.bank.id}
    for body in (
        paying(rich, 10_000_00),
        rich.made("OWN-TRANSFER", amount=LARGE, **own, **bank),
        rich.made("J4", amount=LARGE, **bank),
        rich.made("J23", amount=LARGE, **bank),
    ):
        voucher = await rich.posted(body)
        assert await asked(rich, voucher) is None


async def test_what_was_approved_is_what_is_posted(rich: Office) -> None:
    voucher = await rich.write(paying(rich))
    path = f"{VOUCHERS}/{voucher['id']}"
    await rich.post(f"{path}/submission")
    first = await asked(rich, voucher)
    back = await rich.post(f"{path}/return", {"reason": "金额有误"}, by="ray")
    content = {name: value for name, value in paying(rich, LARGE + 1).items() if name != "organization_id"}
    await rich.put(path, content, version=back.headers["ETag"])
    await rich.post(f"{path}/submission")
    again = await asked(rich, voucher)

    assert first is not None
    assert again is not None
    await rich.session.refresh(first)
    assert (first.state, again.state, again.amount_minor) == ("withdrawn", "waiting", LARGE + 1)
