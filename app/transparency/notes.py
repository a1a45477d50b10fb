"""Notes: texts signed with Ed25519 keys that have names (C2SP signed-note)."""

import base64
import binascii
import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
KEY_BYTES = 32
DASH = "\N{EM DASH} "
SIGNATURES_MAX = 100
_PRIVATE = "PRIVATE+KEY+"
_NAME = re.compile(r"[^\s+]{1,255}")


class NoteWrong(ValueError):  # noqa: N818 - a fact about a note
    """A note or a key is malformed, or nobody whom we know has signed it."""


def _decoded(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NoteWrong("not base64") from None
    if base64.b64encode(raw).decode() != text:
        raise NoteWrong("not canonical base64")
    return raw


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The public half of a key: `<name>+<hash>+<base64>`."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes by which a signature names its key: SHA-256(name || 0x0A || type || key)."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(ED25519 + self.public).decode()}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the key that is written as `text`; NoteWrong if it is none of ours."""
        name, key_id, public = _parts(text)
        key = cls(name, public)
        if key.id.hex() != key_id:
            raise NoteWrong("the key's hash does not fit it")
        return key

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Return whether this key has signed the message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key that signs: `PRIVATE+KEY+<name>+<hash>+<base64>`, as golang.org/x/mod/sumdb/note writes it."""

    name: str
    seed: bytes = field(repr=False)

    @classmethod
    def new(cls, name: str) -> Self:
        """Return a fresh random key."""
        if not _NAME.fullmatch(name):
            raise NoteWrong("a key's name has no spaces and no plus sign")
        return cls(name, os.urandom(KEY_BYTES))

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        public = Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()
        return VerifierKey(self.name, public)

    def written(self) -> str:
        """Return the key as its file holds it."""
        raw = base64.b64encode(ED25519 + self.seed).decode()
        return f"{_PRIVATE}{self.name}+{self.verifier.id.hex()}+{raw}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the key that is written as `text`; NoteWrong if it is none."""
        if not text.startswith(_PRIVATE):
            raise NoteWrong("not a signing key")
        name, key_id, seed = _parts(text.removeprefix(_PRIVATE))
        key = cls(name, seed)
        if key.verifier.id.hex() != key_id:
            raise NoteWrong("the key's hash does not fit it")
        return key

    def sign(self, text: str) -> str:
        """Return the line that signs a text."""
        signature = Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode())
        return f"{DASH}{self.name} {base64.b64encode(self.verifier.id + signature).decode()}\n"


def _parts(text: str) -> tuple[str, str, bytes]:
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    raw = _decoded(encoded)
    if not _NAME.fullmatch(name) or raw[:1] != ED25519 or len(raw) != 1 + KEY_BYTES:
        raise NoteWrong("not an Ed25519 key with a name")
    return name, key_id, raw[1:]


def sign(text: str, keys: Sequence[SigningKey]) -> str:
    """Return the text as a note under every key; it must end in a newline."""
    if not text.endswith("\n") or not keys:
        raise NoteWrong("a note's text ends in a newline and is signed")
    return text + "\n" + "".join(key.sign(text) for key in keys)


def open_note(note: str, keys: Sequence[VerifierKey]) -> str:
    """Return a note's text if a key we know has signed it and none of ours was forged; else NoteWrong.

    Signatures of keys that we do not know are passed over, as the specification asks.
    """
    if any(ord(char) < 32 and char != "\n" for char in note):
        raise NoteWrong("a note has no control characters")
    text, gap, signatures = note.rpartition("\n\n")
    if not gap or not signatures.endswith("\n"):
        raise NoteWrong("not a signed note")
    text += "\n"
    lines = signatures.removesuffix("\n").split("\n")
    if len(lines) > SIGNATURES_MAX:
        raise NoteWrong("too many signatures")
    known = {(key.name, key.id): key for key in keys}
    verified = False
    for line in lines:
        name, _, encoded = line.removeprefix(DASH).partition(" ")
        raw = _decoded(encoded)
        if not line.startswith(DASH) or not _NAME.fullmatch(name) or len(raw) <= 4:
            raise NoteWrong("a malformed signature")
        key = known.get((name, raw[:4]))
        if key is not None:
            if not key.verifies(text.encode(), raw[4:]):
                raise NoteWrong(f"the signature of {name} is wrong")
            verified = True
    if not verified:
        raise NoteWrong("no key that we know has signed this")
    return text
