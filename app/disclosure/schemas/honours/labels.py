"""Labels: what the codes and fields of honours and commendations are called in Chinese."""

from collections.abc import Mapping

from app.kit.labels import Word

CODES: Mapping[str, Mapping[str, Word]] = {
    "AmbassadorState": {
        "proposed": "待审查",
        "refused": "未通过",
        "upcoming": "未开始",
        "active": "任期内",
        "ended": "已结束",
    },
    "AwardCategory": {
        "cyberspace": "网信工作",
        "publicity": "宣传工作",
        "volunteering": "志愿服务工作",
    },
    "AwardRegime": {
        "earlier_rules": ("2026年8月1日前的规定", "Rules of before 1 August 2026"),
        "mf_2026_31": ("民发〔2026〕31号", "Text of 2026"),
    },
    "AwardStage": {
        "planned": "计划（未获批）",
        "nominating": "推荐评审",
        "publicised": "公示",
        "decided": "已决定",
        "filed": "已备案",
    },
    "NomineeKind": {"unit": "单位", "person": "个人"},
    "NomineeState": {
        "nominated": "已推荐",
        "shortlisted": "入围",
        "dropped": "未通过",
        "commended": "受表彰",
        "passed_over": "未获表彰",
    },
    "NominatedBody": {
        "social_organization": "社会组织",
        "enterprise": "企业",
        "public_institution": "事业单位",
        "community": "村（社区）",
        "none": "无",
        "party_or_government": "党政机关或其领导干部",
    },
}

FIELDS: Mapping[str, Word] = {
    "Sheet.honours": "荣誉",
    "Sheet.public_ambassadors": "形象大使",
    "Sheet.ambassadors": "形象大使（内部）",
    "Sheet.public_award_schemes": "评比表彰",
    "Sheet.award_schemes": "评比表彰（内部）",
    "HonourOut.awarded_by": "授予单位",
    "HonourOut.awarded_on": "授予日期",
    "HonourOut.document": "文号",
    "HonourOut.expires_on": "失效日期",
    "HonourOut.withdrawn_on": "撤销日期",
    "HonourOut.withdrawn_reason": "撤销原因",
    "PublicAmbassadorOut.scope": "宣传范围",
    "AmbassadorOut.contract": "合同编号",
    "AmbassadorOut.scope": "宣传范围",
    "AmbassadorOut.recorded_by": "登记人",
    "AmbassadorOut.consented_on": "同意公开日期",
    "AmbassadorOut.withdrawn_on": "撤回同意日期",
    "AmbassadorOut.reviewed_by": "审查人",
    "AmbassadorOut.reviewed_on": "审查日期",
    "AmbassadorOut.is_advertisement": "变相广告",
    "AmbassadorOut.finding": "审查意见",
    "AmbassadorOut.ended_on": "提前终止日期",
    "AmbassadorOut.ended_reason": "终止原因",
    "AwardOut.year": "年度",
    "AwardOut.category": "类别",
    "AwardOut.stage": "环节",
    "AwardOut.regime": "适用规定",
    "AwardOut.approval_document": "批复文号",
    "AwardOut.list_item": "目录项目编号",
    "AwardOut.publicity_from": "公示开始",
    "AwardOut.publicity_to": "公示结束",
    "AwardOut.decided_on": "决定日期",
    "AwardOut.filed_on": "备案日期",
}
