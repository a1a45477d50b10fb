"""Certificates: what somebody gave in a year, on one paper that anybody can check by number and code."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, update
from sqlalchemy.dialects.postgresql import insert

from app.fundraising import givers
from app.fundraising.models import (
    Campaign,
    Donation,
    DonationCertificate,
    DonationCertificateSerial,
    DonationCertificateState,
    DonationState,
    Receipt,
    ReceiptGift,
    ReceiptState,
)
from app.fundraising.receipts.errors import (
    DonationCertificateForgotten,
    DonationCertificateNotFound,
    GiftsTooMany,
    NothingGivenThatYear,
    ReceiptTitleMissing,
)
from app.kit import vault
from app.kit.clock import LEGAL_ZONE, legal_day, today
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_code, read_code
from app.organizations.errors import OutOfSight
from app.organizations.models import Organization

LINES_MAX = 1000


@dataclass(frozen=True, slots=True)
class Checked:
    """What a certificate says, and how much of it has not been given back since."""

    certificate: DonationCertificate
    said: Mapping[str, Any]
    amount_now: int


async def issue(
    session: WriteSession,
    organization: Organization,
    gift: Donation,
    year: int,
    *,
    title: str | None,
    actor: str,
) -> DonationCertificate:
    """Certify everything that this gift's giver gave the organization in a year, less what went back.

    An earlier certificate over the same year is replaced. The number is the next of the organization's year:
    its row stays locked until the commit, and a transaction that fails gives it back.
    """
    gifts = await _gifts(session, organization.id, gift.person_id, year)
    if not gifts:
        raise NothingGivenThatYear(year=year)
    told = await givers.told(session, [gift])
    name = title or told[gift.id].get("receipt_title") or told[gift.id].get("name")
    if name is None:
        raise ReceiptTitleMissing
    serial = await _next(session, organization.id, year)
    number, code = f"{organization.code}-JZ-{year}-{serial:05d}", new_code()
    made = DonationCertificate(
        organization_id=organization.id,
        person_id=gift.person_id,
        year=year,
        serial=serial,
        number=number,
        code_index=_index(session, number, code),
        gift_count=len(gifts),
        amount=sum(one.amount - one.refunded for one in gifts),
        issued_on=today(),
        issued_by=actor,
    )
    said = {
        "organization": organization.name,
        "name": name,
        "number": number,
        "code": code,
        "year": year,
        "amount": made.amount,
        "issued_on": made.issued_on.isoformat(),
        "lines": await _lines(session, gifts),
    }
    await _replace(session, made)
    session.add(made)
    await session.flush()
    await vault.keep(session, made.person_id, {_field(made): json.dumps(said, ensure_ascii=False)})
    return made


async def check(session: ReadSession, number: str, code: str) -> Checked:
    """Return what the certificate with this number and code says and how much of it stands, or refuse."""
    found = await session.scalar(
        select(DonationCertificate).where(DonationCertificate.code_index == _index(session, number, code))
    )
    if found is None:
        raise DonationCertificateNotFound
    return await read(session, found)


async def read(session: ReadSession, certificate: DonationCertificate) -> Checked:
    """Return what a certificate says and how much of it stands; refused if the giver has been erased."""
    known = await vault.read(session, [certificate.person_id], [_field(certificate)])
    text = known.get(certificate.person_id, {}).get(_field(certificate))
    if text is None:
        raise DonationCertificateForgotten(number=certificate.number)
    said = json.loads(text)
    ids = [UUID(line["donation_id"]) for line in said["lines"]]
    left = select(func.coalesce(func.sum(Donation.amount - Donation.refunded), 0))
    left = left.where(Donation.id.in_(ids), Donation.state == DonationState.posted)
    return Checked(certificate, said, int(await session.scalar(left) or 0))


async def get(session: ReadSession, certificate_id: UUID) -> DonationCertificate:
    """Return a certificate, or refuse."""
    found = await session.get(DonationCertificate, certificate_id)
    if found is None:
        raise OutOfSight
    return found


def within(places: frozenset[UUID]) -> Select[DonationCertificate]:
    """Return the query for the certificates of some organizations."""
    return select(DonationCertificate).where(DonationCertificate.organization_id.in_(places))


async def _gifts(
    session: ReadSession, organization_id: UUID, person_id: UUID, year: int
) -> Sequence[Donation]:
    # The gifts of a donor, or the one gift of somebody whom no platform knows.
    query = select(Donation).where(
        (Donation.donor_id == person_id) | (Donation.id == person_id),
        Donation.organization_id == organization_id,
        Donation.state == DonationState.posted,
        Donation.refunded < Donation.amount,
        Donation.donated_at >= datetime(year, 1, 1, tzinfo=LEGAL_ZONE),
        Donation.donated_at < datetime(year + 1, 1, 1, tzinfo=LEGAL_ZONE),
    )
    query = query.order_by(Donation.donated_at, Donation.id).limit(LINES_MAX + 1)
    found = (await session.scalars(query)).all()
    # A paper from which some are missing would be a false one.
    if len(found) > LINES_MAX:
        raise GiftsTooMany(count_max=LINES_MAX)
    return found


async def _lines(session: ReadSession, gifts: Sequence[Donation]) -> list[dict[str, Any]]:
    titles = select(Campaign.id, Campaign.title).where(Campaign.id.in_({one.campaign_id for one in gifts}))
    known = {row.id: row.title for row in await session.execute(titles)}
    issued = select(ReceiptGift.donation_id, Receipt.number).join(
        Receipt, Receipt.id == ReceiptGift.receipt_id
    )
    issued = issued.where(
        ReceiptGift.donation_id.in_([one.id for one in gifts]), Receipt.state == ReceiptState.issued
    )
    numbers = {row.donation_id: row.number for row in await session.execute(issued)}
    return [
        {
            "donation_id": str(one.id),
            "on": legal_day(one.donated_at).isoformat(),
            "title": known.get(one.campaign_id, "非限定捐赠") if one.campaign_id else "非限定捐赠",
            "amount": one.amount - one.refunded,
            "receipt": numbers.get(one.id),
        }
        for one in gifts
    ]


async def _next(session: WriteSession, organization_id: UUID, year: int) -> int:
    put = insert(DonationCertificateSerial).values(organization_id=organization_id, year=year, last=1)
    taken = await session.scalar(
        put.on_conflict_do_update(
            index_elements=["organization_id", "year"], set_={"last": DonationCertificateSerial.last + 1}
        ).returning(DonationCertificateSerial.last)
    )
    return int(taken or 0)


async def _replace(session: WriteSession, newer: DonationCertificate) -> None:
    # Whoever has the serial's row is alone: two at once come here one after the other.
    await session.execute(
        update(DonationCertificate)
        .where(
            DonationCertificate.organization_id == newer.organization_id,
            DonationCertificate.person_id == newer.person_id,
            DonationCertificate.year == newer.year,
            DonationCertificate.state == DonationCertificateState.valid,
        )
        .values(state=DonationCertificateState.replaced)
    )


def _field(certificate: DonationCertificate) -> str:
    return f"donation_certificate:{certificate.id}"


def _index(session: ReadSession, number: str, code: str) -> bytes:
    return vault.of(session).index("donation_certificate", f"{number.strip()}\0{read_code(code)}")
