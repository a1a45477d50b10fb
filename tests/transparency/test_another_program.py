"""A second program that nobody here wrote (aics-tlog) comes to the same verdict about what we serve."""

import pytest
from aics_tlog import (  # pyright: ignore[reportMissingImports]
    MemoryTileReader,
    TileMissingError,
    TileVerificationError,
    audit_tiles,
    consistency_proof_from_tiles,
    inclusion_proof_from_tiles,
    parse_checkpoint,
    parse_note,
    parse_vkey,
    read_entry,
    verify_checkpoint,
    verify_consistency,
    verify_leaf_inclusion,
)
from httpx import AsyncClient
from sqlalchemy import select

from app.kit.database import Database
from app.transparency.checkpoints import Proof
from app.transparency.models import PublishedCheckpoint
from tests.transparency import logs
from tests.transparency.served import SIZES, everything


async def test_it_verifies_signature_tiles_entries_and_proofs(log: AsyncClient) -> None:
    served = await everything(log)
    note = parse_note(served["checkpoint"])
    key = parse_vkey(served["vkey"].decode().strip())
    assert verify_checkpoint(note, key, expected_origin=logs.ORIGIN).ok
    head = parse_checkpoint(note.text)
    reader = MemoryTileReader(served)
    audit_tiles(reader, head.size, head.root)
    for index in (0, 255, 256, 599):
        proof = inclusion_proof_from_tiles(reader, index, head.size)
        entry = read_entry(reader, index, head.size)
        assert verify_leaf_inclusion(entry, index, head.size, proof, head.root)
        ours = Proof.read((await log.get(f"/v1/log/proof/{index}")).text)
        assert list(ours.hashes) == proof


async def test_it_finds_every_head_that_was_signed_in_the_last_one(
    log: AsyncClient, committed: Database
) -> None:
    served = await everything(log)
    head = parse_checkpoint(parse_note(served["checkpoint"]).text)
    reader = MemoryTileReader(served)
    async with committed.reading() as session:
        rows = await session.execute(select(PublishedCheckpoint.size, PublishedCheckpoint.root))
        signed = {row.size: row.root for row in rows}
    assert signed.keys() == set(SIZES)
    for size, root in signed.items():
        proof = consistency_proof_from_tiles(reader, size, head.size)
        assert verify_consistency(size, head.size, root, head.root, proof)


async def test_it_refuses_each_flipped_byte(log: AsyncClient) -> None:
    served = await everything(log)
    head = parse_checkpoint(parse_note(served["checkpoint"]).text)
    for path in served.keys() - {"checkpoint", "vkey"}:
        flipped = bytearray(served[path])
        flipped[len(flipped) // 2] ^= 1
        with pytest.raises((TileVerificationError, TileMissingError)):
            audit_tiles(MemoryTileReader({**served, path: bytes(flipped)}), head.size, head.root)
