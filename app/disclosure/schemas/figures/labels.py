"""Labels: what the codes of figures are called in Chinese."""

from collections.abc import Mapping

from app.kit.labels import Word

CODES: Mapping[str, Mapping[str, Word]] = {
    "FigureId": {
        "raised": ("募集款物", "Raised in money and goods"),
        "raised_growth": ("募集款物增长率", "Growth of what was raised"),
        "projects": ("实施项目数", "Projects carried out"),
        "beneficiary_persons": ("受益人数", "People who were helped"),
        "beneficiary_person_times": ("受益人次", "Times that people were helped"),
        "raised_emergency": ("突发事件募集款物", "Raised for emergencies"),
        "raised_online": ("网络募集善款", "Raised online"),
        "poverty_relief_categories": ("扶贫项目类别数", "Categories of poverty relief"),
        "poverty_relief_spent": ("扶贫投入资金", "Spent on poverty relief"),
        "pilot_counties": ("慈善幸福家园实施县区数", "Counties with Happy Homes"),
        "new_volunteers": "新增志愿者",
        "clothes_collected": ("回收旧衣物", "Used clothing collected"),
        "target_sites": ("目标点位完成数", "Sites finished against the target"),
        "honours": ("年末持有荣誉", "Honours held"),
        "commendations": ("评比表彰", "Commendations held"),
    },
    "FigureUnit": {
        "fen": "分",
        "per_mille": ("千分之一", "Thousandths"),
        "projects": "个项目",
        "persons": ("人", "People"),
        "person_times": "人次",
        "categories": "类",
        "counties": "个县（市、区）",
        "grams": "克",
        "sites": "个点位",
        "villages": "个村（社区）",
        "items": "项",
    },
    "Missing": {
        "no_books": ("未建账", "No books for the year"),
        "not_kept_then": ("尚无登记", "Nothing on record then"),
        "no_emergency": ("无突发事件", "No emergency on record"),
        "no_target": ("无目标", "No target on record"),
        "only_counted": ("只计人次", "Only counted, not known"),
        "not_apart_from_members": ("无法与下级分开", "Not apart from members below"),
        "nothing_before": ("上年无可比数据", "Nothing to compare with"),
        "no_population": ("无人口数据", "No population on record"),
    },
    "RankBy": {
        "amount": ("募集额", "Amount raised"),
        "per_head": ("人均募集额", "Raised per head"),
        "growth": ("同比增幅", "Growth"),
        "completion": ("年度目标完成率", "Share of the year's target"),
    },
    "BriefPeriod": {
        "day": "日",
        "week": "周",
        "month": "月",
        "quarter": "季",
        "year": "年",
        "custom": "自定义",
    },
    "RatioMeasure": {
        "income_before": ("上年总收入", "Income of the year before"),
        "net_assets_before": ("上年末净资产", "Net assets at the end of the year before"),
        "total_spending": ("当年总支出", "All spending of the year"),
        "donations_average": ("前三年平均捐赠收入", "Average donations of the three years before"),
    },
    "RatioId": {
        "charitable_spending": "年度慈善活动支出",
        "administration": "年度管理费用",
        "fundraising_cost": "年度募捐成本",
    },
    "RatioInput": {
        "spending_booked": ("账面慈善活动支出", "Charitable spending booked"),
        "passed_to_members": ("拨付成员", "Passed on to members"),
        "passed_to_partners": ("拨付合作方", "Passed on to partners"),
        "arrived_through_members": ("经成员到达受益人", "Arrived through members"),
        "arrived_through_partners": ("经合作方到达受益人", "Arrived through partners"),
        "total_income_before": ("上年收入合计", "All income of the year before"),
        "restricted_to_later": ("上年收入中限定以后使用", "Of it for later years only"),
        "released_then": ("上年解除时间限定", "Released for use in that year"),
    },
    "RatioVerdict": {
        "kept": "符合",
        "missed": ("不符合", "Not kept"),
        "exempt": ("不适用", "Exempt"),
        "unknown": ("无法判断", "Not known"),
    },
    "Applies": {
        "yes": "是",
        "no": "否",
        "not_told": ("账簿未记载", "Not told by the books"),
    },
    "PartGroup": {
        "nature": "按性质",
        "channel": "按渠道",
        "organization": "按机构",
        "emergency": "按突发事件",
        "category": "按类别",
        "basis": "按实名与否",
        "item": "按品类",
        "programme": "按品牌计划",
        "honour": "按荣誉",
        "beside": ("另列", "Told beside"),
        "left_out": ("不计入", "Left out"),
    },
}

FIELDS: Mapping[str, Word] = {}
