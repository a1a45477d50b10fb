"""Tiles: the tree's hashes as they are stored and served, 256 side by side (C2SP tlog-tiles)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from app.transparency import tree
from app.transparency.tree import HASH_BYTES, Node, Span

WIDTH = 256
HEIGHT = 8
LEVELS_MAX = 64


class Place(NamedTuple):
    """Which tile: its level, and its number from the left."""

    level: int
    number: int


Tiles = Mapping[Place, bytes]
"""Tiles by place; each is up to 256 hashes in a row."""


def place_of(node: Node) -> Place:
    """Return the tile from which a complete subtree's hash is computed."""
    level, rest = divmod(node.height, HEIGHT)
    return Place(level, (node.number << rest) // WIDTH)


def places(spans: Iterable[Span]) -> set[Place]:
    """Return the tiles from which the hashes of these spans are computed."""
    return {place_of(node) for span in spans for node in tree.cover(span)}


def node(tiles: Tiles, wanted: Node) -> bytes:
    """Return the hash of a complete subtree; KeyError if its tile is missing or not that wide."""
    level, rest = divmod(wanted.height, HEIGHT)
    first = (wanted.number << rest) % WIDTH
    row = tiles[Place(level, (wanted.number << rest) // WIDTH)]
    if len(row) < (first + (1 << rest)) * HASH_BYTES:
        raise KeyError(wanted)
    return tree.join(split(row)[first : first + (1 << rest)])


def hashes(tiles: Tiles, spans: Sequence[Span]) -> list[bytes]:
    """Return the hashes of spans, as a proof lists them."""
    return [tree.hash_of(span, lambda one: node(tiles, one)) for span in spans]


def split(row: bytes) -> list[bytes]:
    """Return the single hashes of a tile."""
    return [row[at : at + HASH_BYTES] for at in range(0, len(row), HASH_BYTES)]


def edge(size: int) -> list[Place]:
    """Return the tiles that the next leaf of a tree may still change: one a level."""
    return [Place(level, count // WIDTH) for level, count in enumerate(_counts(size))]


def grow(edge_tiles: Tiles, size: int, leaves: Sequence[bytes]) -> dict[Place, bytes]:
    """Return every tile that changes when leaf hashes are appended to a tree of `size` leaves.

    `edge_tiles` holds the tiles of `edge(size)` that are there already.
    """
    changed: dict[Place, bytes] = {}
    level, count, fresh = 0, size, list(leaves)
    while fresh:
        above: list[bytes] = []
        for number in range(count // WIDTH, (count + len(fresh) - 1) // WIDTH + 1):
            place = Place(level, number)
            row = edge_tiles.get(place, b"") if number == count // WIDTH else b""
            if len(row) != (max(count - number * WIDTH, 0)) * HASH_BYTES:
                raise KeyError(place)
            start = max(number * WIDTH - count, 0)
            row += b"".join(fresh[start : (number + 1) * WIDTH - count])
            changed[place] = row
            if len(row) == WIDTH * HASH_BYTES:
                above.append(tree.join(split(row)))
        level, count, fresh = level + 1, count // WIDTH, above
    return changed


def width(size: int, place: Place) -> int:
    """Return how many hashes a tile has in a tree of `size` leaves, 0 to 256."""
    count = size >> (HEIGHT * place.level)
    return min(max(count - place.number * WIDTH, 0), WIDTH)


def _counts(size: int) -> list[int]:
    counts = [size]
    while counts[-1] >= WIDTH:
        counts.append(counts[-1] // WIDTH)
    return counts


def path(number: int, partial: int = 0) -> str:
    """Return a tile's number as addresses spell it: 1234067 is x001/x234/067; a partial one ends in .p/W."""
    groups = [f"{number % 1000:03d}"]
    while number := number // 1000:
        groups.insert(0, f"x{number % 1000:03d}")
    return "/".join(groups) + (f".p/{partial}" if partial else "")


def read_path(text: str) -> tuple[int, int]:
    """Return number and width (0: full) of the tile at this address; ValueError if it is no such address."""
    spelled, _, tail = text.partition(".p/")
    digits = "".join(group.removeprefix("x") for group in spelled.split("/"))
    if not (digits.isascii() and digits.isdigit()) or (".p" in text and not tail.isascii()):
        raise ValueError("not a tile's address")
    number, partial = int(digits), int(tail) if tail else 0
    # One spelling a tile: caches would otherwise keep the same bytes under many addresses.
    if path(number, partial) != text or not 0 <= partial < WIDTH:
        raise ValueError("not a tile's address")
    return number, partial


def bundle(entries: Iterable[bytes]) -> bytes:
    """Return entries as they are served: each after its length in two bytes, big-endian."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def read_bundle(data: bytes) -> list[bytes]:
    """Return the entries of a bundle; ValueError if it ends in the middle of one."""
    entries: list[bytes] = []
    at = 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if end > len(data) or at + 2 > len(data):
            raise ValueError("a bundle ends in the middle of an entry")
        entries.append(data[at + 2 : end])
        at = end
    return entries
