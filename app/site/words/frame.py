"""Frame: what every page says around its matter, and what it says when it can't be shown."""

WORDS: dict[str, tuple[str, str]] = {
    "name": ("征信录", "Zhengxinlu"),
    "tagline": ("善款公开账簿", "The open account book of charity"),
    "skip": ("跳到正文", "Skip to the content"),
    "navigation": ("主导航", "Main navigation"),
    "nav_campaigns": ("募捐活动", "Campaigns"),
    "nav_projects": ("慈善项目", "Projects"),
    "nav_publications": ("信息公开", "Publications"),
    "nav_organizations": ("慈善会", "Members"),
    "nav_check": ("证书核验", "Certificates"),
    "nav_data": ("数据下载", "Data"),
    "nav_follow": ("查询捐赠", "Follow a gift"),
    "nav_news": ("媒体报道", "News"),
    "nav_events": ("公开活动", "Events"),
    "nav_complaints": ("投诉举报", "Complaints"),
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
    "about_title": ("这本账是怎么记的", "How these books are kept"),
    "about_about": (
        "复式记账、先进先出追踪到用途、公开什么与不公开什么，以及任何人如何自行核对。",
        (
            "Double entry, gifts followed to their use by first in, first out, what is public, what is not, "
            "and how anybody checks it."
        ),
    ),
    "error_title": ("未能显示此页", "This page cannot be shown"),
    "error_status": ("状态码 {status}", "Status {status}"),
    "missing_title": ("没有这个页面", "There is no such page"),
    "missing_why": (
        "地址可能写错，或所查内容不存在、尚未公开。可以在这里查找，或从下面的页面看起：",
        (
            "The address may be mistyped, or what it names does not exist or is not public. "
            "Search here, or begin with one of these pages:"
        ),
    ),
    # Forms.
    "form_amiss": ("有误：", "Amiss: "),
    "form_empty": ("请填写此项。", "Please fill this in."),
    "form_choose": ("请选择一项。", "Please choose one."),
    "form_long": ("最多 {count} 个字符。", "At most {count} characters."),
    "colon": ("：", ": "),
    "error_home": ("返回首页", "Back to the front page"),
}
