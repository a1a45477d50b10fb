"""Charitable trusts: filed within seven days, reported every year, a new trustee filed anew (慈善信托).

Sources: Charity Law 45 to 49, the Measures for Charitable Trusts 15 and 58, the disclosure measures 12.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from app.fundraising.legal.errors import (
    StepDateWrong,
    TrustCodeTaken,
    TrusteeKnown,
    TrustFilingTaken,
    TrustReported,
)
from app.fundraising.models import CharitableTrust, TrusteeKind, Trusteeship, TrustReport, TrustRole
from app.kit import constraints, vault
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import OutOfSight

FILE_WITHIN = timedelta(days=7)
PUBLISH_WITHIN = timedelta(days=30)
REPORT_BY = (3, 31)
_SETTLOR = "settlor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trustee:
    """Who takes a trust, from when, and with which authority that is filed."""

    name: str
    kind: TrusteeKind
    authority: str
    starts_on: date


async def establish(
    session: WriteSession, trust: CharitableTrust, trustee: Trustee, *, settlor: str
) -> CharitableTrust:
    """Record a trust with its first trustee; its settlor goes to the vault, shown only if they agree."""
    if trust.signed_on > today():
        raise StepDateWrong(day=trust.signed_on)
    async with constraints.told(session, {"charitable_trusts_organization_id_code_key": TrustCodeTaken()}):
        session.add(trust)
    await vault.keep(session, trust.id, {_SETTLOR: settlor})
    await entrust(session, trust, trustee)
    return trust


async def entrust(session: WriteSession, trust: CharitableTrust, trustee: Trustee) -> Trusteeship:
    """Record a trustee from a day on: it is filed within seven days, as the first was (45, 48)."""
    if not trust.signed_on <= trustee.starts_on <= today():
        raise StepDateWrong(day=trustee.starts_on)
    made = Trusteeship(
        trust_id=trust.id,
        trustee=trustee.name,
        kind=trustee.kind,
        authority=trustee.authority,
        starts_on=trustee.starts_on,
        due_on=trustee.starts_on + FILE_WITHIN,
        actor=trust.actor,
    )
    async with constraints.told(session, {"trusteeships_trust_id_starts_on_key": TrusteeKnown()}):
        session.add(made)
    return made


async def file(session: WriteSession, trusteeship: Trusteeship, *, number: str, on: date) -> None:
    """Record the filing of a trust under its trustee; whether in time its `due_on` tells."""
    if trusteeship.filed_on is not None:
        raise TrustFilingTaken
    if not trusteeship.starts_on <= on <= today():
        raise StepDateWrong(day=on)
    async with constraints.told(session, {"trusteeships_filing_no_key": TrustFilingTaken()}):
        trusteeship.filed_on, trusteeship.filing_no = on, number


async def report(session: WriteSession, trust: CharitableTrust, said: TrustReport) -> TrustReport:
    """Record a year's report: due on 31 March of the next, and published (Charity Law 49, Measures 58)."""
    if said.year < trust.signed_on.year or said.reported_on.year <= said.year:
        raise StepDateWrong(year=said.year)
    if max(said.reported_on, said.published_on) > today():
        raise StepDateWrong(day=max(said.reported_on, said.published_on))
    async with constraints.told(session, {"trust_reports_trust_id_year_key": TrustReported(year=said.year)}):
        session.add(said)
    return said


async def publish(session: WriteSession, trust: CharitableTrust, *, on: date) -> None:
    """Record that we as settlor published trustee and amount (within 30 days; disclosure measures 12)."""
    if trust.published_on is not None or not trust.signed_on <= on <= today():
        raise StepDateWrong(day=on)
    trust.published_on = on
    await session.flush()


def report_due_on(year: int) -> date:
    """Return the day by which a year of a trust is reported."""
    return date(year + 1, *REPORT_BY)


def publish_due_on(trust: CharitableTrust) -> date | None:
    """Return the day by which a charity that is settlor publishes the trust; None for another role."""
    return trust.signed_on + PUBLISH_WITHIN if trust.role is TrustRole.settlor else None


async def get(session: ReadSession, trust_id: UUID, *, lock: bool = False) -> CharitableTrust:
    """Return a trust, or refuse."""
    trust = await session.get(CharitableTrust, trust_id, with_for_update=lock or None, populate_existing=lock)
    if trust is None:
        raise OutOfSight
    return trust


async def trusteeship(session: WriteSession, trust: CharitableTrust, trusteeship_id: UUID) -> Trusteeship:
    """Return a trusteeship of a trust as it now is, or refuse."""
    found = await session.get(Trusteeship, trusteeship_id, with_for_update=True, populate_existing=True)
    if found is None or found.trust_id != trust.id:
        raise OutOfSight
    return found


async def trustees(session: ReadSession, trust: CharitableTrust) -> list[Trusteeship]:
    """Return a trust's trustees, the first one first."""
    query = select(Trusteeship).where(Trusteeship.trust_id == trust.id)
    return list(await session.scalars(query.order_by(Trusteeship.starts_on)))


async def settlor_of(session: ReadSession, trust: CharitableTrust, *, clear: bool) -> str | None:
    """Return a trust's settlor, if they agreed to be named or the caller may see people's data."""
    if not (clear or trust.settlor_public):
        return None
    return (await vault.read(session, [trust.id], [_SETTLOR])).get(trust.id, {}).get(_SETTLOR)
