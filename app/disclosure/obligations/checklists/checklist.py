"""Checklists: which of the things that must be told our data can fill, and which it can't yet."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.disclosure.models import Dissolution, Obligation, SubjectKind
from app.disclosure.obligations.checklists import looks, standing
from app.disclosure.obligations.checklists.looks import Look, Parts
from app.disclosure.obligations.sources import members
from app.disclosure.rules.law import BY_VERSION, Content
from app.fundraising.models import (
    Campaign,
    CampaignKind,
    CampaignPartner,
    CampaignState,
    FundraisingPlan,
    LocalFiling,
    PlanState,
    ReceiptLoss,
    Supervision,
    Trusteeship,
    TrustReport,
)
from app.kit.database import ReadSession
from app.organizations.models import Organization


class ChecklistState(enum.StrEnum):
    """Whether our data can fill something: all of it, a part, its place is empty, or there is none."""

    filled = "filled"
    partly = "partly"
    empty = "empty"
    not_kept = "not_kept"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that must be told, and whether our data can fill it."""

    content: Content
    state: ChecklistState
    empty: Sequence[Content] = ()
    """Its own parts for which nothing is there yet, in their order."""


FROM_THE_BOOKS = frozenset(
    {
        *("raised", "used", "donations_received", "property_use", "fundraising_cost", "statements"),
        *("event_amount", "trust_name", "trust_property"),
        *("changed_items", "change_reason", "board_decision", "changed_information"),
        *("spending_ratios", "receipt_numbers"),
    }
)
"""What every obligation that asks for it finds in the books or in its own row."""

IN_PART: Mapping[tuple[SubjectKind, str], Parts] = {
    (SubjectKind.year, "statement_notes"): standing.empty_notes,
}
"""What has parts of its own, some from the books and some that people write: which are still empty."""

NOT_KEPT: frozenset[tuple[SubjectKind, str]] = frozenset(
    {
        # The papers themselves lie with the authority and in a safe.
        (SubjectKind.trusteeship, "trust_documents"),
        (SubjectKind.dissolution, "deregistration_application"),
    }
)
"""For what we keep no place, with the reason. What is neither here nor found is a fault: a test looks."""


async def of(session: ReadSession, one: Obligation) -> list[Item]:
    """Return everything that an obligation's rule wants told by whoever owes it, and what can be filled."""
    asked = BY_VERSION[one.rule_id, one.regulation].content
    if any(item.who for item in asked):
        member = await members.of(session, await session.get_one(Organization, one.organization_id))
        asked = tuple(item for item in asked if item.binds(member.whom(one.trigger_on)))
    return [await _item(session, one, content) for content in asked]


async def _item(session: ReadSession, one: Obligation, content: Content) -> Item:
    parts = IN_PART.get((one.subject_kind, content.code))
    if parts is None:
        return Item(content, await _state(session, one, content.code))
    empty = await parts(session, one)
    return Item(content, ChecklistState.partly if empty else ChecklistState.filled, empty)


async def _state(session: ReadSession, one: Obligation, code: str) -> ChecklistState:
    if code in FROM_THE_BOOKS:
        return ChecklistState.filled
    look = LOOKS.get((one.subject_kind, code))
    if look is None:
        return ChecklistState.not_kept
    return ChecklistState.filled if await look(session, one) else ChecklistState.empty


async def _plan(session: ReadSession, one: Obligation) -> bool:
    ready = select(func.count()).where(
        FundraisingPlan.campaign_id == one.subject_id, FundraisingPlan.state != PlanState.draft
    )
    return bool(await session.scalar(ready))


async def _filing_no(session: ReadSession, one: Obligation) -> bool:
    return bool(await session.scalar(select(Campaign.filing_no).where(Campaign.id == one.subject_id)))


async def _use_plan(session: ReadSession, one: Obligation) -> bool:
    plan = select(FundraisingPlan.use_plan).where(FundraisingPlan.campaign_id == one.subject_id)
    return bool(await session.scalar(plan))


async def _partners_supervised(session: ReadSession, one: Obligation) -> bool:
    unseen = select(func.count()).where(
        CampaignPartner.campaign_id == one.subject_id,
        ~select(Supervision.id).where(Supervision.partner_id == CampaignPartner.id).exists(),
    )
    return not await session.scalar(unseen)


async def _local_filing(session: ReadSession, one: Obligation) -> bool:
    filed = select(func.count()).where(LocalFiling.campaign_id == one.subject_id)
    return bool(await session.scalar(filed))


async def _trustee(session: ReadSession, one: Obligation) -> bool:
    known = (Trusteeship.id == one.subject_id) | (Trusteeship.trust_id == one.subject_id)
    return bool(await session.scalar(select(func.count()).where(known)))


async def _trust_report(session: ReadSession, one: Obligation) -> bool:
    told = select(func.count()).where(TrustReport.trust_id == one.subject_id, TrustReport.year == one.number)
    return bool(await session.scalar(told))


async def _stopped(session: ReadSession, one: Obligation) -> bool:
    # What has to be told is there when nothing runs any more.
    running = select(func.count()).where(
        Campaign.organization_id == one.organization_id,
        Campaign.state == CampaignState.open,
        Campaign.kind != CampaignKind.targeted,
    )
    return not await session.scalar(running)


async def _declared_void(session: ReadSession, one: Obligation) -> bool:
    declared = select(ReceiptLoss.declared_on).where(ReceiptLoss.id == one.subject_id)
    return await session.scalar(declared) is not None


def _step(column: InstrumentedAttribute[date | None]) -> Look:
    async def look(session: ReadSession, one: Obligation) -> bool:
        return await session.scalar(select(column).where(Dissolution.id == one.subject_id)) is not None

    return look


LOOKS: Mapping[tuple[SubjectKind, str], Look] = {
    **looks.LOOKS,
    **standing.LOOKS,
    (SubjectKind.campaign, "plan"): _plan,
    (SubjectKind.campaign, "filing_no"): _filing_no,
    (SubjectKind.campaign, "unspent_plan"): _use_plan,
    (SubjectKind.campaign, "partner_supervision"): _partners_supervised,
    (SubjectKind.campaign, "local_filing"): _local_filing,
    (SubjectKind.trust, "trust_trustee"): _trustee,
    (SubjectKind.trusteeship, "trust_trustee"): _trustee,
    (SubjectKind.trust, "trust_affairs"): _trust_report,
    (SubjectKind.certificate, "campaigns_stopped"): _stopped,
    (SubjectKind.receipt_loss, "void_declaration"): _declared_void,
    (SubjectKind.dissolution, "liquidation_group"): _step(Dissolution.group_formed_on),
    (SubjectKind.dissolution, "liquidation_announced"): _step(Dissolution.announced_on),
    (SubjectKind.dissolution, "liquidation_report"): _step(Dissolution.liquidated_on),
}
"""How we find out whether there is something to tell, by what an obligation is about and what it asks."""
