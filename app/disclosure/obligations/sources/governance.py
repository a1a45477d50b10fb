"""Governance as facts: on which days what everybody must be able to read of an organization changed."""

from collections import defaultdict
from datetime import date, timedelta
from uuid import uuid5

from sqlalchemy import select

from app.disclosure.models import (
    PUBLISHED_SYSTEMS,
    Appointment,
    Charter,
    ManagementSystem,
    OfficialChannel,
    OrganizationUnit,
    PostKind,
    PublicContact,
    RelatedEvent,
    RelatedEventKind,
    RelatedParty,
    SubjectKind,
)
from app.disclosure.obligations.facts import Fact, Member
from app.disclosure.rules.law import Trigger
from app.fundraising.models import NamedFund
from app.kit.database import ReadSession

CHARTER, BODIES, UNITS = "章程", "决策、执行、监督机构成员", "内部机构、分支机构"
CONTACT, SYSTEMS = "联系人、联系方式及官方渠道", "信息公开、项目管理、财务和资产管理制度"
PARTIES, FUNDS = "重要关联方", "专项基金"
_DEALT = {
    RelatedEventKind.gift_from: "接受捐赠",
    RelatedEventKind.grant_to: "资助",
    RelatedEventKind.joint_investment: "共同投资",
    RelatedEventKind.entrusted_investment: "委托投资",
    RelatedEventKind.transaction: "交易",
    RelatedEventKind.other_movement: "其他资金往来",
}
_TOMORROW = timedelta(days=1)


async def facts(session: ReadSession, member: Member) -> list[Fact]:
    """Return what a member's governance sets off: basic information that changed, and dealings."""
    return [*await _basic_information(session, member), *await _dealings(session, member)]


async def _basic_information(session: ReadSession, member: Member) -> list[Fact]:
    """Return the days on which a member's basic information changed, one fact a day (81号令 4, 16).

    Published together, it is owed once. What was so as the member was founded, or before its books begin, is
    no change: that is basic information as such.
    """
    changed = await _changes(session, member)
    since = max(member.books_from, member.founded_on or member.books_from)
    return [
        Fact(
            trigger=Trigger.basic_information_changed,
            happened_on=day,
            kind=SubjectKind.basic_information,
            id=uuid5(member.id, f"basic-information:{day}"),
            # What changed, and not who came or went.
            title="；".join(sorted(matters)),
        )
        for day, matters in sorted(changed.items())
        if day > since
    ]


async def _changes(session: ReadSession, member: Member) -> dict[date, set[str]]:
    changed: dict[date, set[str]] = defaultdict(set)
    # What was recorded wrongly never was: a publication that told it is corrected as any other.
    charters = select(Charter.effective_from).where(
        Charter.organization_id == member.id, Charter.replaced_on.is_(None)
    )
    for day in await session.scalars(charters):
        changed[day].add(CHARTER)
    contacts = select(PublicContact.effective_from).where(PublicContact.organization_id == member.id)
    for day in await session.scalars(contacts):
        changed[day].add(CONTACT)
    founded = select(NamedFund.founded_on).where(NamedFund.organization_id == member.id)
    for day in await session.scalars(founded):
        changed[day].add(FUNDS)
    unit, channel, system = OrganizationUnit, OfficialChannel, ManagementSystem
    party = RelatedParty
    lasting = {
        UNITS: select(unit.founded_on, unit.closed_on).where(
            unit.organization_id == member.id, unit.replaced_on.is_(None)
        ),
        CONTACT: select(channel.opened_on, channel.closed_on).where(channel.organization_id == member.id),
        SYSTEMS: select(system.effective_from, system.ends_on).where(
            system.organization_id == member.id, system.kind.in_(PUBLISHED_SYSTEMS)
        ),
        PARTIES: select(party.starts_on, party.ends_on).where(
            party.organization_id == member.id, party.important
        ),
        # A commissioner sits in none of the bodies.
        BODIES: select(Appointment.starts_on, Appointment.ends_on).where(
            Appointment.organization_id == member.id, Appointment.post != PostKind.commissioner
        ),
    }
    for matter, query in lasting.items():
        for first, last in await session.execute(query):
            changed[first].add(matter)
            if last is not None:
                # The last day is one on which nothing has changed yet.
                changed[last + _TOMORROW].add(matter)
    return changed


async def _dealings(session: ReadSession, member: Member) -> list[Fact]:
    """Return what was dealt with important related parties (81号令 14); the text sets no threshold."""
    query = (
        select(RelatedEvent)
        .join(RelatedParty, RelatedParty.id == RelatedEvent.party_id)
        .where(
            RelatedEvent.organization_id == member.id,
            RelatedEvent.withdrawn_on.is_(None),
            RelatedParty.important,
        )
        .order_by(RelatedEvent.id)
    )
    return [
        Fact(
            trigger=Trigger.related_party_event,
            happened_on=one.happened_on,
            kind=SubjectKind.related_party_event,
            id=one.id,
            # With whom, only the dealing itself tells: the party may be a person.
            title=_DEALT[one.kind],
            amount=one.amount_minor,
        )
        for one in await session.scalars(query)
    ]
