"""Commitments: what entries commit to of their givers, opened again where the giver's key still exists."""

from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from sqlalchemy import text

from app.fundraising import givers
from app.kit import vault
from app.kit.database import ReadSession
from app.kit.vault import Vault
from app.ledger.verification import Check

BATCH = 2_000

# A gift's first entry and, if it was claimed or corrected since, the one that it stands in now.
_GIFTS = text(
    """
    select d.id, d.person_id, v.wrapped_key, d.sealed, d.their_id, e.id as entry_id,
           e.commit_donor, e.commit_reference, l.index
    from (select * from donations where id > :after order by id limit :batch) d
    left join vault_people v on v.id = d.person_id
    cross join lateral (
      select * from entries where id = d.entry_id
      union
      select * from entries where organization_id = d.organization_id and reference = 'donation:' || d.id
    ) e
    left join leaves l on l.entry_id = e.id and l.log_id = (select max(id) from logs)
    order by d.id, e.id
    """
)


async def opened(session: ReadSession) -> Check:
    """Recompute from the vault what every gift's entry commits to, and name the first that says otherwise.

    Of who was erased nothing can be opened any more, and nothing is looked at.
    """
    examined, offender, secrets = 0, None, vault.of(session)
    async for rows in _batches(session):
        for row in rows:
            if row.wrapped_key is None or row.commit_reference is None:
                continue
            examined += 1
            offender = offender or _wrong(secrets, row)
        if offender:
            break
    return Check(
        name="commitments",
        title="Whom and which number the entries of gifts commit to is what the vault says, while it can",
        title_zh="捐赠分录所承诺的捐赠人与单号，凡密钥尚存者均与密库所存相符",
        examined=examined,
        offender=offender,
    )


async def _batches(session: ReadSession) -> AsyncIterator[Sequence[Any]]:
    after = UUID(int=0)
    while rows := (await session.execute(_GIFTS, {"after": after, "batch": BATCH})).all():
        yield rows
        after = rows[-1].id


def _wrong(secrets: Vault, row: Any) -> str | None:  # noqa: ANN401 - a row of the statement above
    try:
        key = secrets.unwrap(row.person_id, row.wrapped_key)
        words = givers.words(secrets, key, row.person_id, row.sealed)
    except InvalidTag:
        return f"{_named(row)}: what the vault holds of its giver was changed"
    said = {"donor": givers.called(words), "reference": row.their_id}
    for field, value in said.items():
        committed = getattr(row, f"commit_{field}")
        if committed is not None and committed != vault.commitment(key, row.entry_id, field, value):
            return f"{_named(row)}: the {field} is not what was committed to"
    return None


def _named(row: Any) -> str:  # noqa: ANN401
    return f"donation {row.id}" if row.index is None else f"index {row.index} (donation {row.id})"
