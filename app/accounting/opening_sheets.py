"""Opening sheets: what one person enters and a second one looks over before it is booked."""

from dataclasses import asdict, fields
from uuid import UUID

from app.accounting import openings
from app.accounting.errors import OpeningReviewed, ReviewedByItsMaker
from app.accounting.models import OpeningSheet
from app.accounting.openings import Balance, Opening
from app.kit import outbox
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import OutOfSight


async def enter(session: WriteSession, opening: Opening, *, made_by: UUID) -> OpeningSheet:
    """Keep opening balances that tie until a second person has looked them over; raises OpeningUnequal."""
    _, differences = await openings.weigh(session, opening)
    openings.must_tie(differences)
    sheet = OpeningSheet(
        organization_id=opening.organization_id,
        chart=opening.chart,
        opened_on=opening.on,
        balances=[_written(one) for one in opening.balances],
        unspent={str(fund_id): amount for fund_id, amount in opening.unspent.items()},
        made_by=made_by,
    )
    session.add(sheet)
    await session.flush()
    return sheet


async def get(session: ReadSession, sheet_id: UUID) -> OpeningSheet:
    """Return a sheet, or refuse."""
    sheet = await session.get(OpeningSheet, sheet_id)
    if sheet is None:
        raise OutOfSight
    return sheet


async def book(session: WriteSession, sheet: OpeningSheet, *, reviewed_by: UUID, actor: str) -> OpeningSheet:
    """Book a sheet that a second person has looked over.

    Raises ReviewedByItsMaker, OpeningReviewed, AlreadyBooked if the books went live with another sheet.
    """
    await session.refresh(sheet, with_for_update=True)
    if sheet.made_by == reviewed_by:
        raise ReviewedByItsMaker
    if sheet.reviewed_by is not None:
        raise OpeningReviewed(opening=sheet.id)
    receipts = await openings.book(session, read(sheet), actor=actor)
    sheet.reviewed_by, sheet.reviewed_at = reviewed_by, now()
    sheet.entry_ids = [receipt.entry_id for receipt in receipts]
    await session.flush()
    facts = {"opening_id": str(sheet.id), "opened_on": str(sheet.opened_on), "entries": len(receipts)}
    await outbox.tell(
        session,
        "books.opened",
        organization_id=sheet.organization_id,
        subject=f"opening:{sheet.id}",
        payload=facts,
    )
    return sheet


def read(sheet: OpeningSheet) -> Opening:
    """Return what a sheet says, in the words of the books."""
    return Opening(
        organization_id=sheet.organization_id,
        chart=sheet.chart,
        on=sheet.opened_on,
        balances=[_balance(one) for one in sheet.balances],
        unspent={UUID(fund_id): amount for fund_id, amount in sheet.unspent.items()},
    )


def _written(one: Balance) -> dict[str, object]:
    return {name: str(value) if isinstance(value, UUID) else value for name, value in asdict(one).items()}


def _balance(said: dict[str, object]) -> Balance:
    ids = {field.name for field in fields(Balance) if field.name.endswith("_id")}
    values = {name: UUID(str(value)) if name in ids and value else value for name, value in said.items()}
    return Balance(**values)  # pyright: ignore[reportArgumentType] - as _written wrote it
