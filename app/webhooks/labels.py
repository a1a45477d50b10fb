"""Labels: what the platforms' codes and fields are called in Chinese."""

from collections.abc import Mapping

from app.kit.labels import Word

CODES: Mapping[str, Mapping[str, Word]] = {
    "DeliveryOutcome": {
        "posted": "已入账",
        "duplicate": "重复",
        "suspense": "待查",
        "pending": "等待处理",
        "ignored": "已忽略",
        "conflict": "冲突",
        "rejected": "已拒绝",
    },
    "PlatformKind": {
        "standard": ("标准签名", "Standard Webhooks"),
        "wechat_pay": ("微信支付", "WeChat Pay"),
        "alipay": ("支付宝", "Alipay"),
    },
    "SecretPurpose": {
        "signs": "共享密钥",
        "verifies": "平台公钥",
        "decrypts": "解密密钥",
        "asks": "商户私钥",
    },
    "BodyEncoding": {"utf-8": ("UTF-8 文本", "UTF-8 text"), "base64": ("Base64 编码", "Base64")},
}

FIELDS: Mapping[str, Word] = {
    "Sheet.platforms": "合作平台",
    "Sheet.deliveries": "平台消息",
    "Sheet.partner_campaigns": "募捐活动",
    "Sheet.partner_deliveries": "平台消息",
    "Sheet.platform_credentials": "平台密钥",
    "PlatformOut.kind": "签名方式",
    "payment_terms": "支付平台商户参数",
    "app_id": "应用编号",
    "merchant_no": "商户编号",
    "CredentialOut.purpose": "密钥用途",
    "serial": "证书序列号",
    "platform_id": "平台标识",
    "slug": "平台代号",
    "merchant_account": "商户号",
    "rate_per_second": "每秒限额（条）",
    "event_id": "消息编号",
    "outcome": "处理结果",
    "accepted": "已接受",
    "received_at": "收到时间",
    "signed_at": "签名时间",
}
