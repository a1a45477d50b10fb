"""Steps: what people do about an obligation: prepare it, record that it was filed, overrule its rule."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.disclosure.models import Obligation, ObligationFiling, ObligationOverride, OverrideKind
from app.disclosure.obligations import states
from app.disclosure.obligations.errors import (
    FiledAhead,
    FiledBefore,
    FilingWithdrawn,
    ObligationOver,
    RuleNotOverridable,
)
from app.disclosure.obligations.states import ObligationState
from app.disclosure.rules.law import BY_VERSION, ENDS, OVERRIDABLE
from app.kit.attachments import files
from app.kit.attachments.files import Owner
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import OutOfSight

KIND = "obligation_filing"
"""Under this name the evidence of filings lies; `app/wiring.py` says who reads it."""

_CLOSED = {ObligationState.not_applicable, ObligationState.threshold_not_set}


async def get(session: ReadSession, obligation_id: UUID, *, lock: bool = False) -> Obligation:
    """Return an obligation, or refuse."""
    found = await session.get(Obligation, obligation_id, with_for_update=lock or None, populate_existing=lock)
    if found is None:
        raise OutOfSight
    return found


async def prepare(session: WriteSession, one: Obligation, *, on: date, where: str) -> None:
    """Note since when what is to be published lies ready, and where; said again, the later word counts."""
    _must_be_open(session, one)
    if on > today():
        raise FiledAhead(day=on)
    one.prepared_on, one.preparation = on, where
    await session.flush()


async def record_filing(
    session: WriteSession, one: Obligation, filing: ObligationFiling, *, evidence: Sequence[UUID]
) -> ObligationFiling:
    """Record that it was published or filed outside, with files to show for it; the first day counts.

    No interface to the national platform is known: a person publishes there, and writes it down here.
    """
    _must_be_open(session, one)
    if filing.filed_on > today():
        raise FiledAhead(day=filing.filed_on)
    if _early(one, filing.filed_on):
        raise FiledBefore(day=filing.filed_on, over_on=one.trigger_on)
    session.add(filing)
    await session.flush()
    owner = Owner(KIND, filing.id, one.organization_id)
    if evidence:
        await files.attach(session, evidence, owner, by=filing.recorded_by)
    await _count(session, one)
    return filing


async def withdraw_filing(
    session: WriteSession, one: Obligation, filing_id: UUID, *, reason: str, by: str
) -> ObligationFiling:
    """Note that a filing was recorded by mistake: it stays to be read, and counts no more."""
    filing = await session.get(ObligationFiling, filing_id)
    if filing is None or filing.obligation_id != one.id:
        raise OutOfSight
    if filing.withdrawn_on is not None:
        raise FilingWithdrawn
    filing.withdrawn_on, filing.withdrawn_by, filing.withdrawn_reason = today(), by, reason
    await session.flush()
    await _count(session, one)
    return filing


async def begin_anew(session: WriteSession, one: Obligation) -> None:
    """Let what was done count from the day that sets the clock off now: it has become another one.

    A campaign that goes on after all is accounted for again when it ends, whatever was told before.
    """
    if one.prepared_on is not None and _early(one, one.prepared_on):
        one.prepared_on = one.preparation = None
    await _count(session, one)


async def override(session: WriteSession, one: Obligation, wish: ObligationOverride) -> ObligationOverride:
    """Overrule a rule of mark B or C for one obligation, or let it hold again; the reason stays."""
    if one.mark not in OVERRIDABLE:
        raise RuleNotOverridable(rule=one.rule_id, mark=one.mark)
    session.add(wish)
    one.own_day_on = wish.day_on
    one.waived_reason = wish.reason if wish.kind is OverrideKind.not_applicable else None
    await session.flush()
    return wish


async def filings(session: ReadSession, one: Obligation) -> Sequence[ObligationFiling]:
    """Return what was recorded as filed, in the order in which it was recorded."""
    query = select(ObligationFiling).where(ObligationFiling.obligation_id == one.id)
    return (await session.scalars(query.order_by(ObligationFiling.id))).all()


async def overrides(session: ReadSession, one: Obligation) -> Sequence[ObligationOverride]:
    """Return how the rule was overruled, the latest last."""
    query = select(ObligationOverride).where(ObligationOverride.obligation_id == one.id)
    return (await session.scalars(query.order_by(ObligationOverride.id))).all()


def _must_be_open(session: WriteSession, one: Obligation) -> None:
    if (state := states.of(one, today(), states.readings(session))) in _CLOSED:
        raise ObligationOver(state=state)


def _early(one: Obligation, day: date) -> bool:
    """Return whether a day is before the end of which an obligation wants to be told."""
    return BY_VERSION[one.rule_id, one.regulation].trigger in ENDS and day < one.trigger_on


async def _count(session: WriteSession, one: Obligation) -> None:
    days = await session.scalars(
        select(ObligationFiling.filed_on).where(
            ObligationFiling.obligation_id == one.id, ObligationFiling.withdrawn_on.is_(None)
        )
    )
    one.filed_on = min((day for day in days if not _early(one, day)), default=None)
    await session.flush()
