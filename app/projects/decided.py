"""Decided: which payments of projects are decided by approval, and who may read what belongs to them."""

from collections.abc import Mapping

from app.organizations import approvals
from app.organizations.access import Permission
from app.organizations.attachments import Readers, by_permission
from app.projects.disbursements import agreements, reaching, relations
from app.projects.disbursements import requests as disbursements
from app.projects.transfers import requests as transfers

KINDS: Mapping[str, approvals.Kind] = {
    disbursements.KIND: approvals.Kind(
        "Disbursement",
        "项目拨付",
        disbursements.ended,
        moves_money=True,
        steps=disbursements.STEPS,
        keep_away=relations.keep_away,
    ),
    transfers.KIND: approvals.Kind(
        "Transfer to a member", "机构间划拨", transfers.ended, moves_money=True, steps=transfers.STEPS
    ),
}

READERS: Readers = dict.fromkeys(
    (agreements.OWNER, reaching.OWNER),
    by_permission(Permission.projects_read, personal=Permission.beneficiaries_read),
)
