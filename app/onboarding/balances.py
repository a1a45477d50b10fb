"""Balances: what a workbook says of every account, in detail where a sheet does, becomes opening balances."""

from collections import defaultdict
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from app.accounting import openings
from app.accounting.errors import OpeningUnequal
from app.accounting.openings import Balance, Opening
from app.kit.database import WriteSession
from app.kit.money import yuan
from app.kit.sheets.faults import Said
from app.ledger import dimensions
from app.ledger.models import DimensionKind
from app.onboarding import forms, gifts, workbooks
from app.onboarding.orders import Made, Order
from app.onboarding.ties import ADVANCED, DETAILED
from app.onboarding.workbooks import Handed

_CLASSES = {
    "trial_balance": "试算平衡",
    "unrestricted_net_assets": "非限定性净资产",
    "restricted_net_assets": "限定性净资产",
}


IN_TRANSIT = Balance(code="1009", sub="in-transit", amount=0)
"""Where money stands that was on its way, until it arrives (`app/onboarding/arrivals.py`)."""


async def book(session: WriteSession, order: Order, handed: Handed, made: Made) -> None:
    """Book what the workbook says of the balances; a fund that does not tie is the sheet's fault."""
    balances = [
        Balance(
            code=row.values["code"],
            amount=workbooks.amount(row),
            sub=row.values.get("sub"),
            fund_id=made.funds[row.values["fund"]] if row.values.get("fund") else None,
            counterparty_id=await _party(session, order, made, row.values.get("party")),
        )
        for row in handed.balances
        if row.values["code"] not in DETAILED
    ]
    balances += made.channels
    if waiting := sum(row.values["amount"] for row in handed.in_transit):
        balances.append(replace(IN_TRANSIT, amount=waiting))
    balances += await _advances(session, order, handed, made)
    listed = gifts.in_order(handed, made)
    opening = Opening(
        organization_id=order.organization.id,
        chart=order.chart,
        on=order.live_on,
        balances=[one for one in balances if one.amount],
        unspent={made.funds[row.values["fund"]]: row.values["unspent"] for row in handed.funds},
        gifts={fund_id: [row.values["amount"] for row in rows] for fund_id, rows in listed.items()},
    )
    try:
        receipts = await openings.book(session, opening, actor=order.actor)
    except OpeningUnequal as refusal:
        for one in cast("list[dict[str, Any]]", refusal.facts["differences"]):
            left, right = yuan(one["left"]), yuan(one["right"])
            said = Said(
                f"{one['what']}: {left} yuan in the balances, {right} yuan in the funds",
                f"{_CLASSES[one['what']]}：科目余额 {left} 元，各基金合计 {right} 元",
            )
            handed.wrong_sheet(forms.FUNDS, code="funds_differ", detail=said)
        handed.faults.refuse()
        raise
    made.entries = len(receipts)
    made.itemised = await gifts.keep(session, order, listed, [receipt.entry_id for receipt in receipts])


async def _advances(session: WriteSession, order: Order, handed: Handed, made: Made) -> list[Balance]:
    sums: defaultdict[tuple[str, str], int] = defaultdict(int)
    for row in handed.advances:
        sums[row.values["party"], row.values["fund"]] += row.values["amount"]
    return [
        Balance(
            code=ADVANCED,
            amount=amount,
            fund_id=made.funds[fund],
            counterparty_id=await _party(session, order, made, party),
        )
        for (party, fund), amount in sums.items()
    ]


async def _party(session: WriteSession, order: Order, made: Made, code: str | None) -> UUID | None:
    if code is not None and code not in made.parties:
        at = {"organization_id": order.organization.id}
        made.parties[code] = (await dimensions.declare(session, DimensionKind.counterparty, code, **at)).id
    return made.parties[code] if code else None
