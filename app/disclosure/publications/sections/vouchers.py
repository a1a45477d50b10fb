"""Vouchers: what is published of one event in the books that is major by the organization's own threshold."""

from collections.abc import Sequence

from sqlalchemy import select

from app.accounting.models import Side, Voucher, VoucherLine
from app.disclosure.models import DisclosureThreshold
from app.disclosure.publications.asked import Asked
from app.disclosure.publications.contents import Column, Field, Measure, Said, Table, Value
from app.kit.clock import legal_day
from app.kit.database import ReadSession
from app.ledger.models import ChartAccount

_SIDES = {Side.debit: "借", Side.credit: "贷"}


async def event(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell what moved, when and how much; not in the voucher's own words, which may name somebody."""
    rows = await session.execute(
        select(VoucherLine.side, VoucherLine.code, ChartAccount.name_zh, VoucherLine.amount)
        .join(
            ChartAccount, (ChartAccount.chart == VoucherLine.chart) & (ChartAccount.code == VoucherLine.code)
        )
        .where(VoucherLine.voucher_id == asked.subject.id)
        .order_by(VoucherLine.number)
    )
    lines = rows.all()
    threshold = await session.scalar(
        select(DisclosureThreshold.amount_minor)
        .where(
            DisclosureThreshold.organization_id == asked.organization.id,
            DisclosureThreshold.rule_id == "OB-B11",
            DisclosureThreshold.valid_from <= asked.first,
        )
        .order_by(DisclosureThreshold.valid_from.desc())
        .limit(1)
    )
    table: list[list[Value]] = [
        [f"{_SIDES[side]} {code} {name}", amount] for side, code, name, amount in lines
    ]
    amount = sum(one.amount for one in lines if one.side is Side.debit)
    return [
        Field("day", "发生日期", "Day", Measure.day, asked.first),
        Field("standing", "状态", "Standing", Measure.text, await _standing(session, asked)),
        Field("amount", "金额", "Amount", Measure.fen, amount),
        Field("threshold", "本机构重大事项标准", "The organization's threshold", Measure.fen, threshold),
        Table(
            "lines",
            "资产与往来变动",
            "What moved",
            (Column("account", "科目", "Account"), Column("amount", "金额", "Amount", Measure.fen)),
            table,
        ),
    ]


async def _standing(session: ReadSession, asked: Asked) -> str:
    reversed_at = await session.scalar(select(Voucher.reversed_at).where(Voucher.id == asked.subject.id))
    return "有效" if reversed_at is None else f"已于{legal_day(reversed_at)}冲销"
