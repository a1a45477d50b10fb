"""Labels: what the codes and fields of retention are called in Chinese."""

from collections.abc import Mapping

from app.kit.labels import Word

CODES: Mapping[str, Mapping[str, Word]] = {
    "Fate": {"keep": "保留", "erase": "销毁密钥", "delete": "删除"},
}

FIELDS: Mapping[str, Word] = {
    "Sheet.retention_holds": "留存事项",
    "Sheet.retention_acts": "到期处理记录",
    "RetentionHoldOut.rule_id": "保存规则",
    "RetentionHoldOut.subject_id": "记录标识",
    "RetentionHoldOut.document": "依据文件",
    "RetentionHoldOut.placed_by": "登记人",
    "RetentionHoldOut.released_at": "解除时间",
    "RetentionHoldOut.released_by": "解除人",
    "RetentionHoldOut.released_reason": "解除原因",
    "RetentionActOut.rule_id": "保存规则",
    "RetentionActOut.subject_id": "记录标识",
    "RetentionActOut.fate": "处理方式",
    "RetentionActOut.ended_on": "起算日",
    "RetentionActOut.kept_until": "保存至",
}
