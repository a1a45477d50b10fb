"""Charitable trusts, their trustees and their yearly reports as JSON."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.legal import trusts
from app.fundraising.legal.trusts import Trustee
from app.fundraising.models import CharitableTrust, TrusteeKind, Trusteeship, TrustReport, TrustRole
from app.fundraising.schemas.legal import examples
from app.kit.clock import today
from app.kit.fields import Body, Code, Day, Flag, Line, MoneyIn, MoneyOut, Words, shown
from app.kit.http.pages import PageQuery


class TrusteeIn(Body):
    """Who takes a trust from a day on."""

    model_config = ConfigDict(json_schema_extra=shown(examples.TRUSTEE_IN))

    trustee: Line
    kind: TrusteeKind
    authority: Line = Field(description="Where it is filed: of the county or higher, where the trustee is.")
    starts_on: Day

    def as_trustee(self) -> Trustee:
        """Return the same in the words of the rules."""
        return Trustee(name=self.trustee, kind=self.kind, authority=self.authority, starts_on=self.starts_on)


class TrustIn(Body):
    """A charitable trust with its first trustee."""

    model_config = ConfigDict(json_schema_extra=shown(examples.TRUST_IN))

    organization_id: UUID
    code: Code
    title: Line
    role: TrustRole
    purpose: Words
    beneficiary_scope: Words
    property: MoneyIn
    signed_on: Day
    settlor: Line
    settlor_public: Flag = Field(description="The settlor agrees to be named in public.")
    protector: Line | None = None
    trustee: TrusteeIn

    def as_trust(self, actor: str) -> CharitableTrust:
        """Return the same as a row; the settlor's name is no part of it."""
        said = dict(self)
        for name in ("settlor", "trustee", "property"):
            del said[name]
        return CharitableTrust(property_minor=self.property.amount, actor=actor, **said)


class TrustFilingIn(Body):
    """Under which number a trust was filed."""

    model_config = ConfigDict(json_schema_extra=shown({"filing_no": "备案2026-01", "filed_on": "2026-03-05"}))

    filing_no: Line
    filed_on: Day


class TrusteeOut(BaseModel):
    """A trustee, by when that is filed, and when it was."""

    model_config = ConfigDict(json_schema_extra=shown(examples.TRUSTEE_OUT))

    id: UUID
    trustee: str
    kind: TrusteeKind
    authority: str
    starts_on: date
    due_on: date
    late: bool
    filed_on: date | None
    filing_no: str | None

    @classmethod
    def of(cls, one: Trusteeship) -> Self:
        """Return a trusteeship as JSON shows it."""
        facts = {name: getattr(one, name) for name in set(cls.model_fields) - {"late"}}
        return cls(late=(one.filed_on or today()) > one.due_on, **facts)


class TrustOut(BaseModel):
    """A charitable trust; its settlor only if they agreed, or to those who may see people's data."""

    model_config = ConfigDict(json_schema_extra=shown(examples.TRUST_OUT))

    id: UUID
    organization_id: UUID
    code: str
    title: str
    role: TrustRole
    purpose: str
    beneficiary_scope: str
    property: MoneyOut
    signed_on: date
    settlor: str | None
    settlor_public: bool
    protector: str | None
    publish_due_on: date | None
    published_on: date | None
    ended_on: date | None
    trustees: list[TrusteeOut]
    created_at: datetime

    @classmethod
    def of(cls, trust: CharitableTrust, trustees: Sequence[Trusteeship], settlor: str | None) -> Self:
        """Return a trust as JSON shows it."""
        own = {"property", "settlor", "publish_due_on", "trustees"}
        facts: dict[str, Any] = {name: getattr(trust, name) for name in set(cls.model_fields) - own}
        return cls(
            property=MoneyOut.of(trust.property_minor),
            settlor=settlor,
            publish_due_on=trusts.publish_due_on(trust),
            trustees=[TrusteeOut.of(one) for one in trustees],
            **facts,
        )


class TrustLine(BaseModel):
    """A trust in the list."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=shown(
            {
                name: value
                for name, value in examples.TRUST_OUT.items()
                if name in {"id", "organization_id", "code", "title", "role", "signed_on", "ended_on"}
            }
        ),
    )

    id: UUID
    organization_id: UUID
    code: str
    title: str
    role: TrustRole
    signed_on: date
    ended_on: date | None


class TrustQuery(PageQuery):
    """Which trusts to list."""

    organization_id: UUID | None = None
    role: TrustRole | None = None


class TrustReportIn(Body):
    """What was reported of a trust for a year."""

    model_config = ConfigDict(json_schema_extra=shown(examples.REPORT_IN))

    year: Annotated[int, Field(strict=True, ge=2016, le=2999)]
    affairs: Words
    property: MoneyIn
    granted: MoneyIn
    reported_on: Day
    published_on: Day

    def as_report(self, trust: CharitableTrust, actor: str) -> TrustReport:
        """Return the same as a row."""
        return TrustReport(
            trust_id=trust.id,
            year=self.year,
            affairs=self.affairs,
            property_minor=self.property.amount,
            granted_minor=self.granted.amount,
            due_on=trusts.report_due_on(self.year),
            reported_on=self.reported_on,
            published_on=self.published_on,
            actor=actor,
        )


class TrustReportOut(BaseModel):
    """What was reported of a trust for a year, and whether in time."""

    model_config = ConfigDict(json_schema_extra=shown(examples.REPORT_OUT))

    id: UUID
    year: int
    affairs: str
    property: MoneyOut
    granted: MoneyOut
    due_on: date
    late: bool
    reported_on: date
    published_on: date
    actor: str
    created_at: datetime

    @classmethod
    def of(cls, report: TrustReport) -> Self:
        """Return a report as JSON shows it."""
        own = {"property", "granted", "late"}
        facts: dict[str, Any] = {name: getattr(report, name) for name in set(cls.model_fields) - own}
        return cls(
            property=MoneyOut.of(report.property_minor),
            granted=MoneyOut.of(report.granted_minor),
            late=report.reported_on > report.due_on,
            **facts,
        )
