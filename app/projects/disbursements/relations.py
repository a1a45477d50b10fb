"""Relations: who of the staff is related to a payee, and keeps away from what is paid to it (OB-F21)."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from app.kit import constraints
from app.kit.database import ReadSession, WriteSession
from app.organizations.approvals import rights
from app.organizations.models import Approval, Staff
from app.projects.disbursements import explanations
from app.projects.disbursements.errors import PersonWorksElsewhere, RelatedToPayee, RelationDeclared
from app.projects.models import AidCasePerson, Disbursement, PayeeRelation


async def declare(session: WriteSession, relation: PayeeRelation, how: str) -> PayeeRelation:
    """Write down that somebody is related to a payee, and how; from now on they keep away from it."""
    staff = await session.get(Staff, relation.staff_id)
    if staff is None or not await rights.own(session, staff.id, relation.organization_id):
        raise PersonWorksElsewhere(staff=relation.staff_id)
    known = {"payee_relations_counterparty_id_staff_id_key": RelationDeclared()}
    async with constraints.told(session, known):
        session.add(relation)
    await explanations.keep(session, relation, relation, how)
    return relation


async def related(session: ReadSession, counterparty_id: UUID) -> set[str]:
    """Return the labels of who is related to a payee, or stepped back from a case that it is paid for."""
    query = select(PayeeRelation.staff_id).where(PayeeRelation.counterparty_id == counterparty_id)
    declared = {rights.label(staff_id) for staff_id in await session.scalars(query)}
    stepped = (
        select(AidCasePerson.person)
        .join(Disbursement, Disbursement.aid_case_id == AidCasePerson.case_id)
        .where(Disbursement.counterparty_id == counterparty_id, AidCasePerson.recused_at.is_not(None))
    )
    return declared | set(await session.scalars(stepped))


async def must_be_free(session: ReadSession, counterparty_ids: Collection[UUID], *who: str) -> None:
    """Refuse whoever (by label) is related to one of these payees."""
    for counterparty_id in sorted(counterparty_ids):
        if await related(session, counterparty_id) & set(who):
            raise RelatedToPayee(counterparty=counterparty_id)


async def keep_away(session: ReadSession, approval: Approval, who: Collection[str]) -> None:
    """Refuse the decision of a step to whoever is related to the payee, also through a deputy."""
    disbursement = await session.get_one(Disbursement, approval.subject_id)
    await must_be_free(session, [disbursement.counterparty_id], *who)
