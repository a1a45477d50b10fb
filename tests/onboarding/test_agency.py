"""Agency money that was held when the books went live: told apart from ours, and handed on by its mandate."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.accounting.models import AgencyMandate, Channel
from app.accounting.parties import mandates
from app.accounting.parties.mandates import MandateWay, Movement, Standing
from app.accounting.vouchers import steps
from app.kit.database import WriteSession
from app.kit.sheets.faults import WorkbookFaulty
from app.ledger import balances
from app.ledger.errors import AccountShort
from app.ledger.models import Dimension
from app.onboarding import going_live
from app.onboarding.orders import Order
from app.organizations.access import Role
from tests.factories import organizations as make
from tests.fundraising.desk import books_agree
from tests.onboarding.workbooks import Sheets, changed, write

LIVE_ON = date(2026, 1, 1)


def holding(agency: object, owed: object = "30.00") -> Sheets:
    """The workbook with thirty yuan more in the bank, which are a company's, to be handed on."""
    told = changed(("科目余额", 3, 1, 1010), ("资金账户", 2, 3, 1010))
    told["科目余额"][0].append("对方代码")
    told["科目余额"].append(["2601", None, owed, "DL-001", None, "company-01"])
    told["资金账户"][0].append("其中受托代理")
    told["资金账户"][1].append(agency)
    return told


@pytest.fixture
async def order(session: WriteSession) -> Order:
    organization = await make.organization(session, books_from=LIVE_ON)
    return Order(organization=organization, live_on=LIVE_ON, chart="2026", actor="test")


async def test_it_is_taken_over_apart_and_handed_on_by_its_mandate(
    session: WriteSession, order: Order, tmp_path: Path
) -> None:
    at = order.organization
    await going_live.take(session, order, write(tmp_path / "a.xlsx", holding("30.00")))

    async def standing() -> dict[str, int]:
        rows = await balances.trial_balance(session, [at.id])
        return {row.label: row.balance for row in rows if row.balance}

    before = await standing()
    assert (before["1002/icbc-0291"], before["1002/agency/icbc-0291"]) == (98_000, 3_000)
    assert before["2601/DL-001/company-01"] == -3_000

    whom = (await session.scalars(select(Dimension).where(Dimension.code == "company-01"))).one()
    bank = (await session.scalars(select(Channel).where(Channel.code == "icbc-0291"))).one()
    said = {"code": "DL-001", "title": "转付", "document": "协议", "signed_on": LIVE_ON, "made_by": "test"}
    mandate = AgencyMandate(organization_id=at.id, counterparty_id=whom.id, **said)
    await mandates.make(session, mandate)
    assert (await mandates.standing(session, [mandate]))[mandate.id] == Standing(3_000, 0, 0)

    ann, ray, bo = [
        await make.staff(session, at, role) for role in (Role.accountant, Role.reviewer, Role.accountant)
    ]

    async def hand_on(amount: int) -> None:
        moving: dict[str, Any] = {"amount": amount, "channel_id": bank.id, "happened_on": date(2026, 1, 8)}
        moved = Movement(way=MandateWay.handed_on, summary="转付", **moving)
        voucher = await mandates.draft(session, mandate, moved, actor=f"staff:{ann.id}")
        await steps.submit(session, voucher, by=ann.id)
        await steps.review(session, voucher, by=ray.id)
        await steps.post(session, voucher, by=bo.id)

    trial = await session.begin_nested()
    with pytest.raises(AccountShort):
        await hand_on(3_001)
    await trial.rollback()
    await hand_on(3_000)

    after = await standing()
    assert "1002/agency/icbc-0291" not in after
    assert "2601/DL-001/company-01" not in after
    assert after["1002/icbc-0291"] == 98_000
    await books_agree(session)


@pytest.mark.parametrize(
    ("agency", "owed", "code"),
    [
        (None, "30.00", "agency_differs"),
        ("29.00", "30.00", "agency_differs"),
        ("-1.00", "30.00", "out_of_bounds"),
    ],
)
async def test_what_is_held_for_others_is_as_much_as_is_owed(
    session: WriteSession, order: Order, tmp_path: Path, agency: object, owed: object, code: str
) -> None:
    with pytest.raises(WorkbookFaulty) as refused:
        await going_live.take(session, order, write(tmp_path / "a.xlsx", holding(agency, owed)))
    told: Any = refused.value.facts["errors"]
    assert code in {one["code"] for one in told}
