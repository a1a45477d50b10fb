"""The log's formats agree with vectors that others made (tests/data/README.md tells where they come from)."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.transparency import notes, tiles, tree
from app.transparency.checkpoints import Checkpoint, Proof
from app.transparency.notes import NoteWrong, SigningKey, VerifierKey
from app.transparency.tiles import Place
from app.transparency.tree import ProofWrong

DATA = Path(__file__).parent.parent / "data" / "transparency"
TESSERA = DATA / "tessera_log"
NOTES = json.loads((DATA / "signed_notes.json").read_text())


def cases(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text().splitlines()]


def raw(text: str | None) -> bytes:
    return base64.b64decode(text or "")


def hashes(proof: list[str] | None) -> list[bytes]:
    return [raw(one) for one in proof or []]


@pytest.mark.parametrize("case", cases("merkle_inclusion.jsonl"), ids=lambda case: case["case"])
def test_inclusion_proofs_of_others(case: dict[str, Any]) -> None:
    def check() -> None:
        proof = hashes(case["proof"])
        index, size = case["leafIdx"], case["treeSize"]
        tree.check_inclusion(index, size, raw(case["leafHash"]), proof, raw(case["root"]))

    if case["wantErr"]:
        with pytest.raises(ProofWrong):
            check()
    else:
        check()


@pytest.mark.parametrize("case", cases("merkle_consistency.jsonl"), ids=lambda case: case["case"])
def test_consistency_proofs_of_others(case: dict[str, Any]) -> None:
    def check() -> None:
        roots = raw(case["root1"]), raw(case["root2"])
        tree.check_consistency(case["size1"], case["size2"], *roots, hashes(case["proof"]))

    # A tree without leaves has one root in this log, whatever the vectors' own verifier lets pass.
    other = case["case"] == "consistency/additional/sizes-are-equal-zero-and-proof-is-empty"
    if case["wantErr"] or other:
        with pytest.raises(ProofWrong):
            check()
    else:
        check()


@pytest.mark.parametrize("case", [case for case in NOTES if "note" in case], ids=lambda case: case["source"])
def test_notes_of_others_are_opened_and_changed_ones_refused(case: dict[str, Any]) -> None:
    key = VerifierKey.read(case["vkey"])
    text = notes.open_note(case["note"], [key])
    assert str(key) == case["vkey"]
    assert case["note"].startswith(text + "\n")
    with pytest.raises(NoteWrong):
        notes.open_note(case["note"].replace("i", "I", 1), [key])
    with pytest.raises(NoteWrong):
        notes.open_note(case["note"], [SigningKey.new(key.name).verifier])


def test_signing_gives_the_very_bytes_of_others() -> None:
    signed = [case for case in NOTES if "skey" in case]
    assert signed
    for case in signed:
        key = SigningKey.read(case["skey"])
        assert key.written() == case["skey"]
        text, _, _ = case["note"].rpartition("\n\n")
        assert notes.sign(text + "\n", [key]) == case["note"]


def test_keys_that_must_be_refused() -> None:
    refused = [vkey for case in NOTES for vkey in case.get("must_be_refused_vkeys", ())]
    assert refused
    for vkey in refused:
        with pytest.raises(NoteWrong):
            VerifierKey.read(vkey)


def test_a_whole_log_of_others() -> None:
    """Every checkpoint of Tessera's log follows from its entries, and our tiles are its tiles."""
    key = VerifierKey.read((TESSERA / "vkey").read_text().strip())
    grown: dict[Place, bytes] = {}
    for size in range(16):
        checkpoint = Checkpoint.opened((TESSERA / f"checkpoint.{size}").read_text(), [key])
        assert checkpoint.size == size
        if size:
            entries = tiles.read_bundle((TESSERA / f"tile/entries/000.p/{size}").read_bytes())
            grown |= tiles.grow(grown, size - 1, [tree.leaf_hash(entries[-1])])
            assert (TESSERA / f"tile/0/{tiles.path(0, size)}").read_bytes() == grown[Place(0, 0)]
            assert tiles.bundle(entries) == (TESSERA / f"tile/entries/000.p/{size}").read_bytes()
        assert tiles.hashes(grown, [(0, size)]) == [checkpoint.root]


@given(st.integers(1, 1500), st.data())
def test_proofs_out_of_tiles_hold_and_no_other_does(size: int, data: st.DataObject) -> None:
    leaves = [tree.leaf_hash(str(number).encode()) for number in range(size)]
    first = data.draw(st.integers(0, size))
    grown = tiles.grow({}, 0, leaves[:first])
    grown |= tiles.grow(
        {place: grown[place] for place in tiles.edge(first) if place in grown}, first, leaves[first:]
    )
    assert grown == tiles.grow({}, 0, leaves)
    [root] = tiles.hashes(grown, [(0, size)])
    [before] = tiles.hashes(grown, [(0, first)])

    index = data.draw(st.integers(0, size - 1))
    proof = tiles.hashes(grown, tree.inclusion(index, size))
    tree.check_inclusion(index, size, leaves[index], proof, root)
    extension = tiles.hashes(grown, tree.consistency(first, size))
    if first:
        tree.check_consistency(first, size, before, root, extension)
    for wrong in ([*proof, root], [root, *proof[1:]] if proof else [root], proof[:-1] if proof else [root]):
        with pytest.raises(ProofWrong):
            tree.check_inclusion(index, size, leaves[index], wrong, root)
    if 0 < first < size:
        with pytest.raises(ProofWrong):
            tree.check_consistency(first, size, root, root, extension)
        with pytest.raises(ProofWrong):
            tree.check_consistency(first, size, before, before, extension)


def test_addresses_of_tiles_have_one_spelling() -> None:
    assert tiles.path(1234067) == "x001/x234/067"
    assert tiles.path(0, 12) == "000.p/12"
    assert tiles.read_path("x001/x234/067") == (1234067, 0)
    assert tiles.read_path("067.p/255") == (67, 255)
    for wrong in (
        "67",
        "x000/067",
        "0067",
        "067.p/0",
        "067.p/256",
        "067.p/01",
        "x067",
        "",
        "067.p/",
        "-01",
        "06７",
    ):
        with pytest.raises(ValueError, match="address"):
            tiles.read_path(wrong)


def test_a_proof_file_is_read_as_it_is_written() -> None:
    key = SigningKey.new("example.com/log")
    entries = [b"a", b"b", b"c"]
    grown = tiles.grow({}, 0, [tree.leaf_hash(entry) for entry in entries])
    [root] = tiles.hashes(grown, [(0, 3)])
    note = Checkpoint("example.com/log", 3, root).signed([key])
    proof = Proof(1, tiles.hashes(grown, tree.inclusion(1, 3)), note)
    read = Proof.read(str(proof))
    assert read == proof
    assert read.check(b"b", [key.verifier]).size == 3
    with pytest.raises(ProofWrong):
        read.check(b"c", [key.verifier])
    with pytest.raises(NoteWrong):
        Proof.read(str(proof)).check(b"b", [SigningKey.new("example.com/other").verifier])
