"""Changes: what is changed in a filed plan, with its reason, and told to the authority in time.

Anything but the use of the money changes at once and is filed within ten days (Measures 12). The use changes
only at the end of a row of steps: resolution, the donor's consent where it was agreed, filing, publication
(Charity Law 56, Measures 20).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from app.fundraising.errors import CampaignDatesReversed
from app.fundraising.filings import checks, plans, regimes, standings
from app.fundraising.filings.errors import (
    ChangePending,
    ChangeStepWrong,
    FilingDateWrong,
    NothingChanged,
    PlanNotFiled,
)
from app.fundraising.filings.plans import Page
from app.fundraising.legal import agreements
from app.fundraising.models import Campaign, ChangeKind, FundraisingPlan, PlanChange, PlanState
from app.kit import constraints, outbox
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import OutOfSight

OF_CAMPAIGN = frozenset({"title", "purpose", "starts_on", "ends_on", "target_minor"})
OF_USE = frozenset({"use_of_money", "use_plan"})
PAGES = "platforms"
"""Under this name stand the platforms that a plan names, with the titles of their pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """When and why something changed, and who decided it when."""

    changed_on: date
    reason: str
    decided_on: date
    decided_by: str
    consent_needed: bool = False


async def make(
    session: WriteSession,
    campaign: Campaign,
    plan: FundraisingPlan,
    wanted: Mapping[str, Any],
    decision: Decision,
    *,
    by: str,
) -> PlanChange:
    """Change a filed plan, or begin to change the use of its money; the checks hold for what comes out."""
    if plan.state is not PlanState.filed:
        raise PlanNotFiled(state=plan.state)
    if not decision.decided_on <= decision.changed_on <= today():
        raise FilingDateWrong(day=decision.changed_on)
    before = {name: await _now(session, campaign, plan, name) for name in wanted}
    differing = {name: value for name, value in wanted.items() if value != before[name]}
    if not differing:
        raise NothingChanged
    kind = ChangeKind.use if differing.keys() & OF_USE else ChangeKind.items
    if kind is ChangeKind.use and differing.keys() - OF_USE:
        raise ChangeStepWrong(
            "the use of the money is changed by a change of its own", "款项用途须另行办理变更"
        )
    change = PlanChange(
        plan_id=plan.id,
        kind=kind,
        changed_on=decision.changed_on,
        due_on=decision.changed_on + regimes.now_or_first(decision.changed_on).change_after,
        reason=decision.reason,
        decided_on=decision.decided_on,
        decided_by=decision.decided_by,
        changes={
            name: {"from": _plain(before[name]), "to": _plain(value)} for name, value in differing.items()
        },
        consent_needed=kind is ChangeKind.use
        and (decision.consent_needed or await agreements.use_was_agreed(session, campaign.id)),
        actor=by,
    )
    async with constraints.told(session, {"plan_changes_use_idx": ChangePending()}):
        session.add(change)
    if kind is ChangeKind.items:
        await _apply(session, campaign, plan, differing)
        case = await plans.case(session, campaign, plan)
        if PAGES in differing:
            named = {page.platform_id for page in case.platforms}
            await standings.must_be_designated(session, named, decision.changed_on)
        for _, check in checks.MACHINE.values():
            if (refusal := check(case)) is not None:
                raise refusal
    return change


async def _now(session: ReadSession, campaign: Campaign, plan: FundraisingPlan, name: str) -> Any:  # noqa: ANN401
    if name == PAGES:
        return await plans.pages(session, plan)
    return getattr(campaign if name in OF_CAMPAIGN else plan, name)


def _plain(value: object) -> object:
    if isinstance(value, list):
        return [_plain(one) for one in cast("list[object]", value)]
    if isinstance(value, Page):
        return {name: _plain(said) for name, said in asdict(value).items()}
    return str(value) if isinstance(value, date | UUID) else value


async def _apply(
    session: WriteSession, campaign: Campaign, plan: FundraisingPlan, values: Mapping[str, Any]
) -> None:
    async with constraints.told(session, {"campaigns_dates_check": CampaignDatesReversed()}):
        for name, value in values.items():
            if name == PAGES:
                await plans.rename_pages(session, plan, value)
                continue
            setattr(campaign if name in OF_CAMPAIGN else plan, name, value)
        plan.version += 1
        campaign.version += 1


async def get(session: WriteSession, plan: FundraisingPlan, change_id: UUID) -> PlanChange:
    """Return a change of a plan as it now is, or refuse; nobody else moves it until the transaction ends."""
    change = await session.get(PlanChange, change_id, with_for_update=True, populate_existing=True)
    if change is None or change.plan_id != plan.id:
        raise OutOfSight
    return change


async def consent(session: WriteSession, change: PlanChange, *, on: date) -> None:
    """Record that the donors with whom the use was agreed consent to another one (Charity Law 56)."""
    if not change.consent_needed or change.consented_on is not None or change.published_on is not None:
        raise ChangeStepWrong
    change.consented_on = _day(change, on)
    await session.flush()


async def file(session: WriteSession, change: PlanChange, *, on: date) -> None:
    """Record that a change was filed; whether in time its `due_on` tells."""
    if change.filed_on is not None or (change.consent_needed and change.consented_on is None):
        raise ChangeStepWrong
    change.filed_on = _day(change, on)
    await session.flush()


async def publish(
    session: WriteSession, campaign: Campaign, plan: FundraisingPlan, change: PlanChange, *, on: date
) -> None:
    """Let another use hold from its publication on: only now the plan says it."""
    if change.kind is not ChangeKind.use or change.filed_on is None or change.published_on is not None:
        raise ChangeStepWrong
    if on < change.filed_on:
        raise FilingDateWrong(day=on)
    change.published_on = _day(change, on)
    await _apply(session, campaign, plan, {name: said["to"] for name, said in change.changes.items()})
    await outbox.tell(
        session,
        "plan.use_changed",
        organization_id=campaign.organization_id,
        subject=f"campaign:{campaign.id}",
        payload={"code": campaign.code, "change_id": str(change.id), "published_on": on.isoformat()},
    )


def _day(change: PlanChange, on: date) -> date:
    if not change.decided_on <= on <= today():
        raise FilingDateWrong(day=on)
    return on


def late(change: PlanChange) -> bool:
    """Return whether a change was, or now is, filed too late; of a change of use nothing holds before."""
    return change.kind is ChangeKind.items and (change.filed_on or today()) > change.due_on
