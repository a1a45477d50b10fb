"""Ratios: what the page of an organization's spending and costs says."""

WORDS: dict[str, tuple[str, str]] = {
    "ratios": ("支出与费用比例", "Spending and costs"),
    "ratios_title": ("支出与费用比例", "Spending and cost ratios"),
    "ratios_about": (
        "{name}各年慈善支出、管理费用与募捐成本的比例与限额。",
        "{name}: its spending on charity and its costs, year by year, beside the limits of the law.",
    ),
    "ratios_intro": (
        "慈善组织每年须将收入或净资产的一定比例用于慈善活动，管理费用与募捐成本不得超过限额。这里是已结账年度的结果。",
        (
            "Each year a charity has to spend a share of its income or net assets on charity, and may spend "
            "only so much on itself and on raising money. This is how the closed years came out."
        ),
    ),
    "ratios_open": (
        "尚无已结账的年度。账簿结账后，该年度的比例在此公开；此前的预测仅供本会内部使用。",
        (
            "No year is closed yet. A year’s ratios stand here once its books are closed; "
            "until then its forecast is for the organization’s own people."
        ),
    ),
    "ratios_of": ("{year}年度", "The year {year}"),
    "ratio_years_chosen": ("年度：", "Years:"),
    "ratio_law": ("依据", "By"),
    "ratio_article": ("第 {number} 条", "Article {number}"),
    "ratio_class": ("所属类别", "Class"),
    "ratio_class_unknown": (
        "上年末净资产未知，无法确定类别，故不作判断。",
        "The net assets by which classes go are not known: nothing is judged.",
    ),
    "ratio_counted": ("慈善支出的计算", "When spending counts"),
    "ratio_last_mile": ("送达受益人时计入", "When it reaches the beneficiary"),
    "ratio_paid": ("支付时计入", "When it is paid"),
    "ratio_item": ("项目", "Item"),
    "ratio_amount": ("本年金额", "In the year"),
    "ratio_base": ("基数", "Of what"),
    "ratio_average": ("三年平均 {amount}", "three years’ average {amount}"),
    "ratio_share": ("实际比例", "Share"),
    "ratio_limit": ("限额", "Limit"),
    "ratio_least": ("不低于", "At least"),
    "ratio_most": ("不高于", "At most"),
    "ratio_verdict": ("结果", "Result"),
    "ratio_marked": (
        "{mark} 级依据：未经原文逐字核对或系我们的理解。",
        "Mark {mark}: not read word by word, or our reading.",
    ),
    "ratio_years": ("历年{ratio}", "{ratio} over the years"),
    "ratio_years_text": (
        "{year}年为 {share}，限额 {limit}。数字见各年表格。",
        "In {year} it was {share}; the limit is {limit}. The tables of the years have the figures.",
    ),
    "ratio_made": ("如何算出", "What it is made of"),
    "ratio_incomplete": (
        "部分转出资金流转过远，未能全部追踪到终点。",
        "Some of the money that was passed on could not be followed to its end.",
    ),
    "ratio_exceptions": ("可超出限额的情形", "Grounds on which costs may be higher"),
    "ratio_applies": ("是否适用", "Applies"),
    "ratio_reported": ("已于{on}向{to}报告。", "Reported to {to} on {on}."),
}
