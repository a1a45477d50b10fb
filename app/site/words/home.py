"""Home: what the front page says."""

WORDS: dict[str, tuple[str, str]] = {
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
    "raised": ("募集总额", "Raised"),
    "refunded": ("退还捐赠人", "Given back"),
    "net": ("募集净额", "Net of refunds"),
    "gift_count": ("捐赠人次", "Gifts"),
    "donor_count": ("实名识别捐赠人", "Identified donors"),
    "campaign_count": ("募捐活动", "Campaigns"),
    "campaigns": ("募捐活动", "Campaigns"),
    "search": ("查找", "Search"),
    "search_label": ("活动、项目、慈善会名称或代码", "Name or code of a campaign, project or member"),
    "state_label": ("状态", "State"),
    "state_any": ("全部", "All"),
    "state_open": ("募捐中", "Open"),
    "state_closed": ("已结束", "Closed"),
    "nothing_found": ("没有符合条件的募捐活动。", "No campaign matches."),
    "of_target": ("目标 {target}，已达 {percent}", "{percent} of {target}"),
    "no_target": ("未设目标金额", "No target set"),
    "gifts_line": ("净额，{count} 人次", "net of refunds, {count} gift{s}"),
    "progress_of": ("“{title}”募集进度", "Progress of “{title}”"),
    # The year.
    "this_year": ("{year}年至今公开募捐", "Public appeals in {year} so far"),
    "raised_this_year": ("今年募集", "Raised this year"),
    "gifts_this_year": ("今年捐赠人次", "Gifts this year"),
    "growth": ("较去年同期", "Against the same days last year"),
    "growth_none": ("去年同期无公开募捐收入", "No public appeal brought anything then"),
    "raised_ever": ("历年累计募集", "Raised in all years"),
    "months_title": (
        "{year}年各月募集与{before}年同月比较",
        "Raised each month of {year}, beside the same month of {before}",
    ),
    "months_text": (
        "今年最多的一月是{month}，募集 {most}。逐月数字见图下表格。",
        "Most came in in {month}: {most}. The table below has each month.",
    ),
    "months_table": ("以表格查看各月数字", "Each month as a table"),
    "month": ("月份", "Month"),
    "annual_how": ("各项口径与说明", "What each figure counts"),
    "members_title": ("募集款物最多的慈善会", "Members that raised most"),
    "ranking_text": (
        "最多的是{name}，{most}；图中共 {count} 家。",
        "Most was raised by {name}: {most}. {count} shown.",
    ),
    # What is due.
    "due_title": ("公开期限", "What is due to be published"),
    "due_intro": (
        "依法应公开而逾期未公开的，五个工作日后列在此处；三十日内到期的一并预告。",
        (
            "What the law wants published and is late by five working days stands here; so does what falls "
            "due within thirty days."
        ),
    ),
    "late": ("已逾期", "Late"),
    "late_since": ("应于{day}前完成", "was due by {day}"),
    "due_soon": ("即将到期", "Due soon"),
    "due_by": ("{day}前", "by {day}"),
    "nothing_late": ("没有逾期未公开的事项。", "Nothing is late."),
    # Search.
    "found_projects": ("相关项目", "Projects found"),
    "found_organizations": ("相关慈善会", "Members found"),
}
