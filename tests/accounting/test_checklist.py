"""What is looked at before a month closes: what blocks, what warns, and what the approver waives."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from app.accounting.bank import reconciliations
from app.accounting.models import Channel, MonthStep, StepKind
from app.accounting.months.checklist import MORE, Check, CheckWeight, Finding
from app.accounting.vouchers import numbers, recurring
from app.kit.database import ReadSession, WriteSession
from app.organizations.models import Scope
from tests.accounting.banking import Told, statement
from tests.accounting.office import VOUCHERS, Office, credit, debit
from tests.factories import organizations as members

JANUARY = date(2026, 1, 1)


@dataclass
class Month:
    """January at an office that has ten thousand yuan in its bank account since its first day."""

    at: Office

    @property
    def path(self) -> str:
        return f"/v1/accounting/organizations/{self.at.organization.id}/months/2026-01"

    async def checks(self) -> dict[str, dict[str, Any]]:
        answer = await self.at.get(f"{self.path}/checklist")
        assert answer.status_code == 200, answer.text
        return {one["key"]: one for one in answer.json()["checks"]}

    async def ask(self, reason: str | None = None) -> Any:
        return await self.at.post(f"{self.path}/closing-request", {"reason": reason})

    async def close(self, **waived: str) -> Any:
        waivers = [{"key": key, "reason": reason} for key, reason in waived.items()]
        return await self.at.post(f"{self.path}/closing", {"waivers": waivers}, by="ray")

    async def reconcile(self, channel: Channel, minor: int, *, reviewed: bool = True) -> None:
        """Let the bank tell of a receipt that the books do not know, and two people sign for it."""
        url = f"/v1/accounting/bank-accounts/{channel.id}/statements"
        content = statement(Told(amount=1, day="2026-01-31"), opening=minor)
        files, headers = {"file": ("statement.csv", content)}, self.at.headers["ann"]
        sent = await self.at.client.post(url, files=files, headers=headers)
        assert sent.status_code == 201, sent.text
        signed = await reconciliations.sign(self.at.session, channel, JANUARY, actor="staff:1")
        if reviewed:
            await reconciliations.review(self.at.session, signed, actor="staff:2")

    def paying(self, minor: int = 800) -> dict[str, Any]:
        lines = debit("5301", minor), credit("1002", minor, channel_id=self.at.bank.id)
        return self.at.voucher(*lines, happened_on="2026-01-08")


@pytest.fixture
async def january(at: Office) -> AsyncIterator[Month]:
    yield Month(at)
    at.session.info.pop(MORE, None)


async def test_each_item_says_what_it_weighs_and_why(january: Month) -> None:
    checks = await january.checks()
    weights = {key: one["weight"] for key, one in checks.items()}
    assert weights == {
        "over": "required",
        **dict.fromkeys(
            ("statements", "money", "banks", "vouchers_waiting", "recurring", "platforms"), "blocking"
        ),
        **dict.fromkeys(
            ("suspense", "in_transit", "transits", "dues", "vouchers_unfinished", "numbers"), "warning"
        ),
    }
    assert all(one["why"].endswith(".") and one["why_zh"] for one in checks.values())


async def test_a_bank_account_is_done_once_two_people_signed_what_the_books_still_say(january: Month) -> None:
    at = january.at

    async def bank() -> dict[str, Any]:
        found = (await january.checks())["banks"]
        return {"done": found["done"], **found["facts"]}

    # The cash box is no bank account, and one without a movement has nothing to reconcile.
    assert await bank() == {"done": False, "account_count": 1, "bank": "not_signed"}
    await january.reconcile(at.bank, 10_000_00, reviewed=False)
    assert await bank() == {"done": False, "account_count": 1, "bank": "not_reviewed"}
    signed = await reconciliations.of_month(at.session, at.bank, JANUARY)
    assert signed is not None
    await reconciliations.review(at.session, signed, actor="staff:2")
    assert await bank() == {"done": True, "account_count": 1}
    # Somebody books in the month after both have signed.
    await at.posted(january.paying())
    assert await bank() == {"done": False, "account_count": 1, "bank": "changed_since"}


async def test_what_blocks_is_waived_by_who_closes_each_with_a_reason_that_auditors_read(
    january: Month, session: WriteSession
) -> None:
    at = january.at
    without = await january.ask()
    asked = await january.ask("流水尚未到齐")
    silent = await january.close()
    other = await january.close(money="不相干")
    closed = await january.close(banks="已电话核对余额", money="不相干")

    assert [one.json().get("items") for one in (without, silent, other)] == [["banks"]] * 3
    assert (asked.status_code, closed.status_code) == (201, 201), closed.text
    assert closed.json()["waivers"] == [{"key": "banks", "reason": "已电话核对余额"}]
    _, key = await members.key(session, at.organization, Scope.audit)
    steps = await at.client.get(f"/v1/audit/organizations/{at.organization.id}/month-steps", headers=key)
    assert [(one["kind"], one["waivers"]) for one in steps.json()["items"]] == [
        ("asked", []),
        ("closed", [{"key": "banks", "reason": "已电话核对余额"}]),
    ]
    early = MonthStep(
        organization_id=at.organization.id,
        month=JANUARY,
        kind=StepKind.asked,
        taken_by=at.people["ann"].id,
        waivers=[{"key": "banks", "reason": "x"}],
    )
    with pytest.raises(IntegrityError, match="month_steps_waivers_check"):
        async with session.begin_nested():
            session.add(early)


async def test_what_nobody_can_waive_is_refused_with_every_reason(january: Month) -> None:
    path = january.path.replace("2026-01", "2026-02")
    refused = await january.at.post(f"{path}/closing-request", {"reason": "急"})
    assert (refused.status_code, refused.json()["items"]) == (409, ["over"])


async def test_vouchers_that_were_handed_in_block_and_drafts_warn(january: Month) -> None:
    at = january.at
    await at.write(january.paying())
    handed_in = await at.write(january.paying())
    await at.post(f"{VOUCHERS}/{handed_in['id']}/submission")
    await at.reviewed(january.paying())
    later = at.voucher(debit("5301", 1), credit("1002", 1, channel_id=at.bank.id), happened_on="2026-02-01")
    await at.reviewed(later)

    checks = await january.checks()
    asked = await january.ask()

    waiting, drafts = checks["vouchers_waiting"], checks["vouchers_unfinished"]
    assert (waiting["done"], waiting["facts"]) == (False, {"submitted_count": 1, "reviewed_count": 1})
    assert (drafts["done"], drafts["facts"]) == (False, {"draft_count": 1, "returned_count": 0})
    assert asked.json()["items"] == ["banks", "vouchers_waiting"]


async def test_a_recurring_voucher_that_is_owed_blocks_until_it_is_booked(january: Month) -> None:
    at = january.at
    schedule = {
        "organization_id": str(at.organization.id),
        "summary": "支付房租",
        "template": "RENT",
        "inputs": {"amount": 800_00, "money_account": "1002", "channel_id": str(at.bank.id)},
        "day_of_month": 31,
        "starts_on": "2026-01-15",
    }
    made = (await at.post("/v1/accounting/voucher-schedules", schedule)).json()

    owed = (await january.checks())["recurring"]
    await recurring.write_due(at.session, made["id"], date(2026, 1, 31))
    written = (await january.checks())["recurring"]
    [draft] = (await at.get(VOUCHERS, template="RENT")).json()["items"]
    for step, who in (("submission", "ann"), ("review", "ray")):
        await at.post(f"{VOUCHERS}/{draft['id']}/{step}", by=who)
    await at.post(f"{VOUCHERS}/{draft['id']}/posting", {}, by="bo")
    booked = (await january.checks())["recurring"]

    assert [
        (one["done"], one["facts"]["count"], one["facts"]["written_count"]) for one in (owed, written)
    ] == [
        (False, 1, 0),
        (False, 1, 1),
    ]
    assert booked["done"] is True


async def test_an_account_below_nothing_blocks_and_days_without_numbers_warn(january: Month) -> None:
    at = january.at
    await at.posted(
        at.made("J4", amount=10_000_01, money_account="1002", channel_id=at.bank.id)
        | {"happened_on": "2026-01-09"}
    )

    checks = await january.checks()
    await numbers.assign(at.session, at.organization.id, JANUARY, until=date(2026, 1, 31))
    after = await january.checks()

    assert (checks["money"]["done"], checks["money"]["facts"]) == (False, {"bank_minor": -1})
    assert (checks["numbers"]["done"], checks["numbers"]["facts"]) == (False, {"count": 2})
    assert after["numbers"]["done"] is True
    assert checks["dues"]["facts"] == {"count": 1, "amount_minor": 1}


async def test_features_above_put_their_own_items_on_the_list(january: Month) -> None:
    told: list[tuple[object, date]] = []

    async def platforms_agree(_: ReadSession, organization_id: object, month: date) -> Finding:
        told.append((organization_id, month))
        return Finding(done=False, facts={"tencent_minor": 5})

    check = Check(
        title_zh="1009 与平台对账单一致",
        title="1009 equals what the platforms stated",
        weight=CheckWeight.blocking,
        why_zh="差额即漏记",
        why="What differs was not recorded.",
        look=platforms_agree,
    )
    january.at.session.info[MORE] = {"platform_statements": check}

    checks = await january.checks()
    asked = await january.ask()

    assert list(checks)[-1] == "platform_statements"
    assert told == [(january.at.organization.id, JANUARY)] * 2
    assert asked.json()["items"] == ["banks", "platform_statements"]
