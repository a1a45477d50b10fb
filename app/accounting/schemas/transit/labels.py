"""Labels: what the codes and fields of money on its way are called in Chinese."""

from collections.abc import Mapping

from app.kit.labels import Word

CODES: Mapping[str, Mapping[str, Word]] = {
    "BankExceptionOut.waits_for": {"member": "成员单位", "project": "项目"},
}

FIELDS: Mapping[str, Word] = {
    "Sheet.bank_exceptions": "已归类待入账明细",
    "BankExceptionOut.happened_on": "交易日期",
    "BankExceptionOut.left": "未入账金额",
    "BankExceptionOut.waits_for": "等待对象",
    "BankExceptionOut.member_id": "成员单位标识",
    "BankExceptionOut.member_code": "成员单位代码",
    "BankExceptionOut.decided_by": "归类人",
    "BankExceptionOut.since_at": "归类时间",
    "BankExceptionOut.days": "滞留天数",
}
