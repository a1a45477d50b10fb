"""A small S3: one bucket in memory behind real HTTP, which checks every request's signature (AWS SigV4)."""

import hashlib
import hmac
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, quote, urlsplit
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

KEY_ID, SECRET, REGION, BUCKET = "test-key", "test-secret", "test-1", "files"
_AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<id>[^/]+)/(?P<day>\d{8})/(?P<region>[^/]+)/s3/aws4_request,"
    r" ?SignedHeaders=(?P<signed>[^,]+), ?Signature=(?P<signature>[0-9a-f]{64})"
)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "Server"

    def log_message(self, *_: object) -> None:
        pass

    def _answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _handle(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        objects = self.server.objects
        if not self._signed(body):
            return self._answer(403, b"<Error><Code>SignatureDoesNotMatch</Code></Error>")
        if self.server.away:
            return self._answer(400, b"<Error><Code>InvalidRequest</Code></Error>")
        path = urlsplit(self.path).path
        etag = '"' + hashlib.md5(body).hexdigest() + '"'
        if self.command == "PUT":
            objects[path] = body
            return self._answer(200, ETag=etag)
        if self.command == "POST":
            keys = [key.text or "" for key in ET.fromstring(body).iter() if key.tag.endswith("Key")]
            for key in keys:
                objects.pop(quote(f"/{BUCKET}/{key}", safe="/-_.~"), None)
            told = "".join(f"<Deleted><Key>{escape(key)}</Key></Deleted>" for key in keys)
            return self._answer(200, f"<DeleteResult>{told}</DeleteResult>".encode())
        if path not in objects:
            return self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
        modified = {"Last_Modified": "Fri, 01 May 2026 00:00:00 GMT", "ETag": etag}
        return self._answer(200, objects[path], **modified)

    do_PUT = do_GET = do_POST = do_HEAD = _handle  # noqa: N815

    def _signed(self, body: bytes) -> bool:
        match = _AUTHORIZATION.fullmatch(self.headers.get("authorization", ""))
        if match is None or (match["id"], match["region"]) != (KEY_ID, REGION):
            return False
        told = self.headers["x-amz-content-sha256"]
        if told not in {hashlib.sha256(body).hexdigest(), "UNSIGNED-PAYLOAD"}:
            return False
        parts = urlsplit(self.path)
        query = "&".join(
            f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}"
            for name, value in sorted(parse_qsl(parts.query, keep_blank_values=True))
        )
        names = match["signed"].split(";")
        headers = "".join(f"{name}:{' '.join(self.headers[name].split())}\n" for name in names)
        request = "\n".join([self.command, parts.path, query, headers, match["signed"], told])
        scope = f"{match['day']}/{REGION}/s3/aws4_request"
        hashed = hashlib.sha256(request.encode()).hexdigest()
        text = "\n".join(["AWS4-HMAC-SHA256", self.headers["x-amz-date"], scope, hashed])
        key = f"AWS4{SECRET}".encode()
        for part in (match["day"], REGION, "s3", "aws4_request"):
            key = hmac.digest(key, part.encode(), "sha256")
        return hmac.compare_digest(hmac.digest(key, text.encode(), "sha256").hex(), match["signature"])


class Server(ThreadingHTTPServer):
    """The server, with what it keeps."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.objects: dict[str, bytes] = {}
        self.away = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def serving() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
