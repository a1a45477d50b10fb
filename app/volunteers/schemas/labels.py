"""Labels: what volunteering's codes and fields are called in Chinese."""

from collections.abc import Mapping

from app.kit.labels import Word

CODES: Mapping[str, Mapping[str, Word]] = {
    "Category": {
        "children": "儿童关爱",
        "community": "社区服务",
        "culture": "文化",
        "disability": "助残",
        "education": "教育",
        "elderly": "敬老助老",
        "emergency": "应急救援",
        "environment": "环境保护",
        "health": "医疗卫生",
        "other": "其他",
        "poverty": "帮扶济困",
    },
    "ConsentKind": {"guardian": ("监护人同意", "Guardian's consent"), "publish": ("同意公开", "To publish")},
    "DocumentKind": {
        "resident_id": ("居民身份证", "Resident identity card"),
        "passport": "护照",
        "residence_permit": "居住证",
        "travel_permit": "通行证",
    },
    "Gender": {"female": "女", "male": "男"},
    "MemberRole": {"leader": "队长", "member": "队员"},
    "MemberState": {"active": "在队", "asked": "已申请", "declined": "已拒绝", "ended": "已离队"},
    "PublishScope": {"full_name": "姓名", "honours": "荣誉", "hours": "服务时长", "photo": "照片"},
}

FIELDS: Mapping[str, Word] = {
    "Sheet.volunteers": "志愿者",
    "Sheet.teams": "志愿服务队",
    "Sheet.open_teams": "招募中的服务队",
    "Sheet.members": "队员",
    "Sheet.my_memberships": "我的服务队",
    "Sheet.my_team": "本队队员",
    "joined_on": "入队日期",
    "left_on": "离队日期",
    "team_id": "服务队标识",
    "volunteer_id": "志愿者标识",
    "number": "编号",
    "depth": "层级深度",
    "dissolved_on": "解散日期",
    "registered_on": "注册日期",
    "document_kind": "证件类型",
    "skills": "技能",
    "categories": "服务类别",
    "languages": "语言",
    "publish_scopes": "同意公开范围",
    "national_number": "全国志愿者编号",
    "checked_at": "核验时间",
    "erased_at": "删除时间",
}
