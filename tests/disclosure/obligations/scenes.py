"""An association with its certificate, and campaigns of any year, as they stand in the database."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.disclosure.models import Obligation
from app.disclosure.obligations import making
from app.fundraising.models import Campaign, CampaignKind, CampaignState, Emergency, FundraisingCertificate
from app.kit.clock import LEGAL_ZONE
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_code
from app.organizations.models import LegalForm, Organization
from tests.factories import organizations as members

OF_THE_FACTS = (
    *("rule_id", "regulation", "mark", "subject_kind", "subject_id", "subject", "number"),
    *("trigger_on", "due_on", "rolled_on", "complete", "done_on", "lapsed_on", "calendar_on"),
)


def day(text: str) -> date:
    return date.fromisoformat(text)


def noon(text: str) -> datetime:
    return datetime.combine(day(text), time(12), LEGAL_ZONE).astimezone(UTC)


async def association(
    session: WriteSession,
    *,
    books_from: str = "2026-01-01",
    certified: str | None = "2018-01-15",
    **over: object,
) -> Organization:
    values = {"legal_form": LegalForm.association, "books_from": day(books_from)} | over
    member = await members.organization(session, **values)
    if certified:
        session.add(
            FundraisingCertificate(
                organization_id=member.id,
                number=f"53610000{new_code(8)}",
                authority="陕西省民政厅",
                issued_on=day(certified),
                recorded_by="test",
            )
        )
        await session.flush()
    return member


async def campaign(
    session: WriteSession,
    member: Organization,
    starts: str,
    ends: str | None,
    *,
    closed: str | None = None,
    **over: Any,
) -> Campaign:
    """A campaign that was opened on its first day, as one loaded from elsewhere or opened here."""
    kind = CampaignKind.public if starts >= "2024-09-05" else CampaignKind.historical
    values = {
        "title": "慈安桥",
        "purpose": "修桥",
        "kind": kind,
        "filing_no": f"53610000MJX{new_code(8)}",
        "state": CampaignState.closed if closed else CampaignState.open,
        "opened_at": noon(starts),
        "closed_at": closed and noon(closed),
    } | over
    row = Campaign(
        organization_id=member.id,
        code=f"C{new_code(8)}",
        starts_on=day(starts),
        ends_on=ends and day(ends),
        **values,
    )
    session.add(row)
    await session.flush()
    return row


async def emergency(
    session: WriteSession, member: Organization, opened: str, closed: str | None = None
) -> Emergency:
    row = Emergency(
        organization_id=member.id,
        code=f"E{new_code(8)}",
        title="应急响应",
        response_level="一级",
        opened_on=day(opened),
        closed_on=closed and day(closed),
        actor="test",
    )
    session.add(row)
    await session.flush()
    return row


async def made(session: WriteSession, member: Organization, on: str | date) -> list[Obligation]:
    await making.make(session, member.id, day(on) if isinstance(on, str) else on)
    return await obligations(session, member)


async def obligations(session: WriteSession, member: Organization) -> list[Obligation]:
    query = select(Obligation).where(Obligation.organization_id == member.id)
    query = query.order_by(Obligation.rule_id, Obligation.subject_id, Obligation.number)
    return list(await session.scalars(query.execution_options(populate_existing=True)))


async def the(session: ReadSession, member: Organization, rule_id: str, **over: object) -> Obligation:
    query = select(Obligation).filter_by(organization_id=member.id, rule_id=rule_id, **over)
    return (await session.scalars(query.execution_options(populate_existing=True))).one()


def told(rows: list[Obligation]) -> list[Mapping[str, object]]:
    """What the rules made of the facts, without what each row is besides."""
    return [{name: getattr(row, name) for name in OF_THE_FACTS} for row in rows]


def days(rows: list[Obligation], subject_id: UUID) -> set[tuple[str, str, int, str, str]]:
    """Rule, text, number, last day and mark of everything that is owed about one thing."""
    return {
        (row.rule_id, row.regulation, row.number, str(row.due_on), row.mark.value)
        for row in rows
        if row.subject_id == subject_id and row.lapsed_on is None
    }
