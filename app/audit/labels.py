"""Labels: what the auditors' codes and fields are called in Chinese."""

from collections.abc import Mapping

from app.kit.labels import Word

CODES: Mapping[str, Mapping[str, Word]] = {
    "Basis": {"entity": ("单体", "Entity"), "consolidated": "合并"},
}

FIELDS: Mapping[str, Word] = {
    "Sheet.accounts": "明细科目",
    "Sheet.funds": "专项资金",
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
}
