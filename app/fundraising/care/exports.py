"""Exports: everything that is kept about a donor, for themselves (PIPL 45)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.fundraising import corrections, givers
from app.fundraising.care import contacts, requests
from app.fundraising.models import (
    DonationCertificate,
    DonorContact,
    DonorRequestKind,
    DonorRequestState,
    DonorWish,
)
from app.fundraising.own import gifts, papers
from app.fundraising.receipts import words as receipt_words
from app.kit.database import ReadSession, WriteSession


async def export(session: WriteSession, visitor_id: UUID, *, actor: str) -> dict[str, Any]:
    """Return everything that is kept about a visitor as a donor, and note at each desk that they asked."""
    donor_ids = await gifts.donors(session, visitor_id)
    for place in await gifts.organizations(session, donor_ids):
        asked = DonorWish(
            organization_id=place,
            visitor_id=visitor_id,
            kind=DonorRequestKind.export,
            state=DonorRequestState.done,
        )
        requests.close(asked, DonorRequestState.done, actor=actor)
        session.add(asked)
        await session.flush()
        await requests.tell(session, asked)
    return {
        "donor_ids": donor_ids,
        "donations": await _donations(session, donor_ids),
        "plans": [_picked(one, _PLAN) for one in await session.scalars(papers.plans(donor_ids))],
        "receipts": await _receipts(session, donor_ids),
        "certificates": [_picked(one, _CERTIFICATE) for one in await _certificates(session, donor_ids)],
        "contacts": await _contacts(session, donor_ids),
        "requests": await _requests(session, visitor_id),
    }


_GIFT = (
    *("id", "organization_id", "their_id", "amount", "refunded", "donated_at", "state", "lookup_code"),
    *("anonymous", "show_name", "show_amount", "show_message", "show_photo", "their_plan_id"),
    *("original_currency", "original_amount"),
)
_CORRECTION = ("number", "kind", "old_amount", "new_amount", "created_at")
_PLAN = ("id", "their_id", "amount", "charge_day", "state")
_RECEIPT = ("id", "organization_id", "state", "amount", "code", "number", "check_code", "issued_on")
_CERTIFICATE = ("id", "organization_id", "number", "year", "amount", "issued_on", "state")


def _picked(row: object, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


async def _donations(session: ReadSession, donor_ids: Sequence[UUID]) -> list[dict[str, Any]]:
    given = (await session.scalars(gifts.of(donor_ids))).all()
    told = await givers.told(session, given)
    corrected = await corrections.of(session, given)
    why = await corrections.why(session, given, corrected)
    return [
        _picked(gift, _GIFT)
        | {"told": told[gift.id]}
        | {
            "corrections": [
                _picked(one, _CORRECTION) | {"reason": why.get(one.id)}
                for one in corrected
                if one.donation_id == gift.id
            ]
        }
        for gift in given
    ]


async def _receipts(session: ReadSession, donor_ids: Sequence[UUID]) -> list[dict[str, Any]]:
    receipts = (await session.scalars(papers.receipts(donor_ids))).all()
    payers = await receipt_words.read(session, receipts)
    return [
        _picked(one, _RECEIPT)
        | {name: getattr(payers.get(one.id), name, None) for name in ("title", "tax_id", "email")}
        for one in receipts
    ]


async def _certificates(session: ReadSession, donor_ids: Sequence[UUID]) -> Sequence[DonationCertificate]:
    return (await session.scalars(papers.certificates(donor_ids))).all()


async def _contacts(session: ReadSession, donor_ids: Sequence[UUID]) -> list[dict[str, Any]]:
    noted = (await session.scalars(select(DonorContact).where(DonorContact.donor_id.in_(donor_ids)))).all()
    said = await contacts.words(session, noted)
    return [
        _picked(one, ("organization_id", "way", "happened_at")) | {"words": said[one.id]} for one in noted
    ]


async def _requests(session: ReadSession, visitor_id: UUID) -> list[dict[str, Any]]:
    asked = (await session.scalars(requests.own(visitor_id).order_by(DonorWish.id))).all()
    names = ("id", "organization_id", "kind", "state", "due_on", "ground", "created_at", "closed_at")
    found: list[dict[str, Any]] = []
    for one in asked:
        wish, answer = await requests.words(session, one)
        found.append(_picked(one, names) | {"wish": wish, "answer": answer})
    return found
