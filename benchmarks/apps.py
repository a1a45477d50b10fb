"""What is measured against what: our service, a bare route, and a naive route."""

from uuid import UUID

from fastapi import FastAPI, Request
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.accounting.models import Channel
from app.cli.serve import application
from app.fundraising.models import (
    Campaign,
    CampaignDay,
    Designation,
    Donation,
    DonationState,
    Donor,
    PartnerGift,
)
from app.kit import signatures, vault
from app.kit.clock import legal_day, now
from app.kit.ids import new_code, new_id
from app.kit.models import VaultPerson
from app.ledger.models import Balance, Direction, Entry, EntryKind, FundCounter, Posting
from app.ledger.periods import month_of
from app.settings import Settings
from app.webhooks.models import Delivery, DeliveryOutcome
from app.webhooks.schemas import EventSaid, GiftSaid
from app.wiring import open_database


def ours() -> FastAPI:
    return application()


def bare() -> FastAPI:
    """A FastAPI route that reads its body and answers."""
    app = FastAPI()

    @app.post("/v1/webhooks/{platform}")
    async def route(platform: str, request: Request) -> dict[str, str]:
        await request.body()
        return {"outcome": "posted"}

    return app


def naive() -> FastAPI:
    """The same rows with the ORM, one transaction a request: what one would write first."""
    app = FastAPI()
    database = open_database(Settings())

    @app.post("/v1/webhooks/{platform}")
    async def route(platform: str, request: Request) -> dict[str, str]:
        body = await request.body()
        event = EventSaid.model_validate_json(body)
        said = GiftSaid.model_validate(event.data)
        async with database.writing() as session:
            secrets = vault.of(session)
            campaign = (await session.scalars(select(Campaign).where(Campaign.code == said.campaign))).one()
            designation = (
                await session.scalars(select(Designation).where(Designation.campaign_id == campaign.id))
            ).one()
            channel = (
                await session.scalars(
                    select(Channel).where(Channel.organization_id == campaign.organization_id)
                )
            ).one()
            external = said.donor.external_id or ""
            index = secrets.index("donor", f"{channel.platform_id}:{external.encode().hex()}")
            donor = await session.scalar(
                select(Donor).where(Donor.platform_id == channel.platform_id, Donor.external_index == index)
            )
            if donor is None:
                donor = Donor(platform_id=channel.platform_id, external_index=index)
                key = secrets.new_key()
                session.add(VaultPerson(id=donor.id, wrapped_key=secrets.wrap(donor.id, key)))
                session.add(donor)
            else:
                person = await session.get_one(VaultPerson, donor.id)
                key = secrets.unwrap(donor.id, person.wrapped_key or b"")
            session.add(PartnerGift(source_id=channel.platform_id or UUID(int=0), their_id=said.donation_id))
            await session.flush()
            counter = await session.get_one(FundCounter, designation.fund_id, with_for_update=True)
            day = legal_day(said.donated_at)
            entry = Entry(
                organization_id=campaign.organization_id,
                chart=channel.chart,
                kind=EntryKind.donation,
                reference=f"donation:{new_id()}",
                occurred_at=said.donated_at,
                booked_on=day,
                actor=f"platform:{platform}",
                source=platform,
                commit_donor=vault.commitment(key, donor.id, "donor", said.donor.display_name or ""),
                commit_reference=vault.commitment(key, donor.id, "reference", said.donation_id),
            )
            posting = Posting(
                id=new_id(),
                entry_id=entry.id,
                line=1,
                organization_id=campaign.organization_id,
                chart=channel.chart,
                debit_account_id=channel.account_id,
                credit_account_id=designation.income_account_id,
                amount=said.amount,
                fund_id=designation.fund_id,
                direction=Direction.inflow.value,
                first_serial=counter.received,
            )
            counter.received += said.amount
            session.add(entry)
            await session.flush()
            session.add(posting)
            donation = Donation(
                organization_id=campaign.organization_id,
                channel_id=channel.id,
                source_id=channel.platform_id or UUID(int=0),
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
                campaign_id=campaign.id,
                sealed=secrets.seal(key, donor.id, "gift", body),
            )
            session.add(donation)
            session.add(
                Delivery(
                    platform_id=channel.platform_id or UUID(int=0),
                    event_id=request.headers["webhook-id"],
                    type=event.type,
                    outcome=DeliveryOutcome.posted,
                    accepted=True,
                    body_mac=secrets.mac(body),
                    person_id=donor.id,
                    body_sealed=secrets.seal(key, donor.id, "delivery", body),
                    donation_id=donation.id,
                    entry_id=entry.id,
                )
            )
            await session.flush()
            for account, debit, credit in (
                (channel.account_id, said.amount, 0),
                (designation.income_account_id, 0, said.amount),
            ):
                row = insert(Balance).values(
                    account_id=account, month=month_of(day), debit=debit, credit=credit, posting_count=1
                )
                await session.execute(
                    row.on_conflict_do_update(
                        index_elements=["account_id", "month"],
                        set_={
                            "debit": Balance.debit + row.excluded.debit,
                            "credit": Balance.credit + row.excluded.credit,
                            "posting_count": Balance.posting_count + 1,
                        },
                    )
                )
            row = insert(CampaignDay).values(
                campaign_id=campaign.id, day=day, channel_id=channel.id, raised=said.amount, gift_count=1,
                refunded=0, refund_count=0,
            )  # fmt: skip
            await session.execute(
                row.on_conflict_do_update(
                    index_elements=["campaign_id", "day", "channel_id"],
                    set_={
                        "raised": CampaignDay.raised + row.excluded.raised,
                        "gift_count": CampaignDay.gift_count + 1,
                    },
                )
            )
        return {"outcome": "posted", "donation_id": str(donation.id)}

    return app


def signed(secret: bytes, body: bytes, number: int) -> dict[str, str]:
    moment = int(now().timestamp())
    return {
        "webhook-id": f"msg_{number}",
        "webhook-timestamp": str(moment),
        "webhook-signature": signatures.sign(secret, f"msg_{number}", moment, body),
        "content-type": "application/json",
    }
