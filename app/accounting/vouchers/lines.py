"""Lines: what a voucher may debit and credit, and the dimensions that each line needs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.accounting.channels import ACCOUNT_CODES
from app.accounting.models import AgencyMandate, Channel, Side
from app.accounting.vouchers.errors import LineUnfit, MovedElsewhere, VoucherUnbalanced
from app.kit.database import ReadSession
from app.ledger import funds
from app.ledger.charts import CHARTS, CLEARING, ChartLine
from app.ledger.models import Dimension, DimensionKind, Fund

MONEY = frozenset(ACCOUNT_CODES.values())
NOMINAL = frozenset({"income", "expense", "net_assets"})
"""Kinds of accounts that move a fund; what an organization has or owes moves none."""

PROGRAMMES = "5101"
"""On both charts; every other cost is borne by the general fund only (books.md, "Cost")."""

ELSEWHERE = {
    **dict.fromkeys(
        ("1101", "1401", "1402", "1403"),
        (
            "money is invested at /v1/accounting/investments, by resolution",
            "对外投资凭决议在 /v1/accounting/investments 办理",
        ),
    ),
    "2601": (
        "agency money moves by /v1/accounting/agency-mandates",
        "受托代理资金在 /v1/accounting/agency-mandates 收付",
    ),
    "4101": (
        "gifts come in, and are refunded, at /v1/fundraising",
        "捐赠的接受与退回在 /v1/fundraising 办理",
    ),
    **dict.fromkeys(
        ("3101", "3102"),
        ("net assets move by /v1/accounting/fund-moves", "净资产调整在 /v1/accounting/fund-moves 办理"),
    ),
}
"""Which accounts are booked through doors of their own, and which these are, in both languages."""
AGENCY = "2601"
RESERVED_SUBS = frozenset({"suspense", "refunds"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """A line as it is told: a side, a statutory code, fen, and the dimensions that the code needs."""

    side: Side
    code: str
    amount: int
    sub: str | None = None
    summary: str | None = None
    fund_id: UUID | None = None
    channel_id: UUID | None = None
    project_id: UUID | None = None
    counterparty_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """In whose books, on which chart, and for which day a voucher is written; what its template opens."""

    organization_id: UUID
    chart: str
    happened_on: date
    opens: frozenset[str] = frozenset()


async def fit(session: ReadSession, place: Place, lines: Sequence[NewLine]) -> list[NewLine]:
    """Return the lines with the general fund where a fund is due and none was named, or refuse.

    Raises VoucherUnbalanced, LineUnfit, MovedElsewhere, PurposeNotAllowed, FundNotUsable.
    """
    sums = {side: sum(line.amount for line in lines if line.side is side) for side in Side}
    if sums[Side.debit] != sums[Side.credit] or not lines:
        raise VoucherUnbalanced(debit=sums[Side.debit], credit=sums[Side.credit])
    accounts = {one.code: one for one in CHARTS[place.chart] if one.code != CLEARING}
    general = await funds.general(session, place.organization_id)
    known = await _Known.of(session, place, lines)
    fitted: list[NewLine] = []
    for number, line in enumerate(lines, 1):
        account = accounts.get(line.code)
        if account is None:
            raise LineUnfit(
                "the chart has no such account", "科目表中没有该科目", line=number, account=line.code
            )
        if line.code in ELSEWHERE and line.code not in place.opens:
            raise MovedElsewhere(*ELSEWHERE[line.code], line=number, account=line.code)
        known.check(number, line)
        whole = _with_fund(number, line, account, general)
        await _check_fund(session, place, number, whole, account)
        fitted.append(whole)
    _check_sides(fitted)
    return fitted


def _with_fund(number: int, line: NewLine, account: ChartLine, general: Fund) -> NewLine:
    if account.kind not in NOMINAL:
        if line.fund_id is not None:
            raise LineUnfit(
                "only income, cost and net assets belong to a fund",
                "只有收入、费用和净资产可归属基金",
                line=number,
            )
        return line
    return line if line.fund_id else replace(line, fund_id=general.id)


async def _check_fund(
    session: ReadSession, place: Place, number: int, line: NewLine, account: ChartLine
) -> None:
    if line.fund_id is None:
        return
    fund = await session.get_one(Fund, line.fund_id)
    if account.kind == "expense" and line.code != PROGRAMMES and not fund.general:
        raise LineUnfit(
            "costs are borne by the general fund", "费用由非限定基金承担", line=number, fund=fund.code
        )
    if not fund.restricted:
        return
    if line.side is Side.debit and account.kind != "net_assets":
        await funds.check_use(session, fund, project_id=line.project_id, on=place.happened_on)
    elif account.kind == "expense":
        raise MovedElsewhere(
            "what comes back of an outflow is booked as its return",
            "支出退回须作为该笔支出的退回入账",
            line=number,
        )


def _check_sides(lines: Sequence[NewLine]) -> None:
    sides: dict[object, Side] = {}
    for number, line in enumerate(lines, 1):
        leaf = (line.code, line.sub, line.fund_id, line.channel_id, line.project_id, line.counterparty_id)
        if sides.setdefault(leaf, line.side) is not line.side:
            raise LineUnfit(
                "the same account is debited and credited",
                "同一科目借贷双方相同",
                line=number,
                account=line.code,
            )


@dataclass(frozen=True, slots=True)
class _Known:
    """The things that lines name, as far as they are this organization's."""

    channels: dict[UUID, Channel]
    funds: frozenset[UUID]
    dimensions: dict[UUID, DimensionKind]
    mandates: frozenset[tuple[str | None, UUID | None]]

    @classmethod
    async def of(cls, session: ReadSession, place: Place, lines: Collection[NewLine]) -> "_Known":
        """Look up everything that these lines name, each kind at once."""
        at = place.organization_id
        channel_ids = {line.channel_id for line in lines if line.channel_id}
        fund_ids = {line.fund_id for line in lines if line.fund_id}
        named = {one for line in lines for one in (line.project_id, line.counterparty_id) if one}
        channels = await session.scalars(
            select(Channel).where(Channel.id.in_(channel_ids), Channel.organization_id == at)
        )
        found = await session.scalars(
            select(Fund.id).where(Fund.id.in_(fund_ids), Fund.organization_id == at)
        )
        dimensions = await session.execute(
            select(Dimension.id, Dimension.kind).where(
                Dimension.id.in_(named), Dimension.organization_id == at
            )
        )
        subs = {line.sub for line in lines if line.code == AGENCY}
        mandates = await session.execute(
            select(AgencyMandate.code, AgencyMandate.counterparty_id).where(
                AgencyMandate.organization_id == at, AgencyMandate.code.in_(subs)
            )
        )
        return cls(
            {one.id: one for one in channels},
            frozenset(found),
            {one.id: one.kind for one in dimensions},
            frozenset((row.code, row.counterparty_id) for row in mandates),
        )

    def check(self, number: int, line: NewLine) -> None:
        """Refuse a line that names something that is not there, or not what its account needs."""
        if line.code == AGENCY and (line.sub, line.counterparty_id) not in self.mandates:
            raise LineUnfit(
                "agency money names its mandate and whose it is",
                "受托代理资金须注明委托及其归属",
                line=number,
            )
        if line.sub in RESERVED_SUBS:
            raise MovedElsewhere(*ELSEWHERE["4101"], line=number, sub=line.sub)
        if line.fund_id and line.fund_id not in self.funds:
            raise LineUnfit("the organization has no such fund", "本机构没有该基金", line=number)
        channel = self.channels.get(line.channel_id) if line.channel_id else None
        if (line.channel_id is not None) != (line.code in MONEY):
            raise LineUnfit(
                "money lies in a channel, and nothing else does",
                "货币资金须注明账户，其他科目不得注明",
                line=number,
                account=line.code,
            )
        if line.code in MONEY and (channel is None or ACCOUNT_CODES[channel.kind] != line.code):
            raise LineUnfit(
                "that account has no such channel", "该科目下没有此账户", line=number, account=line.code
            )
        for value, kind, zh in (
            (line.project_id, DimensionKind.project, "项目"),
            (line.counterparty_id, DimensionKind.counterparty, "往来单位"),
        ):
            if value is not None and self.dimensions.get(value) is not kind:
                told = f"the organization has no such {kind.value}"
                raise LineUnfit(told, f"本机构没有该{zh}", line=number)
