"""Campaigns: what the page of a campaign says."""

WORDS: dict[str, tuple[str, str]] = {
    "account": ("收支账", "The account"),
    "account_item": ("项目", "Item"),
    "account_spent": ("用于本活动宗旨", "Spent for its purpose"),
    "account_elsewhere": ("成本分摊及转入其他基金", "Share of costs, and moved to other funds"),
    "account_balance": ("基金结余", "Balance still held"),
    "account_balances": (
        "净额 = 支出 + 分摊与转出 + 结余，账目恒平。",
        "Net = spent + shared or moved + balance. The account always adds up.",
    ),
    "cost_share": (
        "按备案，“{title}”每笔捐赠的 {percent} 计入项目成本。",
        "As filed, {percent} of each gift for “{title}” goes to the costs.",
    ),
    "as_of": ("最近一笔入账：{moment}", "Newest entry: {moment}"),
    "filing_no": ("备案编号", "Filing number"),
    "campaign_code": ("活动代码", "Campaign code"),
    "days_left": ("还剩 {count} 天", "{count} day{s} left"),
    "last_day": ("今天截止", "Last day"),
    "period": ("募捐期限", "Period"),
    "period_open_end": ("{first} 起", "From {first}"),
    "period_both": ("{first} 至 {last}", "{first} to {last}"),
    "by_day": ("每日收支", "Day by day"),
    "chart_title": ("{first}至{last}每日募集与退款", "Raised and given back each day, {first} to {last}"),
    "chart_text": (
        "单日最高募集 {most}，共 {count} 天有收支。逐日数字见图下表格。",
        "Most raised on one day: {most}; {count} day{s} with movement. The table below has each day.",
    ),
    "chart_table": ("以表格查看每日数字", "Each day as a table"),
    "no_days": ("尚无收支。", "Nothing has come in yet."),
    "day": ("日期", "Day"),
    "by_channel": ("收款渠道", "By channel"),
    "channel": ("渠道", "Channel"),
    "gifts": ("捐赠明细", "Gifts"),
    "gifts_note": (
        "姓名仅在捐赠人同意时全名公示，否则只显示首字；隐藏金额与不愿具名者从其意愿。",
        (
            "A name is given in full only where the giver agreed; otherwise its first character. "
            "Who hides the amount or stays anonymous does so here too."
        ),
    ),
    "no_gifts": ("尚无捐赠。", "No gifts yet."),
    "giver": ("捐赠人", "Giver"),
    "hidden_amount": ("未公开", "Not shown"),
    "mark_voided": ("已作废", "Voided"),
    "mark_wholly": ("已退款", "Refunded"),
    "mark_partly": ("部分退款", "Partly refunded"),
    "mark_partly_amount": ("已退 {amount}", "{amount} refunded"),
    "follow_hint": (
        "您捐过款？凭查询码或订单号，查看您的善款用在了哪里。",
        "Did you give? Your lookup code or order number shows what your money paid for.",
    ),
}
