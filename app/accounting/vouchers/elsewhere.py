"""Elsewhere: the journal templates of domain events that are booked through doors of their own."""

from app.accounting.vouchers.templates import Template

_GIFTS = "gifts are recorded at /v1/fundraising/campaigns/{campaign_id}/donations"
_GOODS = "goods come in and go out with their lots, in fundraising"
_PAYMENTS = "aid and payments to partners are disbursements and transfers of a fund"
_CLOSING = "closing entries are booked when a month or a year is closed"


def _elsewhere(code: str, title_zh: str, title: str, source: str, door: str) -> Template:
    return Template(code=code, title_zh=title_zh, title=title, source=source, activity="none", door=door)


DOORS = (
    _elsewhere("J1", "限定性现金捐赠", "Restricted cash gift", "4101(四)(一)", _GIFTS),
    _elsewhere("J2", "非限定性现金捐赠", "Free cash gift", "4101", _GIFTS),
    _elsewhere(
        "J3",
        "平台或商户代收捐赠",
        "Gift collected by a platform",
        "1009",
        "platforms tell of it at /v1/webhooks",
    ),
    _elsewhere("J5", "接受物资捐赠", "Goods received", "18(五), 1201", _GOODS),
    _elsewhere("J7", "物资发放", "Goods handed to beneficiaries", "1201(二)", _GOODS),
    _elsewhere("J8", "发放救助款", "Aid in cash", "5101", _PAYMENTS),
    _elsewhere("J9", "拨付合作方或下级", "Money paid on", "5101, ZC 12", _PAYMENTS),
    _elsewhere("J10", "收回未用款项", "Unspent money returned", "5101", "a return names the payment it ends"),
    _elsewhere(
        "J11",
        "因外部原因退回捐赠",
        "Refund for outside reasons",
        "4101",
        "refunds are decided at /v1/fundraising/donations/{donation_id}/refunds",
    ),
    _elsewhere(
        "J13",
        "退回以前年度捐赠",
        "Refund of a prior-year gift",
        "3201",
        "refunds are decided at /v1/fundraising/donations/{donation_id}/refunds",
    ),
    _elsewhere("J14", "期末结转收入", "Closing of income", "3101, 3102", _CLOSING),
    _elsewhere("J15", "期末结转费用", "Closing of expense", "3101, 3102", _CLOSING),
    _elsewhere(
        "J16",
        "限定解除",
        "Restriction released",
        "3101, 3102",
        "releases are asked for at /v1/accounting/fund-moves",
    ),
    _elsewhere(
        "J17",
        "非限定转为限定",
        "New restriction",
        "3101, 3102",
        "re-designations are asked for at /v1/accounting/fund-moves",
    ),
    _elsewhere("J28", "企业配捐", "Matching gift", "practice", _GIFTS),
)
