"""Mail: letters, each to one address, and what carries them: a mail server, or a folder to look into.

Whoever sends does it from a job, after the transaction that gave the reason has committed.
"""

import asyncio
import enum
import re
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Protocol, cast

from app.kit.database import ReadSession

CARRIER = "mail"
"""Under this name the carrier lies in `session.info`."""
ADDRESS = r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,180}[A-Za-z0-9])$"
TIMEOUT_SECONDS = 20


class Security(enum.StrEnum):
    """How a connection to the mail server is protected."""

    starttls = "starttls"
    tls = "tls"
    none = "none"


@dataclass(frozen=True, slots=True)
class Letter:
    """What one person is written. The same letter sent again carries the same `key`, its Message-ID."""

    to: str = field(repr=False)
    subject: str
    text: str = field(repr=False)
    key: str


class Carrier(Protocol):
    """Whatever takes letters to where they are read."""

    async def carry(self, letter: Letter) -> None:
        """Hand a letter over; raises if it could not be, and the job tries again later."""
        ...


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server that takes letters over SMTP."""

    host: str
    port: int
    sender: str
    security: Security = Security.starttls
    username: str | None = None
    password: str | None = field(default=None, repr=False)

    async def carry(self, letter: Letter) -> None:
        """Hand a letter to the server; it is under way when this returns."""
        # Here and not above: only a process that carries letters needs it.
        import aiosmtplib

        await aiosmtplib.send(
            message(letter, self.sender),
            hostname=self.host,
            port=self.port,
            username=self.username,
            password=self.password,
            use_tls=self.security is Security.tls,
            start_tls=self.security is Security.starttls,
            timeout=TIMEOUT_SECONDS,
        )


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder into which letters are written as `.eml` files, for whoever tries the system out."""

    path: Path
    sender: str

    async def carry(self, letter: Letter) -> None:
        """Write a letter down; the same one again replaces its file."""
        await asyncio.to_thread(self._write, letter)

    def _write(self, letter: Letter) -> None:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self.path / f"{re.sub(r'[^A-Za-z0-9-]', '-', letter.key)}.eml"
        file.touch(mode=0o600)
        file.write_bytes(message(letter, self.sender).as_bytes(policy=SMTP))


def message(letter: Letter, sender: str) -> EmailMessage:
    """Return a letter as RFC 5322 writes it."""
    made = EmailMessage()
    made["From"] = sender
    made["To"] = letter.to
    made["Subject"] = letter.subject
    made["Message-ID"] = f"<{letter.key}@{sender.rpartition('@')[2].rstrip('>') or 'localhost'}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(letter.text)
    return made


def carrier(session: ReadSession) -> Carrier | None:
    """Return what carries this process's letters; None if it was told of nothing, and nothing is sent."""
    return cast("Carrier | None", session.info.get(CARRIER))
