"""Complaints: what the pages on which people complain say."""

WORDS: dict[str, tuple[str, str]] = {
    "complaints_title": ("投诉举报", "Complaints"),
    "complaints_intro": (
        "发现慈善会、募捐活动、项目或公开信息有不妥之处，请在此告诉我们；可以不留姓名。",
        (
            "If something is wrong with a member, a campaign, a project or what was published, tell us here. "
            "You need not say who you are."
        ),
    ),
    "complaints_days": (
        "我们承诺自收到之日起 {count} 个工作日内答复。",
        "We promise an answer within {count} working day{s}.",
    ),
    "complaints_hidden": (
        "被您点名的工作人员看不到这份投诉；本会无人可办时，由上级慈善会办理。",
        ("Staff whom you name never see it; where nobody else is left, the association above looks into it."),
    ),
    "complaints_kept": (
        "您写的内容与联系方式加密保存，到期删除。",
        "Your words and contact are kept encrypted, and destroyed when their time is over.",
    ),
    "complaints_authority": (
        "您也可以直接向当地民政部门投诉举报（《慈善法》第一百零八条）。",
        "You may also turn to the civil affairs authority (Charity Law, article 108).",
    ),
    "complaint_say": ("写投诉", "Complain"),
    "complaint_organization": ("投诉哪家机构", "About which organization"),
    "complaint_choose": ("请选择", "Please choose"),
    "complaint_subject": ("投诉对象", "What it is about"),
    "complaint_code": ("对象代码", "Its code"),
    "complaint_code_hint": (
        "活动或项目的代码，或公开信息的编号、网址；投诉机构本身时不填。",
        (
            "Of the campaign or project, or number or address of what was published; "
            "leave it empty for the organization itself."
        ),
    ),
    "complaint_text": ("情况说明", "What is wrong"),
    "complaint_text_hint": (
        "时间、地点、经过，不超过 2,000 字。",
        "When, where, what happened; up to 2,000 characters.",
    ),
    "complaint_contact": ("联系方式（可不填）", "How to reach you (if you like)"),
    "complaint_contact_hint": (
        "电话、邮箱或地址，只有办理人看得到。",
        "Telephone, mail or address; only who looks into it sees it.",
    ),
    "complaint_send": ("提交", "Send"),
    "complaint_ask": ("查询进展", "Follow a complaint"),
    "complaint_ask_hint": (
        "提交后得到的 20 位查询码；大小写、短横线不限。",
        "The code of 20 characters that you got when you sent it; case and dashes do not matter.",
    ),
    "complaint_look": ("查看进展", "Look"),
    "complaint_title": ("您的投诉", "Your complaint"),
    "complaint_sent": (
        "已收到。请记下查询码：遗失后谁也无法找回。",
        "Received. Please note the code: once it is lost, nobody can tell it again.",
    ),
    "complaint_received": ("受理日期", "Received on"),
    "complaint_due": ("答复期限", "Answered by"),
    "complaint_answered": ("答复时间", "Answered at"),
    "complaint_closed": ("办结时间", "Closed at"),
    "complaint_outcome": ("办理结果", "Outcome"),
    "complaint_answer": ("答复", "Answer"),
    "complaint_keep": (
        "凭查询码可随时回来查看；持有此码者都能看到答复。",
        "The code leads you back here at any time; whoever holds it reads the answer.",
    ),
}
