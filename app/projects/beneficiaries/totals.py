"""Totals: what statistics of benefits read, folded in with each list so that no report counts rows.

Person-times are sums. People are not: whoever is helped twice is one person. So it is kept in which months a
person was helped, and how many people were helped in a month who had been helped last in which other one
(docs/decisions/0055-people-counted-once.md).
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from app.kit import bulk
from app.kit.bulk import Statement
from app.kit.database import WriteSession
from app.kit.facts import fact
from app.projects.models import BenefitBasis, BenefitKind, BenefitMonth, ProjectCategory

NEVER = date(1, 1, 1)
"""The month before which nobody was helped: whoever is helped for the first time was helped last then."""


@fact(kw_only=True)
class Counted:
    """A line as totals see it; negative where it is taken back."""

    month: date
    region_code: str
    category: ProjectCategory
    kind: BenefitKind
    beneficiary_id: UUID | None
    times: int
    amount_minor: int

    @property
    def basis(self) -> BenefitBasis:
        """Whether it is known who was helped."""
        return BenefitBasis.counted_only if self.beneficiary_id is None else BenefitBasis.identified


async def fold(session: WriteSession, nodes: Sequence[UUID], rows: Sequence[Counted]) -> None:
    """Add lines to the totals of these nodes, rows in the order of their keys.

    The beneficiaries are locked by the caller: two lists that help one person at a time would each miss the
    other's month.
    """
    helped: Counter[tuple[UUID, date]] = Counter()
    for one in rows:
        if one.beneficiary_id is not None:
            helped[one.beneficiary_id, one.month] += one.times
    people = sorted(helped)
    known: dict[str, Sequence[object]] = {
        "nodes": sorted(nodes),
        "people": [person for person, _ in people],
        "months": [month for _, month in people],
        "counts": [helped[one] for one in people],
    }
    if not people:
        known = {name: list[object]() for name in known}
    await bulk.together(
        session, [Statement(_MONTHS, known), Statement(_SPANS, known), _sums(sorted(nodes), rows)]
    )


_MONTHS = """
    insert into helped_months (node_id, beneficiary_id, month, benefit_count)
    select node, person, month, added
    from unnest(%(nodes)s::uuid[]) as node,
         unnest(%(people)s::uuid[], %(months)s::date[], %(counts)s::bigint[]) as given (person, month, added)
    order by node, person, month
    on conflict (node_id, beneficiary_id, month)
    do update set benefit_count = helped_months.benefit_count + excluded.benefit_count
    """

# The months of the people concerned, as they were before this list and as they are with it: what differs in
# the pairs of neighbours is added to the sums. A month that nothing was added to stands in both.
_SPANS = """
    insert into helped_spans (node_id, month, last_on, person_count)
    select node_id, month, last_on, sum(person)
    from (
        select node_id, month, lag(month, 1, date '0001-01-01') over person_months as last_on, 1 as person
        from (
            select node_id, beneficiary_id, month
            from helped_months
            where benefit_count > 0 and node_id = any(%(nodes)s::uuid[])
              and beneficiary_id = any(%(people)s::uuid[])
        ) as after
        window person_months as (partition by node_id, beneficiary_id order by month)
        union all
        select node_id, month, lag(month, 1, date '0001-01-01') over person_months, -1
        from (
            select node_id, beneficiary_id, month
            from helped_months
            left join unnest(%(people)s::uuid[], %(months)s::date[], %(counts)s::bigint[])
                as given (beneficiary_id, month, added) using (beneficiary_id, month)
            where benefit_count > coalesce(added, 0) and node_id = any(%(nodes)s::uuid[])
              and beneficiary_id = any(%(people)s::uuid[])
        ) as before
        window person_months as (partition by node_id, beneficiary_id order by month)
    ) as pairs
    group by node_id, month, last_on
    having sum(person) <> 0
    order by node_id, month, last_on
    on conflict (node_id, month, last_on)
    do update set person_count = helped_spans.person_count + excluded.person_count
    """


def _sums(nodes: Sequence[UUID], rows: Sequence[Counted]) -> Statement:
    sums: defaultdict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0])
    for one in rows:
        added = sums[one.month, one.region_code, one.category.value, one.kind.value, one.basis.value]
        added[0] += one.times
        added[1] += one.amount_minor
    keys = [(node, *key) for node in nodes for key in sorted(sums)]
    names = ("node_id", "month", "region_code", "category", "kind", "basis")
    columns: dict[str, list[object]] = {
        name: [key[place] for key in keys] for place, name in enumerate(names)
    }
    for place, name in enumerate(("person_times", "amount_minor")):
        columns[name] = [sums[key[1:]][place] for key in keys]
    added = ", ".join(
        f"{name} = benefit_months.{name} + excluded.{name}" for name in ("person_times", "amount_minor")
    )
    then = f"on conflict ({', '.join(names)}) do update set {added}"
    return bulk.inserting(BenefitMonth, columns, then=then)
