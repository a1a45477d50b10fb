"""Organizations: what the federation's page and those of its members say."""

WORDS: dict[str, tuple[str, str]] = {
    "organizations_title": ("联合会的各家慈善会", "The associations of the federation"),
    "organizations_intro": (
        "省、市、县三级慈善会各自独立建账，互不相混；善款跨机构划转，两边账上都看得到。",
        (
            "Province, cities and counties each keep books of their own. Where money passes from one to "
            "another, both books show it."
        ),
    ),
    "organization_about": (
        "{name}的募捐、项目、支出、信息公开与本年度数字。",
        "{name}: its campaigns, projects, spending, publications, and the figures of the year.",
    ),
    "members_below": ("下级慈善会", "Members below"),
    "member_above": ("上级慈善会", "Member above"),
    "who": ("基本信息", "Who we are"),
    "registration": ("统一社会信用代码", "Unified social credit code"),
    "organization_code": ("机构代码", "Code"),
    "organization_wanted": ("机构代码", "Code of a member"),
    "legal_form": ("登记类型", "Registered as"),
    "region": ("所在地区", "Region"),
    "founded": ("成立日期", "Founded"),
    "books_from": ("账簿起始日", "Books kept from"),
    "books_chart": ("会计科目表", "Chart of accounts"),
    "books_chart_of": ("{version}年版", "{version}"),
    "annual_title": ("{year}年度数字", "The figures of {year}"),
    "annual_basis_entity": ("口径：本会。", "Of this member alone."),
    "annual_basis_consolidated": (
        "口径：本会及下级合并，相互划转已抵销。",
        "Of this member and all below it; what passed among them is counted once.",
    ),
    "annual_as_of": ("截至{day}。", "As of {day}."),
    "annual_before": ("上年 {figure}", "the year before {figure}"),
    "closed_statements": ("会计报表", "Statements"),
    "closed_statements_why": (
        "已结账月份的资产负债表、业务活动表与现金流量表（Excel）。",
        "Balance sheet, activities and cash flows of the months whose books are closed, as Excel workbooks.",
    ),
    "voice": ("活动、报道与投诉", "Events, news, complaints"),
    "events_of": ("本会公开活动", "Events of this member"),
    "news_of": ("关于本会的报道", "News about this member"),
    "complain_of": ("投诉举报本会", "Complain about this member"),
    "roster": ("组织机构成员", "Who decides here"),
    "roster_post": ("职务", "Post"),
    "roster_name": ("姓名", "Name"),
    "roster_since": ("任职起", "Since"),
    "volunteer_count": ("注册志愿者", "Volunteers"),
    "team_count": ("志愿服务队", "Teams"),
    "hours_this_year": ("今年服务时长（小时）", "Hours served this year"),
    "organization_campaigns": ("本会募捐活动", "Campaigns of this member"),
    "no_campaigns_yet": ("尚无募捐活动。", "No campaigns yet."),
    "nothing_due": ("近期没有到期事项。", "Nothing falls due soon."),
}
