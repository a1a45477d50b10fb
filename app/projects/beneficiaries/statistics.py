"""Statistics: how many people were helped, how often and with how much, read from folded totals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from app.kit.database import ReadSession
from app.organizations import regions
from app.projects.beneficiaries.totals import NEVER
from app.projects.models import Benefit, BenefitBasis, BenefitKind, BenefitMonth, HelpedSpan, ProjectCategory

DEFINITION = (
    "`identified`: people whose document is known, each counted once however often they were helped;"
    " `counted_only`: help to people of whom only the number is known, counted each time, so that nobody can"
    " say how many people they are. The two are never added up. A period is whole months. Of a region those"
    " are counted who were helped there or anywhere in it: whoever was helped in two regions is one person of"
    " each, and one person of both together."
)
"""What the numbers mean, as every answer says."""

DEFINITION_ZH = (
    "“实名受益人”指证件已登记的受益人，无论受助几次只计一人；“仅计人次”指只知人数、不知身份的受助，"
    "每次计数，无法得出人数。两者不相加。统计期间为整月。按地区统计时，指在该地区及其下辖地区受助的人："
    "在两个地区受助的，两地各计一人，合并统计只计一人。"
)
"""The same in Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Whole months, the first and the last of them included; None is without limit."""

    month_from: date | None = None
    month_to: date | None = None

    def covers(self, month: Any) -> list[ColumnElement[bool]]:  # noqa: ANN401 - a column of months
        """Return the conditions that a month lies within."""
        found: list[ColumnElement[bool]] = []
        if self.month_from is not None:
            found.append(month >= self.month_from.replace(day=1))
        if self.month_to is not None:
            found.append(month <= self.month_to.replace(day=1))
        return found


@dataclass(frozen=True, slots=True)
class Sum:
    """Person-times of one category, kind and basis, and what they were worth."""

    category: ProjectCategory
    kind: BenefitKind
    basis: BenefitBasis
    person_times: int
    amount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Who was helped: people who are identified, and sums that keep the two bases apart."""

    person_count: int
    """Of people who are identified, each once."""

    sums: Sequence[Sum]


async def figures(
    session: ReadSession, node_id: UUID, span: Span, *, region_code: str | None = None
) -> Figures:
    """Return how a project, or an organization with all below it, helped in a span of months.

    Nothing is counted, only added up, so that it costs alike whatever the number of people; the people of a
    region alone are counted. What an organization gave counts where it stood when it was recorded: a year's
    figures do not move with a member.
    """
    conditions = [BenefitMonth.node_id == node_id, *span.covers(BenefitMonth.month)]
    if region_code is not None:
        conditions.append(BenefitMonth.region_code.in_(regions.within(region_code)))
    rows = await session.execute(
        select(
            BenefitMonth.category,
            BenefitMonth.kind,
            BenefitMonth.basis,
            func.sum(BenefitMonth.person_times),
            func.sum(BenefitMonth.amount_minor),
        )
        .where(*conditions)
        .group_by(BenefitMonth.category, BenefitMonth.kind, BenefitMonth.basis)
        .order_by(BenefitMonth.category, BenefitMonth.kind, BenefitMonth.basis)
    )
    sums = [Sum(row[0], row[1], row[2], int(row[3]), int(row[4])) for row in rows if row[3] or row[4]]
    people = await (
        persons(session, node_id, span)
        if region_code is None
        else persons_in(session, node_id, span, region_code)
    )
    return Figures(person_count=people, sums=sums)


async def persons(session: ReadSession, node_id: UUID, span: Span) -> int:
    """Return how many identified people were helped in a span of months, each once, without reading one.

    Each of them has exactly one month in the span before which they were helped last outside of it.
    """
    before = span.month_from.replace(day=1) if span.month_from is not None else None
    outside = HelpedSpan.last_on == NEVER if before is None else HelpedSpan.last_on < before
    query = select(func.coalesce(func.sum(HelpedSpan.person_count), 0)).where(
        HelpedSpan.node_id == node_id, *span.covers(HelpedSpan.month), outside
    )
    return int(await session.scalar(query) or 0)


async def persons_in(session: ReadSession, node_id: UUID, span: Span, region_code: str) -> int:
    """Return how many identified people were helped in a region in a span of months, each once.

    They are counted by their ids, without reading who they are; it costs with the benefits of that region.
    """
    query = select(func.count(Benefit.beneficiary_id.distinct())).where(
        Benefit.region_code.in_(regions.within(region_code)),
        Benefit.beneficiary_id.is_not(None),
        Benefit.voided_at.is_(None),
        Benefit.counted_at.contains([node_id]),
        *span.covers(func.date_trunc("month", Benefit.given_on)),
    )
    return int(await session.scalar(query) or 0)
