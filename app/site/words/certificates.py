"""Certificates: what is said to who checks a paper."""

WORDS: dict[str, tuple[str, str]] = {
    "check_title": ("核验证书", "Check a certificate"),
    "check_intro": (
        (
            "志愿服务记录证明与年度捐赠证明均可在此核验。请按证书所载填写编号与验证码，或直接扫描证书上的二维码。"
        ),
        (
            "Certificates of volunteer service and of a year’s donations are checked here. Write the number "
            "and the code that stand on the paper, or scan its QR code."
        ),
    ),
    "check_number": ("证书编号", "Certificate number"),
    "check_code": ("验证码", "Code on the paper"),
    "check_button": ("核验", "Check"),
    "check_service": ("志愿服务记录证明", "Certificate of volunteer service"),
    "check_donations": ("年度捐赠证明", "Certificate of a year’s donations"),
    "certificate_valid": ("证书有效", "This certificate is valid"),
    "certificate_revoked": ("证书已撤销", "This certificate was revoked"),
    "certificate_replaced": ("证书已换发", "This certificate was replaced by a later one"),
    "certificate_why": (
        "以下即证书所载内容；与手中纸质不符者，以此为准。",
        "This is what the certificate says. Where the paper differs, the paper was altered.",
    ),
    "replaced_by": ("换发后的编号", "Replaced by number"),
    "revoked_at": ("撤销时间", "Revoked at"),
    "holder": ("持证人", "Holder"),
    "document": ("证件", "Document"),
    "volunteer_number": ("志愿者编号", "Volunteer number"),
    "served_hours": ("服务时长（小时）", "Hours served"),
    "served_period": ("服务期间", "Time of service"),
    "issued_on": ("开具日期", "Issued on"),
    "year": ("年度", "Year"),
    "certified_amount": ("证明金额", "Amount certified"),
    "amount_now": ("扣除退款后现为", "After refunds now"),
    "campaign": ("募捐活动", "Campaign"),
    "activity": ("服务内容", "Service"),
    "receipt_number": ("捐赠票据号", "Receipt number"),
    "certificate_lines": ("逐项记录", "Item by item"),
}
