"""Labels: what the codes and fields of the care for donors are called in Chinese."""

from collections.abc import Mapping

from app.kit.labels import Word

CODES: Mapping[str, Mapping[str, Word]] = {
    "MergeGround": {
        "donor_said": ("捐赠人告知", "The donor said so"),
        "same_phone": ("同一电话", "Same telephone"),
        "same_name": "同名",
        "same_receipt_title": ("票据抬头相同", "Same receipt title"),
        "other": "其他",
    },
    "ContactWay": {
        "phone": "电话",
        "letter": "信函",
        "email": "电子邮件",
        "message": "消息",
        "visit": "走访",
        "event": "活动",
        "other": "其他",
    },
    "ThanksKind": {"thanks": "致谢", "feedback": "反馈"},
    "DonorRequestKind": {
        "documents": ("查阅捐赠资料", "Documents on a gift"),
        "export": ("获取个人信息副本", "Copy of their data"),
        "erasure": ("删除个人信息", "Erasure"),
    },
    "DonorRequestState": {
        "open": "待答复",
        "answered": "已答复",
        "done": "已完成",
        "postponed": ("依法延后", "Postponed by law"),
        "refused": ("暂不予办理", "Refused for now"),
    },
    "RetentionGround": {
        "receipt_retention": ("捐赠票据存根法定保存期未满", "Receipts are kept by law"),
        "receipt_underway": ("捐赠票据正在开具", "A receipt is being issued"),
    },
}

FIELDS: Mapping[str, Word] = {
    "Sheet.donors": "捐赠人",
    "Sheet.donor_merges": "捐赠人合并记录",
    "Sheet.donor_contacts": "捐赠人联系记录",
    "Sheet.gift_thanks": "致谢与反馈记录",
    "DonorOut.name": "姓名或名称",
    "DonorOut.kind": "捐赠人类型",
    "merged_count": "并入的捐赠人数",
    "DonorOut.first_at": "首次捐赠时间",
    "DonorOut.last_at": "最近捐赠时间",
    "kept_id": "保留的捐赠人标识",
    "merged_id": "并入的捐赠人标识",
    "DonorMergeOut.ground": "合并依据",
    "merged_by": "合并操作人",
    "undone_at": "撤销时间",
    "undone_by": "撤销操作人",
    "DonorContactOut.way": "联系方式",
    "GiftThanksOut.way": "告知方式",
    "DonorContactOut.happened_at": "联系时间",
    "DonorContactOut.words": "内容",
    "noted_by": "记录人",
    "GiftThanksOut.told_by": "经办人",
    "GiftThanksOut.kind": "类型",
    "Sheet.donor_requests": "捐赠人申请",
    "Sheet.my_requests": "我的申请",
    "Sheet.my_plans": "我的月捐",
    "Sheet.my_receipts": "我的捐赠票据",
    "Sheet.my_donation_certificates": "我的年度捐赠证明",
    "DonorRequestOut.kind": "申请类型",
    "DonorRequestOut.due_on": "应办日期",
    "DonorRequestOut.late": "已逾期",
    "DonorRequestOut.ground": "延后或不予办理的依据",
    "DonorRequestOut.closed_by": "办理人",
    "OwnReceiptOut.title": "票据抬头",
    "OwnReceiptOut.reference": ("申请编号", "Request's number"),
    "OwnReceiptOut.code": "票据代码",
    "OwnReceiptOut.number": "票据号码",
    "OwnReceiptOut.issued_on": "开票日期",
    "show_photo": "同意公开照片",
}
