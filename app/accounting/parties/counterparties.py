"""Counterparties: suppliers, village collectives, partners, persons: who is paid and keeps no books here."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from app.accounting.models import Counterparty, CounterpartyKind
from app.accounting.parties.errors import (
    CounterpartyCodeTaken,
    CounterpartyCreditCodeTaken,
    NotACounterparty,
    PersonHasNoCreditCode,
)
from app.kit import constraints, vault
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.kit.errors import VersionStale
from app.kit.http import pages
from app.ledger import dimensions
from app.ledger.models import Dimension, DimensionKind
from app.organizations.errors import OutOfSight
from app.organizations.organizations import credit_code

_NAME, _NOTE = "counterparty_name", "counterparty_note"
_CREDIT_CODE = "counterparties_organization_id_credit_code_key"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCounterparty:
    """What is told of a counterparty. Its code appears in published leaves, for ever: nobody's name."""

    organization_id: UUID
    code: str
    kind: CounterpartyKind
    name: str
    credit_code: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A counterparty of the books with what is known of it; name and note as a caller may read them."""

    dimension: Dimension
    told: Counterparty | None
    name: str | None
    note: str | None


async def create(session: WriteSession, new: NewCounterparty, *, actor: str) -> Dimension:
    """Make a counterparty known; raises CounterpartyCodeTaken, and what telling of it refuses."""
    taken = {"dimensions_kind_organization_id_code_key": CounterpartyCodeTaken(counterparty=new.code)}
    async with constraints.told(session, taken):
        dimension = await dimensions.declare(
            session, DimensionKind.counterparty, new.code, organization_id=new.organization_id
        )
    said = {"kind": new.kind, "name": new.name, "credit_code": new.credit_code, "note": new.note}
    await tell(session, dimension, said, actor=actor)
    return dimension


async def tell(
    session: WriteSession, dimension: Dimension, said: dict[str, Any], *, actor: str
) -> Counterparty:
    """Say anew what is known of a counterparty; of one that only the books knew it is the first time.

    A person's name goes into the vault, and a note with it; what was in clear leaves the table.
    """
    told = await session.get(Counterparty, dimension.id, with_for_update=True)
    kind = CounterpartyKind(said.get("kind") or (told.kind if told else CounterpartyKind.other))
    name = said.get("name") or (await names(session, [dimension.id])).get(dimension.id) or dimension.code
    note = said["note"] if "note" in said else (await _read(session, [dimension.id], _NOTE)).get(dimension.id)
    code = said.get("credit_code", told and told.credit_code)
    if code and kind is CounterpartyKind.person:
        raise PersonHasNoCreditCode(counterparty=dimension.code)
    sealed = {_NAME: name, _NOTE: note} if kind is CounterpartyKind.person else {}
    if sealed:
        await vault.keep(session, dimension.id, {field: words for field, words in sealed.items() if words})
    if told is not None and told.kind is CounterpartyKind.person:
        gone = [field for field in (_NAME, _NOTE) if not sealed.get(field)]
        await vault.forget(session, dimension.id, gone)
    if told is None:
        told = Counterparty(
            id=dimension.id,
            organization_id=_home(dimension),
            kind=kind,
            name=None if kind is CounterpartyKind.person else name,
            made_by=actor,
            version=0,
        )
    # Two people who tell of it for the first time at once: one is refused as whoever changes what is stale.
    refusals = {
        _CREDIT_CODE: CounterpartyCreditCodeTaken(credit_code=code),
        "counterparties_pkey": VersionStale(),
    }
    async with constraints.told(session, refusals):
        session.add(told)
        told.kind, told.name = kind, None if kind is CounterpartyKind.person else name
        told.credit_code = credit_code(code) if code else None
        told.note = None if kind is CounterpartyKind.person else note
        told.version += 1
    return told


def _home(dimension: Dimension) -> UUID:
    if dimension.organization_id is None:
        raise NotACounterparty(counterparty=dimension.id)
    return dimension.organization_id


async def end(session: WriteSession, dimension: Dimension, *, actor: str) -> Counterparty:
    """Offer a counterparty no more; what is booked with it stays, and late events still find it."""
    told = await session.get(Counterparty, dimension.id, with_for_update=True)
    told = told or await tell(session, dimension, {}, actor=actor)
    if told.ended_at is None:
        told.ended_at = now()
        told.version += 1
        await session.flush()
    return told


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Which counterparties to find; `q` is a part of the code or the name."""

    organization_id: UUID | None = None
    kind: CounterpartyKind | None = None
    ended: bool | None = None
    q: str | None = None


def found(visible: Collection[UUID], search: Search) -> Select[Dimension]:
    """Return the query for the counterparties of these organizations, told or only known to the books."""
    query = (
        select(Dimension)
        .outerjoin(Counterparty, Counterparty.id == Dimension.id)
        .where(Dimension.kind == DimensionKind.counterparty, Dimension.organization_id.in_(visible))
    )
    if search.organization_id:
        query = query.where(Dimension.organization_id == search.organization_id)
    if search.kind:
        query = query.where(Counterparty.kind == search.kind)
    if search.ended is not None:
        query = query.where(Counterparty.ended_at.is_not(None) == search.ended)
    return query.where(pages.holding(search.q, Dimension.code, Counterparty.name)) if search.q else query


async def get(session: ReadSession, counterparty_id: UUID) -> Dimension:
    """Return a counterparty of the books, or refuse."""
    dimension = await session.get(Dimension, counterparty_id)
    if dimension is None or dimension.kind is not DimensionKind.counterparty:
        raise OutOfSight
    return dimension


async def hold(session: WriteSession, dimension: Dimension) -> int:
    """Return the version of what is known of a counterparty, and keep it so until this transaction ends."""
    told = await session.get(Counterparty, dimension.id, with_for_update=True, populate_existing=True)
    return told.version if told else 0


async def must_be_of(session: ReadSession, organization_id: UUID, counterparty_id: UUID) -> None:
    """Refuse whoever is no counterparty of this organization."""
    dimension = await session.get(Dimension, counterparty_id)
    here = dimension is not None and dimension.organization_id == organization_id
    if dimension is None or not here or dimension.kind is not DimensionKind.counterparty:
        raise NotACounterparty(counterparty=counterparty_id)


async def names(session: ReadSession, ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return the names of counterparties in clear, for rules and for those who may read them."""
    return await _read(session, ids, _NAME)


async def _read(session: ReadSession, ids: Sequence[UUID], field: str) -> dict[UUID, str]:
    column = Counterparty.name if field == _NAME else Counterparty.note
    told = select(Counterparty.id, column).where(Counterparty.id.in_(ids), column.is_not(None))
    plain: dict[UUID, str] = {row[0]: row[1] or "" for row in await session.execute(told)}
    sealed = await vault.read(session, [one for one in ids if one not in plain], [field])
    return plain | {id_: values[field] for id_, values in sealed.items()}


async def impersonal(session: ReadSession, ids: Collection[UUID]) -> frozenset[UUID]:
    """Return which of these are known to be no person."""
    if not ids:
        return frozenset()
    query = select(Counterparty.id).where(
        Counterparty.id.in_(ids), Counterparty.kind != CounterpartyKind.person
    )
    return frozenset(await session.scalars(query))


async def known(
    session: ReadSession, dimensions: Sequence[Dimension], *, clear_in: Collection[UUID]
) -> list[Known]:
    """Return what is known of counterparties; but in the places of `clear_in` a person's name is masked.

    And what is noted of a person is left out.
    """
    ids = [one.id for one in dimensions]
    rows = await session.scalars(select(Counterparty).where(Counterparty.id.in_(ids)))
    told = {one.id: one for one in rows}
    name, note = await names(session, ids), await _read(session, ids, _NOTE)
    return [
        Known(one, told.get(one.id), name.get(one.id), note.get(one.id))
        if _clear(told.get(one.id), clear_in)
        else Known(one, told[one.id], _masked(name.get(one.id)), None)
        for one in dimensions
    ]


def _clear(told: Counterparty | None, clear_in: Collection[UUID]) -> bool:
    return told is None or told.kind is not CounterpartyKind.person or told.organization_id in clear_in


def _masked(name: str | None) -> str | None:
    return name and f"{name[:1]}**"
