"""Labels: what the codes and fields of complaints are called in Chinese."""

from collections.abc import Mapping

from app.kit.labels import Word

CODES: Mapping[str, Mapping[str, Word]] = {
    "ComplaintChannel": {
        "web": "网络",
        "letter": "来信",
        "phone": "来电",
        "visit": "来访",
        "referral": "上级转办",
    },
    "ComplaintSubject": {
        "organization": "机构",
        "campaign": "募捐活动",
        "project": "项目",
        "publication": "公开信息",
    },
    "ComplaintState": {
        "received": "已受理",
        "assigned": "办理中",
        "answered": "已答复",
        "closed": "已办结",
    },
    "ComplaintOutcome": {
        "upheld": "属实",
        "partly_upheld": "部分属实",
        "not_upheld": "不属实",
        "withdrawn": "投诉人撤回",
        "referred": "已移送",
    },
    "ComplaintStepKind": {
        "received": "受理",
        "assigned": "交办",
        "recused": "回避",
        "passed_up": "转上级办理",
        "overdue": ("超过承诺期限", "Overdue"),
        "answered": "答复",
        "closed": "办结",
        "forgotten": "内容到期删除",
    },
}

FIELDS: Mapping[str, Word] = {
    "Sheet.complaints": "投诉举报",
    "ComplaintOut.handled_by": "办理机构",
    "ComplaintOut.channel": "来源",
    "ComplaintOut.subject_kind": "投诉对象类型",
    "ComplaintOut.subject_code": "投诉对象代码",
    "ComplaintOut.anonymous": "匿名",
    "ComplaintOut.received_on": "受理日期",
    "ComplaintOut.due_on": "答复期限",
    "ComplaintOut.late": "逾期",
    "ComplaintOut.assigned_to": "经办人标识",
    "ComplaintOut.answered_at": "答复时间",
    "ComplaintOut.closed_at": "办结时间",
    "ComplaintOut.outcome": "办理结果",
}
