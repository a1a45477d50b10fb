"""The demo's council: a charter, a term of each body, and a post's holder named after the post alone."""

from datetime import date, timedelta

from app.disclosure.governance import (
    bookkeeping,
    charters,
    contacts,
    officers,
    posts,
    registers,
    related,
    systems,
    terms,
)
from app.disclosure.governance.bookkeeping import Said
from app.disclosure.governance.officers import Particulars
from app.disclosure.models import (
    PUBLISHED_SYSTEMS,
    Appointment,
    Bookkeeping,
    Charter,
    CouncilBody,
    CouncilTerm,
    ExpenseStandard,
    ManagementSystem,
    OfficialChannel,
    OfficialChannelKind,
    OrganizationUnit,
    PartyKind,
    PostKind,
    PublicContact,
    RelatedEvent,
    RelatedEventKind,
    RelatedParty,
    RelationKind,
    StandardKind,
    SystemKind,
    UnitKind,
)
from app.kit.clock import today
from app.kit.database import WriteSession
from app.organizations.models import Organization

ACTOR = "demo"
NUMBER = 5
COUNCIL = {
    PostKind.president: ("演示会长",),
    PostKind.exec_vice_president: ("演示常务副会长",),
    PostKind.vice_president: ("演示副会长一", "演示副会长二"),
    PostKind.director: tuple(f"演示理事{number}" for number in "一二三四五六七"),
}
SUPERVISORS = ("演示监事长", "演示监事一")
OFFICE = {PostKind.secretary_general: "演示秘书长", PostKind.legal_representative: "演示会长"}
HONOURED = "演示慈善专员"
_STANDARDS = {
    StandardKind.abroad: ("出国（境）经费", "住宿", "人天", 120_000),
    StandardKind.vehicles: ("公务用车", "运行维护", "辆年", 3_000_000),
    StandardKind.reception: ("公务接待", "工作餐", "人次", 8_000),
    StandardKind.travel: ("差旅", "住宿", "人天", 38_000),
    StandardKind.training: ("培训", "综合定额", "人天", 45_000),
}
_SYSTEMS = {
    SystemKind.disclosure: "信息公开制度",
    SystemKind.projects: "项目管理制度",
    SystemKind.finance_and_assets: "财务和资产管理制度",
}


async def load(session: WriteSession, organization: Organization) -> None:
    """Give an organization its bodies, a unit, its standards, and a dealing with a related party.

    Nobody here is anybody: whoever holds a post is called by it.
    """
    since = date(today().year - 2, 1, 1)
    charter = Charter(
        organization_id=organization.id,
        number=3,
        adopted_by="第五届会员代表大会第一次会议（演示）",
        adopted_on=since - timedelta(days=60),
        authority="演示民政部门",
        approved_on=since - timedelta(days=30),
        effective_from=since - timedelta(days=30),
        seats_max=45,
        term_years=5,
        recorded_by=ACTOR,
    )
    await charters.record(session, charter, documents=[])
    council = await _term(session, organization, CouncilBody.council, since)
    board = await _term(session, organization, CouncilBody.supervisory_board, since)
    for post, names in COUNCIL.items():
        for name in names:
            await _seat(session, organization, (post, name, since), council)
    for name in SUPERVISORS:
        await _seat(session, organization, (PostKind.supervisor, name, since), board)
    for post, name in OFFICE.items():
        await _seat(session, organization, (post, name, since), None)
    await _seat(session, organization, (PostKind.commissioner, HONOURED, since), None)
    await _registers(session, organization, since)
    await _reached(session, organization, since)
    await _related(session, organization, since)


async def _term(
    session: WriteSession, organization: Organization, body: CouncilBody, since: date
) -> CouncilTerm:
    term = CouncilTerm(
        organization_id=organization.id,
        body=body,
        number=NUMBER,
        starts_on=since,
        ends_on=date(since.year + 4, 12, 31),
        recorded_by=ACTOR,
    )
    return await terms.find(session, organization, term)


async def _seat(
    session: WriteSession,
    organization: Organization,
    seat: tuple[PostKind, str, date],
    term: CouncilTerm | None,
) -> None:
    post, name, since = seat
    person = await officers.enter(session, organization.id, Particulars(name=name), by=ACTOR)
    one = Appointment(
        organization_id=organization.id,
        officer_id=person.id,
        post=post,
        starts_on=since,
        paid=post is PostKind.secretary_general,
        term_id=term and term.id,
        recorded_by=ACTOR,
    )
    await posts.appoint(session, organization, one)


async def _registers(session: WriteSession, organization: Organization, since: date) -> None:
    unit = OrganizationUnit(
        organization_id=organization.id,
        kind=UnitKind.department,
        name="办公室（演示）",
        founded_on=since,
        scope="综合协调",
        recorded_by=ACTOR,
    )
    await registers.open_unit(session, unit)
    said = Said(bookkeeping=Bookkeeping.unified, effective_from=since)
    await bookkeeping.say(session, unit, said, by=ACTOR)
    for kind, (title, item, per, amount) in _STANDARDS.items():
        standard = ExpenseStandard(
            organization_id=organization.id,
            kind=kind,
            title=f"{title}标准（演示）",
            adopted_by="理事会（演示）",
            adopted_on=since,
            effective_from=since,
            lines=[{"item": item, "per": per, "amount_minor": amount}],
            recorded_by=ACTOR,
        )
        await registers.adopt(session, standard, documents=[])


async def _reached(session: WriteSession, organization: Organization, since: date) -> None:
    contact = PublicContact(
        organization_id=organization.id,
        effective_from=since,
        version=0,
        office="办公室（演示）",
        address="演示地址1号",
        phone="029-00000000",
        email="office@example.org",
        recorded_by=ACTOR,
    )
    await contacts.say(session, contact)
    channel = OfficialChannel(
        organization_id=organization.id,
        kind=OfficialChannelKind.website,
        name="官方网站（演示）",
        address="https://charity.example.org",
        opened_on=since,
        recorded_by=ACTOR,
    )
    await contacts.open_channel(session, channel)
    for kind in PUBLISHED_SYSTEMS:
        system = ManagementSystem(
            organization_id=organization.id,
            kind=kind,
            title=f"{_SYSTEMS[kind]}（演示）",
            adopted_by="理事会（演示）",
            adopted_on=since,
            effective_from=since,
            recorded_by=ACTOR,
        )
        await systems.adopt(session, system, documents=[])


async def _related(session: WriteSession, organization: Organization, since: date) -> None:
    party = RelatedParty(
        organization_id=organization.id,
        kind=PartyKind.organization,
        relation=RelationKind.investee,
        name="某物业服务公司（演示）",
        starts_on=since,
        recorded_by=ACTOR,
    )
    await related.record(session, party, person=None, explanation="本会投资设立")
    event = RelatedEvent(
        organization_id=organization.id,
        party_id=party.id,
        kind=RelatedEventKind.transaction,
        happened_on=today() - timedelta(days=10),
        amount_minor=12_000_000,
        matter="租用办公用房一年（演示）",
        recorded_by=ACTOR,
    )
    await related.tell(session, party, event)
