"""Donors: who gave, as far as a platform told us, each with one key in the vault."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.fundraising.gifts import Gift
from app.fundraising.models import Donor
from app.kit import bulk, vault
from app.kit.bulk import Statement
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_id
from app.kit.models import VaultPerson
from app.kit.vault import Vault


@dataclass(frozen=True, slots=True)
class Person:
    """The person behind a gift, with the key that seals what is known of them.

    A donor if a platform knows them.
    """

    id: UUID
    key: bytes
    donor_id: UUID | None


# Each donor is looked up by itself (lateral, limit 1), however young the table was when the plan was made.
_FIND = """
    select d.platform_id, d.external_index, d.id, p.wrapped_key
    from unnest(%(platforms)s::uuid[], %(indexes)s::bytea[]) w (platform_id, external_index)
    cross join lateral (
      select * from donors where platform_id = w.platform_id and external_index = w.external_index limit 1
    ) d
    join vault_people p on p.id = d.id
    where p.wrapped_key is not null
    """


async def meet(session: WriteSession, gifts: Sequence[Gift]) -> list[Person]:
    """Return the person behind each gift.

    Who is new gets a key, who gave without an identity one per gift.
    """
    secrets = vault.of(session)
    identities = [identity(secrets, gift) for gift in gifts]
    wanted = sorted({known for known in identities if known})
    found = await _find(session, secrets, wanted) if wanted else {}
    fresh = {known: _newcomer(secrets, new_id(), donor=True) for known in wanted if known not in found}
    strangers = {
        gift.id: _newcomer(secrets, gift.id)
        for gift, known in zip(gifts, identities, strict=True)
        if not known
    }
    keys = _keys(secrets, [*fresh.values(), *strangers.values()])
    _, won = await bulk.together(session, [keys, _donors(fresh, gifts, identities)])
    found |= {known: fresh[known] for known in ((row.platform_id, row.external_index) for row in won)}
    if lost := [known for known in wanted if known not in found]:
        # Whoever lost the race for an identity reads the winner's row, in a statement of its own.
        found |= await _find(session, secrets, lost)
    return [
        found[known] if known else strangers[gift.id] for gift, known in zip(gifts, identities, strict=True)
    ]


def identity(secrets: Vault, gift: Gift) -> tuple[UUID, bytes] | None:
    """Return the platform and the blind index under which it knows the giver, if it told us who gave."""
    if gift.giver.external_id is None:
        return None
    # In hexadecimal, because an index makes no difference of case and a platform's ids may.
    exact = gift.giver.external_id.encode().hex()
    return gift.source_id, secrets.index("donor", f"{gift.source_id}:{exact}")


async def _find(
    session: ReadSession, secrets: Vault, wanted: Sequence[tuple[UUID, bytes]]
) -> dict[tuple[UUID, bytes], Person]:
    columns = {
        "platforms": [key[0] for key in wanted],
        "indexes": [key[1] for key in wanted],
    }
    return {
        (row.platform_id, bytes(row.external_index)): Person(
            row.id, secrets.unwrap(row.id, bytes(row.wrapped_key)), row.id
        )
        for row in await bulk.run(session, _FIND, columns)
    }


def _newcomer(secrets: Vault, person_id: UUID, *, donor: bool = False) -> Person:
    return Person(person_id, secrets.new_key(), person_id if donor else None)


def _keys(secrets: Vault, people: Sequence[Person]) -> Statement:
    columns: dict[str, list[object]] = {
        "id": [person.id for person in people],
        "wrapped_key": [secrets.wrap(person.id, person.key) for person in people],
        "created_at": [now()] * len(people),
    }
    return bulk.inserting(VaultPerson, columns)


def _donors(
    fresh: dict[tuple[UUID, bytes], Person],
    gifts: Sequence[Gift],
    identities: Sequence[tuple[UUID, bytes] | None],
) -> Statement:
    kinds = {known: gift.giver.kind for gift, known in zip(gifts, identities, strict=True) if known}
    # In the order of the unique key, so that two batches never wait for each other crosswise.
    rows = sorted(fresh.items())
    columns: dict[str, list[object]] = {
        "id": [person.id for _, person in rows],
        "created_at": [now()] * len(rows),
        "platform_id": [known[0] for known, _ in rows],
        "external_index": [known[1] for known, _ in rows],
        "kind": [kinds[known] for known, _ in rows],
    }
    then = "on conflict (platform_id, external_index) do nothing returning platform_id, external_index"
    return bulk.inserting(Donor, columns, then=then)
