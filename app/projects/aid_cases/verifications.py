"""Verifications: two people look, each for themselves, whether an application is true."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from app.kit import constraints
from app.kit.attachments import files, retention
from app.kit.attachments.files import Owner
from app.kit.clock import now, today
from app.kit.database import ReadSession, WriteSession
from app.kit.models import Attachment
from app.organizations.access import Caller
from app.organizations.errors import OutOfSight
from app.projects.aid_cases import cases, steps
from app.projects.aid_cases.errors import AidDayAhead, DocumentsMissing, VerifiedByYou
from app.projects.beneficiaries import duplicates
from app.projects.beneficiaries.duplicates import Found, Wanted
from app.projects.models import AidCase, AidCaseState, AidVerification, Beneficiary

KIND = "aid_case"
"""What the documents of a case belong to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What somebody found: on which day, how, whether it bears the application out, and in which words."""

    by: str
    on: date
    way: str
    supported: bool
    words: str


async def verify(session: WriteSession, case: AidCase, look: Look) -> AidVerification:
    """Write down what somebody found; the second makes the case one that can be decided.

    Which of two is the second is decided by who has the case's lock; that they are two people, by the
    database. Raises DocumentsMissing, VerifiedByYou.
    """
    steps.must_lead_to(case, AidCaseState.verified)
    if not case.applied_on <= look.on <= today():
        raise AidDayAhead(day=look.on)
    if not await files.of(session, owner(case)):
        raise DocumentsMissing(case=case.id)
    counted = select(func.count()).where(AidVerification.case_id == case.id)
    number = (await session.scalar(counted) or 0) + 1
    row = AidVerification(
        case_id=case.id,
        number=number,
        verified_by=look.by,
        verified_on=look.on,
        way=look.way,
        supported=look.supported,
    )
    async with constraints.told(session, {"aid_verifications_case_id_verified_by_key": VerifiedByYou()}):
        session.add(row)
    await cases.seal(session, case, f"verification:{number}", {"words": look.words})
    if number == 2:
        await steps.move(session, case, AidCaseState.verified, by=look.by)
    return row


async def of(session: ReadSession, case: AidCase) -> Sequence[AidVerification]:
    """Return the verifications of a case."""
    query = select(AidVerification).where(AidVerification.case_id == case.id)
    return (await session.scalars(query.order_by(AidVerification.number))).all()


async def check(session: WriteSession, case: AidCase, *, by: str) -> Found:
    """Look whether somebody else helps the person or their household already, and note that it was looked."""
    person = await session.get_one(Beneficiary, case.beneficiary_id)
    found = await duplicates.of(session, person, Wanted())
    case.checked_at, case.checked_by = now(), by
    await session.flush()
    return found


def owner(case: AidCase) -> Owner:
    """Return what the documents of a case belong to."""
    return Owner(KIND, case.id, case.organization_id)


async def add_documents(session: WriteSession, case: AidCase, ids: Sequence[UUID], *, by: str) -> None:
    """Give uploaded files to a case; they come under its person's key and are held while it stands."""
    given = await files.attach(session, ids, owner(case), by=by, person_id=case.beneficiary_id)
    for file in sorted(given, key=lambda one: one.id):
        await retention.hold(session, file.id, f"{KIND}:{case.id}")


async def may_read(session: ReadSession, caller: Caller, file: Attachment) -> None:
    """Refuse whoever does not work on the case that a document belongs to."""
    assert file.owner_id is not None  # noqa: S101 - it belongs to a case
    case = await cases.get(session, file.owner_id)
    if not caller.sees(case.organization_id):
        raise OutOfSight
    await cases.must_work_on(session, case, caller.label)
