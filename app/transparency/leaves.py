"""Leaves: what an entry of the books says in the public log, version 1: a pure function of its rows."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import orjson

from app.kit import bulk
from app.kit.database import ReadSession
from app.ledger import commitments
from app.transparency.models import ENTRY_BYTES_MAX

VERSION = 1
_OPEN = tuple(sorted(kind.value for kind in commitments.OPEN_KINDS))

Line = tuple[str, str, int]
"""Debit label, credit label, fen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The rows that a leaf is made of: the entry's, its organization's code, its postings if open."""

    id: UUID
    org: str
    kind: str
    booked_on: date
    source: str | None
    reverses_id: UUID | None
    commit: Mapping[str, bytes | None]
    lines: Sequence[Line]


def of_entry(index: int, said: Said) -> bytes:
    """Return the leaf of an entry. Of kinds that are not open it tells organization, kind and month alone."""
    leaf: dict[str, Any] = {"v": VERSION, "index": index, "org": said.org, "kind": said.kind}
    leaf["commit"] = {name: value.hex() for name, value in said.commit.items() if value is not None}
    if said.kind not in commitments.OPEN_KINDS:
        return _dump(leaf | {"month": f"{said.booked_on:%Y-%m}"})
    postings = [
        {"debit": debit, "credit": credit, "amount": str(amount)} for debit, credit, amount in said.lines
    ]
    leaf |= {
        "id": str(said.id),
        "on": said.booked_on.isoformat(),
        "source": said.source,
        "reverses": str(said.reverses_id) if said.reverses_id else None,
    }
    entry = _dump(leaf | {"postings": postings})
    if len(entry) <= ENTRY_BYTES_MAX:
        return entry
    # Two hundred postings on accounts with the longest of codes are too much: the leaf says their digest.
    digest = hashlib.sha256(commitments.body(said.lines)).hexdigest()
    return _dump(leaf | {"postings_sha256": digest})


def of_submission(index: int, submission_id: UUID, kind: str, body: bytes) -> bytes:
    """Return the leaf of something other than an entry."""
    leaf = {"v": VERSION, "index": index, "id": str(submission_id), "kind": kind, "body": orjson.loads(body)}
    return _dump(leaf)


def _dump(value: Mapping[str, Any]) -> bytes:
    # Of strings, small whole numbers, null and ASCII names orjson writes the very bytes of RFC 8785, in a
    # fiftieth of the time that the reference implementation takes.
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def canonical(value: Mapping[str, Any]) -> bytes:
    """Write RFC 8785 canonical JSON; TypeError for floats, numbers over 2^53, names that are not ASCII."""
    _check(value)
    return _dump(value)


def _check(value: object) -> None:
    if isinstance(value, Mapping):
        for name, inner in value.items():  # pyright: ignore[reportUnknownVariableType]
            if not (isinstance(name, str) and name.isascii()):
                raise TypeError("names in a leaf are ASCII")
            _check(inner)  # pyright: ignore[reportUnknownArgumentType]
    elif isinstance(value, list | tuple):
        for inner in value:  # pyright: ignore[reportUnknownVariableType]
            _check(inner)  # pyright: ignore[reportUnknownArgumentType]
    elif not (value is None or isinstance(value, str) or (isinstance(value, int) and abs(value) < 2**53)):
        raise TypeError(f"a leaf holds no {type(value).__name__}")


_ENTRIES = """
    select e.id, d.code, e.kind, e.booked_on, e.source, e.reverses_id,
           e.commit_donor, e.commit_reference, e.commit_body
    from unnest(%(ids)s::uuid[]) w (id)
    cross join lateral (select * from entries where id = w.id limit 1) e
    join dimensions d on d.id = e.organization_id
    """
_LINES = """
    select p.entry_id, d.label as debit, c.label as credit, p.amount
    from unnest(%(ids)s::uuid[]) w (id)
    cross join lateral (select * from postings where entry_id = w.id order by line) p
    join accounts d on d.id = p.debit_account_id
    join accounts c on c.id = p.credit_account_id
    order by p.entry_id, p.line
    """


async def said(session: ReadSession, entry_ids: Sequence[UUID]) -> dict[UUID, Said]:
    """Return what these entries say, by id, in two statements however many they are."""
    rows = await bulk.run(session, _ENTRIES, {"ids": entry_ids})
    lines: dict[UUID, list[Line]] = {row.id: [] for row in rows if row.kind in _OPEN}
    for line in await bulk.run(session, _LINES, {"ids": list(lines)}):
        lines[line.entry_id].append((line.debit, line.credit, line.amount))
    return {row.id: _said(row, lines.get(row.id, ())) for row in rows}


def _said(row: Any, lines: Iterable[Line]) -> Said:  # noqa: ANN401 - a row of the statement above
    commit = {"donor": row.commit_donor, "reference": row.commit_reference, "body": row.commit_body}
    return Said(
        id=row.id,
        org=row.code,
        kind=row.kind,
        booked_on=row.booked_on,
        source=row.source,
        reverses_id=row.reverses_id,
        commit={name: bytes(value) for name, value in commit.items() if value is not None},
        lines=list(lines),
    )
