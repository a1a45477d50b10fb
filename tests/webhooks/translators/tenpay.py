"""WeChat Pay as it notifies: enciphered with the API v3 key, signed with a platform key."""

import json
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from httpx import AsyncClient, Response
from wechatpayv3.utils import rsa_sign

from app.kit.clock import now
from app.kit.ids import new_code

API_V3_KEY = "a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6"
APP_ID, MERCHANT_NO = "wx8888888888888888", "1900000109"
SERIAL = "PUB_KEY_ID_0119000001092026050100000000000001"


@dataclass
class Tenpay:
    """A merchant's counterpart."""

    slug: str
    key: RSAPrivateKey = field(default_factory=lambda: generate_private_key(65537, 2048))
    serial: str = SERIAL

    @property
    def public_key(self) -> str:
        pem = self.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        return pem.decode()

    @property
    def terms(self) -> dict[str, Any]:
        return {
            "kind": "wechat_pay",
            "app_id": APP_ID,
            "merchant_no": MERCHANT_NO,
            "public_key": {"key": self.public_key, "serial": self.serial},
            "api_v3_key": API_V3_KEY,
        }

    def payment(self, campaign: str, amount: int = 5000, **over: Any) -> dict[str, Any]:
        """The resource of a payment, with the members of the platform's documentation."""
        return {
            "transaction_id": f"42000012026{new_code(17)}",
            "amount": {"payer_total": amount, "total": amount, "currency": "CNY", "payer_currency": "CNY"},
            "mchid": MERCHANT_NO,
            "trade_state": "SUCCESS",
            "bank_type": "CMC",
            "success_time": "2026-05-01T07:59:58+08:00",
            "payer": {"openid": "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"},
            "out_trade_no": f"O{new_code(12)}",
            "appid": APP_ID,
            "trade_state_desc": "支付成功",
            "trade_type": "JSAPI",
            "attach": campaign,
        } | over

    def refund(self, payment: dict[str, Any], amount: int | None = None, **over: Any) -> dict[str, Any]:
        total = payment["amount"]["total"]
        back = amount or total
        return {
            "mchid": MERCHANT_NO,
            "transaction_id": payment["transaction_id"],
            "out_trade_no": payment["out_trade_no"],
            "refund_id": f"50000012026{new_code(17)}",
            "out_refund_no": f"R{new_code(12)}",
            "refund_status": "SUCCESS",
            "success_time": "2026-05-02T08:00:00+08:00",
            "user_received_account": "招商银行信用卡0403",
            "amount": {"total": total, "refund": back, "payer_total": total, "payer_refund": back},
        } | over

    def sealed(
        self,
        resource: dict[str, Any],
        event_type: str = "TRANSACTION.SUCCESS",
        *,
        event_id: str | None = None,
        key: str = API_V3_KEY,
    ) -> bytes:
        nonce, beside = new_code(12), "transaction"
        plain = json.dumps(resource, ensure_ascii=False).encode()
        sealed = AESGCM(key.encode()).encrypt(nonce.encode(), plain, beside.encode())
        return json.dumps(
            {
                "id": event_id or f"EV-{new_code(20)}",
                "create_time": "2026-05-01T08:00:00+08:00",
                "resource_type": "encrypt-resource",
                "event_type": event_type,
                "summary": "支付成功",
                "resource": {
                    "original_type": beside,
                    "algorithm": "AEAD_AES_256_GCM",
                    "ciphertext": b64encode(sealed).decode(),
                    "associated_data": beside,
                    "nonce": nonce,
                },
            },
            ensure_ascii=False,
        ).encode()

    def headers(self, body: bytes, *, late: timedelta = timedelta(0), **over: str) -> dict[str, str]:
        timestamp, nonce = str(int((now() - late).timestamp())), new_code(32)
        signed = f"{timestamp}\n{nonce}\n{body.decode()}\n"
        return {
            "content-type": "application/json",
            "wechatpay-timestamp": timestamp,
            "wechatpay-nonce": nonce,
            "wechatpay-serial": self.serial,
            "wechatpay-signature": rsa_sign(self.key, signed),
            "wechatpay-signature-type": "WECHATPAY2-SHA256-RSA2048",
        } | over

    async def post(self, client: AsyncClient, body: bytes, **over: Any) -> Response:
        headers = over or self.headers(body)
        return await client.post(f"/v1/webhooks/{self.slug}", content=body, headers=headers)
