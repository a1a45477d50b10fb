"""Approvals: what one person asks and others decide, step by step, for every feature in the same way.

A feature that lets something be decided says so in three places:

    # app/fundraising/giving_back.py: what the end of a request sets off, in the transaction that decides
    async def ended(session: WriteSession, approval: Approval) -> None:
        if approval.state is ApprovalState.approved:
            await carry_out(session, approval.subject_id)

    # app/wiring.py, APPROVAL_KINDS: a line; with steps of its own, by role and amount, it is two
    "refund": approvals.Kind("Refund", "退款", giving_back.ended, moves_money=True, steps=(
        Tier(5_000_00, (Role.reviewer,)), Tier(None, (Role.reviewer, Role.admin)))),

    # where it is asked for: nobody decides what they asked for
    matter = Matter(kind="refund", organization_id=..., subject_id=refund.id, title="退款", amount_minor=...)
    await approvals.ask(session, matter, asked_by=caller.label)

The rest comes with it: each member sets steps of its own (`/v1/organizations/{id}/approval-policies`),
whoever may decide sees it (`/v1/me/tasks`, `/v1/approvals`) and is told, deputies and handovers know it, and
kinds with `moves_money` ask for a second factor. `granted` tells whether something may go ahead; `withdraw`
takes a request back when its subject has changed. Lock the request before the feature's own row
(docs/decisions/0018-one-concept-of-approval.md).
"""

from app.organizations.approvals.decisions import decide
from app.organizations.approvals.kinds import KINDS, Kind, Tier
from app.organizations.approvals.requests import (
    Matter,
    ask,
    get,
    granted,
    lock,
    of,
    waiting,
    withdraw,
)

__all__ = [
    "KINDS",
    "Kind",
    "Matter",
    "Tier",
    "ask",
    "decide",
    "get",
    "granted",
    "lock",
    "of",
    "waiting",
    "withdraw",
]
