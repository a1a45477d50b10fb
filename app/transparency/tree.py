"""Tree: the Merkle tree of RFC 6962 as hashes of subtrees, and the proofs that strangers check."""

import hashlib
from collections.abc import Callable, Sequence
from typing import NamedTuple

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


class Node(NamedTuple):
    """A complete subtree: the leaves [number << height, (number + 1) << height)."""

    height: int
    number: int


Span = tuple[int, int]
"""Leaves [start, end) whose hash is a node of the tree, complete or at its right edge."""
HashOf = Callable[[Node], bytes]


class ProofWrong(ValueError):  # noqa: N818 - a fact about a proof
    """A proof does not show what it is said to show."""


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256(0x00 || entry)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node: SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def join(hashes: Sequence[bytes]) -> bytes:
    """Return the hash over 2^n neighbouring nodes of one height."""
    row = list(hashes)
    while len(row) > 1:
        row = [node_hash(row[place], row[place + 1]) for place in range(0, len(row), 2)]
    return row[0]


def cover(span: Span) -> list[Node]:
    """Return the complete subtrees that a span consists of, from the left; the largest come first."""
    start, end = span
    nodes: list[Node] = []
    while start < end:
        height = (end - start).bit_length() - 1
        if start:
            height = min(height, (start & -start).bit_length() - 1)
        nodes.append(Node(height, start >> height))
        start += 1 << height
    return nodes


def hash_of(span: Span, of: HashOf) -> bytes:
    """Return the hash of a span that is a node of the tree; of no leaves it is SHA-256("")."""
    nodes = cover(span)
    if not nodes:
        return EMPTY_ROOT
    result = of(nodes[-1])
    for node in reversed(nodes[:-1]):
        result = node_hash(of(node), result)
    return result


def inclusion(index: int, size: int) -> list[Span]:
    """Return the spans whose hashes prove that leaf `index` is in a tree of `size` (RFC 6962, 2.1.1)."""
    if not 0 <= index < size:
        raise ProofWrong(f"leaf {index} is not in a tree of {size}")
    start, end, path = 0, size, list[Span]()
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    return path[::-1]


def consistency(old: int, new: int) -> list[Span]:
    """Return the spans whose hashes prove that a tree of `new` leaves extends one of `old` (2.1.2)."""
    if not 0 <= old <= new:
        raise ProofWrong(f"a tree of {new} does not extend one of {old}")
    if old in {0, new}:
        return []
    start, end, path, whole = 0, new, list[Span](), True
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start, whole = middle, False
    # The old tree itself need not be told to whoever asks, unless only a part of it is a node of the new one.
    return ([] if whole else [(start, end)]) + path[::-1]


def _split(size: int) -> int:
    return 1 << ((size - 1).bit_length() - 1)


def check_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Raise ProofWrong unless `proof` shows the leaf's hash at `index` of the tree with this root."""
    if len(root) != HASH_BYTES or len(leaf) != HASH_BYTES:
        raise ProofWrong(f"a hash has {HASH_BYTES} bytes")
    spans = inclusion(index, size)
    if len(spans) != len(proof):
        raise ProofWrong(f"{len(spans)} hashes expected, {len(proof)} given")
    result = leaf
    for (start, _), other in zip(spans, proof, strict=True):
        result = node_hash(other, result) if start < index else node_hash(result, other)
    if result != root:
        raise ProofWrong(f"leaf {index} does not lead to the root")


def check_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Raise ProofWrong unless `proof` shows that the new tree begins with the whole of the old one."""
    spans = consistency(old, new)
    if len(spans) != len(proof):
        raise ProofWrong(f"{len(spans)} hashes expected, {len(proof)} given")
    if old == 0 and (new or old_root != EMPTY_ROOT):
        # Whatever tree one names extends a tree without leaves: there is nothing to prove.
        raise ProofWrong("nothing is proven about a tree without leaves")
    if old == new and old_root != new_root:
        raise ProofWrong("two trees of one size have different roots")
    if not spans:
        return
    # Without its first hash the proof begins at the old root: a complete subtree of the new tree.
    seeded = spans[0][1] == old
    before = after = proof[0] if seeded else old_root
    for (start, _), other in zip(spans[seeded:], proof[seeded:], strict=True):
        if start < old:
            before, after = node_hash(other, before), node_hash(other, after)
        else:
            after = node_hash(after, other)
    if before != old_root:
        raise ProofWrong(f"the proof does not lead to the root of size {old}")
    if after != new_root:
        raise ProofWrong(f"the proof does not lead to the root of size {new}")
