"""Who pays for a project, as JSON."""

from collections.abc import Sequence
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.projects.funding import Funding, FundPart
from app.disclosure.schemas.campaigns import OrganizationSaid
from app.disclosure.schemas.projects import examples
from app.kit.fields import MoneyOut, shown
from app.projects.budgets.shares import NewShare
from app.projects.models import FundingShare
from app.projects.schemas.budgets.shares import ShareOut


class FundingCampaignOut(BaseModel):
    """A campaign whose gifts went into a fund, or into one of another member that sent money on to it."""

    model_config = ConfigDict(from_attributes=True)

    code: str
    title: str
    directly: bool = Field(description="False if another member's fund had the gifts and sent money on.")


class FundPartOut(BaseModel):
    """What one fund bears of a project."""

    model_config = ConfigDict(json_schema_extra=shown(examples.FUND))

    organization: OrganizationSaid
    code: str
    title: str
    planned: MoneyOut
    spent: MoneyOut
    arrived: MoneyOut = Field(description="What of `spent` is shown to have reached its beneficiaries.")
    campaigns: list[FundingCampaignOut] = Field(description="Where its money may come from; at most 50.")

    @classmethod
    def of(cls, part: FundPart) -> Self:
        """Return a fund's part as JSON shows it."""
        return cls(
            organization=OrganizationSaid(code=part.organization.code, name=part.organization.name),
            code=part.fund.code,
            title=part.fund.title,
            campaigns=[FundingCampaignOut.model_validate(one) for one in part.sources],
            **{name: MoneyOut.of(getattr(part, name)) for name in ("planned", "spent", "arrived")},
        )


class PublicSharesOut(BaseModel):
    """Who bears which part of the cost as it was agreed, with the sums."""

    model_config = ConfigDict(json_schema_extra=shown(examples.SHARES))

    planned: MoneyOut
    received: MoneyOut
    shares: list[ShareOut]

    @classmethod
    def of(cls, rows: Sequence[FundingShare] | Sequence[NewShare]) -> Self:
        """Return shares with their sums."""
        told = [(one.source, MoneyOut.of(one.planned_minor), MoneyOut.of(one.received_minor)) for one in rows]
        return cls(
            planned=MoneyOut.of(sum(one.planned_minor for one in rows)),
            received=MoneyOut.of(sum(one.received_minor for one in rows)),
            shares=[ShareOut(source=one[0], planned=one[1], received=one[2]) for one in told],
        )


class PublicProjectFunding(BaseModel):
    """Who pays for a project: the funds of members, and the shares of everybody else."""

    model_config = ConfigDict(json_schema_extra=shown(examples.FUNDING))

    code: str
    title: str
    planned: MoneyOut
    spent: MoneyOut
    arrived: MoneyOut
    planned_by_others: MoneyOut = Field(description="Budgeted and borne by others, outside our books.")
    funds: list[FundPartOut]
    shares: PublicSharesOut
    site_shares: PublicSharesOut = Field(description="The shares of its sites, added up.")

    @classmethod
    def of(cls, funding: Funding) -> Self:
        """Return a project's funding as JSON shows it."""
        names = ("planned", "spent", "arrived")
        sums = {name: sum(getattr(part, name) for part in funding.parts) for name in names}
        return cls(
            code=funding.project.code,
            title=funding.project.title,
            planned_by_others=MoneyOut.of(funding.planned_by_others),
            funds=[FundPartOut.of(part) for part in funding.parts],
            shares=PublicSharesOut.of(funding.shares),
            site_shares=PublicSharesOut.of(funding.site_shares),
            **{name: MoneyOut.of(amount) for name, amount in sums.items()},
        )
