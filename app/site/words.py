"""Words: everything that the page says, in Chinese and English."""

WORDS: dict[str, tuple[str, str]] = {
    # On every page.
    "name": ("征信录", "Zhengxinlu"),
    "tagline": ("善款公开账簿", "The open account book of charity"),
    "skip": ("跳到正文", "Skip to the content"),
    "navigation": ("主导航", "Main navigation"),
    "nav_campaigns": ("募捐活动", "Campaigns"),
    "nav_follow": ("查询捐赠", "Follow a gift"),
    "nav_about": ("账簿说明", "How it works"),
    "other_language": ("English", "中文"),
    "demo": ("演示数据", "Demo data"),
    "demo_why": (
        "本页内容为演示用途，不代表真实的募捐与支出。",
        "What you see here is a demonstration, not real appeals or spending.",
    ),
    "foot": (
        "金额单位为人民币元。日期与日界以北京时间为准。",
        "Amounts are in Chinese yuan (CNY). Days are those of Beijing time.",
    ),
    "foot_api": ("开放接口", "Open API"),
    "more": ("下一页", "Next page"),
    "first": ("回到第一页", "Back to the first page"),
    "total": ("合计", "Total"),
    "organization": ("机构", "Organization"),
    "amount": ("金额", "Amount"),
    # Home.
    "home_title": ("每一笔善款，入账可查，去向可循", "Every gift is on the books, and can be followed"),
    "home_intro": (
        (
            "旧时善堂年终刊刻“征信录”，逐笔列明收支，供众人查核。这里是它的今日之续："
            "捐赠到账即入复式账簿，每一分钱都能从捐赠查到用途。"
        ),
        (
            "Chinese charities of old printed a zhengxinlu each year, a “record to earn trust” that listed "
            "every coin in and out. This is its heir: a gift enters a double-entry ledger as it arrives, "
            "and every cent of it can be followed to what it paid for."
        ),
    ),
    "totals": ("总账", "The whole book"),
    "raised": ("募集总额", "Raised"),
    "refunded": ("退还捐赠人", "Given back"),
    "net": ("募集净额", "Net of refunds"),
    "gift_count": ("捐赠人次", "Gifts"),
    "donor_count": ("实名识别捐赠人", "Identified donors"),
    "campaign_count": ("募捐活动", "Campaigns"),
    "campaigns": ("募捐活动", "Campaigns"),
    "search": ("查找", "Search"),
    "search_label": ("活动名称或代码", "Title or code of a campaign"),
    "state_label": ("状态", "State"),
    "state_any": ("全部", "All"),
    "state_open": ("募捐中", "Open"),
    "state_closed": ("已结束", "Closed"),
    "nothing_found": ("没有符合条件的募捐活动。", "No campaign matches."),
    "of_target": ("目标 {target}，已达 {percent}", "{percent} of {target}"),
    "no_target": ("未设目标金额", "No target set"),
    "gifts_line": ("净额，{count} 人次", "net of refunds, {count} gifts"),
    "progress_of": ("“{title}”募集进度", "Progress of “{title}”"),
    # A campaign.
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
    "period": ("募捐期限", "Period"),
    "period_open_end": ("{first} 起", "From {first}"),
    "period_both": ("{first} 至 {last}", "{first} to {last}"),
    "by_day": ("每日收支", "Day by day"),
    "chart_title": ("{first}至{last}每日募集与退款", "Raised and given back each day, {first} to {last}"),
    "chart_text": (
        "单日最高募集 {most}，共 {count} 天有收支。逐日数字见图下表格。",
        "Most raised on one day: {most}; {count} days with movement. The table below has each day.",
    ),
    "chart_table": ("以表格查看每日数字", "Each day as a table"),
    "chart_most": ("单日最高 {most}", "Most in a day: {most}"),
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
    # Following a gift.
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
    "passed": ("经 {count} 家机构转入", "Passed on by {count} organization(s)"),
    "arrived": ("其中 {amount} 已送达最终受益人", "{amount} of it has reached the final beneficiary"),
    "adds_up": ("各部分之和等于捐赠金额，一分不差。", "The parts add up to the gift, to the cent."),
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
    # Otherwise.
    "nav_log": ("公开日志", "Public log"),
    "log_title": ("公开日志：谁都能验证的账", "The public log: books that anybody can verify"),
    "log_size": ("已签名的条目数", "Leaves signed"),
    "log_root": ("根哈希", "Root hash"),
    "log_signed_at": ("签名时间", "Signed at"),
    "log_origin": ("日志名称", "Origin"),
    "log_keys": ("验证公钥", "Verifier keys"),
    "log_key_retired": ("已停用", "retired"),
    "log_none": ("日志尚未签发检查点。", "No checkpoint has been signed yet."),
    "about_title": ("这本账是怎么记的", "How these books are kept"),
    "error_title": ("未能显示此页", "This page cannot be shown"),
    "error_status": ("状态码 {status}", "Status {status}"),
    "error_home": ("返回首页", "Back to the front page"),
}
