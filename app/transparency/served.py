"""Served: tiles and entry bundles as strangers fetch them; nothing that no published checkpoint has."""

from sqlalchemy import exists, select

from app.kit.database import ReadSession
from app.transparency import heads, tiles
from app.transparency.errors import TileNotPublished
from app.transparency.models import Leaf, PublishedCheckpoint
from app.transparency.tiles import HEIGHT, LEVELS_MAX, WIDTH, Place
from app.transparency.tree import HASH_BYTES

NUMBER_MAX = 2**48
"""Beyond what a bigint of leaves could fill; a larger number is nobody's tile."""


async def tile(session: ReadSession, level: int, address: str) -> bytes:
    """Return a tile's hashes by its address; TileNotPublished unless some published checkpoint has it."""
    place, width, log_id = await _published(session, level, address)
    found = await heads.tiles_of(session, log_id, [place])
    row = found.get(place, b"")[: width * HASH_BYTES]
    if len(row) < width * HASH_BYTES:
        raise TileNotPublished
    return row


async def bundle(session: ReadSession, address: str) -> bytes:
    """Return the entries under a tile of the lowest level, each after its length."""
    place, width, log_id = await _published(session, 0, address)
    first = place.number * WIDTH
    query = select(Leaf.body).where(Leaf.log_id == log_id, Leaf.index >= first, Leaf.index < first + width)
    rows = (await session.scalars(query.order_by(Leaf.index))).all()
    if len(rows) < width:
        raise TileNotPublished
    return tiles.bundle(rows)


async def _published(session: ReadSession, level: int, address: str) -> tuple[Place, int, int]:
    try:
        number, partial = tiles.read_path(address)
    except ValueError:
        raise TileNotPublished from None
    if not 0 <= level < LEVELS_MAX or number >= NUMBER_MAX >> min(HEIGHT * level, 47):
        raise TileNotPublished
    place, latest = Place(level, number), await heads.latest(session)
    if not partial:
        if tiles.width(latest.size, place) < WIDTH:
            raise TileNotPublished
        return place, WIDTH, latest.log_id
    # Only sizes that were signed: between them the edge has stood at widths that nobody vouched for.
    first = (number * WIDTH + partial) << (HEIGHT * level)
    size = PublishedCheckpoint.size
    stood = select(PublishedCheckpoint.size).where(
        PublishedCheckpoint.log_id == latest.log_id, size >= first, size < first + (1 << (HEIGHT * level))
    )
    if not await session.scalar(select(exists(stood))):
        raise TileNotPublished
    return place, partial, latest.log_id
