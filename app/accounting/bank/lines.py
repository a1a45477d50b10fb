"""Lines: the register of what banks told, and who stands on the other side, for those who may read it."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Select, func, select

from app.accounting.bank.movements import WORDS
from app.accounting.models import BankLine, LineKind
from app.kit import vault
from app.kit.database import ReadSession, WriteSession
from app.kit.models import VaultValue
from app.organizations.errors import OutOfSight


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Who and why, as the bank tells it; None where nothing was told, or where it was erased."""

    name: str | None = None
    account: str | None = None
    summary: str | None = None
    remark: str | None = None
    masked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Which lines to find. Amounts in fen, without their sign."""

    organization_id: UUID | None = None
    channel_id: UUID | None = None
    statement_id: UUID | None = None
    kind: LineKind | None = None
    proposed_kind: LineKind | None = None
    decided: bool | None = None
    matched: bool | None = None
    booked: bool | None = None
    happened_on_from: date | None = None
    happened_on_to: date | None = None
    amount_from: int | None = None
    amount_to: int | None = None


def found(visible: Collection[UUID], search: Search) -> Select[BankLine]:
    """Return the query for the lines of these organizations that a search asks for."""
    size = func.abs(BankLine.amount)
    exact = {"organization_id", "channel_id", "statement_id", "kind", "proposed_kind"}
    said: dict[str, Any] = {name: value for name, value in asdict(search).items() if value is not None}
    query = select(BankLine).where(BankLine.organization_id.in_(visible))
    query = query.filter_by(**{name: value for name, value in said.items() if name in exact})
    if search.decided is not None:
        query = query.where(BankLine.kind.is_not(None) == search.decided)
    if search.booked is not None:
        query = query.where(BankLine.entry_id.is_not(None) == search.booked)
    if search.matched is not None:
        query = query.where((BankLine.matched_minor == size) == search.matched)
    for name, column in (("happened_on", BankLine.happened_on), ("amount", size)):
        if f"{name}_from" in said:
            query = query.where(column >= said[f"{name}_from"])
        if f"{name}_to" in said:
            query = query.where(column <= said[f"{name}_to"])
    return query


async def get(session: ReadSession, line_id: UUID) -> BankLine:
    """Return a line, or refuse."""
    line = await session.get(BankLine, line_id)
    if line is None:
        raise OutOfSight
    return line


async def lock(session: WriteSession, line_ids: Sequence[UUID]) -> list[BankLine]:
    """Return lines as they now are, by id, and keep them so until this transaction ends."""
    query = select(BankLine).where(BankLine.id.in_(line_ids)).order_by(BankLine.id)
    held = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    return list(await session.scalars(held))


async def words(
    session: ReadSession, told: Sequence[BankLine], *, clear_in: Collection[UUID] = ()
) -> dict[UUID, Words]:
    """Return who and why of each line: in clear for the organizations of `clear_in`, else masked."""
    opened = await _opened(session, told)
    return {line.id: _shown(opened[line.id], clear=line.organization_id in clear_in) for line in told}


async def _opened(session: ReadSession, told: Sequence[BankLine]) -> dict[UUID, dict[str, Any]]:
    secrets = vault.of(session)
    keys = await vault.keys(session, list({line.person_id for line in told}))
    return {
        line.id: orjson.loads(secrets.open(keys[line.person_id], line.person_id, "bank-line", line.sealed))
        if line.sealed is not None and line.person_id in keys
        else {}
        for line in told
    }


def _shown(opened: dict[str, Any], *, clear: bool) -> Words:
    if clear:
        told = {name: opened.get(name) for name in WORDS}
        return Words(masked=False, **told)
    # Summary and remark are left out: people write names into both.
    name, account = opened.get("name"), opened.get("account")
    return Words(
        name=f"{name[:1]}**" if name else None,
        account=f"****{account[-4:]}" if account else None,
        masked=True,
    )


async def belongs_to(session: WriteSession, line: BankLine, person_id: UUID, key: bytes) -> None:
    """Seal a line's words anew under the key of the person whom it turned out to be about.

    From then on all is erased together, and what was noted about it; the line's own key is destroyed.
    """
    opened = (await _opened(session, [line]))[line.id]
    secrets = vault.of(session)
    before, line.person_id = line.person_id, person_id
    line.sealed = secrets.seal(key, person_id, "bank-line", orjson.dumps(opened)) if opened else None
    await session.flush()
    if before == line.id:
        noted = await session.scalars(select(VaultValue.field).where(VaultValue.person_id == before))
        kept = (await vault.read(session, [before], noted.all())).get(before, {})
        await vault.keep(session, person_id, kept)
        await vault.erase(session, before)
