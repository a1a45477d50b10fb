"""Labels: what accounting's codes and fields are called in Chinese."""

from collections.abc import Mapping

from app.kit.labels import Word

CODES: Mapping[str, Mapping[str, Word]] = {
    "ChannelKind": {"merchant": "商户号", "bank": "银行账户", "cash": "现金"},
}

FIELDS: Mapping[str, Word] = {
    "Sheet.channels": "收款渠道",
    "ChannelOut.closed_at": "停用时间",
    "chart": "会计科目表",
    "channel_id": "渠道标识",
}
