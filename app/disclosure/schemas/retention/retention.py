"""Retention as JSON: the rules and how they stand, holds, and what was done."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.models import Fate, RetentionHold
from app.disclosure.retention.rounds import Standing
from app.disclosure.rules.law import Mark
from app.kit.fields import Body, Line, Words, shown
from app.kit.http.pages import PageQuery

_ID, _MEMBER = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0921", "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002"
_SUBJECT = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0901"
_HOLD_IN = {
    "organization_id": _MEMBER,
    "rule_id": "complaints",
    "subject_id": _SUBJECT,
    "reason": "诉讼期间不得删除",
    "document": "（2026）陕01民初1号",
}
_HOLD = _HOLD_IN | {
    "id": _ID,
    "placed_by": "staff:019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0003",
    "created_at": "2026-05-01T00:00:00Z",
    "released_at": None,
    "released_by": None,
    "released_reason": None,
}
_RULE = {
    "id": "complaints",
    "record": "Words and contacts of complaints",
    "record_zh": "投诉举报的内容与联系方式",
    "article": "惯例（个人信息保护法第十九条：最短必要）",
    "mark": "C",
    "fate": "erase",
    "years": 3,
    "days": 0,
    "since": "the closing",
    "since_zh": "办结之日",
    "done_by": "retention",
    "due_count": 2,
    "held_count": 1,
    "done_count": 40,
    "next_on": "2026-06-30",
}
_ACT = {
    "id": _ID,
    "organization_id": _MEMBER,
    "rule_id": "complaints",
    "subject_id": _SUBJECT,
    "fate": "erase",
    "ended_on": "2023-04-30",
    "kept_until": "2026-04-30",
    "created_at": "2026-05-01T00:00:00Z",
}


class RetentionRuleOut(BaseModel):
    """A rule, and how it stands at the organizations that you see."""

    model_config = ConfigDict(json_schema_extra=shown(_RULE))

    id: str
    record: str
    record_zh: str
    article: str
    mark: Mark = Field(description="A and A1: the text was read; B: remembered or our reading; C: no law.")
    fate: Fate = Field(
        description="`keep`: for as long at least. `erase`: the key of its words is destroyed."
    )
    years: int = Field(description="Years and days are 0 where it is kept for ever.")
    days: int
    since: str
    since_zh: str
    done_by: str = Field(description="`retention`: the daily round; otherwise what else carries it out.")
    due_count: int | None = Field(description="What the next round ends; null where nothing is ended here.")
    held_count: int | None = Field(description="What would be due and is held.")
    done_count: int | None
    next_on: date | None = Field(description="The last day of what is over next.")

    @classmethod
    def of(cls, standing: Standing) -> Self:
        """Return how a rule stands as JSON shows it."""
        counts = ("due_count", "held_count", "done_count", "next_on")
        return cls(**standing.rule.model_dump(), **{name: getattr(standing, name) for name in counts})


class RetentionOut(BaseModel):
    """Every rule and how it stands: what a round would do, done by nobody."""

    model_config = ConfigDict(
        json_schema_extra=shown({"as_of": "2026-05-01", "last_round_on": "2026-04-30", "rules": [_RULE]})
    )

    as_of: date
    last_round_on: date | None
    rules: list[RetentionRuleOut]


class RetentionHoldIn(Body):
    """What is kept beyond its time, and why."""

    model_config = ConfigDict(json_schema_extra=shown(_HOLD_IN))

    organization_id: UUID
    rule_id: Line
    subject_id: UUID | None = Field(default=None, description="One record; without it all of this kind.")
    reason: Words
    document: Line = Field(description="The court's, the auditor's or our own paper that asks for it.")

    def as_hold(self, by: str) -> RetentionHold:
        """Return the same as a row."""
        return RetentionHold(placed_by=by, **dict(self))


class RetentionReleaseIn(Body):
    """Why nothing has to be held any more."""

    model_config = ConfigDict(json_schema_extra=shown({"reason": "判决已生效"}))

    reason: Words


class RetentionHoldQuery(PageQuery):
    """Which holds to list."""

    organization_id: UUID | None = None
    rule_id: Line | None = None


class RetentionHoldOut(BaseModel):
    """What is kept beyond its time."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(_HOLD))

    id: UUID
    organization_id: UUID
    rule_id: str
    subject_id: UUID | None
    reason: str
    document: str
    placed_by: str
    created_at: datetime
    released_at: datetime | None
    released_by: str | None
    released_reason: str | None


class RetentionActQuery(PageQuery):
    """Which acts to list."""

    organization_id: UUID | None = None
    rule_id: Line | None = None
    subject_id: UUID | None = None


class RetentionActOut(BaseModel):
    """That a record's time was over, and what was done with it."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(_ACT))

    id: UUID
    organization_id: UUID
    rule_id: str
    subject_id: UUID
    fate: Fate
    ended_on: date
    kept_until: date
    created_at: datetime
