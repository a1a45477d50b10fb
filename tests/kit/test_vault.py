"""What is known about a person is sealed under a key of their own, and gone with it."""

import asyncio
import os
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.kit import vault
from app.kit.database import Database, WriteSession
from app.kit.ids import new_id
from app.kit.models import VaultPerson, VaultValue
from app.kit.vault import PersonErased, UnknownMasterKeyError, Vault

OLD, NEW, INDEX = os.urandom(32), os.urandom(32), os.urandom(32)
BEFORE = Vault({"2025": OLD}, current="2025", index_key=INDEX)
AFTER = Vault({"2025": OLD, "2026": NEW}, current="2026", index_key=INDEX)


@pytest.fixture(autouse=True)
def carried(request: pytest.FixtureRequest) -> None:
    if "session" in request.fixturenames:
        request.getfixturevalue("session").info["vault"] = BEFORE


def test_a_key_is_unwrapped_only_for_its_person_and_under_any_master_key_still_held() -> None:
    person, key = new_id(), AFTER.new_key()

    assert AFTER.unwrap(person, BEFORE.wrap(person, key)) == key
    assert AFTER.unwrap(person, AFTER.wrap(person, key)) == key
    with pytest.raises(InvalidTag):
        AFTER.unwrap(new_id(), AFTER.wrap(person, key))
    with pytest.raises(UnknownMasterKeyError, match="2026"):
        BEFORE.unwrap(person, AFTER.wrap(person, key))


def test_a_vault_is_not_built_from_short_keys_or_without_its_current_one() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Vault({"k": b"short"}, current="k", index_key=INDEX)
    with pytest.raises(UnknownMasterKeyError):
        Vault({"k": OLD}, current="other", index_key=INDEX)


def test_a_sealed_value_is_read_only_in_its_own_place() -> None:
    person, key = new_id(), BEFORE.new_key()
    sealed = BEFORE.seal(key, person, "name", "王小明".encode())

    assert BEFORE.open(key, person, "name", sealed) == "王小明".encode()
    assert "王小明".encode() not in sealed
    for other in ((key, new_id(), "name"), (key, person, "phone"), (BEFORE.new_key(), person, "name")):
        with pytest.raises(InvalidTag):
            BEFORE.open(*other, sealed)
    with pytest.raises(InvalidTag):
        BEFORE.open(key, person, "name", sealed[:-1] + bytes([sealed[-1] ^ 1]))


@pytest.mark.parametrize(
    ("one", "other"), [(" A@B.cn", "a@b.CN "), ("１３８", "138"), ("Straße", "STRASSE"), ("ΐ", "ΐ")]
)
def test_spellings_of_one_value_share_an_index(one: str, other: str) -> None:
    assert BEFORE.index("email", one) == BEFORE.index("email", other)


def test_an_index_depends_on_kind_value_and_key() -> None:
    elsewhere = Vault({"2025": OLD}, current="2025", index_key=NEW)
    found = {
        BEFORE.index("phone", "138"),
        BEFORE.index("phone", "139"),
        BEFORE.index("order", "138"),
        elsewhere.index("phone", "138"),
        BEFORE.mac(b"phone\x00138"),
    }
    assert len(found) == 5
    assert {len(index) for index in found} == {32}
    assert BEFORE.index("phone", "138") == AFTER.index("phone", "138")


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = vault.normalised(text)
    assert vault.normalised(once) == once


@given(st.binary(min_size=32, max_size=32), st.uuids(), st.text(max_size=20).filter(str.isascii))
def test_the_salt_is_hkdf(key: bytes, entry_id: UUID, field: str) -> None:
    reference = HKDF(SHA256(), 32, salt=None, info=entry_id.bytes + field.encode()).derive(key)
    assert vault.salt(key, entry_id, field) == reference


def test_a_commitment_is_what_the_formula_says() -> None:
    key, entry = bytes(range(32)), UUID("01890a5d-ac96-774b-bcce-b302099a8057")
    assert vault.commitment(key, entry, "donor", "王小明").hex() == KNOWN


# Made with other tools: the salt by `openssl kdf ... HKDF`, the rest by `sha256sum`.
KNOWN = "74348ca13e64e3c4bbbfdb6a9ccdd7d3a6f90f226e19bbb4d048867bab065550"


async def test_what_is_kept_is_read_back_and_replaced(session: WriteSession) -> None:
    one, other = new_id(), new_id()
    await vault.keep(session, one, {"name": "王小明", "phone": "13800000000"})
    await vault.keep(session, other, {"name": "李\u3000四"})
    await vault.keep(session, one, {"name": "王大明"})

    found = await vault.read(session, [one, other, new_id()], ["name", "phone", "address"])

    assert found == {one: {"name": "王大明", "phone": "13800000000"}, other: {"name": "李\u3000四"}}
    assert await vault.read(session, [one], ["phone"]) == {one: {"phone": "13800000000"}}


async def test_a_persons_key_stays_the_same(session: WriteSession) -> None:
    person = new_id()
    await vault.keep(session, person, {})
    before = await vault.keys(session, [person, new_id()])
    await vault.keep(session, person, {"name": "王小明"})

    assert await vault.keys(session, [person]) == before
    assert len(before[person]) == 32


async def test_nothing_is_left_of_an_erased_person(session: WriteSession) -> None:
    person, neighbour = new_id(), new_id()
    for someone in (person, neighbour):
        await vault.keep(session, someone, {"name": "王小明"})

    await vault.erase(session, person)
    await vault.erase(session, person)
    await vault.erase(session, new_id())

    assert set(await vault.read(session, [person, neighbour], ["name"])) == {neighbour}
    assert set(await vault.keys(session, [person, neighbour])) == {neighbour}
    left = select(func.count()).select_from(VaultValue).where(VaultValue.person_id == person)
    assert await session.scalar(left) == 0
    with pytest.raises(PersonErased):
        await vault.keep(session, person, {"name": "王小明"})


async def test_rotation_wraps_every_key_again_and_changes_none(session: WriteSession) -> None:
    people = [new_id() for _ in range(5)]
    for person in people:
        await vault.keep(session, person, {"name": "王小明"})
    await vault.erase(session, people[4])
    before = await vault.keys(session, people)

    session.info["vault"] = AFTER
    last = await vault.rewrap(session, UUID(int=0), limit=3)
    assert last == people[2]
    assert await vault.rewrap(session, last, limit=3) is None

    session.info["vault"] = Vault({"2026": NEW}, current="2026", index_key=INDEX)
    assert await vault.keys(session, people) == before
    erased = await session.scalar(select(VaultPerson.wrapped_key).where(VaultPerson.id == people[4]))
    assert erased is None


async def test_two_who_meet_a_new_person_share_one_key(committed: Database) -> None:
    person = new_id()

    async def keep(field: str) -> None:
        async with committed.writing() as session:
            await vault.keep(session, person, {field: field})

    await asyncio.gather(*(keep(f"field {n}") for n in range(8)))

    async with committed.reading() as session:
        found = await vault.read(session, [person], [f"field {n}" for n in range(8)])
    assert len(found[person]) == 8


async def test_an_erasure_waits_for_what_is_being_kept_and_takes_it_along(committed: Database) -> None:
    person = new_id()

    async def erase() -> None:
        async with committed.writing() as session:
            await vault.erase(session, person)

    async with committed.writing() as keeping:
        await vault.keep(keeping, person, {"name": "王小明"})
    async with committed.writing() as keeping:
        await vault.keep(keeping, person, {"phone": "13800000000"})
        erasing = asyncio.create_task(erase())
        await asyncio.sleep(0.2)
        assert not erasing.done()
    await erasing

    async with committed.reading() as session:
        assert await session.scalar(select(func.count()).select_from(VaultValue)) == 0
