"""Carried gifts: the list of donors behind a fund's unspent money, and where in the fund each gift lies."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select

from app.fundraising.givers import mask
from app.kit import vault
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_id
from app.kit.models import VaultPerson
from app.kit.sheets.filled import Row
from app.ledger.models import Direction, Posting
from app.onboarding.models import CarriedGift
from app.onboarding.orders import Made, Order
from app.onboarding.workbooks import Handed

_NAME = "carried_gift"


def in_order(handed: Handed, made: Made) -> dict[UUID, list[Row]]:
    """Return each fund's gifts, the oldest first: in this order they are spent."""
    found: defaultdict[UUID, list[Row]] = defaultdict(list)
    for row in sorted(handed.donors, key=lambda row: (row.values["given_on"], row.line)):
        found[made.funds[row.values["fund"]]].append(row)
    return found


async def keep(
    session: WriteSession, order: Order, gifts: Mapping[UUID, Sequence[Row]], entry_ids: Sequence[UUID]
) -> int:
    """Keep the gifts that these entries booked, with their places in their funds; return how many."""
    first = await _first_serials(session, entry_ids)
    secrets = vault.of(session)
    people: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    for fund_id, listed in gifts.items():
        serial = first[fund_id]
        for row in listed:
            gift_id, name, sealed = new_id(), row.values.get("donor"), None
            if name:
                key = secrets.new_key()
                people.append({"id": gift_id, "wrapped_key": secrets.wrap(gift_id, key)})
                sealed = secrets.seal(key, gift_id, _NAME, name.encode())
            rows.append(
                {
                    "id": gift_id,
                    "organization_id": order.organization.id,
                    "fund_id": fund_id,
                    "first_serial": serial,
                    "amount": row.values["amount"],
                    "given_on": row.values["given_on"],
                    "earlier_number": row.values.get("number"),
                    "sealed": sealed,
                }
            )
            serial += row.values["amount"]
    if people:
        await session.execute(insert(VaultPerson), people)
    if rows:
        await session.execute(insert(CarriedGift), rows)
    return len(rows)


async def _first_serials(session: WriteSession, entry_ids: Sequence[UUID]) -> dict[UUID, int]:
    # An opening's inflows of a fund follow one another: nobody else takes its numbers in between.
    rows = await session.execute(
        select(Posting.fund_id, func.min(Posting.first_serial))
        .where(Posting.entry_id.in_(entry_ids), Posting.direction == Direction.inflow)
        .group_by(Posting.fund_id)
    )
    return {fund_id: first for fund_id, first in rows if fund_id is not None and first is not None}


async def names(session: ReadSession, gifts: Sequence[CarriedGift], *, clear: bool) -> dict[UUID, str]:
    """Return who gave, as far as it was told and they were not erased; masked unless `clear`."""
    keys = await vault.keys(session, [gift.id for gift in gifts])
    secrets = vault.of(session)
    opened = {
        gift.id: secrets.open(keys[gift.id], gift.id, _NAME, gift.sealed).decode()
        for gift in gifts
        if gift.sealed is not None and gift.id in keys
    }
    return opened if clear else {gift_id: mask(name) for gift_id, name in opened.items()}
