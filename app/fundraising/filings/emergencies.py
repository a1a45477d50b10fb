"""Emergencies: a response opened and closed; campaigns and their gifts belong to it (Charity Law 72, 73)."""

from datetime import date
from uuid import UUID

from app.fundraising.errors import EmergencyNotFound
from app.fundraising.filings import regimes
from app.fundraising.filings.errors import EmergencyClosed, EmergencyCodeTaken, FilingDateWrong
from app.fundraising.models import Campaign, Emergency
from app.kit import constraints, outbox
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import OutOfSight


async def declare(session: WriteSession, emergency: Emergency) -> Emergency:
    """Record that the authority opened its response to an emergency."""
    if emergency.opened_on > today():
        raise FilingDateWrong(day=emergency.opened_on)
    async with constraints.told(session, {"emergencies_code_key": EmergencyCodeTaken()}):
        session.add(emergency)
    await _tell(session, emergency, "emergency.opened", {"opened_on": emergency.opened_on.isoformat()})
    return emergency


async def get(session: WriteSession, emergency_id: UUID, *, lock: bool = False) -> Emergency:
    """Return an emergency, or refuse."""
    emergency = await session.get(
        Emergency, emergency_id, with_for_update=lock or None, populate_existing=lock
    )
    if emergency is None:
        raise OutOfSight
    return emergency


async def must_cover(session: ReadSession, emergency_id: UUID, day: date) -> None:
    """Refuse to count something to an emergency whose response was not open on its day."""
    emergency = await session.get(Emergency, emergency_id)
    if emergency is None:
        raise EmergencyNotFound(emergency=emergency_id)
    if day < emergency.opened_on:
        raise FilingDateWrong(day=day)
    if emergency.closed_on is not None and emergency.closed_on < day:
        raise EmergencyClosed(closed_on=emergency.closed_on)


def next_report_on(emergency: Emergency) -> date | None:
    """Return by when the next report of receipts and uses is due; None once the response is closed.

    Every five days from the opening on (Charity Law 72): the first of them that is not past.
    """
    if emergency.closed_on is not None:
        return None
    every = regimes.now_or_first(emergency.opened_on).report_every
    due = emergency.opened_on + every
    return due + every * max(0, -(-(today() - due) // every))


async def close(session: WriteSession, emergency: Emergency, *, on: date) -> None:
    """Record that the authority closed its response: the clock of five days stops."""
    if emergency.closed_on is not None:
        raise EmergencyClosed(closed_on=emergency.closed_on)
    if not emergency.opened_on <= on <= today():
        raise FilingDateWrong(day=on)
    emergency.closed_on = on
    await session.flush()
    await _tell(session, emergency, "emergency.closed", {"closed_on": on.isoformat()})


async def start_clock(session: WriteSession, campaign: Campaign, emergency: Emergency, on: date) -> None:
    """Tell that a campaign asks for an emergency: receipts are published every five days from now on."""
    regime = regimes.now_or_first(on)
    every = regime.report_every
    payload = {
        "campaign_id": str(campaign.id),
        "started_on": on.isoformat(),
        "every_days": every.days,
        "first_due_on": (on + every).isoformat(),
        "file_by": (campaign.starts_on + regime.emergency_file_after).isoformat(),
    }
    await _tell(session, emergency, "emergency.campaign_opened", payload, campaign.organization_id)


async def _tell(
    session: WriteSession,
    emergency: Emergency,
    topic: str,
    payload: dict[str, str | int],
    organization_id: UUID | None = None,
) -> None:
    await outbox.tell(
        session,
        topic,
        organization_id=organization_id or emergency.organization_id,
        subject=f"emergency:{emergency.id}",
        payload={"code": emergency.code} | payload,
    )
