"""Approval policies and deputies in JSON."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Day, MoneyIn, MoneyOut
from app.kit.http.pages import PageQuery
from app.organizations.approvals.deputies import Absence
from app.organizations.approvals.policies import Policy, Tier
from app.organizations.models import STEPS_MAX, Role
from app.organizations.schemas.words import Line, Said, Told, example

TIERS_MAX = 10
_TIERS = [
    {"up_to": {"amount": 1_000_000, "currency": "CNY"}, "roles": ["reviewer"]},
    {"up_to": None, "roles": ["reviewer", "admin"]},
]
_POLICY = {
    "kind": "voucher",
    "version": 1,
    "tiers": _TIERS,
    "made_by": "staff:019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0003",
}
_ABSENCE = {
    "principal_id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0004",
    "deputy_id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0005",
    "valid_from": "2026-05-01",
    "valid_to": "2026-05-15",
    "reason": "年休假",
}
_MADE = {
    "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0009",
    "organization_id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002",
    "exception_reason": None,
    "made_by": "staff:019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0004",
    "created_at": "2026-04-30T02:00:00Z",
    "revoked_at": None,
    "revoked_by": None,
}


class TierIn(Said):
    """Who decides, in their order, up to and with an amount; the last tier has none."""

    model_config = ConfigDict(json_schema_extra=example(_TIERS[0]))

    up_to: MoneyIn | None
    roles: list[Role] = Field(min_length=1, max_length=STEPS_MAX)


class PolicyIn(Said):
    """The tiers of a kind of request, from small amounts to large ones."""

    model_config = ConfigDict(json_schema_extra=example({"tiers": _TIERS}))

    tiers: list[TierIn] = Field(min_length=1, max_length=TIERS_MAX)

    def said(self) -> list[Tier]:
        """Return the tiers as the rules know them."""
        return [Tier(one.up_to and one.up_to.amount, tuple(one.roles)) for one in self.tiers]


class TierOut(BaseModel):
    """A tier in force."""

    up_to: MoneyOut | None
    roles: list[Role]


class PolicyOut(BaseModel):
    """The policy in force for a kind; version 0 is the default, which nobody has set."""

    model_config = ConfigDict(json_schema_extra=example(_POLICY))

    kind: str
    version: int
    tiers: list[TierOut]
    made_by: str | None

    @classmethod
    def of(cls, policy: Policy) -> Self:
        """Return a policy as JSON shows it."""
        tiers = [
            TierOut(
                up_to=None if tier.up_to_minor is None else MoneyOut.of(tier.up_to_minor),
                roles=list(tier.roles),
            )
            for tier in policy.tiers
        ]
        return cls(kind=policy.kind, version=policy.version, tiers=tiers, made_by=policy.made_by)


class PoliciesOut(BaseModel):
    """The policy of every kind of request."""

    model_config = ConfigDict(json_schema_extra=example({"policies": [_POLICY]}))

    policies: list[PolicyOut]

    @classmethod
    def of(cls, policies: Sequence[Policy]) -> Self:
        """Return policies as JSON shows them."""
        return cls(policies=[PolicyOut.of(one) for one in policies])


class DeputyIn(Said):
    """Who decides for an absent person; without `principal_id` for whoever says it."""

    model_config = ConfigDict(json_schema_extra=example(_ABSENCE))

    principal_id: UUID | None = Field(default=None, description="For somebody else: takes an admin.")
    deputy_id: UUID
    valid_from: Day
    valid_to: Day
    reason: Line
    exception_reason: Line | None = Field(
        default=None,
        description="Why the deputy may decide in two of accountant, reviewer and cashier. Stays on record.",
    )

    def absence(self, caller_id: UUID) -> Absence:
        """Return the absence as the rules know it."""
        said = self.model_dump(exclude={"principal_id"})
        return Absence(principal_id=self.principal_id or caller_id, **said)


class DeputyOut(Told):
    """A deputyship that is in force, will be, or was."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(_ABSENCE | _MADE))

    id: UUID
    organization_id: UUID
    principal_id: UUID
    deputy_id: UUID
    valid_from: date
    valid_to: date
    reason: str
    exception_reason: str | None
    made_by: str
    created_at: datetime
    revoked_at: datetime | None
    revoked_by: str | None


class DeputyQuery(PageQuery):
    """Which deputyships."""

    principal_id: UUID | None = None
    deputy_id: UUID | None = None
    revoked: bool | None = Field(default=None, description="Only what was revoked, or only what was not.")
