"""Explanations: why something was done about a payee, and how people are related to it, sealed like names."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from app.accounting.parties import counterparties
from app.kit.database import ReadSession, WriteSession
from app.kit.persons import reasons
from app.kit.persons.reasons import About
from app.organizations.access import Caller, Permission
from app.projects.models import (
    Disbursement,
    DisbursementReturn,
    DisbursementStep,
    PayeeAccount,
    PayeeAgreement,
    PayeeRelation,
    PayeeReport,
    PaymentItem,
)

Explained = (
    PayeeAccount
    | PayeeAgreement
    | PayeeRelation
    | DisbursementStep
    | PaymentItem
    | DisbursementReturn
    | PayeeReport
)
Paid = PayeeAccount | PayeeAgreement | PayeeRelation | Disbursement
"""What tells who is paid, and by whom."""

KINDS: Mapping[type[Explained], str] = {
    PayeeAccount: "payee_account",
    PayeeAgreement: "payee_agreement",
    PayeeRelation: "payee_relation",
    DisbursementStep: "disbursement_step",
    PaymentItem: "payment",
    DisbursementReturn: "disbursement_return",
    PayeeReport: "payee_report",
}
READERS = (Permission.beneficiaries_read, Permission.donors_read, Permission.disbursements_approve)
"""Who may read about people among the payees: those who read their names, and who compares their accounts."""


async def keep(session: WriteSession, row: Explained, of: Paid, why: str | None) -> None:
    """Seal why something was done about a payee; last, as whoever erases a person takes their rows first."""
    if why is not None:
        await reasons.keep(session, _about(row, of), why)


async def read(
    session: ReadSession, caller: Caller, rows: Iterable[tuple[Explained, Paid]]
) -> Mapping[UUID, str]:
    """Return why things were done, by the row; about people only to those who may read about them."""
    told = list(rows)
    clear_in = {place for permission in READERS for place in caller.holds(permission)}
    veiled = {of.counterparty_id for _, of in told if of.organization_id not in clear_in}
    open_to_all = await counterparties.impersonal(session, veiled)
    shown = [
        _about(row, of)
        for row, of in told
        if of.organization_id in clear_in or of.counterparty_id in open_to_all
    ]
    return await reasons.read(session, shown)


def _about(row: Explained, of: Paid) -> About:
    return About(KINDS[type(row)], row.id, of.counterparty_id)
