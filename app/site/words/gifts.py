"""Gifts: what is said to who follows a gift."""

WORDS: dict[str, tuple[str, str]] = {
    "follow_title": ("查询一笔捐赠的去向", "Follow a gift"),
    "follow_intro": (
        "查询码由捐赠平台交给您，共 20 位；大小写、短横线不限，字母 O 与数字 0、字母 I 与数字 1 不必区分。",
        (
            "Your platform gave you a lookup code of 20 characters. Case and dashes do not matter, "
            "and O reads as 0, I as 1."
        ),
    ),
    "by_code": ("凭查询码", "By lookup code"),
    "code_label": ("查询码", "Lookup code"),
    "follow_button": ("查看去向", "Follow it"),
    "by_order": ("凭订单号", "By order number"),
    "order_intro": (
        "三项须与账单完全一致；金额用于核对身份。",
        "All three as on your bill; the amount shows that it is yours.",
    ),
    "platform_label": ("捐赠平台", "Platform"),
    "order_label": ("订单号", "Order number"),
    "amount_label": ("金额（元）", "Amount (yuan)"),
    "no_platforms": ("目前没有接入的捐赠平台。", "No platform is connected at present."),
    "trace_title": ("这笔捐赠的去向", "Where this gift is"),
    "trace_summary": ("{day}捐赠 {amount}", "{amount}, given {day}"),
    "trace_to": ("捐给", "Given to"),
    "trace_suspense": ("待认领款项", "Waiting to be placed"),
    "lookup_code": ("查询码", "Lookup code"),
    "donated_at": ("捐赠时间", "Given at"),
    "booked_on": ("入账日期", "Booked on"),
    "entry_id": ("记账凭证", "Ledger entry"),
    "trace_bar": ("各部分所占比例", "The parts in proportion"),
    "trace_flow": ("资金流向", "The way of the money"),
    "step_gift": ("收到捐赠", "The gift came in"),
    "step_fund": ("基金“{title}”", "Fund “{title}”"),
    "step_outside": ("未进入任何基金", "Never entered a fund"),
    "fund_code": ("基金代码", "Fund code"),
    "project": ("项目 {code}", "Project {code}"),
    "counterparty": ("付给 {code}", "Paid to {code}"),
    "passed": ("经 {count} 家机构转入", "Passed on by {count} organization{s}"),
    "arrived": ("其中 {amount} 已送达最终受益人", "{amount} of it has reached the final beneficiary"),
    "adds_up": ("各部分之和等于捐赠金额，一分不差。", "The parts add up to the gift, to the cent."),
    "in_parts": (
        "去向很多，分页列出；各页之和等于捐赠金额，一分不差。",
        "It went to very many places, told in several parts; all of them add up to the gift, to the cent.",
    ),
    "follow_on": ("继续查看其余去向", "Follow the rest"),
    "incomplete": (
        "部分资金流转环节过多，此处未逐一展开。",
        "Some of it went on too often to be followed here to the end.",
    ),
    "basis_designated": ("按指定用途", "By designation"),
    "basis_fifo": ("按先进先出推定", "By first in, first out"),
    "basis_title": ("如何判断去向", "How we know"),
    "basis_designated_why": (
        "按指定用途：沿途基金只收过这一笔款，去向确定无疑。",
        "By designation: no fund on the way ever held other money, so there is no doubt.",
    ),
    "basis_fifo_why": (
        "按先进先出推定：基金收到过多笔捐赠，先收到的先支出，据此逐分对应。",
        (
            "By first in, first out: the fund received several gifts; what came first is spent first, "
            "and each cent is matched by that rule."
        ),
    ),
    "place_unspent": ("仍在基金中，尚未使用", "Still in the fund, not yet used"),
    "place_spent": ("已支出", "Spent"),
    "place_in_transit": ("在机构之间划转途中", "On its way between organizations"),
    "place_refunded": ("已退还捐赠人", "Given back to the giver"),
    "place_refunded_uncovered": ("已退还捐赠人，待基金补足", "Given back; the fund has yet to cover it"),
    "place_voided": ("记录已作废", "Record voided"),
    "place_moved": ("已更正并重新入账", "Corrected and booked anew"),
    "place_not_followed": ("流转较远，未继续展开", "Went on too far to be followed here"),
    "place_suspense": ("待认领：尚未归入募捐活动", "Waiting to be placed with a campaign"),
}
