"""The demo's reports of the year before: that they were filed in time, where, and under which number."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from app.cli.samples.federation import year_before
from app.disclosure.models import Obligation, ObligationFiling, SubjectKind
from app.disclosure.obligations import making, states, steps
from app.kit.clock import today
from app.kit.database import Database
from app.organizations.models import Organization

ACTOR = "demo"
DAYS_AHEAD = timedelta(days=10)


async def file(database: Database, members: Sequence[Organization]) -> int:
    """Record as filed whatever members owed about the year before and is past its day; return how much."""
    count = 0
    for member in members:
        # A transaction per member: none of ours lasts long.
        async with database.writing() as session:
            await making.make(session, member.id, today())
            query = select(Obligation).where(
                Obligation.organization_id == member.id,
                Obligation.subject_kind == SubjectKind.year,
                Obligation.number == year_before().year,
                Obligation.due_on < today(),
            )
            owed = (await session.scalars(query.order_by(Obligation.rule_id))).all()
            for one in owed:
                if one.due_on is None or states.fulfilled_on(one) is not None:
                    continue
                filing = ObligationFiling(
                    obligation_id=one.id,
                    place="慈善中国（演示，并未实际填报）",
                    filed_on=one.due_on - DAYS_AHEAD,
                    reference=f"演示-{year_before().year}-{one.rule_id}",
                    recorded_by=ACTOR,
                )
                await steps.record_filing(session, one, filing, evidence=[])
                count += 1
    return count
