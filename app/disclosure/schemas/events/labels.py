"""Labels: what the codes and fields of events are called in Chinese."""

from collections.abc import Mapping

from app.kit.labels import Word

CODES: Mapping[str, Mapping[str, Word]] = {
    "EventKind": {
        "conference": "会议",
        "training": "培训",
        "lecture": "讲座",
        "art_show": "书画展",
        "performance": "演出",
    },
    "EventState": {"draft": "草稿", "published": "已发布", "cancelled": "已取消"},
    "AttendanceState": {"signed_up": "已报名", "cancelled": "已取消", "signed_in": "已签到"},
}

FIELDS: Mapping[str, Word] = {
    "Sheet.public_events": "公开活动",
    "Sheet.events": "活动",
    "Sheet.attendances": "活动报名",
    "Sheet.initiatives": "专题工程",
    "EventOut.description": "内容",
    "EventOut.place": "地点",
    "EventOut.starts_at": "开始时间",
    "EventOut.ends_at": "结束时间",
    "EventOut.sign_up_open": "开放报名",
    "EventOut.seats": "名额",
    "EventOut.seats_left": "剩余名额",
    "EventOut.published_at": "发布时间",
    "AttendanceOut.contact": "联系方式",
    "AttendanceOut.signed_up_by": "报名登记人",
    "AttendanceOut.signed_in_by": "签到登记人",
    "AttendanceOut.signed_in_at": "签到时间",
    "AttendanceOut.cancelled_at": "取消时间",
    "InitiativeOut.description": "内容",
}
