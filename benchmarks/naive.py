"""Naive: a gift recorded row by row with the ORM, into the same tables as ours."""

from dataclasses import dataclass
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.accounting.models import Channel
from app.fundraising.models import (
    CampaignDay,
    CampaignDonor,
    CampaignTotal,
    Designation,
    Donation,
    DonationState,
    Donor,
    PartnerGift,
)
from app.kit import vault
from app.kit.clock import legal_day, now
from app.kit.database import WriteSession
from app.kit.ids import new_code, new_id
from app.kit.models import VaultPerson
from app.ledger.models import Balance, Direction, Entry, EntryKind, FundCounter, Posting
from app.ledger.periods import month_of
from app.webhooks.models import Delivery, DeliveryOutcome
from app.webhooks.schemas import GiftSaid


@dataclass(frozen=True)
class Gift:
    """What a request says, and where it goes."""

    said: GiftSaid
    channel: Channel
    use: Designation
    body: bytes

    @property
    def platform_id(self) -> UUID:
        return self.channel.platform_id or UUID(int=0)


async def record(session: WriteSession, gift: Gift, platform: str, event_id: str) -> Donation:
    """Write every row of one gift."""
    session.add(PartnerGift(source_id=gift.platform_id, their_id=gift.said.donation_id))
    donor, key, newcomer = await _donor(session, gift)
    entry = await _book(session, gift, key, platform)
    secrets, said = vault.of(session), gift.said
    words = {"name": said.donor.display_name, "message": said.message, "external_id": said.donor.external_id}
    donation = Donation(
        organization_id=gift.channel.organization_id,
        channel_id=gift.channel.id,
        source_id=gift.platform_id,
        their_id=said.donation_id,
        lookup_code=new_code(),
        amount=said.amount,
        donated_at=said.donated_at,
        person_id=donor.id,
        donor_id=donor.id,
        state=DonationState.posted,
        entry_id=entry.id,
        first_amount=said.amount,
        first_campaign_code=said.campaign,
        campaign_id=gift.use.campaign_id,
        sealed=secrets.seal(key, donor.id, "gift", orjson.dumps(words)),
        show_name=said.donor.publish_consent,
    )
    session.add(donation)
    session.add(
        Delivery(
            platform_id=gift.platform_id,
            event_id=event_id,
            type="donation.succeeded",
            outcome=DeliveryOutcome.posted,
            accepted=True,
            body_mac=secrets.mac(gift.body),
            person_id=donor.id,
            body_sealed=secrets.seal(key, donor.id, "delivery", gift.body),
            signed_at=now(),
            donation_id=donation.id,
            entry_id=entry.id,
            lookup_code=donation.lookup_code,
        )
    )
    await session.flush()
    await _count(session, gift, donor, newcomer=newcomer)
    return donation


async def _donor(session: WriteSession, gift: Gift) -> tuple[Donor, bytes, bool]:
    secrets = vault.of(session)
    exact = (gift.said.donor.external_id or "").encode().hex()
    index = secrets.index("donor", f"{gift.platform_id}:{exact}")
    donor = await session.scalar(
        select(Donor).where(Donor.platform_id == gift.platform_id, Donor.external_index == index)
    )
    if donor is not None:
        person = await session.get_one(VaultPerson, donor.id)
        return donor, secrets.unwrap(donor.id, person.wrapped_key or b""), False
    donor = Donor(platform_id=gift.platform_id, external_index=index)
    key = secrets.new_key()
    session.add(VaultPerson(id=donor.id, wrapped_key=secrets.wrap(donor.id, key)))
    session.add(donor)
    await session.flush()
    return donor, key, True


async def _book(session: WriteSession, gift: Gift, key: bytes, platform: str) -> Entry:
    # The lock holds until the commit: every gift to a campaign takes its serial numbers after the other.
    counter = await session.get_one(FundCounter, gift.use.fund_id, with_for_update=True)
    said, channel = gift.said, gift.channel
    entry = Entry(
        organization_id=channel.organization_id,
        chart=channel.chart,
        kind=EntryKind.donation,
        reference=f"donation:{new_id()}",
        occurred_at=said.donated_at,
        booked_on=legal_day(said.donated_at),
        actor=f"platform:{platform}",
        source=platform,
    )
    entry.commit_donor = vault.commitment(key, entry.id, "donor", said.donor.display_name or "")
    entry.commit_reference = vault.commitment(key, entry.id, "reference", said.donation_id)
    session.add(entry)
    await session.flush()
    posting = Posting(
        id=new_id(),
        entry_id=entry.id,
        line=1,
        organization_id=channel.organization_id,
        chart=channel.chart,
        debit_account_id=channel.account_id,
        credit_account_id=gift.use.income_account_id,
        amount=said.amount,
        fund_id=gift.use.fund_id,
        direction=Direction.inflow.value,
        first_serial=counter.received,
    )
    counter.received += said.amount
    await session.flush()
    session.add(posting)
    return entry


async def _count(session: WriteSession, gift: Gift, donor: Donor, *, newcomer: bool) -> None:
    day, amount = legal_day(gift.said.donated_at), gift.said.amount
    sides = ((gift.channel.account_id, amount, 0), (gift.use.income_account_id, 0, amount))
    for account, debit, credit in sides:
        row = insert(Balance).values(
            account_id=account, month=month_of(day), debit=debit, credit=credit, posting_count=1
        )
        sums = {name: getattr(Balance, name) + row.excluded[name] for name in ("debit", "credit")}
        sums["posting_count"] = Balance.posting_count + 1
        await session.execute(row.on_conflict_do_update(index_elements=["account_id", "month"], set_=sums))
    row = insert(CampaignDay).values(
        campaign_id=gift.use.campaign_id,
        day=day,
        channel_id=gift.channel.id,
        raised=amount,
        gift_count=1,
        refunded=0,
        refund_count=0,
    )
    sums = {"raised": CampaignDay.raised + amount, "gift_count": CampaignDay.gift_count + 1}
    key = ["campaign_id", "day", "channel_id"]
    await session.execute(row.on_conflict_do_update(index_elements=key, set_=sums))
    if newcomer:
        session.add(CampaignDonor(campaign_id=gift.use.campaign_id, donor_id=donor.id))
        row = insert(CampaignTotal).values(campaign_id=gift.use.campaign_id, donor_count=1)
        more = {"donor_count": CampaignTotal.donor_count + 1}
        await session.execute(row.on_conflict_do_update(index_elements=["campaign_id"], set_=more))
