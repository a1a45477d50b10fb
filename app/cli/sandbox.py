"""Sandbox: the demo's settings, and a signed gift that a visitor can post."""

import base64
import hashlib
import json
import secrets as randomness
from pathlib import Path

from app.cli.samples import appeals
from app.kit import embedded, signatures
from app.kit.clock import now
from app.kit.errors import NotFound
from app.kit.ids import new_code
from app.settings import Environment, Settings

NOTE = "demo.json"
"""What a demo remembers beside its data; not there before the data are complete."""

LOG_ORIGIN = "demo.example/zhengxinlu"
LOG_KEY, LOG_MEMORY = "log.key", "log.memory"
FILES = "attachments"
CODES = "codes.jsonl"
"""Where the demo writes what it would send to people's telephones."""

MAIL = "mail"
"""The folder into which the demo writes what it would mail."""


def new_secret() -> str:
    """Return 256 random bits in base64, from which all of a demo's secrets are derived."""
    return base64.b64encode(randomness.token_bytes(32)).decode()


def settings(
    secret: str, database_url: str, public_url: str = "http://127.0.0.1:8000", folder: Path | None = None
) -> Settings:
    """Return the settings of a demo: production takes each secret from its environment, the demo from one.

    In its folder lie the files with which it signs its log and those that are uploaded; without one it
    signs nothing and takes no file.
    """
    return Settings.model_validate(
        {
            "log_origin": LOG_ORIGIN,
            "log_key_file": folder and folder / LOG_KEY,
            "log_memory_file": folder and folder / LOG_MEMORY,
            "environment": Environment.demo,
            "database_url": database_url,
            "public_url": public_url,
            "token_secret": _derived(secret, "token"),
            "vault_keys": f"demo:{_derived(secret, 'vault')}",
            "vault_current_key": "demo",
            "vault_index_key": _derived(secret, "index"),
            "codes_file": folder and folder / CODES,
            "attachments_url": folder and (folder / FILES).absolute().as_uri(),
            "mail_folder": folder and folder / MAIL,
        }
    )


def remembered(server: embedded.Server) -> Settings:
    """Return the settings of a demo that was loaded before; NotFound if there is none in this folder."""
    note = server.folder / NOTE
    if not note.exists():
        raise NotFound(f"no demo in {server.folder}")
    secret = json.loads(note.read_text())["secret"]
    return settings(secret, server.url(role="service"), folder=server.folder)


def _derived(secret: str, use: str) -> str:
    return base64.b64encode(hashlib.sha256(f"{use}:{secret}".encode()).digest()).decode()


def curl(url: str, platform: str, secret: str) -> str:
    """Return a command that posts one gift of 50 yuan, signed now; it is good for five minutes."""
    moment = now()
    event = {
        "type": "donation.succeeded",
        "timestamp": moment.isoformat(timespec="seconds"),
        "data": {
            "donation_id": f"CURL-{new_code(10)}",
            "campaign": appeals.BRIDGE,
            "amount": 5000,
            "currency": "CNY",
            "donated_at": moment.isoformat(timespec="seconds"),
            "donor": {"external_id": "visitor", "display_name": "爱心网友", "publish_consent": True},
            "message": "加油",
        },
    }
    body = json.dumps(event, ensure_ascii=False)
    message_id, timestamp = f"msg_{new_code(16)}", int(moment.timestamp())
    signature = signatures.sign(signatures.read_secret(secret), message_id, timestamp, body.encode())
    return (
        f"curl -s {url}/v1/webhooks/{platform} \\\n"
        f"  -H 'content-type: application/json' -H 'webhook-id: {message_id}' \\\n"
        f"  -H 'webhook-timestamp: {timestamp}' -H 'webhook-signature: {signature}' \\\n"
        f"  -d '{body}'"
    )
