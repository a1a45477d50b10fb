"""Donors: who gave, as far as a platform told us, each with one key in the vault."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from app.fundraising.gifts import Gift
from app.fundraising.models import Donor, DonorKind
from app.kit import bulk
from app.kit.bulk import Statement
from app.kit.clock import now
from app.kit.facts import fact
from app.kit.ids import new_id
from app.kit.models import VaultPerson
from app.kit.vault import Vault
from app.organizations.visitors.identities import platform_index

Identity = tuple[UUID, bytes]
"""A platform, and the blind index under which it knows a giver."""


@fact()
class Person:
    """The person behind a gift, with the key that seals what is known of them.

    A donor if a platform knows them.
    """

    id: UUID
    key: bytes
    identity: Identity | None = None
    fresh: DonorKind | None = None
    """What a newcomer is, who has not been written yet."""

    @property
    def donor_id(self) -> UUID | None:
        """The donor's id, which is the person's, if a platform knows them."""
        return self.id if self.identity else None


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


def identities(secrets: Vault, gifts: Iterable[Gift]) -> dict[UUID, Identity]:
    """Return by the gifts' ids the identities of those who gave, where the platform told us who."""
    found: dict[UUID, Identity] = {}
    for gift in gifts:
        if gift.giver.external_id is not None:
            index = platform_index(secrets, gift.source_id, gift.giver.external_id)
            found[gift.id] = gift.source_id, index
    return found


def name_index(secrets: Vault, name: str | None) -> bytes | None:
    """Return by what the gifts of somebody with this name are found; nothing without a name."""
    return secrets.index("donor_name", name) if name else None


def finding(identities: Iterable[Identity]) -> Statement:
    """Return the statement that finds who is known under these identities; `known` reads its rows."""
    wanted = sorted(set(identities))
    return Statement(_FIND, {"platforms": [key[0] for key in wanted], "indexes": [key[1] for key in wanted]})


def known(secrets: Vault, rows: Iterable[Any]) -> dict[Identity, Person]:
    """Return the donors that `finding` found."""
    found: dict[Identity, Person] = {}
    for row in rows:
        identity = row.platform_id, bytes(row.external_index)
        found[identity] = Person(row.id, secrets.unwrap(row.id, bytes(row.wrapped_key)), identity)
    return found


def meet(
    secrets: Vault,
    gifts: Iterable[Gift],
    identities: Mapping[UUID, Identity],
    known: Mapping[Identity, Person],
) -> list[Person]:
    """Return the person behind each gift.

    Who is new gets a key, who gave without an identity one per gift: `introducing` writes them.
    """
    donors = dict(known)
    people: list[Person] = []
    for gift in gifts:
        identity = identities.get(gift.id)
        if identity is None:
            people.append(Person(gift.id, secrets.new_key(), fresh=gift.giver.kind))
        else:
            if identity not in donors:
                donors[identity] = Person(new_id(), secrets.new_key(), identity, gift.giver.kind)
            people.append(donors[identity])
    return people


def introducing(secrets: Vault, people: Iterable[Person]) -> Iterator[Statement]:
    """Return the statements that write the newcomers: their keys, then themselves as donors.

    Of two transactions that meet the same newcomer at once, the unique index refuses the later one; done
    again, it finds them.
    """
    fresh = list({person.id: person for person in people if person.fresh}.values())
    keys: dict[str, list[object]] = {
        "id": [person.id for person in fresh],
        "wrapped_key": [secrets.wrap(person.id, person.key) for person in fresh],
        "created_at": [now()] * len(fresh),
    }
    yield bulk.inserting(VaultPerson, keys)
    # In the order of the unique key, so that two batches never wait for each other crosswise.
    donors = sorted((person.identity, person) for person in fresh if person.identity)
    columns: dict[str, list[object]] = {
        "id": [person.id for _, person in donors],
        "created_at": [now()] * len(donors),
        "platform_id": [identity[0] for identity, _ in donors],
        "external_index": [identity[1] for identity, _ in donors],
        "kind": [person.fresh for _, person in donors],
    }
    yield bulk.inserting(Donor, columns)
