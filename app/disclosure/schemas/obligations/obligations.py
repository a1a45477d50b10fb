"""Obligations as JSON."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.models import Obligation, ObligationFiling, ObligationOverride, SubjectKind
from app.disclosure.obligations import states
from app.disclosure.obligations.checklists.checklist import ChecklistState, Item
from app.disclosure.obligations.lists import Wanted
from app.disclosure.obligations.states import ObligationState, Readings
from app.disclosure.rules.law import BY_VERSION, OVERRIDABLE, Mark
from app.disclosure.schemas.obligations import examples
from app.disclosure.schemas.obligations.rules import ContentOut, text_of
from app.disclosure.schemas.obligations.steps import ObligationFilingOut, ObligationOverrideOut
from app.kit.fields import Day, Line, shown
from app.kit.http.pages import PageQuery
from app.organizations.access import Caller, Permission

_CLOSED = {ObligationState.not_applicable, ObligationState.threshold_not_set}


class ObligationQuery(PageQuery):
    """Which obligations to list."""

    organization_id: UUID | None = None
    within: UUID | None = Field(default=None, description="Of an organization and all below it.")
    rule_id: Line | None = None
    mark: Mark | None = None
    state: ObligationState | None = None
    subject_id: UUID | None = None
    calendar_from: Day | None = Field(default=None, description="Last day, or the one that staff chose.")
    calendar_to: Day | None = None
    sort: Literal["calendar_on", "-calendar_on", "created_at", "-created_at"] = "calendar_on"

    def wanted(self) -> Wanted:
        """Return the same in the words of the rules."""
        names = ("rule_id", "mark", "state", "subject_id", "calendar_from", "calendar_to")
        return Wanted(**{name: getattr(self, name) for name in names})


class ObligationOut(BaseModel):
    """What an organization owes by a rule about one thing, and where that stands today."""

    model_config = ConfigDict(json_schema_extra=shown(examples.OBLIGATION))

    id: UUID
    organization_id: UUID
    rule_id: str
    regulation: str
    regulation_title: str
    regulation_title_zh: str
    regulation_number: str
    article: str
    title: str
    title_zh: str
    mark: Mark = Field(description="A and A1: the text was read; B: remembered or our reading; C: no law.")
    subject_kind: SubjectKind
    subject_id: UUID
    subject: str
    number: int = Field(description="The how-manieth time of what recurs; the year of what is for a year.")
    trigger_on: date = Field(description="What sets the clock off; it decides which text judges.")
    due_on: date | None = Field(description="The last day as counted.")
    rolled_on: date | None = Field(description="The same, rolled over holidays (Civil Code 203).")
    own_day_on: date | None = Field(description="The day that staff set instead.")
    state: ObligationState
    complete: bool = Field(description="Whether all that the day was counted from is known.")
    fulfilled_on: date | None
    prepared_on: date | None = Field(description="Since when it, or a publication of ours, lies ready.")
    lapsed_on: date | None = Field(description="Since when the facts owe it no more.")
    created_at: datetime

    @classmethod
    def of(cls, one: Obligation, day: date, read: Readings) -> Self:
        """Return an obligation as JSON shows it on a day."""
        return cls(**_line(one, day, read))


class ChecklistItemOut(ContentOut):
    """One thing that must be told, and whether our data can fill it."""

    state: ChecklistState
    empty: list[ContentOut] = Field(description="Parts of it for which nothing is there yet.")

    @classmethod
    def checked(cls, item: Item) -> Self:
        """Return one thing of the checklist as JSON shows it."""
        empty = [ContentOut.of(part) for part in item.empty]
        return cls(state=item.state, empty=empty, **dict(ContentOut.of(item.content)))


class ObligationDetail(ObligationOut):
    """An obligation with its checklist, and everything that was done about it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.OBLIGATION_IN_FULL))

    preparation: str | None
    waived_reason: str | None
    note: str
    checklist: list[ChecklistItemOut]
    filings: list[ObligationFilingOut]
    overrides: list[ObligationOverrideOut]
    allowed_actions: list[str]

    @classmethod
    def whole(
        cls,
        line: ObligationOut,
        one: Obligation,
        checked: Sequence[Item],
        done: tuple[Sequence[ObligationFiling], Mapping[UUID, list[UUID]], Sequence[ObligationOverride]],
        caller: Caller,
    ) -> Self:
        """Return everything that is to be read about an obligation."""
        filed, evidence, overruled = done
        return cls(
            preparation=one.preparation or one.ready_as,
            waived_reason=one.waived_reason,
            note=BY_VERSION[one.rule_id, one.regulation].note,
            checklist=[ChecklistItemOut.checked(item) for item in checked],
            filings=[ObligationFilingOut.of(filing, evidence.get(filing.id, [])) for filing in filed],
            overrides=[ObligationOverrideOut.model_validate(wish) for wish in overruled],
            allowed_actions=_actions(one, line.state, caller),
            **dict(line),
        )


class PublicLateOut(BaseModel):
    """What an organization is late with, as everybody may know."""

    model_config = ConfigDict(json_schema_extra=shown(examples.LATE))

    rule_id: str
    regulation: str
    regulation_title: str
    regulation_title_zh: str
    regulation_number: str
    article: str
    title: str
    title_zh: str
    subject_kind: SubjectKind
    subject: str
    trigger_on: date
    due_on: date
    rolled_on: date
    days_late: int

    @classmethod
    def of(cls, one: Obligation, day: date, read: Readings) -> Self:
        """Return what is late as JSON shows it on a day."""
        line, last = _line(one, day, read), states.last_on(one, read)
        assert last is not None  # noqa: S101 - only what has a last day is late
        return cls(
            days_late=(day - last).days,
            **{name: value for name, value in line.items() if name in cls.model_fields},
        )


def _line(one: Obligation, day: date, read: Readings) -> dict[str, Any]:
    rule = BY_VERSION[one.rule_id, one.regulation]
    names = ("id", "organization_id", "rule_id", "mark", "subject_kind", "subject_id", "subject", "number")
    days = ("trigger_on", "due_on", "rolled_on", "own_day_on", "lapsed_on", "created_at")
    return {
        **text_of(rule),
        "article": rule.article,
        "title": rule.title,
        "title_zh": rule.title_zh,
        "state": states.of(one, day, read),
        "complete": one.complete,
        "fulfilled_on": states.fulfilled_on(one),
        "prepared_on": states.prepared_on(one),
        **{name: getattr(one, name) for name in names + days},
    }


def _actions(one: Obligation, state: ObligationState, caller: Caller) -> list[str]:
    admitted = [] if state in _CLOSED else ["prepare", "record_filing"]
    if one.mark in OVERRIDABLE:
        admitted.append("override")
    return caller.allowed(dict.fromkeys(admitted, Permission.publications_change), at=one.organization_id)
