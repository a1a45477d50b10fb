"""Tidings: the events of our own contract that move no money themselves."""

from collections.abc import Callable, Mapping

from app.fundraising.gifts import GiftUpdate, MatchingTold, PayoutTold, PlanTold
from app.fundraising.models import GivingPlanStep
from app.webhooks.errors import EventUnreadable
from app.webhooks.events import Event, Sender
from app.webhooks.faults import missing
from app.webhooks.schemas import EventSaid, MatchingSaid, PayoutSaid, PlanSaid, ReceiptSaid, UpdateSaid

PLAN_STEPS = {f"plan.{step}": step for step in GivingPlanStep}
"""What becomes of a monthly plan, by the type of the event that tells it."""


def _plan(sender: Sender, event: EventSaid) -> Event:
    said, step = PlanSaid.model_validate(event.data), PLAN_STEPS[event.type]
    wanting = {GivingPlanStep.activated: said.amount, GivingPlanStep.changed: said.amount or said.day}
    if wanting.get(step, said.at) is None:
        raise EventUnreadable(errors=missing("/data/amount"))
    if said.test:
        return Event(event.type)
    told = PlanTold(
        source_id=sender.platform_id,
        organization_id=sender.channel.organization_id,
        their_id=said.plan_id,
        campaign=said.campaign,
        step=step,
        at=said.at,
        actor=sender.actor,
        amount=said.amount,
        charge_day=said.day,
    )
    return Event(event.type, told)


def _update(sender: Sender, event: EventSaid) -> Event:
    said = UpdateSaid.model_validate(event.data)
    if said.test:
        return Event(event.type)
    receipt = said.receipt_request or ReceiptSaid()
    words = {
        "message": said.message,
        "receipt_title": receipt.title,
        "receipt_tax_id": receipt.tax_id,
        "receipt_email": receipt.email,
    }
    told = GiftUpdate(
        source_id=sender.platform_id,
        their_id=said.donation_id,
        said_at=event.timestamp,
        actor=sender.actor,
        words={name: value for name, value in words.items() if value} | _taken_back(said),
        shown={f"show_{name}": value for name, value in _shown(said).items()},
    )
    return Event(event.type, told)


def _taken_back(said: UpdateSaid) -> dict[str, str]:
    # Whoever leaves the message out says nothing of it; null says that there is none any more.
    return {"message": ""} if "message" in said.model_fields_set and said.message is None else {}


def _shown(said: UpdateSaid) -> dict[str, bool]:
    # Only what was really said: a default is the word of nobody.
    donor = said.donor
    shown = {"name": donor.publish_consent} if "publish_consent" in donor.model_fields_set else {}
    for consent in (donor.consent, said.consent):
        if consent is not None:
            shown |= consent.model_dump(exclude_unset=True)
    if donor.anonymous:
        shown |= {"name": False, "photo": False}
    return shown


def _payout(sender: Sender, event: EventSaid) -> Event:
    said = PayoutSaid.model_validate(event.data)
    if said.test:
        return Event(event.type)
    told = PayoutTold(
        channel=sender.channel,
        their_id=said.settlement_id,
        begins_on=said.begins_on,
        ends_on=said.ends_on,
        payment_count=said.count,
        gross=said.gross,
        refunded=said.refunded,
        fee=said.fee,
        paid_at=said.paid_at,
        account_last4=said.bank_account_last4,
        actor=sender.actor,
    )
    return Event(event.type, told)


def _matching(sender: Sender, event: EventSaid) -> Event:
    said = MatchingSaid.model_validate(event.data)
    if said.test:
        return Event(event.type)
    told = MatchingTold(
        source_id=sender.platform_id,
        channel=sender.channel,
        their_id=said.matching_id,
        campaign=said.campaign,
        amount=said.amount,
        gifts=[(one.donation_id, one.amount) for one in said.donations],
        actor=sender.actor,
    )
    return Event(event.type, told)


READERS: Mapping[str, Callable[[Sender, EventSaid], Event]] = {
    "donation.updated": _update,
    "settlement.paid": _payout,
    "matching.result": _matching,
    **dict.fromkeys(PLAN_STEPS, _plan),
}
"""What understands the data of each type."""
