"""A platform's campaign with gifts, refunds and spending, as the public finds it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from app.fundraising import campaigns, donations
from app.fundraising.gifts import Gift, Giver, Outcome
from app.fundraising.models import Campaign
from app.kit.database import WriteSession
from app.ledger import dimensions, funds
from app.ledger.models import DimensionKind, Fund
from tests.factories import fundraising as make
from tests.factories import ledger
from tests.factories.fundraising import Appeal
from tests.factories.ledger import Books
from tests.webhooks.platforms import Partner, partner

GIVEN = datetime(2026, 5, 1, 0, 0, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Scene:
    """One partner's campaign, its books, and what was given."""

    session: WriteSession
    partner: Partner
    books: Books
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def campaign(self) -> Campaign:
        return self.partner.campaign

    @property
    def appeal(self) -> Appeal:
        return Appeal(
            organization_id=self.partner.organization.id,
            platform_id=self.partner.platform.id,
            channel=self.partner.channel,
            campaign=self.campaign,
        )

    async def fund(self) -> Fund:
        designations = await campaigns.designations(self.session, self.campaign)
        fund = await self.session.get(Fund, designations[0].fund_id)
        assert fund is not None
        return fund

    def gift(self, amount: int = 100_00, *, giver: dict[str, Any] | None = None, **over: Any) -> Gift:
        who = {"external_id": None, "name": "爱心网友", "show_name": True} | (giver or {})
        return make.gift(self.appeal, amount, giver=Giver(**who), **({"donated_at": GIVEN} | over))

    async def give(self, *gifts: Gift) -> list[str]:
        """Book gifts; return their lookup codes."""
        outcomes = await donations.receive(self.session, gifts)
        return [outcome.lookup_code or "" for outcome in outcomes]

    async def refund(self, gift: Gift, amount: int | None = None) -> None:
        back = make.given_back(self.appeal, gift, amount, refunded_at=gift.donated_at + timedelta(days=1))
        [outcome] = await donations.receive(self.session, [back])
        assert outcome.refusal is None

    async def spend(self, amount: int) -> None:
        await ledger.spend(self.session, self.books, await self.fund(), amount)

    async def spend_singly(self, count: int) -> None:
        """Spend so many fen, each by a posting of its own."""
        await ledger.spend(self.session, self.books, await self.fund(), 1, postings=count)


async def scene(session: WriteSession, **over: Any) -> Scene:
    them = await partner(session, **over)
    at = {"organization_id": them.organization.id}
    books = Books(
        organization_id=them.organization.id,
        general=await funds.general(session, them.organization.id),
        channel_id=them.channel.id,
        bank_id=(await dimensions.declare(session, DimensionKind.channel, "bank", **at)).id,
        project_id=(await dimensions.declare(session, DimensionKind.project, "P-BRIDGE-1", **at)).id,
    )
    made = Scene(session=session, partner=them, books=books)
    await funds.allow(session, await made.fund(), books.project_id)
    return made
