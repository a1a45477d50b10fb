"""Elsewhere: the journal templates of domain events that are booked through doors of their own."""

from app.accounting.vouchers.templates import Template

_GIFTS = (
    "gifts are recorded at /v1/fundraising/campaigns/{campaign_id}/donations",
    "捐赠在 /v1/fundraising/campaigns/{campaign_id}/donations 登记",
)
_GOODS = ("goods come in and go out with their lots, in fundraising", "物资按批次在筹款模块收发")
_PAYMENTS = (
    "aid and payments to partners are disbursements and transfers of a fund",
    "救助款和对合作方的拨付按基金的支付与划拨办理",
)
_CLOSING = ("closing entries are booked when a month or a year is closed", "结转分录在月结或年结时自动入账")
_REFUNDS = (
    "refunds are decided at /v1/fundraising/donations/{donation_id}/refunds",
    "退款在 /v1/fundraising/donations/{donation_id}/refunds 决定",
)


def _elsewhere(code: str, title_zh: str, title: str, source: str, door: tuple[str, str]) -> Template:
    en, zh = door
    return Template(
        code=code,
        title_zh=title_zh,
        title=title,
        source=source,
        activity="none",
        door=en,
        door_zh=zh,
    )


DOORS = (
    _elsewhere("J1", "限定性现金捐赠", "Restricted cash gift", "4101(四)(一)", _GIFTS),
    _elsewhere("J2", "非限定性现金捐赠", "Free cash gift", "4101", _GIFTS),
    _elsewhere(
        "J3",
        "平台或商户代收捐赠",
        "Gift collected by a platform",
        "1009",
        ("platforms tell of it at /v1/webhooks", "由平台通过 /v1/webhooks 通知"),
    ),
    _elsewhere("J5", "接受物资捐赠", "Goods received", "18(五), 1201", _GOODS),
    _elsewhere("J7", "物资发放", "Goods handed to beneficiaries", "1201(二)", _GOODS),
    _elsewhere("J8", "发放救助款", "Aid in cash", "5101", _PAYMENTS),
    _elsewhere("J9", "拨付合作方或下级", "Money paid on", "5101, ZC 12", _PAYMENTS),
    _elsewhere(
        "J10",
        "收回未用款项",
        "Unspent money returned",
        "5101",
        ("a return names the payment it ends", "退回须注明所冲减的支付"),
    ),
    _elsewhere(
        "J11",
        "因外部原因退回捐赠",
        "Refund for outside reasons",
        "4101",
        _REFUNDS,
    ),
    _elsewhere(
        "J13",
        "退回以前年度捐赠",
        "Refund of a prior-year gift",
        "3201",
        _REFUNDS,
    ),
    _elsewhere("J14", "期末结转收入", "Closing of income", "3101, 3102", _CLOSING),
    _elsewhere("J15", "期末结转费用", "Closing of expense", "3101, 3102", _CLOSING),
    _elsewhere(
        "J16",
        "限定解除",
        "Restriction released",
        "3101, 3102",
        ("releases are asked for at /v1/accounting/fund-moves", "解除限定在 /v1/accounting/fund-moves 申请"),
    ),
    _elsewhere(
        "J17",
        "非限定转为限定",
        "New restriction",
        "3101, 3102",
        (
            "re-designations are asked for at /v1/accounting/fund-moves",
            "改变用途在 /v1/accounting/fund-moves 申请",
        ),
    ),
    _elsewhere("J28", "企业配捐", "Matching gift", "practice", _GIFTS),
)
