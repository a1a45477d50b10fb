"""Labels: what the codes and fields of the register of projects are called in Chinese."""

from collections.abc import Mapping

from app.kit.labels import Word

CODES: Mapping[str, Mapping[str, Word]] = {
    "ProjectCategory": {
        "education": "教育助学",
        "health": "健康",
        "industry": "产业帮扶",
        "transport": "交通便民",
        "consumption": ("消费帮扶", "Consumption (buying from poor households)"),
        "emergency": "应急救灾",
        "medical_aid": "大病救助",
        "livelihood": "济困",
        "elderly": "助老",
        "children": "助孤助幼",
        "disability": "助残",
        "community": "社区与村社互助",
        "environment": "生态环境",
        "culture": "文化",
        "other": "其他",
    },
    "ProjectState": {
        "draft": "草稿",
        "proposed": "申请立项",
        "approved": "已立项",
        "running": "实施中",
        "closing": "结项中",
        "closed": "已结项",
        "stopped": "已终止",
    },
}

FIELDS: Mapping[str, Word] = {
    "Sheet.programmes": "品牌项目",
    "Sheet.projects": "项目",
    "Sheet.project_steps": "项目状态变更",
    "Sheet.aid_standards": "资助标准",
    "Sheet.aid_standard_notices": "资助标准告知",
    "programme_id": "品牌项目标识",
    "brand": "品牌",
    "town": "乡镇",
    "village": "村（社区）",
    "planned_from": "计划开始日期",
    "planned_to": "计划结束日期",
    "executed_from": "实施首日",
    "executed_to": "实施末日",
    "beneficiary_rule": "受益人确定方式",
    "owner_id": "负责人标识",
    "from_state": "原状态",
    "to_state": "新状态",
    "standard": "资助标准",
    "workflow": "工作流程",
    "norms": "工作规范",
    "cap_episode": "单次上限",
    "cap_year": "年度上限",
    "standard_id": "资助标准标识",
    "told_on": "告知日期",
    "told_by": "告知人",
    "AidStandardNoticeOut.way": "告知方式",
    "audience": "告知对象",
    "ProjectOut.category": "类别",
    "ProgrammeOut.category": "类别",
    "ProjectOut.state": "状态",
}
