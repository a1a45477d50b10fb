"""What operators, strangers and donors type about the public log does what it says, as processes."""

import asyncio
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from httpx import AsyncClient

from app.kit.database import Database
from app.transparency.checkpoints import Checkpoint
from app.transparency.notes import SigningKey, VerifierKey
from tests.audit.books import Audited, audited
from tests.cli.commands import ORIGIN, secrets, signing, typed
from tests.databases import Cluster
from tests.journeys.services import Service


@pytest.fixture
def given(cluster: Cluster, fresh_database: str, tmp_path: Path) -> dict[str, str]:
    return secrets(cluster.url(fresh_database)) | signing(tmp_path)


def test_a_log_is_begun_named_and_signed(given: dict[str, str], tmp_path: Path) -> None:
    [key] = typed("log", "init", given=given)[0].splitlines()
    assert VerifierKey.read(key).name == ORIGIN
    for name in ("log.key", "log.memory"):
        mode = (tmp_path / name).stat().st_mode
        assert stat.S_IMODE(mode) == 0o600, name
    assert typed("log", "init", given=given)[0].splitlines() == [key], "a second time it changes nothing"
    assert typed("log", "vkey", given=given)[0].splitlines() == [key]
    # With its first signature a log gets a leaf: the key that signed.
    for size in (0, 1):
        note, _ = typed("log", "sign", given=given)
        assert Checkpoint.opened(note, [VerifierKey.read(key)]).size == size


def test_a_key_is_rotated_while_strangers_still_know_the_old_one(given: dict[str, str]) -> None:
    [old] = typed("log", "init", given=given)[0].splitlines()
    typed("log", "sign", given=given)
    both = typed("log", "init", "--rotate", given=given)[0].splitlines()
    assert len(both) == 2
    assert old in both
    note, _ = typed("log", "sign", given=given)
    for key in both:
        Checkpoint.opened(note, [VerifierKey.read(key)])
    [new] = typed("log", "init", "--retire", given=given)[0].splitlines()
    assert new != old
    assert new in both


def test_who_may_not_sign_is_told_what_is_missing(cluster: Cluster, fresh_database: str) -> None:
    for words in (("log", "init"), ("log", "vkey"), ("log", "sign")):
        _, complaint = typed(*words, given=secrets(cluster.url(fresh_database)), status=78)
        for name in ("ZHENGXINLU_LOG_ORIGIN", "ZHENGXINLU_LOG_KEY_FILE", "ZHENGXINLU_LOG_MEMORY_FILE"):
            assert name in " ".join(complaint.split())


@pytest.fixture
async def books(committed: Database, tmp_path: Path) -> Audited:
    made = await audited(committed, tmp_path)
    await made.give(made.ours, 123_00, 50_00)
    await made.sign()
    return made


@pytest.fixture
async def served(cluster: Cluster, fresh_database: str, books: Audited) -> AsyncIterator[Service]:
    service = Service(cluster.url(fresh_database))
    await asyncio.to_thread(service.start)
    yield service
    await asyncio.to_thread(service.kill)


async def test_a_stranger_checks_a_log_and_that_it_goes_on_from_what_they_saw(
    books: Audited, served: Service, given: dict[str, str], tmp_path: Path
) -> None:
    address, kept = f"{served.url}/v1/log", tmp_path / "checkpoint.txt"
    [key] = typed("log", "vkey", given=given)[0].splitlines()
    words = ("log", "verify", address, "--vkey", key, "--remember", str(kept))
    first, _ = await asyncio.to_thread(typed, *words)
    await books.give(books.ours, 7_00)
    size = await books.sign()
    again, _ = await asyncio.to_thread(typed, *words)
    # Two gifts at first; then one more, and the leaf that names the key.
    assert (first.splitlines()[0].split()[1], size) == ("2", 4)
    assert f"{size} entries" in again
    assert "nothing of the first 2 entries was changed since you looked last" in again
    # Another log's key, and a checkpoint that this log never had, are not believed.
    other = str(SigningKey.new(ORIGIN).verifier)
    _, complaint = await asyncio.to_thread(typed, "log", "verify", address, "--vkey", other, status=1)
    assert address in complaint.replace("\n", "")
    _, warned = await asyncio.to_thread(typed, "log", "verify", address)
    assert "own word was taken" in " ".join(warned.split())


async def test_a_donor_checks_a_receipt_file_without_anything_else(
    books: Audited, committed_client: AsyncClient, given: dict[str, str], tmp_path: Path
) -> None:
    [code] = await books.give(books.ours, 321_00, their_id="T-321")
    await books.sign()
    file = tmp_path / "receipt.json"
    answer = await committed_client.get(f"/v1/disclosure/donations/{code}/receipt-file")
    file.write_bytes(answer.content)
    [key] = typed("log", "vkey", given=given)[0].splitlines()
    said, _ = await asyncio.to_thread(typed, "receipt", "verify", str(file), "--vkey", key)
    assert "32100 fen" in said
    assert "T-321 (opened, as committed to)" in said
    file.write_bytes(answer.content.replace(b"T-321", b"T-322"))
    _, complaint = await asyncio.to_thread(typed, "receipt", "verify", str(file), "--vkey", key, status=1)
    assert "is not what the leaf commits to" in " ".join(complaint.split())
