"""Looks: what has to be known of a batch of gifts before it is booked, looked up in a single wait."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from app.fundraising import claims, donors, happenings, placements
from app.fundraising.donors import Identity, Person
from app.fundraising.gifts import Gift, GivenBack, Objection, Told
from app.fundraising.placements import Atlas
from app.kit import outbox, vault
from app.kit.bulk import Statement
from app.kit.database import WriteSession
from app.kit.facts import fact


@fact(kw_only=True)
class Look:
    """What has to be looked up before gifts are booked; `see` understands its rows."""

    told: Sequence[Told]
    claimed: set[claims.Key]
    identities: dict[UUID, Identity]
    """Known once the statements have been made."""
    statements: Iterator[Statement]


class Sight(NamedTuple):
    """What one look tells about a batch."""

    fresh: set[claims.Key]
    atlas: Atlas
    identities: dict[UUID, Identity]
    donors: dict[Identity, Person]
    wanted: frozenset[str]
    """Of what happens to gifts, what somebody wants to be told."""


def claim_of(told: Gift | GivenBack | Objection) -> claims.Key:
    """Return the number under which the gift that this is about is claimed."""
    return told.source_id, told.their_id if isinstance(told, Gift) else told.their_gift_id


def ahead(secrets: vault.Vault, told: Sequence[Told]) -> Look:
    """Return what has to be looked up for these, so that others' statements can share its wait.

    To claim a number for something that is not received then does no harm: nothing stands behind a claim
    until its gift does.
    """
    gifts = [one for one in told if isinstance(one, Gift)]
    keys = {claim_of(one) for one in told if isinstance(one, Gift | GivenBack | Objection)}
    identities: dict[UUID, Identity] = {}

    def statements() -> Iterator[Statement]:
        # The claims first: what they meet of another transaction, the statements behind them see. And the
        # server lays them while the indexes of those who gave are still being computed.
        yield claims.laying(keys)
        yield placements.finding(gift.campaign for gift in gifts)
        yield outbox.asking([happenings.GIVEN])
        identities.update(donors.identities(secrets, gifts))
        yield donors.finding(identities.values())

    return Look(told=told, claimed=keys, identities=identities, statements=statements())


async def see(session: WriteSession, look: Look, rows: Sequence[Sequence[Any]]) -> Sight:
    """Return what the rows of a look's statements tell."""
    laid, places, wanted, met = rows
    fresh = await claims.laid(session, look.claimed, laid)
    gifts = [one for one in look.told if isinstance(one, Gift)]
    atlas = placements.atlas(places, await placements.general(session, gifts))
    known = donors.known(vault.of(session), met)
    return Sight(fresh, atlas, look.identities, known, frozenset(row.topic for row in wanted))
