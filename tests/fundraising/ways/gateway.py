"""A payment platform's own side: takes orders over HTTP that the merchant has signed, and signs answers."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from wechatpayv3.utils import rsa_sign

from tests.webhooks.translators.tenpay import MERCHANT_NO, Tenpay

SERIAL = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1"
PREPAY_ID = "wx201410272009395522657a690389285100"
H5_URL = "https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx2016121516420242444321ca0631331346"
_SAID = re.compile(r'(\w+)="([^"]*)"')


@dataclass
class Gateway:
    """WeChat Pay, as a merchant reaches it."""

    tenpay: Tenpay
    merchant: RSAPrivateKey = field(default_factory=lambda: generate_private_key(65537, 2048))
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    status: int = 200
    answer: dict[str, Any] | None = None
    forged: bool = False
    meanwhile: Callable[[], None] | None = None
    url: str = ""

    @property
    def private_key(self) -> str:
        return self.merchant.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()

    def signed_by_merchant(self, authorization: str, path: str, body: str) -> bool:
        """Whether the official library, with the merchant's key, makes just this signature."""
        scheme, _, rest = authorization.partition(" ")
        said = dict(_SAID.findall(rest))
        message = f"POST\n{path}\n{said['timestamp']}\n{said['nonce_str']}\n{body}\n"
        return (
            scheme == "WECHATPAY2-SHA256-RSA2048"
            and (said["mchid"], said["serial_no"]) == (MERCHANT_NO, SERIAL)
            and rsa_sign(self.merchant, message) == said["signature"]
        )

    def serve(self, path: str, authorization: str, body: str) -> tuple[int, bytes]:
        if self.meanwhile is not None:
            self.meanwhile()
        if not self.signed_by_merchant(authorization, path, body):
            return 401, b'{"code":"SIGN_ERROR","message":"no"}'
        self.asked.append((path, json.loads(body)))
        told = {"h5_url": H5_URL} if path.endswith("/h5") else {"prepay_id": PREPAY_ID}
        return self.status, json.dumps(told if self.answer is None else self.answer).encode()


@contextmanager
def running(gateway: Gateway) -> Iterator[Gateway]:
    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            status, answer = gateway.serve(self.path, self.headers["authorization"], body)
            self.send_response(status)
            signer = Tenpay(slug="forger") if gateway.forged else gateway.tenpay
            for name, value in signer.headers(answer).items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:  # a test's output is the test's
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    gateway.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield gateway
    finally:
        server.shutdown()
        thread.join(60)
        server.server_close()
