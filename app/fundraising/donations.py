"""Donations: gifts that have arrived, and how each one becomes money in the ledger."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from uuid import UUID

import orjson

from app.fundraising import claims, donors, happenings, looks, placements, refunds, totals
from app.fundraising.donors import Person
from app.fundraising.errors import GiftDiffers
from app.fundraising.gifts import Gift, GivenBack, Outcome, OutcomeKind, Told
from app.fundraising.models import Donation, DonationState
from app.fundraising.placements import Place
from app.fundraising.ways import tidings
from app.kit import bulk, outbox, vault
from app.kit.bulk import Statement
from app.kit.clock import legal_day, now
from app.kit.database import WriteSession
from app.kit.facts import fact
from app.kit.ids import new_code
from app.ledger import journal
from app.ledger.journal import Commitment, Draft, Line
from app.ledger.models import EntryKind

Along = Callable[[Sequence[Outcome]], Iterable[Statement]]
"""Makes a caller's own statements about what becomes of the gifts told, in their order."""


@fact()
class _Arrival:
    """A gift that is new to us, with the person behind it and the places its money goes to."""

    gift: Gift
    person: Person
    parts: list[tuple[Place, int]] | None
    lookup_code: str

    @property
    def state(self) -> DonationState:
        return DonationState.suspense if self.parts is None else DonationState.posted

    @property
    def campaign_id(self) -> UUID | None:
        return self.parts[0][0].campaign_id if self.parts else None


async def receive(
    session: WriteSession,
    told: Sequence[Told],
    *,
    sight: looks.Sight | None = None,
    along: Along | None = None,
) -> list[Outcome]:
    """Record what we are told about gifts and book it; outcomes come in the order of what was told.

    A gift is booked once per source and number. The same gift again is a `duplicate`: partners redeliver
    until they hear from us, and a donor must not be counted twice. A gift for a campaign that is unknown or
    was not open is booked to suspense: the money has been paid, so it is never turned away. A number that
    comes with other facts than before is a `conflict`, and books nothing. A refund before its gift is
    `pending` until the gift comes. A fixed number of statements, however many gifts there are.

    A caller who has looked already hands down what it saw; `along` goes with the gifts, without another wait.
    """
    gifts = [one for one in told if isinstance(one, Gift)]
    if sight is None:
        look = looks.ahead(vault.of(session), told)
        sight = await looks.see(session, look, await bulk.together(session, look.statements))
    outcomes: dict[int, Outcome] = dict(
        zip(map(id, gifts), await _receive_gifts(session, gifts, sight, along), strict=True)
    )
    # Gifts before refunds: of a batch that brings both, the refund finds its gift.
    back = [one for one in told if isinstance(one, GivenBack)]
    outcomes |= dict(zip(map(id, back), await refunds.receive(session, back), strict=True))
    for one in told:
        if not isinstance(one, Gift | GivenBack):
            outcomes[id(one)] = await tidings.receive(session, one)
    return [outcomes[id(one)] for one in told]


async def _receive_gifts(
    session: WriteSession, gifts: Sequence[Gift], sight: looks.Sight, along: Along | None
) -> list[Outcome]:
    first: dict[claims.Key, Gift] = {}
    for gift in gifts:
        first.setdefault((gift.source_id, gift.their_id), gift)
    # A claim that its refund laid earlier is taken, but has no donation yet: then the gift is new all the
    # same.
    taken = [key for key in first if key not in sight.fresh]
    known = await claims.gifts(session, taken)
    new = [gift for key, gift in first.items() if key not in known]
    arrivals = _arrivals(vault.of(session), new, sight)
    outcomes = [_outcome(gift, arrivals, known, first) for gift in gifts]
    writes = _writes(vault.of(session), list(arrivals.values()), told=happenings.GIVEN in sight.wanted)
    drafts = [_draft(arrival) for arrival in arrivals.values()]
    people = donors.introducing(vault.of(session), [arrival.person for arrival in arrivals.values()])
    await journal.post(session, drafts, ahead=people, along=chain(writes, along(outcomes) if along else ()))
    early = [key for key in taken if key not in known]
    if early:
        await refunds.settle_pending(session, early)
    return outcomes


def _outcome(
    gift: Gift,
    arrivals: dict[UUID, _Arrival],
    known: dict[claims.Key, Donation],
    first: dict[claims.Key, Gift],
) -> Outcome:
    key = (gift.source_id, gift.their_id)
    if gift.id in arrivals:
        arrival = arrivals[gift.id]
        kind = OutcomeKind.suspense if arrival.parts is None else OutcomeKind.posted
        return Outcome(
            kind=kind,
            donation_id=gift.id,
            entry_id=gift.entry_id,
            lookup_code=arrival.lookup_code,
            person_id=arrival.person.id,
            person_key=arrival.person.key,
        )
    if key in known:
        donation = known[key]
        before = (donation.first_amount, donation.currency, donation.first_campaign_code)
        facts = (donation.id, donation.entry_id, donation.lookup_code, donation.person_id)
    else:
        # Told twice in one batch: the second time it is compared with the first.
        twin = first[key]
        before = (twin.amount, twin.currency, twin.campaign)
        facts = (twin.id, twin.entry_id, arrivals[twin.id].lookup_code, arrivals[twin.id].person.id)
    if not before[2]:
        # A platform's bill told of it first, without a word of what it was for.
        before = (*before[:2], gift.campaign)
    donation_id, entry_id, lookup_code, person_id = facts
    if before != (gift.amount, gift.currency, gift.campaign):
        refusal = GiftDiffers(donation_id=gift.their_id)
        return Outcome(kind=OutcomeKind.conflict, refusal=refusal, person_id=person_id)
    return Outcome(
        kind=OutcomeKind.duplicate,
        donation_id=donation_id,
        entry_id=entry_id,
        lookup_code=lookup_code,
        person_id=person_id,
    )


def _arrivals(secrets: vault.Vault, gifts: Sequence[Gift], sight: looks.Sight) -> dict[UUID, _Arrival]:
    people = donors.meet(secrets, gifts, sight.identities, sight.donors)
    return {
        gift.id: _Arrival(gift, person, sight.atlas.of(gift), new_code())
        for gift, person in zip(gifts, people, strict=True)
    }


def _writes(secrets: vault.Vault, arrivals: Sequence[_Arrival], *, told: bool) -> Iterator[Statement]:
    yield _donations(secrets, arrivals)
    changes = totals.Changes()
    for arrival in arrivals:
        if arrival.campaign_id:
            day = legal_day(arrival.gift.donated_at)
            changes.gift((arrival.campaign_id, day, arrival.gift.channel.id), arrival.gift.amount)
    yield totals.folding(changes)
    givers = [(a.campaign_id, a.person.donor_id) for a in arrivals if a.campaign_id and a.person.donor_id]
    yield totals.counting_donors(givers)
    if told:
        given = [happenings.given(a.gift, campaign_id=a.campaign_id, state=a.state) for a in arrivals]
        yield outbox.telling(given)


def _draft(arrival: _Arrival) -> Draft:
    gift, channel = arrival.gift, arrival.gift.channel
    if arrival.parts is None:
        lines = [Line(debit=channel.account_id, credit=channel.suspense_account_id, amount=gift.amount)]
    else:
        lines = placements.lines(arrival.parts, channel.account_id)
    donor = gift.giver.name or gift.giver.external_id or ""
    return Draft(
        id=gift.entry_id,
        organization_id=channel.organization_id,
        chart=channel.chart,
        kind=EntryKind.donation,
        reference=f"donation:{gift.id}",
        occurred_at=gift.donated_at,
        actor=gift.actor,
        lines=lines,
        source=gift.source,
        commits=Commitment(person_key=arrival.person.key, donor=donor, reference=gift.their_id),
    )


def _donations(secrets: vault.Vault, arrivals: Sequence[_Arrival]) -> Statement:
    written_at = now()
    gifts = [arrival.gift for arrival in arrivals]
    columns: dict[str, list[object]] = {
        **{
            name: [getattr(gift, name) for gift in gifts]
            for name in ("id", "source_id", "their_id", "entry_id", "currency", "donated_at")
        },
        "created_at": [written_at] * len(gifts),
        "organization_id": [gift.channel.organization_id for gift in gifts],
        "channel_id": [gift.channel.id for gift in gifts],
        "lookup_code": [arrival.lookup_code for arrival in arrivals],
        "amount": [gift.amount for gift in gifts],
        "first_amount": [gift.amount for gift in gifts],
        "first_campaign_code": [gift.campaign for gift in gifts],
        "person_id": [arrival.person.id for arrival in arrivals],
        "donor_id": [arrival.person.donor_id for arrival in arrivals],
        "state": [arrival.state for arrival in arrivals],
        "campaign_id": [arrival.campaign_id for arrival in arrivals],
        **{name: [0] * len(gifts) for name in ("refunded", "correction_count")},
        "sealed": [_sealed(secrets, arrival) for arrival in arrivals],
        **{
            name: [getattr(gift.giver, name) for gift in gifts]
            for name in ("show_name", "show_amount", "show_message", "show_photo", "anonymous")
        },
        "original_currency": [gift.original and gift.original.currency for gift in gifts],
        "original_amount": [gift.original and gift.original.amount for gift in gifts],
        "name_index": [donors.name_index(secrets, gift.giver.name) for gift in gifts],
        "donor_kind": [gift.giver.kind for gift in gifts],
        "their_plan_id": [gift.details.get("plan") for gift in gifts],
        "fundraiser_code": [gift.details.get("fundraiser") for gift in gifts],
    }
    return bulk.inserting(Donation, columns)


def _sealed(secrets: vault.Vault, arrival: _Arrival) -> bytes | None:
    gift = arrival.gift
    words = {"name": gift.giver.name, "message": gift.message, "external_id": gift.giver.external_id}
    told = {name: value for name, value in {**words, **gift.details}.items() if value}
    return secrets.seal(arrival.person.key, arrival.person.id, "gift", orjson.dumps(told)) if told else None
