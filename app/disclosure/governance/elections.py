"""Elections: a body is elected for a new term only after its finances were audited."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select, update

from app.disclosure import rounds
from app.disclosure.governance import officers, terms
from app.disclosure.governance.errors import (
    AuditServed,
    ElectionInvalid,
    HappenedAhead,
    PreElectionAuditMissing,
)
from app.disclosure.models import (
    Appointment,
    CouncilBody,
    CouncilElection,
    CouncilTerm,
    ElectionKind,
    PreElectionAudit,
)
from app.kit import constraints
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.kit.persons import reasons
from app.organizations.errors import OutOfSight
from app.organizations.models import LegalForm, Organization

AUDITED = "社会团体登记管理条例 第二十七条"
QUORUM = "基金会管理条例 第二十条、第二十一条"
END_REASON = "换届"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """What was held: for what, when, at which meeting, who might have come, who came, who agreed."""

    kind: ElectionKind
    body: CouncilBody
    held_on: date
    meeting: str
    entitled_count: int
    present_count: int
    in_favour_count: int
    audit_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTerm:
    """The term that a re-election begins."""

    starts_on: date
    ends_on: date


async def hold(
    session: WriteSession, organization: Organization, vote: Vote, *, new: NewTerm | None, by: str
) -> CouncilElection:
    """Record an election; a re-election begins the next term and ends what was held in the one before.

    Raises PreElectionAuditMissing (Regulations on Associations 27; we ask it of every legal form),
    AuditServed, ElectionInvalid, TermMissing, TermTooLong.
    """
    term = await terms.running(session, organization, vote.body)
    await _must_be_audited(session, organization, vote, term)
    _must_carry(organization, vote, term)
    if (vote.kind is ElectionKind.re_election) != (new is not None):
        raise ElectionInvalid(
            "a re-election begins a term, and nothing else does", "只有换届选举开启新一届任期"
        )
    if new is not None:
        term = await _next(session, organization, term, new, vote.held_on, by)
    election = CouncilElection(
        organization_id=organization.id,
        kind=vote.kind,
        body=vote.body,
        term_id=term.id,
        held_on=vote.held_on,
        meeting=vote.meeting,
        entitled_count=vote.entitled_count,
        present_count=vote.present_count,
        in_favour_count=vote.in_favour_count,
        audit_id=vote.audit_id,
        recorded_by=by,
    )
    known = {
        "council_elections_audit_id_body_key": AuditServed(),
        "council_elections_votes_check": ElectionInvalid(),
        "council_elections_audited_check": PreElectionAuditMissing(),
    }
    async with constraints.told(session, known):
        session.add(election)
    await rounds.anew(session, organization.id)
    return election


async def get(session: ReadSession, organization: Organization, election_id: UUID) -> CouncilElection:
    """Return an election of an organization, or refuse."""
    found = await session.get(CouncilElection, election_id)
    if found is None or found.organization_id != organization.id:
        raise OutOfSight
    return found


async def _must_be_audited(
    session: WriteSession, organization: Organization, vote: Vote, term: CouncilTerm
) -> None:
    if vote.kind is ElectionKind.by_election and vote.audit_id is None:
        return
    audit = None if vote.audit_id is None else await session.get(PreElectionAudit, vote.audit_id)
    if (
        audit is None
        or audit.organization_id != organization.id
        or audit.reported_on > vote.held_on
        # One that ends before the term began says nothing of those who leave.
        or audit.period_to < term.starts_on
    ):
        association = organization.legal_form is LegalForm.association
        raise PreElectionAuditMissing(article=AUDITED, mark="A" if association else "C")


def _must_carry(organization: Organization, vote: Vote, term: CouncilTerm) -> None:
    if vote.held_on > today():
        raise HappenedAhead(day=vote.held_on)
    if vote.held_on < term.starts_on:
        raise ElectionInvalid(term_starts_on=term.starts_on)
    # Two thirds come, and two thirds of them agree: in a foundation by law, elsewhere by the charter.
    quorum = vote.present_count * 3 >= vote.entitled_count * 2
    carried = vote.in_favour_count * 3 >= vote.present_count * 2
    if organization.legal_form is LegalForm.foundation and not (quorum and carried):
        raise ElectionInvalid(article=QUORUM, mark="A")


async def _next(
    session: WriteSession,
    organization: Organization,
    last: CouncilTerm,
    new: NewTerm,
    held_on: date,
    by: str,
) -> CouncilTerm:
    # Nobody sits before they are elected, and nobody leaves for who is not.
    if new.starts_on <= last.starts_on or new.starts_on < held_on:
        raise ElectionInvalid(term_starts_on=last.starts_on, held_on=held_on)
    await terms.must_fit(session, organization, new.starts_on, new.ends_on)
    over = new.starts_on - timedelta(days=1)
    held = Appointment.term_id == last.id
    if await session.scalar(select(func.count()).where(held, Appointment.starts_on > over)):
        raise ElectionInvalid(
            "somebody was appointed in the old term after its last day", "有人在上届任期届满后仍按上届任职"
        )
    open_still = or_(Appointment.ends_on.is_(None), Appointment.ends_on > over)
    ending = update(Appointment).where(held, open_still).values(ends_on=over, ended_by=by)
    for ended in await session.scalars(ending.returning(Appointment)):
        await reasons.keep(session, officers.leaving(ended), END_REASON)
    last.closed_on = over
    await session.flush()
    term = CouncilTerm(
        organization_id=organization.id,
        body=last.body,
        number=last.number + 1,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        recorded_by=by,
    )
    async with constraints.told(session, terms.TAKEN):
        session.add(term)
    return term
