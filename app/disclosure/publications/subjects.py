"""Subjects: what a publication is about, in whose books, and since and until when it goes."""

import enum
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.accounting.models import Voucher, VoucherState
from app.disclosure.governance import related
from app.disclosure.obligations.sources.campaigns import ended_on
from app.disclosure.publications.errors import SubjectUnfit
from app.fundraising.models import Campaign, CampaignKind, CampaignState
from app.kit.database import ReadSession
from app.organizations.errors import OutOfSight
from app.organizations.models import Organization
from app.projects.models import Project, ProjectState


class ThingKind(enum.StrEnum):
    """What kind of thing a publication is about."""

    organization = "organization"
    campaign = "campaign"
    project = "project"
    voucher = "voucher"
    related_party_event = "related_party_event"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A thing that is told of: `code` is on paper and never changes, `title` is what a reader sees.

    What was taken back since (`void`) is told of by the correction of what was published, and not anew.
    """

    id: UUID
    organization_id: UUID
    title: str
    starts_on: date
    code: str | None = None
    ends_on: date | None = None
    void: bool = False


async def _organization(session: ReadSession, subject_id: UUID) -> Subject:
    one = await session.get(Organization, subject_id)
    if one is None:
        raise OutOfSight
    since = one.founded_on or one.books_from
    return Subject(id=one.id, organization_id=one.id, title=one.name, code=one.code, starts_on=since)


async def _campaign(session: ReadSession, subject_id: UUID) -> Subject:
    one = await session.get(Campaign, subject_id)
    if one is None:
        raise OutOfSight
    # A draft raised nothing, and what asks an invited circle is told to that circle (Charity Law 80).
    if one.state is CampaignState.draft or one.kind is CampaignKind.targeted:
        raise SubjectUnfit(campaign=one.code)
    return Subject(
        id=one.id,
        organization_id=one.organization_id,
        title=f"{one.code} {one.title}",
        code=one.code,
        starts_on=one.starts_on,
        ends_on=ended_on(one),
    )


_UNDECIDED = {ProjectState.draft, ProjectState.proposed}


async def _project(session: ReadSession, subject_id: UUID) -> Subject:
    one = await session.get(Project, subject_id)
    if one is None:
        raise OutOfSight
    if one.state in _UNDECIDED:
        raise SubjectUnfit(project=one.code)
    return Subject(
        id=one.id,
        organization_id=one.organization_id,
        title=f"{one.code} {one.title}",
        code=one.code,
        starts_on=one.executed_from or one.planned_from,
        ends_on=one.executed_to,
    )


_BOOKED = {VoucherState.posted, VoucherState.reversed}


async def _voucher(session: ReadSession, subject_id: UUID) -> Subject:
    one = await session.get(Voucher, subject_id)
    if one is None:
        raise OutOfSight
    if one.state not in _BOOKED:
        raise SubjectUnfit(voucher=str(one.id))
    return Subject(
        id=one.id,
        organization_id=one.organization_id,
        # What a voucher says may name somebody: only its day is told.
        title=one.happened_on.isoformat(),
        starts_on=one.happened_on,
        ends_on=one.happened_on,
        void=one.state is VoucherState.reversed,
    )


async def _related_party_event(session: ReadSession, subject_id: UUID) -> Subject:
    one = await related.event(session, subject_id)
    party = await related.get(session, one.party_id)
    if not party.important:
        raise SubjectUnfit(party=str(party.id))
    return Subject(
        id=one.id,
        organization_id=one.organization_id,
        # With whom, only the section tells: the party may be a person.
        title=one.happened_on.isoformat(),
        starts_on=one.happened_on,
        ends_on=one.happened_on,
        void=one.withdrawn_on is not None,
    )


FIND: Mapping[ThingKind, Callable[[ReadSession, UUID], Awaitable[Subject]]] = {
    ThingKind.organization: _organization,
    ThingKind.campaign: _campaign,
    ThingKind.project: _project,
    ThingKind.voucher: _voucher,
    ThingKind.related_party_event: _related_party_event,
}
"""How each kind of subject is found; refuses what does not exist or can't be told of."""
