"""Gifts: what somebody tells us about money that has been given, given back or disputed."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from uuid import UUID

from app.accounting.models import Channel
from app.fundraising.models import DisputeState, DonorKind, GivingPlanStep, RefundReason
from app.kit.errors import Refusal
from app.kit.facts import fact
from app.kit.ids import new_id


@fact()
class Allocation:
    """A part of a gift, in fen, for one designation of the campaign."""

    designation: str
    amount: int


@fact()
class Original:
    """What was given in another currency, with its own decimals; the books hold what became of it in yuan."""

    currency: str
    amount: str


@fact(kw_only=True)
class Giver:
    """Who gave, as far as we were told, and what may be shown of it. Absent consent means no."""

    external_id: str | None = None
    name: str | None = None
    kind: DonorKind = DonorKind.individual
    anonymous: bool = False
    show_name: bool = False
    show_amount: bool = True
    show_message: bool = False
    show_photo: bool = False


@fact(kw_only=True)
class Gift:
    """Money that a donor has paid. `their_id` is the source's own number: it is booked once per source."""

    source_id: UUID
    channel: Channel
    their_id: str
    campaign: str
    amount: int
    donated_at: datetime
    actor: str
    source: str
    currency: str = "CNY"
    original: Original | None = None
    general: bool = False
    """For no campaign: the money is unrestricted."""
    designation: str | None = None
    allocations: Sequence[Allocation] = ()
    giver: Giver = field(default_factory=Giver)
    message: str | None = None
    details: Mapping[str, str] = field(default_factory=dict[str, str])
    """Further words that belong to the giver (payer, receipt title, plan ...); sealed, never in clear."""
    id: UUID = field(default_factory=new_id)
    entry_id: UUID = field(default_factory=new_id)


@fact(kw_only=True)
class GivenBack:
    """Money that a platform or bank has given back to a donor: a fact."""

    source_id: UUID
    their_id: str
    their_gift_id: str
    amount: int
    refunded_at: datetime
    reason: RefundReason
    actor: str
    currency: str = "CNY"
    so_far: bool = False
    """The amount is all that has been given back of the gift until then: so Alipay tells it."""


@fact(kw_only=True)
class Objection:
    """A dispute that was opened or has ended; only a lost one moves money."""

    source_id: UUID
    their_id: str
    their_gift_id: str
    amount: int
    at: datetime
    state: DisputeState
    actor: str
    currency: str = "CNY"


@fact(kw_only=True)
class PlanTold:
    """A step in the life of a giver's monthly plan; no money. What it leaves out stays as it was."""

    source_id: UUID
    organization_id: UUID
    their_id: str
    campaign: str
    step: GivingPlanStep
    at: datetime
    actor: str
    amount: int | None = None
    charge_day: int | None = None


@fact(kw_only=True)
class PayoutTold:
    """What a platform says that it settled and paid out for some days; amounts in fen."""

    channel: Channel
    their_id: str
    begins_on: date
    ends_on: date
    payment_count: int
    gross: int
    refunded: int
    fee: int
    paid_at: datetime
    actor: str
    account_last4: str | None = None


@fact(kw_only=True)
class MatchingTold:
    """What a platform says that it added to gifts out of a pool of its own; `gifts` are numbers and fen."""

    source_id: UUID
    channel: Channel
    their_id: str
    campaign: str
    amount: int
    gifts: Sequence[tuple[str, int]]
    actor: str


@fact(kw_only=True)
class GiftUpdate:
    """What a giver has said since of a gift, and never of its money; what is left out stays as it was."""

    source_id: UUID
    their_id: str
    said_at: datetime
    """When it was said: it changes nothing that was said later, in whatever order the two come to us."""
    actor: str
    words: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    """One that is empty was taken back."""
    shown: Mapping[str, bool] = field(default_factory=dict[str, bool])
    """`show_name`, `show_amount`, `show_message` and `show_photo`: those that were said."""


Tiding = Objection | PlanTold | PayoutTold | MatchingTold | GiftUpdate
"""What a source tells besides gifts and refunds."""

Told = Gift | GivenBack | Tiding
"""Whatever a source may tell us about gifts, about what will be given, and about what it paid out."""


class OutcomeKind(enum.StrEnum):
    """What became of something we were told."""

    posted = "posted"
    duplicate = "duplicate"
    conflict = "conflict"
    suspense = "suspense"
    pending = "pending"
    rejected = "rejected"
    ignored = "ignored"


@fact(kw_only=True)
class Outcome:
    """The answer to one gift, refund or dispute."""

    kind: OutcomeKind
    donation_id: UUID | None = None
    entry_id: UUID | None = None
    lookup_code: str | None = None
    person_id: UUID | None = None
    person_key: bytes | None = field(default=None, repr=False)
    refusal: Refusal | None = None
