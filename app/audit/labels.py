"""Labels: what the auditors' codes and fields are called in Chinese."""

from collections.abc import Mapping

from app.accounting.vouchers.register import KINDS_ZH
from app.kit.labels import Word

CODES: Mapping[str, Mapping[str, Word]] = {
    "Basis": {"entity": ("单体", "Entity"), "consolidated": "合并"},
    "Matter": {
        "suspense": "待认领款项",
        "due": "基金欠付",
        "receivable": "应收款项",
        "advance": "预付款项",
        "payable": "应付款项",
        "in_transit": "在途划拨",
        "pending_refund": "待处理退款",
        "dispute": "争议",
        "conflict": "平台消息冲突",
        "unmatched": "未勾对银行流水",
        "bill": "结算账单与账面不符",
    },
    "EntryKind": KINDS_ZH,
    "Method": {"plain": "简单随机", "amount": "按金额加权"},
}

FIELDS: Mapping[str, Word] = {
    "Sheet.accounts": "明细科目",
    "Sheet.funds": "专项资金",
    "Sheet.audited_deliveries": "平台消息",
    "Sheet.audited_settlements": "结算账单",
    "Sheet.audited_settlement_lines": "结算账单明细",
    "AuditedSettlementOut.settlement": "账单",
    "AuditedLineOut.line": "明细",
    "file_sha256": "文件摘要（SHA-256）",
    "log_index": "日志序号",
    "fee_log_index": "手续费日志序号",
    "payout_entry_id": "到账分录标识",
    "payout_log_index": "到账日志序号",
    "body_mac": "消息摘要（带密钥）",
    "Sheet.audited_account_postings": "明细账",
    "Sheet.audited_entries": "序时账",
    "Sheet.audited_late_entries": "迟到分录",
    "AccountOut.label": "明细科目",
    "debit": "借方",
    "credit": "贷方",
    "entry_id": "分录标识",
    "fund_id": "资金标识",
    "project_id": "项目标识",
    "counterparty_id": "往来方标识",
    "restricted": "限定性",
    "general": "一般资金",
    "usable_from": "可用起始日期",
    "usable_until": "可用截止日期",
    "received": "收入",
    "left": "结余",
    "due": "欠付",
    "settled": "已到账",
    "unsettled": "尚在平台",
}
