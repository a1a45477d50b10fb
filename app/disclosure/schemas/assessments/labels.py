"""Labels: what the codes and fields of impact assessments are called in Chinese."""

from collections.abc import Mapping

from app.kit.labels import Word

CODES: Mapping[str, Mapping[str, Word]] = {
    "Processing": {
        "donor_records": "捐赠人信息",
        "donor_publication": "捐赠人公示",
        "beneficiary_records": "受益人信息",
        "aid_case_health": "医疗健康信息",
        "payee_accounts": "收款账户",
        "volunteer_records": "志愿者信息",
        "complaint_texts": "投诉内容",
        "name_publication": "姓名公开",
    },
    "AssessmentState": {
        "not_needed": "尚无此类处理",
        "missing": "缺少评估",
        "unreviewed": "待复核",
        "in_force": "有效",
    },
}

FIELDS: Mapping[str, Word] = {
    "Sheet.assessments": "个人信息保护影响评估",
    "AssessmentOut.processing": "处理活动",
    "AssessmentOut.purpose": "处理目的",
    "AssessmentOut.necessity": "必要性",
    "AssessmentOut.risks": "风险",
    "AssessmentOut.measures": "保护措施",
    "AssessmentOut.assessed_on": "评估日期",
    "AssessmentOut.recorded_by": "评估人",
    "AssessmentOut.reviewed_by": "复核人",
    "AssessmentOut.reviewed_on": "复核日期",
    "AssessmentOut.superseded_on": "被取代日期",
}
