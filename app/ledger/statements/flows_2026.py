"""Flows of 2026: the statement of cash flows, and which line shows cash by the account on its other side.

The order of the lines was read; which account belongs to which line is our own reading of them (C).
"""

from app.ledger.statements.forms import Flow, FormLine, shown, total

CASH_FLOW: tuple[FormLine, ...] = (
    shown("donations_in", "接受捐赠收到的现金", "Cash from donations"),
    shown("membership_in", "收取会费收到的现金", "Cash from membership fees"),
    shown("services_in", "提供服务收到的现金", "Cash from services"),
    shown("sales_in", "销售商品收到的现金", "Cash from sales"),
    shown("grants_in", "政府补助收到的现金", "Cash from government grants"),
    shown("other_in", "收到的其他与业务活动有关的现金", "Other operating cash received"),
    total(
        "operating_in",
        "业务活动现金流入小计",
        "Operating cash received",
        "donations_in membership_in services_in sales_in grants_in other_in",
    ),
    shown("aid_out", "提供捐赠或者资助支付的现金", "Cash given as donations or aid"),
    shown("staff_out", "支付给员工以及为员工支付的现金", "Cash paid to and for staff"),
    shown("supplies_out", "购买商品、接受服务支付的现金", "Cash paid for goods and services"),
    shown("taxes_out", "支付的各项税费", "Taxes paid"),
    shown("other_out", "支付的其他与业务活动有关的现金", "Other operating cash paid"),
    total(
        "operating_out",
        "业务活动现金流出小计",
        "Operating cash paid",
        "aid_out staff_out supplies_out taxes_out other_out",
    ),
    total(
        "operating", "业务活动产生的现金流量净额", "Net operating cash", "operating_in", minus="operating_out"
    ),
    shown("investments_in", "收回投资收到的现金", "Cash from investments recovered"),
    shown("returns_in", "取得投资收益收到的现金", "Cash from returns on investments"),
    shown(
        "disposals_in",
        "处置固定资产、无形资产收回的现金",
        "Cash from disposals of fixed and intangible assets",
    ),
    total(
        "investing_in",
        "投资活动现金流入小计",
        "Investing cash received",
        "investments_in returns_in disposals_in",
    ),
    shown("assets_out", "购建固定资产、无形资产支付的现金", "Cash paid for fixed and intangible assets"),
    shown("investments_out", "对外投资支付的现金", "Cash paid for investments"),
    total("investing_out", "投资活动现金流出小计", "Investing cash paid", "assets_out investments_out"),
    total(
        "investing", "投资活动产生的现金流量净额", "Net investing cash", "investing_in", minus="investing_out"
    ),
    shown("loans_in", "借款收到的现金", "Cash from loans"),
    shown("capital_in", "收到的其他与筹资活动有关的现金", "Other financing cash received"),
    total("financing_in", "筹资活动现金流入小计", "Financing cash received", "loans_in capital_in"),
    shown("loans_out", "偿还借款支付的现金", "Loans repaid"),
    shown("interest_out", "偿付利息支付的现金", "Interest paid"),
    shown("capital_out", "支付的其他与筹资活动有关的现金", "Other financing cash paid"),
    total(
        "financing_out", "筹资活动现金流出小计", "Financing cash paid", "loans_out interest_out capital_out"
    ),
    total(
        "financing", "筹资活动产生的现金流量净额", "Net financing cash", "financing_in", minus="financing_out"
    ),
    shown("exchange", "汇率变动对现金的影响额", "Effect of exchange rates on cash"),
    total(
        "change", "现金及现金等价物净增加额", "Net increase in cash", "operating investing financing exchange"
    ),
)

FLOWS: tuple[Flow, ...] = (
    Flow(("4101", "2209/suspense"), "donations_in", "other_out"),
    Flow(("4201",), "membership_in", "other_out"),
    Flow(("4301", "1121", "1111", "2203"), "services_in", "other_out"),
    Flow(("4501",), "sales_in", "other_out"),
    Flow(("4401",), "grants_in", "other_out"),
    Flow(("5101",), "other_in", "aid_out"),
    Flow(("2204",), "other_in", "staff_out"),
    Flow(("1141", "1201", "1301", "2201", "2202", "2301"), "other_in", "supplies_out"),
    Flow(("2206", "5201", "5601"), "other_in", "taxes_out"),
    Flow(("4601",), "returns_in", "investments_out"),
    Flow(("1101", "1401", "1402", "1403"), "investments_in", "investments_out"),
    Flow(("1501", "1505", "1506", "1509", "1601", "1701"), "disposals_in", "assets_out"),
    Flow(("2101", "2501"), "loans_in", "loans_out"),
    Flow(("5401/interest",), "other_in", "interest_out"),
    Flow(("2502", "3101", "3102"), "capital_in", "capital_out"),
    # Whatever is not named above is operating and other: agency money, refunds, fees, interest received.
    Flow(
        (
            *("1122", "1131", "1801", "2209", "2503", "2601", "3201"),
            *("4701", "4901", "5301", "5401", "5501", "5901"),
        ),
        "other_in",
        "other_out",
    ),
)
