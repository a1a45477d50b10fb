"""Labels: what the codes and fields of consents to be named are called in Chinese."""

from collections.abc import Mapping

from app.kit.labels import Word

CODES: Mapping[str, Mapping[str, Word]] = {
    "NamedKind": {"speaker": "嘉宾", "ambassador": "形象大使", "nominee": "表彰推荐人选"},
}

FIELDS: Mapping[str, Word] = {
    "Sheet.naming_consents": ("公开姓名的同意与撤回", "What people said of being named"),
    "NamingConsentOut.subject_id": "人员标识",
    "NamingConsentOut.agreed": "同意公开",
    "told_on": "告知日期",
    "NamingConsentOut.evidence": "凭据",
}
