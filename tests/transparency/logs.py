"""A log in a test: what is booked, sealed and signed."""

from pathlib import Path
from uuid import UUID

from app.kit.database import Database
from app.transparency import publishing, signer
from app.transparency.checkpoints import Checkpoint
from app.transparency.signer import Office
from tests.factories import ledger as make

ORIGIN = "example.org/ledger"


def office_in(folder: Path, origin: str = ORIGIN) -> Office:
    return Office(origin, folder / "log.key", folder / "log.memory")


async def book(database: Database, count: int) -> list[UUID]:
    async with database.writing() as session:
        books = await make.books(session)
        fund = await make.fund(session, books)
        return [(await make.gift(session, books, fund, 100 + one)).entry_id for one in range(count)]


async def seal(database: Database, *, batch_max: int = 4096) -> int:
    return await publishing.seal(database, ORIGIN, batch_max=batch_max)


async def sign(database: Database, office: Office) -> Checkpoint | None:
    await publishing.seal(database, office.origin)
    return await signer.sign(database, office)
