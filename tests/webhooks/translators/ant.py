"""Alipay as it notifies: a form, signed with RSA2 by the platform's official library."""

from base64 import b64encode
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from alipay.aop.api.util.SignatureUtils import get_sign_content, sign_with_rsa2
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from httpx import AsyncClient, Response

from app.kit.ids import new_code

APP_ID, SELLER_ID = "2021000000000001", "2088000000000001"


@dataclass
class Ant:
    """A merchant's counterpart."""

    slug: str
    key: RSAPrivateKey = field(default_factory=lambda: generate_private_key(65537, 2048))
    charset: str = "utf-8"

    @property
    def public_key(self) -> str:
        """The key as the platform's console shows it: bare base64."""
        der = self.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return b64encode(der).decode()

    @property
    def private_key(self) -> str:
        pem = self.key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
        return "".join(pem.decode().splitlines()[1:-1])

    @property
    def terms(self) -> dict[str, Any]:
        return {
            "kind": "alipay",
            "app_id": APP_ID,
            "merchant_no": SELLER_ID,
            "public_key": {"key": self.public_key},
        }

    def trade(self, campaign: str, amount: str = "88.88", **over: str) -> dict[str, str]:
        """The fields of a paid trade, with the members of the platform's documentation."""
        return {
            "notify_time": "2026-05-01 08:00:03",
            "notify_type": "trade_status_sync",
            "notify_id": new_code(34),
            "app_id": APP_ID,
            "charset": self.charset,
            "version": "1.0",
            "trade_no": f"2026050122001{new_code(15)}",
            "out_trade_no": f"O{new_code(12)}",
            "buyer_open_id": "074a1CcTG1LelxKe4xQC0zgNdId0nxi95b5lsNpazWYoCo5",
            "buyer_logon_id": "159****5620",
            "seller_id": SELLER_ID,
            "trade_status": "TRADE_SUCCESS",
            "total_amount": amount,
            "receipt_amount": amount,
            "subject": "慈安桥",
            "body": "",
            "gmt_create": "2026-05-01 07:59:50",
            "gmt_payment": "2026-05-01 07:59:58",
            "passback_params": campaign,
        } | over

    def refund(self, trade: dict[str, str], so_far: str, number: str, **over: str) -> dict[str, str]:
        """The notification of a refund: all that was given back of the trade until then."""
        return (
            trade
            | {
                "notify_id": new_code(34),
                "notify_time": "2026-05-02 08:00:03",
                "refund_fee": so_far,
                "gmt_refund": "2026-05-02 08:00:00.320",
                "out_biz_no": number,
            }
            | over
        )

    def signed(self, form: dict[str, str], **over: str) -> bytes:
        signature = sign_with_rsa2(self.private_key, get_sign_content(form), self.charset)
        return urlencode(
            form | {"sign": signature, "sign_type": "RSA2"} | over, encoding=self.charset
        ).encode()

    async def post(self, client: AsyncClient, form: dict[str, str] | bytes) -> Response:
        body = form if isinstance(form, bytes) else self.signed(form)
        headers = {"content-type": f"application/x-www-form-urlencoded; charset={self.charset}"}
        return await client.post(f"/v1/webhooks/{self.slug}", content=body, headers=headers)
