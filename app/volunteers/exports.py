"""Exports: everything that is kept about a volunteer, for themselves (PIPL 45)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from app.kit import vault
from app.kit.database import ReadSession
from app.kit.models import VaultValue
from app.volunteers import check_ins, volunteers
from app.volunteers.models import (
    Certificate,
    CheckIn,
    Commendation,
    Consent,
    Enrolment,
    Evaluation,
    InsuredPerson,
    Membership,
    Policy,
    Qualification,
    RecordObjection,
    RequestedCertificate,
    SignUp,
    TimeRecord,
    Training,
    Volunteer,
    VolunteerNotice,
)
from app.volunteers.recognition import contents, requests

_CODES = (
    *("number", "national_number", "registered_on", "document_kind", "region_code", "skills"),
    *("categories", "languages", "publish_scopes", "checked_at"),
)


async def of(session: ReadSession, volunteer: Volunteer) -> dict[str, Any]:
    """Return what lies under seal, in clear, the rows about a volunteer by list, and why they were so."""
    volunteers.refuse_erased(volunteer)
    fields = await session.scalars(select(VaultValue.field).where(VaultValue.person_id == volunteer.id))
    known = (await vault.read(session, [volunteer.id], list(fields))).get(volunteer.id, {})
    lists = {name: (await session.scalars(query)).all() for name, query in queries(volunteer.id).items()}
    codes = {name: getattr(volunteer, name) for name in _CODES}
    why = {
        **await check_ins.why(session, lists["check_ins"]),
        **await requests.why(session, lists["certificate_requests"]),
        **await contents.why(session, lists["certificates"]),
    }
    return {"person": known, "codes": codes, "why": why, **lists}


def queries(volunteer_id: UUID) -> dict[str, Select[Any]]:
    """Return the queries for the rows about a volunteer, by the name of their list."""
    own: Sequence[tuple[str, Any]] = (
        ("consents", Consent),
        ("memberships", Membership),
        ("sign_ups", SignUp),
        ("records", TimeRecord),
        ("trainings", Training),
        ("qualifications", Qualification),
        ("commendations", Commendation),
        ("certificate_requests", RequestedCertificate),
        ("certificates", Certificate),
        ("notices", VolunteerNotice),
    )
    signed_up = select(SignUp.id).where(SignUp.volunteer_id == volunteer_id)
    records = select(TimeRecord.id).where(TimeRecord.volunteer_id == volunteer_id)
    insured = select(InsuredPerson.policy_id).where(InsuredPerson.volunteer_id == volunteer_id)
    return {
        "organizations": select(Enrolment).where(Enrolment.volunteer_id == volunteer_id),
        **{
            name: select(table).where(table.volunteer_id == volunteer_id).order_by(table.id)
            for name, table in own
        },
        "check_ins": select(CheckIn).where(CheckIn.sign_up_id.in_(signed_up)).order_by(CheckIn.id),
        "evaluations": select(Evaluation).where(Evaluation.sign_up_id.in_(signed_up)).order_by(Evaluation.id),
        "objections": select(RecordObjection).where(RecordObjection.record_id.in_(records)),
        "policies": select(Policy).where(Policy.id.in_(insured)).order_by(Policy.id),
    }
