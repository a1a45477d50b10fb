"""Labels: what the codes and fields of money on its way are called in Chinese."""

from collections.abc import Mapping

from app.kit.labels import Word

CODES: Mapping[str, Mapping[str, Word]] = {
    "ChequeDirection": {"drawn": "开出", "received": "收到"},
    "BankExceptionOut.waits_for": {"member": "成员单位", "project": "项目"},
}

FIELDS: Mapping[str, Word] = {
    "Sheet.bank_exceptions": "已归类待入账明细",
    "Sheet.cheques": "支票登记",
    "ChequeOut.direction": "方向",
    "ChequeOut.number": "支票号",
    "ChequeOut.written_on": "出票日期",
    "ChequeOut.recorded_by": "登记人",
    "ChequeOut.line_id": "兑付明细标识",
    "ChequeOut.presented_by": "兑付登记人",
    "ChequeOut.cancelled_at": "作废时间",
    "ChequeOut.cancelled_by": "作废人",
    "ChequeOut.cancelled_because": "作废原因",
    "BankExceptionOut.happened_on": "交易日期",
    "BankExceptionOut.left": "未入账金额",
    "BankExceptionOut.waits_for": "等待对象",
    "BankExceptionOut.member_id": "成员单位标识",
    "BankExceptionOut.member_code": "成员单位代码",
    "BankExceptionOut.decided_by": "归类人",
    "BankExceptionOut.since_at": "归类时间",
    "BankExceptionOut.days": "滞留天数",
}
