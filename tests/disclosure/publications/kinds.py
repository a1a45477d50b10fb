"""For each kind of publication something to publish, what it says in order, and what it prepares."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from httpx import AsyncClient

from app.cli.samples.governing import council
from app.disclosure.governance import related
from app.disclosure.governance.years import pay
from app.disclosure.models import (
    DisclosureThreshold,
    Obligation,
    OrganizationUnit,
    PartyKind,
    PayList,
    PublicationKind,
    RelatedEvent,
    RelatedEventKind,
    RelatedParty,
    RelationKind,
    SubjectKind,
    UnitKind,
)
from app.disclosure.rules.law import Mark
from app.fundraising.models import FundraisingCertificate
from app.kit.database import WriteSession
from app.organizations.access import Role
from app.organizations.models import Organization
from tests.accounting.office import Office, credit, debit, office
from tests.disclosure.obligations import project_scenes as works
from tests.disclosure.obligations import scenes as owing
from tests.disclosure.publications.press import Press, press, with_gifts
from tests.disclosure.scenes import Scene
from tests.factories import organizations as members

K = PublicationKind
LARGE = 200_000_00
MOVED = 80_00
"""So little that no payment waits for an approval, and major all the same by the threshold of its test."""

_ABOUT_IT = ("raised", "used")
_AFTERWARDS = (*_ABOUT_IT, "unspent_plan", "partner_supervision")
_WORK = (
    *("project_name", "project_content", "project_time", "project_place", "project_beneficiaries"),
    *("project_income", "project_expenditure", "project_executor"),
)
ORDER: Mapping[PublicationKind, tuple[str, ...]] = {
    # Charity Law 79, 81号令 8, 10: as the national platform asks for it.
    K.campaign_progress: ("subject", *_ABOUT_IT),
    K.campaign_final: ("subject", *_AFTERWARDS),
    K.emergency_receipts: ("subject", *_ABOUT_IT),
    K.project_progress: _WORK,
    K.project_final: (
        *(*_WORK[:-1], "raised_used", "project_executor"),
        *("remainder_amount", "remainder_project"),
    ),
    # Charity Law 13 in its own order, 民发〔2026〕12号 17, then 81号令 5.
    K.annual_work_report: (
        *("subject", "donations_received", "property_use", "project_implementation", "fundraising_cost"),
        *("staff_pay", "foreign_cooperation", "spending_ratios", "audit_report"),
        *("highest_paid", "standards", "figures"),
    ),
    K.annual_financial_report: ("subject", "statements", "statement_notes", "audit_report"),
    K.major_event: ("subject", "event_amount"),
    K.related_party_event: ("subject", "event_amount"),
    K.related_parties: ("subject", "related_parties"),
    K.basic_information: (
        *("subject", "charter", "bodies", "units", "related_parties", "contact", "systems"),
        "changed_information",
    ),
}
"""The sections of each kind in the order of the form, written down here a second time on purpose."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """Whose press it is, what is asked of it, and which rules' obligations it prepares."""

    here: Press
    wish: Mapping[str, Any]
    rules: frozenset[str]
    scene: Scene | None = None
    office: Office | None = None


Made = Callable[[FastAPI, AsyncClient, WriteSession], Awaitable[Case]]


async def _at(app: FastAPI, client: AsyncClient, session: WriteSession, **over: Any) -> tuple[Press, Scene]:
    joined = {"books_from": date(2025, 1, 1), "founded_on": date(2025, 3, 1)}
    scene = await with_gifts(session, joined=joined, **over)
    return await press(app, client, session, scene), scene


def _case(here: Press, scene: Scene, *rules: str, **wish: Any) -> Case:
    return Case(here=here, scene=scene, rules=frozenset(rules), wish=wish)


async def campaign_progress(app: FastAPI, client: AsyncClient, session: WriteSession) -> Case:
    here, scene = await _at(app, client, session)
    await owing.made(session, here.organization, "2026-06-30")
    return _case(here, scene, "OB-B5", period_to="2026-06-30")


async def campaign_final(app: FastAPI, client: AsyncClient, session: WriteSession) -> Case:
    here, scene = await _at(app, client, session)
    scene.campaign.ends_on = date(2026, 9, 1)
    await owing.made(session, here.organization, "2026-09-30")
    return _case(here, scene, "OB-B6", period_to=None)


async def emergency_receipts(app: FastAPI, client: AsyncClient, session: WriteSession) -> Case:
    authority = await members.organization(session)
    emergency = await owing.emergency(session, authority, "2026-05-01", "2026-05-20")
    here, scene = await _at(app, client, session, emergency_id=emergency.id)
    await owing.made(session, here.organization, "2026-05-30")
    return _case(here, scene, "OB-C1", period_to="2026-05-06")


async def project_progress(app: FastAPI, client: AsyncClient, session: WriteSession) -> Case:
    here, scene = await _at(app, client, session)
    await certified(session, here.organization)
    project = await works.project(session, here.organization, date(2026, 2, 1), date(2026, 12, 31))
    await owing.made(session, here.organization, "2026-05-31")
    return _case(here, scene, "OB-B8-progress", subject_id=str(project.id), period_to="2026-05-01")


async def project_final(app: FastAPI, client: AsyncClient, session: WriteSession) -> Case:
    here, scene = await _at(app, client, session)
    await certified(session, here.organization)
    ended = {"ended": date(2026, 9, 30)}
    project = await works.project(session, here.organization, date(2026, 2, 1), date(2026, 12, 31), **ended)
    await works.leftover(session, project, 30_00, date(2026, 10, 8))
    await owing.made(session, here.organization, "2026-10-31")
    return _case(here, scene, "OB-B8-final", "OB-B10", subject_id=str(project.id), period_to=None)


async def annual_work_report(app: FastAPI, client: AsyncClient, session: WriteSession) -> Case:
    here, scene = await _at(app, client, session)
    await certified(session, here.organization)
    await council.load(session, here.organization)
    paid: list[dict[str, Any]] = [{"post": "秘书长", "amount_minor": 180_000_00}]
    said = PayList(organization_id=here.organization.id, year=2025, version=0, lines=paid, recorded_by="test")
    await pay.publish(session, said)
    await owing.made(session, here.organization, "2026-04-30")
    return _case(here, scene, "OB-B3", "OB-B4", **_of_year())


async def annual_financial_report(app: FastAPI, client: AsyncClient, session: WriteSession) -> Case:
    here, scene = await _at(app, client, session)
    await certified(session, here.organization)
    await owing.made(session, here.organization, "2026-03-31")
    session.add(year_owed(here.organization))
    await session.flush()
    return _case(here, scene, "OB-B4b", **_of_year())


async def major_event(app: FastAPI, client: AsyncClient, session: WriteSession) -> Case:
    at = await office(app, client, session, endowed=LARGE)
    here = Press(
        client=client,
        organization=at.organization,
        campaign_id="",
        officer=await members.sign_in(app, session, Role.disclosure_officer, at.organization),
        colleague=await members.sign_in(app, session, Role.disclosure_officer, at.organization),
        reviewer=await members.sign_in(app, session, Role.reviewer, at.organization),
    )
    session.add(
        DisclosureThreshold(
            organization_id=at.organization.id,
            rule_id="OB-B11",
            amount_minor=MOVED // 2,
            valid_from=date(2026, 1, 1),
            document="财务管理制度",
            recorded_by="test",
        )
    )
    bank = {"channel_id": at.bank.id}
    voucher = await at.posted(at.voucher(debit("5301", MOVED), credit("1002", MOVED, **bank)))
    await owing.made(session, at.organization, "2026-06-30")
    wish = {"subject_id": voucher["id"], "period_to": None}
    return Case(here=here, office=at, wish=wish, rules=frozenset({"OB-B11"}))


async def related_party_event(app: FastAPI, client: AsyncClient, session: WriteSession) -> Case:
    here, scene = await _at(app, client, session)
    dealt = await deal(session, here.organization)
    await owing.made(session, here.organization, "2026-06-30")
    return _case(here, scene, "OB-B12", subject_id=str(dealt.id), period_to=None)


async def related_parties(app: FastAPI, client: AsyncClient, session: WriteSession) -> Case:
    here, scene = await _at(app, client, session)
    await deal(session, here.organization, on=date(2025, 5, 6))
    await owing.made(session, here.organization, "2026-04-30")
    return _case(here, scene, "OB-B13", **_of_year())


async def basic_information(app: FastAPI, client: AsyncClient, session: WriteSession) -> Case:
    here, scene = await _at(app, client, session)
    await council.load(session, here.organization)
    for founded in (date(2026, 2, 2), date(2026, 4, 1)):
        session.add(
            OrganizationUnit(
                organization_id=here.organization.id,
                kind=UnitKind.department,
                name=f"{founded}部",
                founded_on=founded,
                scope="项目",
                recorded_by="test",
            )
        )
    await session.flush()
    await owing.made(session, here.organization, "2026-06-30")
    return _case(here, scene, "OB-B2", subject_id=None, period_to=None)


MADE: Mapping[PublicationKind, Made] = {
    K.campaign_progress: campaign_progress,
    K.campaign_final: campaign_final,
    K.project_progress: project_progress,
    K.project_final: project_final,
    K.emergency_receipts: emergency_receipts,
    K.annual_work_report: annual_work_report,
    K.annual_financial_report: annual_financial_report,
    K.major_event: major_event,
    K.related_party_event: related_party_event,
    K.related_parties: related_parties,
    K.basic_information: basic_information,
}


def year_owed(organization: Organization) -> Obligation:
    """The annual accounts of 2025 as owed: the text is about fiscal years from 2026 on, none of them over."""
    last = date(2026, 4, 30)
    return Obligation(
        organization_id=organization.id,
        rule_id="OB-B4b",
        regulation="KJ-2024-25",
        mark=Mark.a1,
        subject_kind=SubjectKind.year,
        subject_id=organization.id,
        subject="2025",
        number=2025,
        trigger_on=date(2026, 1, 1),
        due_on=last,
        rolled_on=last,
        complete=True,
        done_on=None,
    )


async def certified(session: WriteSession, organization: Organization) -> None:
    session.add(
        FundraisingCertificate(
            organization_id=organization.id,
            number="GM-0001",
            authority="民政厅",
            issued_on=date(2025, 1, 1),
            recorded_by="test",
        )
    )
    await session.flush()


async def deal(
    session: WriteSession,
    organization: Organization,
    *,
    on: date = date(2026, 5, 6),
    person: str | None = None,
    **over: Any,
) -> RelatedEvent:
    """Something dealt with an important related party: an organization, or a person by name."""
    named = {"kind": PartyKind.person} if person else {"kind": PartyKind.organization, "name": "某物业公司"}
    said: dict[str, Any] = named | {"relation": RelationKind.investee} | over
    party = RelatedParty(
        organization_id=organization.id,
        starts_on=date(2024, 1, 1),
        recorded_by="test",
        **said,
    )
    await related.record(session, party, person=person, explanation="持股40%")
    event = RelatedEvent(
        organization_id=organization.id,
        party_id=party.id,
        kind=RelatedEventKind.transaction,
        happened_on=on,
        amount_minor=LARGE,
        matter="向李大力租用办公用房",
        recorded_by="test",
    )
    return await related.tell(session, party, event)


def _of_year() -> dict[str, Any]:
    return {"subject_id": None, "period_to": None, "year": 2025}


async def prepared(session: WriteSession, organization: Organization) -> dict[UUID, tuple[str, str]]:
    """The rule of each obligation for which something lies ready, and what."""
    rows = await owing.obligations(session, organization)
    return {one.id: (one.rule_id, one.preparation) for one in rows if one.preparation is not None}
