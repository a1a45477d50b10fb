"""Orders: what somebody means to give, until the payment platform tells that they gave it.

An order books nothing. The platform names its number as the number of the gift, and that alone makes it paid:
the state is looked up under the number, so taking in a gift costs nothing more than without orders.
"""

import hmac
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import orjson
from sqlalchemy import Select, exists, select, tuple_

from app.fundraising import campaigns, donors
from app.fundraising.errors import CampaignNotOpen, DesignationNotFound
from app.fundraising.gifts import Giver
from app.fundraising.models import CampaignState, Donation, DonationOrder, OrderState
from app.fundraising.own import sayings
from app.fundraising.paying.payables import Asking, Payable, Payer
from app.fundraising.ways import providers
from app.fundraising.ways.errors import OrderNotFound
from app.kit import vault
from app.kit.clock import LEGAL_ZONE, now
from app.kit.database import ReadSession, WriteSession
from app.kit.facts import fact
from app.kit.ids import new_code, new_id

LIFETIME = timedelta(hours=2)
KEPT = timedelta(days=7)
"""How long what was said with an order is kept after it has run out unpaid."""

SETTLED_AT_ONCE = 500
_WORDS = "order"
_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)
_SHOWN = ("show_name", "show_amount", "show_message")


@fact(kw_only=True)
class NewOrder:
    """What somebody says who is about to give."""

    campaign: str
    platform: str
    amount: int
    terms_version: str
    giver: Giver
    designation: str | None = None
    message: str | None = None
    receipt: Mapping[str, str]
    payer: Payer = Payer()


@fact(kw_only=True)
class Placed:
    """An order with what only its giver is told: the secret to ask with, and what tells how to pay."""

    order: DonationOrder
    secret: str
    asking: Asking


async def place(session: WriteSession, new: NewOrder) -> Placed:
    """Take an order for an open campaign; it is good for two hours, a gift paid later is booked all the same.

    Raises CampaignNotFound, CampaignNotOpen, DesignationNotFound, PlatformNotForCampaign, ProviderMissing,
    PaymentMethodUnfit. Who collects is asked after this transaction: then its answer can't come before the
    order is known, and no platform that is slow holds a connection.
    """
    campaign = await campaigns.by_code(session, new.campaign)
    if campaign.state is not CampaignState.open:
        raise CampaignNotOpen(campaign=campaign.id, state=campaign.state)
    if new.designation is not None:
        uses = {use.code for use in await campaigns.designations(session, campaign)}
        if new.designation not in uses:
            raise DesignationNotFound(designations=[new.designation])
    channel, platform = await providers.collecting(session, campaign, new.platform)
    secret = new_code(26)
    order = DonationOrder(
        organization_id=campaign.organization_id,
        campaign_id=campaign.id,
        channel_id=channel.id,
        platform_id=platform.id,
        number=f"ZXL{now().astimezone(LEGAL_ZONE):%Y%m%d}{new_code(16)}",
        secret_mac=vault.of(session).mac(secret.encode()),
        amount=new.amount,
        terms_version=new.terms_version,
        expires_at=now() + LIFETIME,
        person_id=new_id(),
        designation=new.designation,
        donor_kind=new.giver.kind,
        anonymous=new.giver.anonymous,
        show_name=new.giver.show_name and not new.giver.anonymous,
        show_amount=new.giver.show_amount,
        show_message=new.giver.show_message,
    )
    session.add(order)
    await session.flush()
    words = {"payer": new.giver.name, "message": new.message}
    words |= {f"receipt_{name}": value for name, value in new.receipt.items()}
    said = {name: value for name, value in words.items() if value}
    await vault.keep(session, order.person_id, {_WORDS: orjson.dumps(said).decode()})
    payable = Payable(
        number=order.number,
        campaign=campaign.code,
        title=campaign.title,
        amount=order.amount,
        expires_at=order.expires_at,
        designation=order.designation,
        giver=new.giver,
        message=new.message,
        receipt=new.receipt,
        payer=new.payer,
    )
    asking = await providers.asking(session, platform, payable)
    return Placed(order=order, secret=secret, asking=asking)


async def find(session: ReadSession, number: str, secret: str) -> DonationOrder:
    """Return an order to whoever knows its secret; refuse alike whatever is wrong."""
    order = await session.scalar(select(DonationOrder).where(DonationOrder.number == number))
    mac = vault.of(session).mac(secret.encode())
    if order is None or not hmac.compare_digest(order.secret_mac, mac):
        raise OrderNotFound
    return order


async def gifts(session: ReadSession, orders: Sequence[DonationOrder]) -> dict[UUID, Donation]:
    """Return the gifts that have come under the orders' numbers, by order, with one statement."""
    named = {(order.platform_id, order.number): order.id for order in orders}
    query = select(Donation).where(tuple_(Donation.source_id, Donation.their_id).in_(list(named)))
    return {named[gift.source_id, gift.their_id]: gift for gift in await session.scalars(query)}


def state(order: DonationOrder, gift: Donation | None) -> OrderState:
    """Return where an order stands now."""
    if gift is not None:
        return OrderState.paid
    return OrderState.expired if order.expires_at <= now() else OrderState.open


def listing(
    visible: Collection[UUID], *, campaign_id: UUID | None, wanted: OrderState | None
) -> Select[DonationOrder]:
    """Return the query for the orders at organizations that are visible."""
    query = select(DonationOrder).where(DonationOrder.organization_id.in_(visible))
    if campaign_id is not None:
        query = query.where(DonationOrder.campaign_id == campaign_id)
    if wanted is None:
        return query
    paid = exists().where(
        Donation.source_id == DonationOrder.platform_id, Donation.their_id == DonationOrder.number
    )
    if wanted is OrderState.paid:
        return query.where(paid)
    late = DonationOrder.expires_at <= now()
    return query.where(~paid, late if wanted is OrderState.expired else ~late)


async def settle(session: WriteSession, *, limit: int = SETTLED_AT_ONCE, at: datetime | None = None) -> int:
    """Hand what was said with orders to the gifts that came; forget it of those that ran out a week ago.

    Returns how many orders were done with; safe to repeat.
    """
    waiting = select(DonationOrder).where(
        DonationOrder.donation_id.is_(None), DonationOrder.forgotten_at.is_(None)
    )
    joined = waiting.join(
        Donation,
        (Donation.source_id == DonationOrder.platform_id) & (Donation.their_id == DonationOrder.number),
    )
    query = joined.order_by(DonationOrder.id).limit(limit).with_for_update(of=DonationOrder, skip_locked=True)
    paid = (await session.scalars(query)).all()
    given = await gifts(session, paid)
    for order in paid:
        await _hand_over(session, order, given[order.id])
    gone = waiting.where(DonationOrder.expires_at < (at or now()) - KEPT).order_by(DonationOrder.id)
    over = (
        await session.scalars(gone.limit(limit).with_for_update(of=DonationOrder, skip_locked=True))
    ).all()
    for order in over:
        await vault.erase(session, order.person_id)
        order.forgotten_at = now()
    await session.flush()
    return len(paid) + len(over)


async def _hand_over(session: WriteSession, order: DonationOrder, gift: Donation) -> None:
    await session.refresh(gift, with_for_update=True)
    said = (await vault.read(session, [order.person_id], [_WORDS])).get(order.person_id, {})
    key = (await vault.keys(session, [gift.person_id])).get(gift.person_id)
    if key is not None and said:
        secrets = vault.of(session)
        sealed = secrets.open(key, gift.person_id, "gift", gift.sealed) if gift.sealed else b"{}"
        told: dict[str, str] = orjson.loads(sealed)
        ordered: dict[str, str] = orjson.loads(said[_WORDS])
        flags = {name: bool(getattr(order, name)) for name in _SHOWN}
        # Only what the giver has said nothing of since: they may have hidden it before this round came by.
        # Whatever was said of a gift came after its order, also where a platform's clock tells whole seconds.
        names = await sayings.newest(session, gift, {**ordered, **flags}, at=_BEFORE_ALL)
        # What the platform told stays: the entry is committed to the name that came with the gift.
        words = {name: value for name, value in ordered.items() if name in names} | told
        gift.sealed = secrets.seal(key, gift.person_id, "gift", orjson.dumps(words))
        gift.name_index = donors.name_index(secrets, words.get("name"))
        for name in names & flags.keys():
            setattr(gift, name, flags[name])
        gift.anonymous = order.anonymous and not gift.show_name
        gift.show_photo = gift.show_photo and not gift.anonymous
    order.donation_id = gift.id
    # From here on it is the gift's: whoever erases the giver finds nothing left behind.
    await vault.erase(session, order.person_id)
