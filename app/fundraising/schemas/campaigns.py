"""Campaigns as JSON."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.fundraising.campaigns import NewCampaign, NewDesignation
from app.fundraising.figures import Figures
from app.fundraising.models import Campaign, CampaignKind, CampaignState, Designation
from app.fundraising.schemas import actions, examples
from app.kit.fields import Body, Code, Day, Flag, Line, MoneyIn, MoneyOut, PastMoment, Words, wrong
from app.kit.http.pages import PageQuery
from app.ledger.models import Fund
from app.organizations.access import Caller


class DesignationIn(Body):
    """A use of a campaign's money that a donor may choose, with the fund that will keep it."""

    model_config = ConfigDict(json_schema_extra=examples.shown(examples.DESIGNATION_IN))

    code: Code
    title: Line
    fund_code: Code = Field(description="Unique in the organization; it appears in published leaves.")
    restricted: Flag = True
    cost_share_basis_points: int = Field(
        default=0, ge=0, le=10_000, strict=True, description="Split off each gift for the costs, as filed."
    )

    @model_validator(mode="after")
    def _only_restricted_funds_share(self) -> Self:
        if self.cost_share_basis_points and not self.restricted:
            raise wrong("only a restricted fund bears a share of the costs", "仅限定性基金按比例分担成本")
        return self

    def as_designation(self) -> NewDesignation:
        """Return the same in the words of the rules."""
        return NewDesignation(**dict(self))


class CampaignIn(Body):
    """A campaign to be drafted; its first designation takes what names none."""

    model_config = ConfigDict(json_schema_extra=examples.shown(examples.CAMPAIGN_IN))

    organization_id: UUID
    code: Code
    title: Line
    purpose: Words
    starts_on: Day
    ends_on: Day | None = None
    target: MoneyIn | None = None
    filing_no: Line | None = None
    kind: CampaignKind = CampaignKind.public
    emergency_id: UUID | None = Field(default=None, description="The emergency that it asks for.")
    designations: list[DesignationIn] = Field(min_length=1, max_length=50)

    def as_campaign(self, chart: str) -> NewCampaign:
        """Return the same in the words of the rules."""
        said = dict(self)
        target = said.pop("target")
        said["designations"] = [one.as_designation() for one in self.designations]
        return NewCampaign(chart=chart, target_minor=target and target.amount, **said)


class CampaignChange(Body):
    """What to change about a draft; what is absent stays."""

    model_config = ConfigDict(json_schema_extra=examples.shown({"title": "慈安桥", "ends_on": "2026-12-31"}))

    # A factory, so that none of these can be emptied and the document shows no default.
    title: Line = Field(default_factory=str)
    purpose: Words = Field(default_factory=str)
    starts_on: Day = Field(default_factory=date.today)
    ends_on: Day | None = None
    target: MoneyIn | None = None
    filing_no: Line | None = None

    def changes(self) -> dict[str, Any]:
        """Return what was said, by the columns' names."""
        said = {name: getattr(self, name) for name in self.model_fields_set}
        if "target" in said:
            said["target_minor"] = self.target and self.target.amount
            del said["target"]
        return said


class OpeningIn(Body):
    """When a campaign opens; gifts given from that moment on are its own."""

    model_config = ConfigDict(json_schema_extra=examples.shown({"opened_at": "2026-01-01T00:00:00+08:00"}))

    opened_at: PastMoment | None = Field(default=None, description="Now, if absent.")


class CampaignQuery(PageQuery):
    """Which campaigns to list."""

    organization_id: UUID | None = None
    state: CampaignState | None = None
    kind: CampaignKind | None = None
    emergency_id: UUID | None = None
    starts_on_from: Day | None = None
    starts_on_to: Day | None = None
    q: Line | None = Field(default=None, description="Part of the code or the title.")
    sort: Literal["code", "-code", "starts_on", "-starts_on", "created_at", "-created_at"] = "-starts_on"


class DesignationOut(BaseModel):
    """A use of a campaign's money, with its fund."""

    id: UUID
    code: str
    title: str
    is_default: bool
    fund_id: UUID
    fund_code: str
    restricted: bool
    cost_share_basis_points: int

    @classmethod
    def of(cls, designation: Designation, fund: Fund) -> Self:
        """Return a designation as JSON shows it."""
        return cls(
            id=designation.id,
            code=designation.code,
            title=designation.title,
            is_default=designation.is_default,
            fund_id=fund.id,
            fund_code=fund.code,
            restricted=fund.restricted,
            cost_share_basis_points=fund.cost_share_basis_points,
        )


class ChannelTotals(BaseModel):
    """What came in and went back through one channel."""

    channel_id: UUID
    raised: MoneyOut
    refunded: MoneyOut
    net: MoneyOut
    gift_count: int
    refund_count: int


class CampaignTotals(BaseModel):
    """What a campaign raised (gross), gave back, spent for its purpose and still holds."""

    raised: MoneyOut
    refunded: MoneyOut
    net: MoneyOut
    spent: MoneyOut
    balance: MoneyOut
    gift_count: int
    donor_count: int
    by_channel: list[ChannelTotals]

    @classmethod
    def of(cls, figures: Figures) -> Self:
        """Return figures as JSON shows them."""
        by_channel = [
            ChannelTotals(
                channel_id=channel_id,
                raised=MoneyOut.of(part.raised),
                refunded=MoneyOut.of(part.refunded),
                net=MoneyOut.of(part.raised - part.refunded),
                gift_count=part.gift_count,
                refund_count=part.refund_count,
            )
            for channel_id, part in sorted(figures.channels.items())
        ]
        names = ("raised", "refunded", "net", "spent", "balance")
        return cls(
            gift_count=figures.gift_count,
            donor_count=figures.donor_count,
            by_channel=by_channel,
            **{name: MoneyOut.of(getattr(figures, name)) for name in names},
        )


class CampaignOut(BaseModel):
    """A campaign with its totals."""

    model_config = ConfigDict(json_schema_extra=examples.shown(examples.CAMPAIGN))

    id: UUID
    organization_id: UUID
    code: str
    title: str
    purpose: str
    starts_on: date
    ends_on: date | None
    target: MoneyOut | None
    filing_no: str | None
    kind: CampaignKind
    emergency_id: UUID | None
    state: CampaignState
    opened_at: datetime | None
    closed_at: datetime | None
    created_at: datetime
    totals: CampaignTotals

    @classmethod
    def of(cls, campaign: Campaign, figures: Figures, **more: Any) -> Self:  # noqa: ANN401
        """Return a campaign as JSON shows it."""
        target = campaign.target_minor
        facts: dict[str, Any] = {name: getattr(campaign, name) for name in _COPIED}
        return cls(
            target=None if target is None else MoneyOut.of(target),
            totals=CampaignTotals.of(figures),
            **facts,
            **more,
        )


_COPIED = (
    *("id", "organization_id", "code", "title", "purpose", "starts_on", "ends_on"),
    *("filing_no", "kind", "emergency_id", "state", "opened_at", "closed_at", "created_at"),
)


class CampaignDetail(CampaignOut):
    """A campaign with its totals and its designations."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown(
            examples.CAMPAIGN
            | {"designations": [examples.DESIGNATION], "allowed_actions": ["add_designation", "close"]}
        )
    )

    designations: list[DesignationOut]
    allowed_actions: list[str] = Field(description="What the caller may do about it, as it now stands.")

    @classmethod
    def whole(
        cls, campaign: Campaign, figures: Figures, uses: Sequence[tuple[Designation, Fund]], caller: Caller
    ) -> Self:
        """Return everything that is to be read about a campaign."""
        return cls.of(
            campaign,
            figures,
            designations=[DesignationOut.of(*use) for use in uses],
            allowed_actions=actions.of_campaign(campaign, caller),
        )
