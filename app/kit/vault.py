"""Vault: what is known about people, sealed under one random key per person that can be destroyed.

A person's key lies in the database, wrapped under a master key that does not. Sealing binds a value to its
person and field, so that none can be read in another's place. Destroying the key erases the person.
"""

import hashlib
import hmac
import os
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import cast
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import ARRAY, Text, Uuid, any_, delete, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert

from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.kit.errors import Conflict
from app.kit.models import IdempotencyKey, UnsealedValue, VaultPerson, VaultValue

REWRAPPED_AT_ONCE = 500
KEY_BYTES = 32
NONCE_BYTES = 12
_NO_SALT = bytes(32)


class PersonErased(Conflict):
    """This person has been erased; nothing about them is kept any more."""

    title_zh = "该人员信息已被删除，不再保存"


class UnknownMasterKeyError(LookupError):
    """A wrapped key names a master key that this process was not given."""


class Vault:
    """The ciphers of one process: its master keys by key id, and the keys of its blind index and MACs."""

    def __init__(self, keys: Mapping[str, bytes], *, current: str, index_key: bytes) -> None:
        if current not in keys:
            raise UnknownMasterKeyError(current)
        if any(len(key) != KEY_BYTES for key in (*keys.values(), index_key)):
            raise ValueError(f"every key of the vault has {KEY_BYTES} bytes")
        self._ciphers = {_prefix(key_id): AESGCM(key) for key_id, key in keys.items()}
        self._current = self._ciphers[_prefix(current)]
        self.prefix = _prefix(current)
        # Begun once and copied for each value: half the time of beginning anew, several times a gift.
        self._index = hmac.new(hmac.digest(index_key, b"zhengxinlu-index/v1", "sha256"), digestmod="sha256")
        self._mac = hmac.new(hmac.digest(index_key, b"zhengxinlu-mac/v1", "sha256"), digestmod="sha256")

    def new_key(self) -> bytes:
        """Return a fresh random key for one person."""
        return os.urandom(KEY_BYTES)

    def wrap(self, person_id: UUID, key: bytes) -> bytes:
        """Seal a key under the current master key, whose id stands in front."""
        nonce = os.urandom(NONCE_BYTES)
        return self.prefix + nonce + self._current.encrypt(nonce, key, person_id.bytes)

    def unwrap(self, person_id: UUID, wrapped: bytes) -> bytes:
        """Return a key that `wrap` sealed for this person, under whichever master key it names."""
        end = 1 + wrapped[0]
        cipher = self._ciphers.get(wrapped[:end])
        if cipher is None:
            raise UnknownMasterKeyError(wrapped[1:end].decode(errors="replace"))
        nonce_end = end + NONCE_BYTES
        return cipher.decrypt(wrapped[end:nonce_end], wrapped[nonce_end:], person_id.bytes)

    def seal(self, key: bytes, person_id: UUID, field: str, value: bytes) -> bytes:
        """Seal a value under a person's key, readable only as this person's field."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + AESGCM(key).encrypt(nonce, value, person_id.bytes + field.encode())

    def open(self, key: bytes, person_id: UUID, field: str, sealed: bytes) -> bytes:
        """Return a sealed value; InvalidTag if it is another person's or field's, or was changed."""
        nonce, text = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        return AESGCM(key).decrypt(nonce, text, person_id.bytes + field.encode())

    def index(self, kind: str, value: str) -> bytes:
        """Return 32 bytes by which an exact value is found again without being readable."""
        return _finished(self._index, f"{kind}\0{normalised(value)}".encode())

    def mac(self, value: bytes) -> bytes:
        """Return a keyed MAC of raw bytes: equal for equal bytes, of no use to a stranger."""
        return _finished(self._mac, value)


def _finished(begun: hmac.HMAC, value: bytes) -> bytes:
    one = begun.copy()
    one.update(value)
    return one.digest()


def _prefix(key_id: str) -> bytes:
    name = key_id.encode("ascii")
    return bytes([len(name)]) + name


def normalised(value: str) -> str:
    """Return the spelling under which a value is indexed: width, case and outer space make no difference."""
    folded = unicodedata.normalize("NFKC", value).casefold()
    # Folding may decompose again ("ΐ"): hence the second round.
    return unicodedata.normalize("NFKC", folded).strip()


def of(session: ReadSession) -> Vault:
    """Return the vault of the process that opened this session."""
    return cast("Vault", session.info["vault"])


def salt(person_key: bytes, entry_id: UUID, field: str) -> bytes:
    """Return the salt of one commitment: HKDF-SHA256 of the person's key, info entry id and field."""
    return _expanded(_extracted(person_key), entry_id, field)


def _extracted(person_key: bytes) -> bytes:
    # RFC 5869 written out: the output is a single block, and the hot path makes several of them per gift.
    return hmac.digest(_NO_SALT, person_key, "sha256")


def _expanded(extracted: bytes, entry_id: UUID, field: str) -> bytes:
    return hmac.digest(extracted, entry_id.bytes + field.encode() + b"\x01", "sha256")


def commitment(person_key: bytes, entry_id: UUID, field: str, value: str) -> bytes:
    """Return 32 bytes that bind `value` without telling it, to whoever does not hold the person's key."""
    return commitments(person_key, entry_id, {field: value})[field]


def commitments(person_key: bytes, entry_id: UUID, values: Mapping[str, str]) -> dict[str, bytes]:
    """Return the commitment of each field of one entry."""
    extracted = _extracted(person_key)
    return {
        field: hashlib.sha256(
            b"zhengxinlu-commit/v1\0"
            + field.encode()
            + b"\0"
            + _expanded(extracted, entry_id, field)
            + value.encode()
        ).digest()
        for field, value in values.items()
    }


async def keep(session: WriteSession, person_id: UUID, values: Mapping[str, str]) -> None:
    """Seal values about a person in place of earlier ones, with a fresh key if the person is new."""
    vault = of(session)
    fresh = vault.new_key()
    made = insert(VaultPerson).values(id=person_id, wrapped_key=vault.wrap(person_id, fresh))
    await session.execute(made.on_conflict_do_nothing())
    # The shared lock holds off an erasure: it comes before this, or after and takes these values with it.
    wrapped = await session.scalar(
        select(VaultPerson.wrapped_key).where(VaultPerson.id == person_id).with_for_update(read=True)
    )
    if wrapped is None:
        raise PersonErased
    if not values:
        return
    key = vault.unwrap(person_id, wrapped)
    rows = [
        {"person_id": person_id, "field": field, "sealed": vault.seal(key, person_id, field, value.encode())}
        for field, value in sorted(values.items())
    ]
    put = insert(VaultValue).values(rows)
    await session.execute(
        put.on_conflict_do_update(
            index_elements=[VaultValue.person_id, VaultValue.field], set_={"sealed": put.excluded.sealed}
        )
    )


async def read(
    session: ReadSession, person_ids: Sequence[UUID], fields: Sequence[str]
) -> dict[UUID, dict[str, str]]:
    """Return the readable values of many people at once; who was erased or never kept is absent."""
    vault = of(session)
    found = await session.execute(
        select(VaultPerson.id, VaultPerson.wrapped_key, VaultValue.field, VaultValue.sealed)
        .join(VaultValue, VaultValue.person_id == VaultPerson.id)
        .where(
            VaultPerson.id == any_(literal([*person_ids], ARRAY(Uuid()))),
            VaultValue.field == any_(literal([*fields], ARRAY(Text()))),
            VaultPerson.wrapped_key.is_not(None),
        )
    )
    keys: dict[UUID, bytes] = {}
    values: defaultdict[UUID, dict[str, str]] = defaultdict(dict)
    for person_id, wrapped, field, sealed in found:
        key = keys.get(person_id) or keys.setdefault(
            person_id, vault.unwrap(person_id, cast("bytes", wrapped))
        )
        values[person_id][field] = vault.open(key, person_id, field, sealed).decode()
    return dict(values)


async def keys(session: ReadSession, person_ids: Sequence[UUID]) -> dict[UUID, bytes]:
    """Return the unwrapped keys of many people at once; who was erased or is unknown is absent."""
    vault = of(session)
    found = await session.execute(
        select(VaultPerson.id, VaultPerson.wrapped_key).where(
            VaultPerson.id == any_(literal([*person_ids], ARRAY(Uuid()))),
            VaultPerson.wrapped_key.is_not(None),
        )
    )
    return {person_id: vault.unwrap(person_id, cast("bytes", wrapped)) for person_id, wrapped in found}


async def forget(session: WriteSession, person_id: UUID, fields: Sequence[str]) -> None:
    """Delete some values about a person; the person and the rest stay."""
    await session.execute(
        delete(VaultValue).where(VaultValue.person_id == person_id, VaultValue.field.in_(fields))
    )


async def erase(session: WriteSession, person_id: UUID) -> None:
    """Destroy a person's key and everything under it; a second time it changes nothing."""
    await session.execute(
        update(VaultPerson)
        .where(VaultPerson.id == person_id, VaultPerson.erased_at.is_(None))
        .values(wrapped_key=None, erased_at=now())
    )
    for kept in (VaultValue, UnsealedValue, IdempotencyKey):
        await session.execute(delete(kept).where(kept.person_id == person_id))


async def rewrap(session: WriteSession, after: UUID, *, limit: int = REWRAPPED_AT_ONCE) -> UUID | None:
    """Wrap the next keys after an id under the current master key; return the last id, None at the end."""
    vault = of(session)
    front = func.substring(VaultPerson.wrapped_key, 1, len(vault.prefix))
    stale = await session.execute(
        select(VaultPerson.id, VaultPerson.wrapped_key)
        .where(VaultPerson.id > after, VaultPerson.wrapped_key.is_not(None), front != vault.prefix)
        .order_by(VaultPerson.id)
        .limit(limit)
        .with_for_update()
    )
    anew = {
        person_id: vault.wrap(person_id, vault.unwrap(person_id, cast("bytes", wrapped)))
        for person_id, wrapped in stale
    }
    if anew:
        rows = [{"id": person_id, "wrapped_key": wrapped} for person_id, wrapped in anew.items()]
        await session.execute(update(VaultPerson), rows)
    return max(anew) if len(anew) == limit else None
