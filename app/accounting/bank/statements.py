"""Statements: what the bank says of an account, taken in once, every line with an identity of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import orjson
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.accounting import numbers
from app.accounting.bank import proposals, readings
from app.accounting.bank.errors import ChannelIsNoBankAccount
from app.accounting.bank.movements import Movement
from app.accounting.bank.proposals import Advice
from app.accounting.bank.readings import Reading
from app.accounting.models import BankLine, BankStatement, Channel, ChannelKind
from app.kit import bulk, vault
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_id
from app.kit.models import VaultPerson

LINES_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file: its statement, how many of its lines were new, and whether it came before."""

    statement: BankStatement
    new_count: int
    repeated: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """That one statement does not go on where the one before it ended: something is missing between them."""

    after_on: date
    before_on: date
    closing: int
    opening: int


def must_be_bank(channel: Channel) -> None:
    """Refuse a channel that no bank sends statements of."""
    if channel.kind is not ChannelKind.bank:
        raise ChannelIsNoBankAccount(channel=channel.code)


async def take_in(session: WriteSession, channel: Channel, reading: Reading, *, actor: str) -> Taken:
    """Keep a statement with those of its lines that are not known yet, each with a proposal what it is.

    The same file again has no effect, and neither has a line that came in another file. Nothing is booked.
    """
    must_be_bank(channel)
    statement = await _statement(session, channel, reading, actor)
    put = insert(BankStatement).values({name: getattr(statement, name) for name in _COLUMNS})
    fresh = await session.scalar(
        put.on_conflict_do_nothing(index_elements=["channel_id", "file_mac"]).returning(BankStatement.id)
    )
    if fresh is None:
        known = select(BankStatement).filter_by(channel_id=channel.id, file_mac=reading.mac)
        return Taken((await session.scalars(known)).one(), 0, repeated=True)
    kept = await session.get_one(BankStatement, fresh)
    advice = await proposals.prepare(session, channel)
    numbers = readings.occurrences(reading.movements)
    rows = list(zip(reading.movements, numbers, range(1, len(numbers) + 1), strict=True))
    new_count = 0
    for start in range(0, len(rows), LINES_AT_ONCE):
        new_count += await _keep(session, kept, rows[start : start + LINES_AT_ONCE], advice)
    return Taken(kept, new_count, repeated=False)


_COLUMNS = tuple(column.key for column in BankStatement.__table__.columns)


async def _statement(session: ReadSession, channel: Channel, reading: Reading, actor: str) -> BankStatement:
    opening = reading.opening
    if opening is None:
        # A list without balances goes on where the account stood before it.
        before = (
            select(BankStatement.closing_minor)
            .where(BankStatement.channel_id == channel.id)
            .order_by(BankStatement.ends_on.desc(), BankStatement.id.desc())
        )
        opening = await session.scalar(before.limit(1)) or 0
    return BankStatement(
        organization_id=channel.organization_id,
        channel_id=channel.id,
        file_mac=reading.mac,
        begins_on=min(one.day for one in reading.movements),
        ends_on=max(one.day for one in reading.movements),
        opening_minor=opening,
        in_minor=reading.came_in,
        out_minor=reading.went_out,
        closing_minor=opening + reading.came_in - reading.went_out,
        line_count=len(reading.movements),
        actor=actor,
    )


async def _keep(
    session: WriteSession,
    statement: BankStatement,
    part: Sequence[tuple[Movement, int, int]],
    advice: Advice,
) -> int:
    secrets = vault.of(session)
    ids = [new_id() for _ in part]
    keys = [secrets.new_key() for _ in part]
    told = [one for one, _, _ in part]
    advised = [advice.on(one) for one in told]
    accounts = [one.words.get("account") for one in told]
    columns: dict[str, list[object]] = {
        "id": [*ids],
        "created_at": [now()] * len(part),
        "organization_id": [statement.organization_id] * len(part),
        "channel_id": [statement.channel_id] * len(part),
        "statement_id": [statement.id] * len(part),
        "number": [number for _, _, number in part],
        "identity": [one.identity(secrets, occurrence) for one, occurrence, _ in part],
        "happened_on": [one.day for one in told],
        "amount": [one.amount for one in told],
        "balance_minor": [one.balance for one in told],
        "person_id": [*ids],
        "sealed": [
            secrets.seal(key, id_, "bank-line", orjson.dumps(one.words)) if one.words else None
            for one, id_, key in zip(told, ids, keys, strict=True)
        ],
        "account_index": [numbers.index(secrets, account) if account else None for account in accounts],
        "proposed_kind": [one and one.kind for one in advised],
        "proposed_because": [one and one.because for one in advised],
        "proposed_code": [one and one.code for one in advised],
        "matched_minor": [0] * len(part),
    }
    then = "on conflict (channel_id, identity) do nothing returning id"
    kept = {row.id for row in await bulk.insert(session, BankLine, columns, then=then)}
    people = [(id_, key) for id_, key in zip(ids, keys, strict=True) if id_ in kept]
    written: dict[str, list[object]] = {
        "id": [id_ for id_, _ in people],
        "wrapped_key": [secrets.wrap(id_, key) for id_, key in people],
        "created_at": [now()] * len(people),
    }
    await bulk.insert(session, VaultPerson, written)
    return len(kept)


async def gaps(session: ReadSession, channel: Channel) -> list[Gap]:
    """Return where the statements of an account do not join, from the oldest on."""
    query = select(BankStatement).where(BankStatement.channel_id == channel.id)
    told = (
        await session.scalars(
            query.order_by(BankStatement.begins_on, BankStatement.ends_on, BankStatement.id)
        )
    ).all()
    return [
        Gap(one.ends_on, two.begins_on, one.closing_minor, two.opening_minor)
        for one, two in pairwise(told)
        # Overlapping statements have lines in common, which were taken in once.
        if two.begins_on > one.ends_on and one.closing_minor != two.opening_minor
    ]
