"""Signing: lists that beneficiaries signed for what they were given, one file with many rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.kit import constraints, vault
from app.kit.database import WriteSession
from app.ledger.models import Arrival, ArrivalKind
from app.projects.beneficiaries import benefits
from app.projects.beneficiaries.benefits import Given
from app.projects.disbursements import reaching
from app.projects.disbursements.errors import BenefitSigned, BenefitUnfit
from app.projects.models import Benefit, BenefitKind, Disbursement, Project, SignedList, SignedRow

NAME = "signed_name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """One row: who was given how much in fen, and as whom they count.

    With `benefit_id` it is for help recorded already; with `beneficiary_id` a benefit of a known person
    is recorded; with neither one of somebody who is only counted.
    """

    name: str
    amount: int
    beneficiary_id: UUID | None = None
    benefit_id: UUID | None = None


async def sign(
    session: WriteSession,
    disbursement: Disbursement,
    signers: Sequence[Signer],
    *,
    on: date,
    attachment_id: UUID,
    by: str,
) -> SignedList:
    """Take in a list that beneficiaries signed: the sum of its rows has arrived; the paper is one file.

    Every row is one benefit of its amount: so people are counted, each known one once, and amounts add up. A
    disbursement of an aid case counted its person when it was paid. Raises BenefitUnfit, BenefitSigned.
    """
    amount = sum(one.amount for one in signers)
    shown = (ArrivalKind.signed_list, on, f"file:{attachment_id}")
    arrival = await reaching.arrive(session, disbursement, amount, shown)
    await reaching.show(session, disbursement, [attachment_id], by=by)
    helped = await _helped(session, disbursement, signers, arrival, by)
    known = [one.beneficiary_id for one in helped if one is not None]
    made = SignedList(
        disbursement_id=disbursement.id,
        arrival_id=arrival.id,
        signed_on=on,
        row_count=len(signers),
        identified_count=len({who for who in known if who is not None}),
        counted_count=known.count(None),
        amount=amount,
        recorded_by=by,
    )
    session.add(made)
    await session.flush()
    await _keep(session, made, signers, helped)
    return made


async def _keep(
    session: WriteSession, made: SignedList, signers: Sequence[Signer], helped: Sequence[Benefit | None]
) -> None:
    pairs = enumerate(zip(signers, helped, strict=True), 1)
    rows = [
        SignedRow(
            list_id=made.id, number=number, amount=one.amount, benefit_id=benefit.id if benefit else None
        )
        for number, (one, benefit) in pairs
    ]
    async with constraints.told(session, {"signed_rows_benefit_id_key": BenefitSigned()}):
        session.add_all(rows)
    for row, one in zip(rows, signers, strict=True):
        await vault.keep(session, row.id, {NAME: one.name})


async def _helped(
    session: WriteSession,
    disbursement: Disbursement,
    signers: Sequence[Signer],
    arrival: Arrival,
    by: str,
) -> list[Benefit | None]:
    """Return the benefit of every row, those that were not recorded yet recorded in one go."""
    if disbursement.aid_case_id is not None:
        return [None] * len(signers)
    project = await session.get_one(Project, disbursement.project_id)
    fresh = [(number, one) for number, one in enumerate(signers, 1) if one.benefit_id is None]
    given = [
        Given(
            kind=BenefitKind.money,
            given_on=arrival.arrived_on,
            title=disbursement.purpose,
            amount_minor=one.amount,
            beneficiary_id=one.beneficiary_id,
            reference=f"signed-list:{arrival.id}:{number}",
        )
        for number, one in fresh
    ]
    ids = await benefits.record(session, project, given, by=by, fact=True) if given else []
    recorded = dict(zip((number for number, _ in fresh), ids, strict=True))
    wanted = [one.benefit_id or recorded[number] for number, one in enumerate(signers, 1)]
    rows = await session.scalars(select(Benefit).where(Benefit.id.in_(wanted)))
    found = {row.id: row for row in rows}
    for number, one in enumerate(signers, 1):
        benefit = found.get(wanted[number - 1])
        if benefit is None or _unfit(benefit, disbursement, one):
            raise BenefitUnfit(row=number)
    return [found[one] for one in wanted]


def _unfit(benefit: Benefit, disbursement: Disbursement, signer: Signer) -> bool:
    """Whether a benefit is another project's, another amount, no money, many people's, or was taken back."""
    ours = benefit.project_id == disbursement.project_id and benefit.amount_minor == signer.amount
    one = benefit.person_count == 1 and benefit.kind is BenefitKind.money
    return not (ours and one) or benefit.voided_at is not None
