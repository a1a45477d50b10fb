"""Labels: what accounting's codes and fields are called in Chinese."""

from collections.abc import Mapping

from app.accounting.schemas import bank_labels
from app.kit.labels import Word

CODES: Mapping[str, Mapping[str, Word]] = {
    **bank_labels.CODES,
    "Confidence": {
        "A1": ("已核对一处来源", "Read in one copy"),
        "C": ("凭记忆，待核对", "Remembered, still to be read"),
    },
    "Name": {
        "activities": ("业务活动表", "Statement of activities"),
        "balance-sheet": ("资产负债表", "Balance sheet"),
        "cash-flow": ("现金流量表", "Cash flow statement"),
    },
    "CheckWeight": {
        "required": ("不可豁免", "Not waivable"),
        "blocking": ("阻断，可豁免", "Blocking, waivable"),
        "warning": ("提示", "Warning only"),
    },
    "PeriodState": {"open": ("未结账", "Open"), "closed": ("已结账", "Closed")},
    "StepKind": {
        "asked": ("申请结账", "Closing asked for"),
        "closed": ("结账", "Closed"),
        "reopened": ("反结账", "Reopened"),
    },
    "ChannelKind": {"merchant": "商户号", "bank": "银行账户", "cash": "现金"},
}

FIELDS: Mapping[str, Word] = {
    **bank_labels.FIELDS,
    "Sheet.months": "会计月份",
    "BookMonthOut.month": "月份",
    "Sheet.month_steps": "结账记录",
    "Sheet.audited_month_steps": "结账记录（审计）",
    "MonthStepOut.month": "月份",
    "MonthStepOut.taken_by": "操作人",
    "MonthStepOut.waivers": "豁免事项及理由",
    "Sheet.openings": "期初余额",
    "OpeningSheetOut.opened_on": "建账日期",
    "OpeningSheetOut.reviewed_by": "复核人",
    "OpeningSheetOut.reviewed_at": "复核时间",
    "OpeningSheetOut.entry_ids": "分录标识",
    "Sheet.channels": "收款渠道",
    "ChannelOut.closed_at": "停用时间",
    "line": "行号",
    "booked_on": "记账日期",
    "occurred_at": "发生时间",
    "reference": "凭据号",
    "summary": "摘要",
    "other_code": "对方科目代码",
    "other_label": "对方明细科目",
    "late": "迟到",
    "chart": "会计科目表",
    "channel_id": "渠道标识",
}
