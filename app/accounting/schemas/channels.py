"""Channels as JSON."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.accounting.channels import NewChannel
from app.accounting.models import Channel, ChannelKind, Signatory
from app.kit.fields import Body, Code, Day, Flag, Line, MoneyIn, MoneyOut, shown, wrong
from app.kit.http.pages import PageQuery

Number = Annotated[
    str,
    Field(
        strict=True,
        pattern=r"^[0-9A-Za-z][0-9A-Za-z -]{5,39}$",
        description="Kept sealed: its last four digits are all that is shown again.",
        examples=["3700 0216 1920 0290 291"],
    ),
]


class ChannelIn(Body):
    """A bank account or a cash box where an organization takes gifts."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "organization_id": "01890a5d-ac96-774b-bcce-b302099a8057",
                    "code": "icbc-0291",
                    "name": "工商银行西安南大街支行",
                    "kind": "bank",
                }
            ]
        }
    )

    organization_id: UUID
    code: Code = Field(description="Unique in the organization; it appears in published leaves, for ever.")
    name: Line
    kind: Literal[ChannelKind.bank, ChannelKind.cash]
    bank_name: Line | None = None
    branch: Line | None = None
    number: Number | None = None
    purpose: Line | None = None
    opened_on: Day | None = None
    in_plans: Flag = Field(default=False, description="Whether a campaign's filed plan may name it.")
    cash_limit: MoneyIn | None = Field(default=None, description="Cash above this is to be deposited.")
    no_overdraft: Flag = Field(default=True, description="Refuse payments above what lies there.")

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if self.kind is ChannelKind.cash and (self.bank_name or self.branch or self.number):
            raise wrong("a cash box has no bank, branch or number", "现金账户没有开户银行、支行和账号")
        if self.kind is ChannelKind.bank and self.cash_limit:
            raise wrong("only a cash box has a cash limit", "仅现金账户有库存现金限额")
        return self

    def as_channel(self, chart: str) -> NewChannel:
        """Return the same in the words of the books."""
        told = {name: value for name, value in self if name != "cash_limit"}
        limit = self.cash_limit and self.cash_limit.amount
        return NewChannel(chart=chart, cash_limit_minor=limit, **told)


class ChannelChanges(Body):
    """What is said anew of a channel; what is absent stays, and null takes it away."""

    model_config = ConfigDict(json_schema_extra=shown({"purpose": "募捐专户", "in_plans": True}))

    name: Line | None = None
    bank_name: Line | None = None
    branch: Line | None = None
    number: Number | None = None
    purpose: Line | None = None
    opened_on: Day | None = None
    in_plans: Flag | None = None
    cash_limit: MoneyIn | None = None
    no_overdraft: Flag | None = None
    signatory_ids: list[UUID] | None = Field(
        default=None, max_length=20, description="Everybody who signs from now on, of the own staff."
    )

    @model_validator(mode="after")
    def _keeps_what_must_be(self) -> Self:
        emptied = {"name", "in_plans", "number", "no_overdraft", "signatory_ids"} & self.model_fields_set
        if any(getattr(self, field) is None for field in emptied):
            raise wrong(
                "name, number, in_plans, no_overdraft and signatory_ids can be changed, not removed",
                "name、number、in_plans、no_overdraft 和 signatory_ids 可以修改，不能清空",
            )
        return self

    def changes(self) -> dict[str, Any]:
        """Return what changes in the channel itself."""
        told = {name: getattr(self, name) for name in self.model_fields_set - {"cash_limit", "signatory_ids"}}
        if "cash_limit" in self.model_fields_set:
            told["cash_limit_minor"] = self.cash_limit and self.cash_limit.amount
        return told


class ChannelQuery(PageQuery):
    """Which channels to list."""

    organization_id: UUID | None = None
    kind: ChannelKind | None = None
    closed: bool | None = None
    q: Line | None = Field(default=None, description="Part of the code or the name.")
    sort: Literal["code", "-code", "name", "-name", "created_at", "-created_at"] = "code"


class ChannelOut(BaseModel):
    """A named place where gifts land."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={
            "examples": [
                {
                    "id": "01997d5d-ac96-774b-bcce-b302099a8003",
                    "organization_id": "01997d5d-ac96-774b-bcce-b302099a8001",
                    "code": "icbc-0291",
                    "name": "工商银行西安南大街支行",
                    "kind": "bank",
                    "chart": "2026",
                    "platform_id": None,
                    "bank_name": "中国工商银行",
                    "branch": "西安南大街支行",
                    "number_last": "0291",
                    "currency": "CNY",
                    "purpose": "募捐专户",
                    "opened_on": "2020-03-01",
                    "in_plans": True,
                    "cash_limit_minor": None,
                    "version": 1,
                    "closed_at": None,
                    "created_at": "2026-01-01T00:00:00Z",
                }
            ]
        },
    )

    id: UUID
    organization_id: UUID
    code: str
    name: str
    kind: ChannelKind
    chart: str
    platform_id: UUID | None
    bank_name: str | None
    branch: str | None
    number_last: str | None
    currency: str
    purpose: str | None
    opened_on: date | None
    in_plans: bool
    cash_limit_minor: int | None
    version: int
    closed_at: datetime | None
    created_at: datetime


class ChannelDetail(ChannelOut):
    """A channel with what the books show in it, and who signs for it."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "id": "01997d5d-ac96-774b-bcce-b302099a8003",
                "organization_id": "01997d5d-ac96-774b-bcce-b302099a8001",
                "code": "box-1",
                "name": "前台现金箱",
                "kind": "cash",
                "chart": "2026",
                "platform_id": None,
                "bank_name": None,
                "branch": None,
                "number_last": None,
                "currency": "CNY",
                "purpose": None,
                "opened_on": None,
                "in_plans": False,
                "cash_limit_minor": 100000,
                "version": 1,
                "closed_at": None,
                "created_at": "2026-01-01T00:00:00Z",
                "balance": {"amount": 120000, "currency": "CNY"},
                "to_be_deposited": True,
                "no_overdraft": True,
                "signatory_ids": ["01997d5d-ac96-774b-bcce-b302099a8011"],
                "allowed_actions": ["change"],
            }
        )
    )

    balance: MoneyOut
    no_overdraft: bool = Field(description="Whether payments above what lies there are refused.")
    to_be_deposited: bool = Field(description="Whether there is more cash in the box than is allowed.")
    signatory_ids: list[UUID]
    allowed_actions: list[str] = Field(description="What the caller may do about it, as it now stands.")

    @classmethod
    def telling(
        cls,
        channel: Channel,
        balance: int,
        *,
        guarded: bool,
        signing: Sequence[Signatory],
        allowed: Sequence[str],
    ) -> Self:
        """Return a channel as JSON shows it."""
        limit = channel.cash_limit_minor
        return cls(
            **ChannelOut.model_validate(channel).model_dump(),
            balance=MoneyOut.of(balance),
            no_overdraft=guarded,
            to_be_deposited=limit is not None and balance > limit,
            signatory_ids=[one.staff_id for one in signing],
            allowed_actions=list(allowed),
        )
