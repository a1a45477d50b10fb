"""Investments: money put to work within the law's gate (慈善法 art. 55, 民政部令第62号 art. 4 to 7)."""

from collections.abc import Mapping

from app.accounting.models import Investment, InvestmentKind, Voucher
from app.accounting.netassets.errors import InvestmentFundUnfit, InvestmentProhibited, TwoThirdsMissing
from app.accounting.vouchers import catalogue, drafts, templates
from app.accounting.vouchers.drafts import Written
from app.accounting.vouchers.errors import LineUnfit
from app.accounting.vouchers.templates import Inputs
from app.kit.database import ReadSession, WriteSession
from app.ledger.errors import FundShort
from app.ledger.funds import left
from app.ledger.models import Fund
from app.organizations.models import Organization

TEMPLATE = "INVESTMENT"
PROHIBITED: Mapping[InvestmentKind, str] = {
    InvestmentKind.listed_shares: "TZ 7(1) 直接买卖股票",
    InvestmentKind.commodities_or_derivatives: "TZ 7(2) 直接购买商品及金融衍生品类产品",
    InvestmentKind.life_insurance: "TZ 7(3) 投资人身保险产品",
    InvestmentKind.loan: "TZ 7(4) 以投资名义向个人、企业提供借款",
    InvestmentKind.against_industrial_policy: "TZ 7(5) 不符合国家产业政策的投资",
    InvestmentKind.unlimited_liability: "TZ 7(6) 可能使本组织承担无限责任的投资",
    InvestmentKind.against_purpose: "TZ 7(7) 违背本组织宗旨、可能损害信誉的投资",
}


async def decide(
    session: WriteSession, investment: Investment, inputs: Inputs, *, government_funded: bool
) -> Investment:
    """Record an investment that may be made, and write the draft of its voucher.

    Raises InvestmentProhibited, InvestmentFundUnfit, TwoThirdsMissing, FundShort, and what a draft refuses.
    """
    if investment.kind in PROHIBITED:
        raise InvestmentProhibited(article=PROHIBITED[investment.kind])
    if investment.major and investment.votes_for * 3 < investment.votes_total * 2:
        raise TwoThirdsMissing(votes_for=investment.votes_for, votes_total=investment.votes_total)
    await _check_fund(session, investment, government_funded=government_funded)
    voucher = await _draft(session, investment, inputs)
    investment.voucher_id = voucher.id
    session.add(investment)
    await session.flush()
    return investment


async def _check_fund(session: ReadSession, investment: Investment, *, government_funded: bool) -> None:
    fund = await session.get(Fund, investment.fund_id)
    if fund is None or fund.organization_id != investment.organization_id:
        raise LineUnfit("the organization has no such fund", "本机构没有该基金")
    if government_funded:
        raise InvestmentFundUnfit(
            "TZ 6: money given by the government is not invested",
            "《慈善组织保值增值投资活动管理暂行办法》第六条：政府资助的财产不得用于投资",
            fund=fund.code,
        )
    due = fund.usable_from is None or fund.usable_from <= investment.decided_on
    if fund.restricted and due:
        raise InvestmentFundUnfit(
            "CL 55, TZ 6: the fund is restricted and due",
            "《慈善法》第五十五条、《投资活动管理暂行办法》第六条：该基金为限定用途且须拨付使用",
            fund=fund.code,
        )
    held = (await left(session, [fund.id]))[fund.id]
    if held < investment.amount:
        raise FundShort(fund=fund.id, asked=investment.amount, left=held)


async def _draft(session: WriteSession, investment: Investment, inputs: Inputs) -> Voucher:
    organization = await session.get_one(Organization, investment.organization_id)
    chart, told = organization.chart_version, {**inputs, "amount": investment.amount}
    written = Written(
        happened_on=investment.decided_on,
        summary=investment.title,
        lines=templates.fill(catalogue.find(TEMPLATE), told, chart=chart, at_its_door=True),
        template=TEMPLATE,
    )
    return await drafts.create(session, organization.id, chart, written, made_by=investment.made_by)
