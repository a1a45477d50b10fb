"""Labels: what the codes and fields of the ways of giving are called in Chinese."""

from collections.abc import Mapping

from app.kit.labels import Word

CODES: Mapping[str, Mapping[str, Word]] = {
    "OrderState": {"open": "待支付", "paid": "已支付", "expired": "已过期"},
}

FIELDS: Mapping[str, Word] = {
    "Sheet.donation_orders": "捐赠订单",
    "DonationOrderOut.number": "订单号",
    "DonationOrderOut.platform_id": "支付平台标识",
    "DonationOrderOut.designation": "指定用途",
    "DonationOrderOut.terms_version": ("捐赠协议版本", "Terms version"),
    "DonationOrderOut.paid": "实付金额",
    "DonationOrderOut.paid_late": ("过期后支付", "Paid after expiry"),
}
