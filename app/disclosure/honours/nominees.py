"""Nominees: units and people to be commended, whoever nominated them, reviewed by somebody else."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from app.disclosure.honours.errors import (
    AmbassadorOver,
    ObjectionSettled,
    OwnNomination,
    PublicityOver,
    StepNotDue,
)
from app.disclosure.models import (
    AwardObjection,
    AwardScheme,
    AwardStage,
    NamedKind,
    Nominee,
    NomineeState,
)
from app.disclosure.naming import consents
from app.disclosure.naming.consents import Subject, Word
from app.disclosure.naming.errors import NamedAlready
from app.kit import vault
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_id
from app.organizations.errors import OutOfSight

NAME, OBJECTION = "nominee", "objection"


async def nominate(session: WriteSession, nominee: Nominee, name: str | None) -> Nominee:
    """Nominate a unit, or a person by a name that is sealed."""
    if nominee.person_id is not None and name is not None:
        await vault.keep(session, nominee.person_id, {NAME: name})
    session.add(nominee)
    await session.flush()
    if nominee.consented_on is not None:
        scheme = await session.get_one(AwardScheme, nominee.commendation_id)
        word = Word(nominee.consented_on)
        await consents.note(session, _subject(scheme, nominee), word, agreed=True, by=nominee.nominated_by)
    return nominee


async def review(session: WriteSession, nominee: Nominee, *, passed: bool, by: str) -> None:
    """Say whether a nominee is shortlisted, once, and not by who nominated them."""
    if nominee.state is not NomineeState.nominated:
        raise StepNotDue(state=nominee.state)
    if by == nominee.nominated_by:
        raise OwnNomination
    nominee.reviewed_by = by
    nominee.state = NomineeState.shortlisted if passed else NomineeState.dropped
    await session.flush()


async def agree(session: WriteSession, scheme: AwardScheme, nominee: Nominee, word: Word, *, by: str) -> None:
    """Name a person who agrees to that, from now on; the caller has locked the commendation."""
    if nominee.named:
        raise NamedAlready
    await consents.note(session, _subject(scheme, nominee), word, agreed=True, by=by)
    nominee.consented_on, nominee.withdrawn_on = word.told_on, None
    await session.flush()


async def withdraw_consent(
    session: WriteSession, scheme: AwardScheme, nominee: Nominee, word: Word, *, by: str
) -> None:
    """Stop naming a person in public, at once; what they were commended for stays."""
    if nominee.person_id is None or not nominee.named:
        raise AmbassadorOver
    await consents.note(session, _subject(scheme, nominee), word, agreed=False, by=by)
    nominee.withdrawn_on = word.told_on
    await session.flush()


async def object_to(
    session: WriteSession, scheme: AwardScheme, nominee: Nominee, words: str
) -> AwardObjection:
    """Take an objection while the list is shown, from anybody; what it says is sealed."""
    first, last = scheme.publicity_from, scheme.publicity_to
    if first is None or last is None or not first <= today() <= last:
        raise PublicityOver
    if nominee.state is not NomineeState.shortlisted:
        raise OutOfSight
    objection = AwardObjection(
        commendation_id=scheme.id, nominee_id=nominee.id, person_id=new_id(), received_on=today()
    )
    await vault.keep(session, objection.person_id, {OBJECTION: words})
    session.add(objection)
    await session.flush()
    return objection


async def settle(
    session: WriteSession, scheme: AwardScheme, objection: AwardObjection, *, upheld: bool, by: str
) -> None:
    """Answer an objection, not by who nominated; if it is upheld, the nominee is dropped."""
    nominee = await get(session, scheme, objection.nominee_id)
    if objection.upheld is not None:
        raise ObjectionSettled
    if scheme.stage is not AwardStage.publicised:
        raise StepNotDue(stage=scheme.stage)
    if by == nominee.nominated_by:
        raise OwnNomination
    objection.upheld, objection.settled_by, objection.settled_on = upheld, by, today()
    if upheld:
        nominee.state = NomineeState.dropped
    await session.flush()


async def get(session: ReadSession, scheme: AwardScheme, nominee_id: UUID) -> Nominee:
    """Return a nominee of this commendation, or refuse."""
    found = await session.get(Nominee, nominee_id)
    if found is None or found.commendation_id != scheme.id:
        raise OutOfSight
    return found


async def objection(session: ReadSession, scheme: AwardScheme, objection_id: UUID) -> AwardObjection:
    """Return an objection to a nominee of this commendation, or refuse."""
    found = await session.get(AwardObjection, objection_id)
    if found is None or found.commendation_id != scheme.id:
        raise OutOfSight
    return found


async def of(session: ReadSession, scheme: AwardScheme) -> Sequence[Nominee]:
    """Return who is nominated, in the order in which they were."""
    query = select(Nominee).where(Nominee.commendation_id == scheme.id).order_by(Nominee.id)
    return (await session.scalars(query)).all()


async def names(session: ReadSession, people: Sequence[Nominee]) -> Mapping[UUID, Mapping[str, str]]:
    """Return the names of people by the vault's person; nothing of who was erased."""
    ids = [one.person_id for one in people if one.person_id is not None]
    return await vault.read(session, ids, [NAME])


async def words(session: ReadSession, found: Sequence[AwardObjection]) -> Mapping[UUID, Mapping[str, str]]:
    """Return what objections say by the vault's person; nothing once it is forgotten."""
    return await vault.read(session, [one.person_id for one in found], [OBJECTION])


def _subject(scheme: AwardScheme, nominee: Nominee) -> Subject:
    return Subject(NamedKind.nominee, nominee.id, scheme.organization_id)
