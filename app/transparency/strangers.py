"""Strangers: checking a log from what it serves and nothing else, as anybody can who trusts none of us."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import rfc8785

from app.transparency import tiles, tree
from app.transparency.checkpoints import Checkpoint
from app.transparency.notes import VerifierKey
from app.transparency.tiles import WIDTH, Place

Fetch = Callable[[str], bytes]
"""Returns what stands under an address below the log's own."""


class LogWrong(ValueError):  # noqa: N818 - a fact about somebody's log
    """A log does not hold what it promises."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A log that held: its checkpoint as it was signed, how much was looked at, and what it continues."""

    note: str
    checkpoint: Checkpoint
    entry_count: int
    tile_count: int
    continues: int | None


def read_keys(text: str) -> list[VerifierKey]:
    """Return the verifier keys that stand in a text, one a line."""
    return [VerifierKey.read(line.strip()) for line in text.splitlines() if line.strip()]


def verify(fetch: Fetch, keys: Sequence[VerifierKey], remembered: str | None = None) -> Verdict:
    """Check signature, entries, tiles and root of a log, and that it continues a checkpoint kept before.

    Raises NoteWrong if these keys have not signed the checkpoint, LogWrong with the first wrong place.
    """
    note = fetch("checkpoint").decode(errors="replace")
    checkpoint = Checkpoint.opened(note, keys)
    grown: dict[Place, bytes] = {}
    size = 0
    for entries in _bundles(fetch, checkpoint.size):
        for index, entry in enumerate(entries, size):
            _check_entry(index, entry)
        grown |= tiles.grow(grown, size, [tree.leaf_hash(entry) for entry in entries])
        size += len(entries)
    for place, row in sorted(grown.items()):
        served = fetch(f"tile/{place.level}/{tiles.path(place.number, (len(row) // 32) % WIDTH)}")
        if served != row:
            first = (place.number * WIDTH) << (tiles.HEIGHT * place.level)
            raise LogWrong(
                f"tile {place.level}/{place.number} is not the hash of the entries from {first} on"
            )
    if tiles.hashes(grown, [(0, size)]) != [checkpoint.root]:
        raise LogWrong(f"the {size} entries do not lead to the root that was signed")
    before = _continued(grown, checkpoint, remembered)
    return Verdict(note, checkpoint, size, len(grown), before)


def _bundles(fetch: Fetch, size: int) -> Iterator[list[bytes]]:
    for number in range((size + WIDTH - 1) // WIDTH):
        width = tiles.width(size, Place(0, number))
        served = fetch(f"tile/entries/{tiles.path(number, width % WIDTH)}")
        try:
            entries = tiles.read_bundle(served)
        except ValueError:
            entries = []
        if len(entries) != width:
            raise LogWrong(f"entries {number * WIDTH} and on are not the {width} that they should be")
        yield entries


def _check_entry(index: int, entry: bytes) -> None:
    try:
        said: dict[str, Any] = orjson.loads(entry)
        fits = said["index"] == index and rfc8785.dumps(said) == entry
    except (ValueError, KeyError, TypeError, rfc8785.CanonicalizationError):
        fits = False
    if not fits:
        raise LogWrong(f"entry {index} is not canonical, or says another index")


def _continued(grown: dict[Place, bytes], now: Checkpoint, remembered: str | None) -> int | None:
    if remembered is None:
        return None
    before = Checkpoint.read(remembered)
    if before.origin != now.origin:
        raise LogWrong(f"what was kept is of {before.origin}, this is {now.origin}")
    if before.size > now.size:
        raise LogWrong(f"the log has shrunk from {before.size} to {now.size}")
    if tiles.hashes(grown, [(0, before.size)]) != [before.root]:
        raise LogWrong(f"the log does not continue what it was at size {before.size}: history was rewritten")
    return before.size
