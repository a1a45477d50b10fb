"""Certificates: true and free papers on the time somebody gave, numbered without gaps, checked by anyone."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import insert

from app.kit import outbox, vault
from app.kit.clock import now, today
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_code
from app.organizations.errors import OutOfSight
from app.organizations.models import Organization
from app.transparency import log
from app.volunteers import records, volunteers
from app.volunteers.models import (
    Certificate,
    CertificateSerial,
    CertificateState,
    RecordState,
    TimeRecord,
    Volunteer,
)
from app.volunteers.recognition import contents
from app.volunteers.recognition.errors import (
    CertificateNotFound,
    CertificateRevoked,
    NothingToCertify,
    RecordsOfOthers,
)
from app.volunteers.registry.errors import (
    IdentityUnchecked,
)

KIND = "certificate"
LINES_MAX = 500


async def issue(
    session: WriteSession,
    parties: tuple[Organization, Volunteer],
    found: Sequence[TimeRecord],
    issuer: contents.Issuer,
    *,
    actor: str,
) -> Certificate:
    """Certify confirmed records of this organization and this person; they have been locked.

    The number is the next of the organization's year: its row stays locked until the commit, and a
    transaction that fails gives it back.
    """
    organization, volunteer = parties
    _refuse(volunteer, organization, found)
    known = (await volunteers.people(session, [volunteer.id]))[volunteer.id]
    serial = await _next(session, organization.id, today().year)
    number = f"{organization.code}-FW-{today().year}-{serial:05d}"
    said = contents.written(found, issuer) | {
        "organization": organization.name,
        "name": known["name"],
        "document_kind": volunteer.document_kind.value,
        "document_number": known["document_number"],
        "volunteer_number": volunteer.number,
        "number": number,
        "code": new_code(),
        "issued_on": today().isoformat(),
    }
    certificate = await _write(session, parties, said, serial, actor)
    for record in found:
        record.state, record.certificate_id = RecordState.certified, certificate.id
    await session.flush()
    await _publish(session, certificate, organization.code)
    return certificate


def _refuse(volunteer: Volunteer, organization: Organization, found: Sequence[TimeRecord]) -> None:
    volunteers.refuse_erased(volunteer)
    if volunteer.checked_at is None:
        raise IdentityUnchecked(volunteer=volunteer.id)
    if not found:
        raise NothingToCertify
    strange = [
        one
        for one in found
        if one.organization_id != organization.id
        or one.volunteer_id != volunteer.id
        or one.state is not RecordState.confirmed
    ]
    if strange or len(found) > LINES_MAX:
        raise RecordsOfOthers(records=[str(one.id) for one in strange])


async def _next(session: WriteSession, organization_id: UUID, year: int) -> int:
    put = insert(CertificateSerial).values(organization_id=organization_id, year=year, last=1)
    taken = await session.scalar(
        put.on_conflict_do_update(
            index_elements=["organization_id", "year"], set_={"last": CertificateSerial.last + 1}
        ).returning(CertificateSerial.last)
    )
    return int(taken or 0)


async def _write(
    session: WriteSession,
    parties: tuple[Organization, Volunteer],
    said: Mapping[str, Any],
    serial: int,
    actor: str,
) -> Certificate:
    organization, volunteer = parties
    certificate = Certificate(
        organization_id=organization.id,
        volunteer_id=volunteer.id,
        year=today().year,
        serial=serial,
        number=said["number"],
        code_index=contents.index(session, said["number"], said["code"]),
        commitment=b"",
        minutes=said["minutes"],
        record_count=len(said["lines"]),
        served_from=date.fromisoformat(said["served_from"]),
        served_to=date.fromisoformat(said["served_to"]),
        issued_on=today(),
        issued_by=actor,
    )
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    key = (await vault.keys(session, [volunteer.id]))[volunteer.id]
    certificate.commitment = vault.commitment(key, certificate.id, "certificate", text)
    await vault.keep(session, volunteer.id, {contents.field(certificate): text})
    session.add(certificate)
    await session.flush()
    return certificate


async def _publish(session: WriteSession, certificate: Certificate, organization_code: str) -> None:
    # The public log learns that a paper exists and what became of it; of the person a commitment alone.
    body = {
        "certificate": certificate.number,
        "org": organization_code,
        "state": certificate.state.value,
        "commit": certificate.commitment.hex(),
    }
    reference = f"{KIND}:{certificate.id}:{certificate.state.value}"
    await log.append(session, KIND, body, reference=reference)
    await outbox.tell(
        session,
        f"volunteers.certificate_{certificate.state.value}",
        organization_id=certificate.organization_id,
        subject=str(certificate.id),
        payload={"certificate_id": str(certificate.id), "number": certificate.number},
    )


async def certifiable(
    session: WriteSession,
    organization_id: UUID,
    volunteer_id: UUID,
    within: tuple[date | None, date | None],
) -> Sequence[TimeRecord]:
    """Return the confirmed records of a person at an organization in a time, locked for a certificate."""
    query = select(TimeRecord.id).where(
        TimeRecord.organization_id == organization_id,
        TimeRecord.volunteer_id == volunteer_id,
        TimeRecord.state == RecordState.confirmed,
    )
    if within[0] is not None:
        query = query.where(TimeRecord.served_on >= within[0])
    if within[1] is not None:
        query = query.where(TimeRecord.served_on <= within[1])
    return await records.lock(session, list(await session.scalars(query)))


async def revoke(
    session: WriteSession, organization: Organization, certificate: Certificate, *, reason: str, actor: str
) -> None:
    """Revoke a certificate, for everybody to see; its records are confirmed ones again."""
    await _free(session, certificate)
    await _end(session, organization, certificate, None, (reason, actor))


async def replace(
    session: WriteSession,
    parties: tuple[Organization, Volunteer],
    certificate: Certificate,
    issuer: contents.Issuer,
    *,
    told: tuple[str, str],
) -> Certificate:
    """Issue a new certificate over an old one's records; the old one says which. Told: why, and by whom."""
    found = await _free(session, certificate)
    made = await issue(session, parties, found, issuer, actor=told[1])
    await _end(session, parties[0], certificate, made, told)
    return made


async def _free(session: WriteSession, certificate: Certificate) -> Sequence[TimeRecord]:
    if certificate.state is not CertificateState.valid:
        raise CertificateRevoked(state=certificate.state)
    covered = select(TimeRecord.id).where(TimeRecord.certificate_id == certificate.id)
    found = await records.lock(session, list(await session.scalars(covered)))
    for record in found:
        record.state, record.certificate_id = RecordState.confirmed, None
    await session.flush()
    return found


async def _end(
    session: WriteSession,
    organization: Organization,
    certificate: Certificate,
    newer: Certificate | None,
    told: tuple[str, str],
) -> None:
    certificate.state = CertificateState.replaced if newer else CertificateState.revoked
    certificate.replaced_by_id = newer.id if newer else None
    certificate.revoked_at, certificate.revoked_by = now(), told[1]
    await session.flush()
    await contents.explain(session, certificate, told[0])
    await _publish(session, certificate, organization.code)


async def check(session: ReadSession, number: str, code: str) -> Certificate:
    """Return the certificate with this number and the code on the paper, or refuse."""
    found = await session.scalar(
        select(Certificate).where(Certificate.code_index == contents.index(session, number, code))
    )
    if found is None:
        raise CertificateNotFound
    return found


async def get(session: ReadSession, certificate_id: UUID, *, lock: bool = False) -> Certificate:
    """Return a certificate, or refuse; with `lock` nobody else changes it until the transaction ends."""
    found = await session.get(Certificate, certificate_id, with_for_update=lock or None)
    if found is None:
        raise OutOfSight
    return found


def within(places: frozenset[UUID]) -> Select[Certificate]:
    """Return the query for the certificates of some organizations."""
    return select(Certificate).where(Certificate.organization_id.in_(places))


def of_volunteer(volunteer_id: UUID) -> Select[Certificate]:
    """Return the query for the certificates of a volunteer."""
    return select(Certificate).where(Certificate.volunteer_id == volunteer_id)
