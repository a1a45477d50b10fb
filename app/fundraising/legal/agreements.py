"""Donation agreements: what a donor and we settle in writing, within what the law lets them settle."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import exists, select

from app.fundraising.legal.errors import (
    AgreementNumberTaken,
    AgreementOfAnotherCampaign,
    AgreementPreparedByYou,
    AgreementStateWrong,
    ApprovalReferenceMissing,
    DonorNotAsked,
    ForeignGiftUnapproved,
    InterestUnanswered,
    NamingWithoutConsent,
    SalesBegunBefore,
    StepDateWrong,
    TobaccoAdvertised,
)
from app.fundraising.models import AgreementState, Domicile, DonationAgreement
from app.kit import constraints, vault
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.kit.errors import Refusal
from app.kit.persons import reasons
from app.kit.persons.reasons import About
from app.organizations.errors import OutOfSight

_NAME = "name"
SALES = "慈善法 第三十七条"


def refused(agreement: DonationAgreement) -> Refusal | None:
    """Return what the law refuses of an agreement, from what it says alone.

    Tobacco (Charity Law 40), a state-owned donor without approval (43), one from outside the mainland
    without the state's approval or filing (102), a name given without the beneficiary's consent (99).
    """
    if agreement.tobacco:
        return TobaccoAdvertised(article="慈善法 第四十条", mark="A")
    if agreement.state_owned and not agreement.approval_reference:
        return ApprovalReferenceMissing(article="慈善法 第四十三条", mark="A")
    if agreement.domicile is not Domicile.mainland and not agreement.approval_reference:
        return ForeignGiftUnapproved(article="慈善法 第一百零二条", mark="A")
    if agreement.naming and agreement.naming_consented_on is None:
        return NamingWithoutConsent(article="慈善法 第九十九条", mark="A")
    return None


async def draft(session: WriteSession, agreement: DonationAgreement, donor_name: str) -> DonationAgreement:
    """Draft an agreement; who the donor is goes to the vault."""
    if (refusal := refused(agreement)) is not None:
        raise refusal
    refusals = {
        "donation_agreements_organization_id_number_key": AgreementNumberTaken(),
        "donation_agreements_campaign_fkey": AgreementOfAnotherCampaign(),
    }
    async with constraints.told(session, refusals):
        session.add(agreement)
    await vault.keep(session, agreement.id, {_NAME: donor_name})
    return agreement


async def get(session: ReadSession, agreement_id: UUID, *, lock: bool = False) -> DonationAgreement:
    """Return an agreement, or refuse."""
    agreement = await session.get(
        DonationAgreement, agreement_id, with_for_update=lock or None, populate_existing=lock
    )
    if agreement is None:
        raise OutOfSight
    return agreement


async def name_of(session: ReadSession, agreement: DonationAgreement) -> str | None:
    """Return the donor's name; None if they were erased."""
    return (await vault.read(session, [agreement.id], [_NAME])).get(agreement.id, {}).get(_NAME)


async def review(
    session: WriteSession, agreement: DonationAgreement, *, disinterested: bool, reason: str, by: str
) -> None:
    """Answer by name whether no interested person of the donor is a beneficiary (Charity Law 40)."""
    if agreement.state is not AgreementState.draft:
        raise AgreementStateWrong(state=agreement.state)
    async with constraints.told(session, {"donation_agreements_reviewer_check": AgreementPreparedByYou()}):
        agreement.disinterested = disinterested
        agreement.reviewed_by, agreement.reviewed_on = by, today()
    await reasons.keep(session, _about(agreement), reason)


async def why(
    session: ReadSession, agreements: Sequence[DonationAgreement], *, clear_in: Collection[UUID]
) -> Mapping[UUID, str]:
    """Return what reviewers said, by agreement: at the organizations of `clear_in` alone."""
    return await reasons.read(session, [_about(one) for one in agreements if one.organization_id in clear_in])


def _about(agreement: DonationAgreement) -> About:
    return About("agreement_review", agreement.id, agreement.id)


async def sign(session: WriteSession, agreement: DonationAgreement, *, on: date) -> None:
    """Record the signature; a business that promises part of its sales signs before it sells (37)."""
    if agreement.state is not AgreementState.draft:
        raise AgreementStateWrong(state=agreement.state)
    if on > today():
        raise StepDateWrong(day=on)
    if agreement.names_beneficiaries and not agreement.disinterested:
        raise InterestUnanswered(article="慈善法 第四十条", mark="A")
    if agreement.sales_from is not None and on > agreement.sales_from:
        raise SalesBegunBefore(sales_from=agreement.sales_from, article=SALES, mark="A")
    agreement.state, agreement.signed_on = AgreementState.signed, on
    await session.flush()


async def commend(
    session: WriteSession, agreement: DonationAgreement, *, on: date, asked_on: date | None
) -> None:
    """Record a public commendation: only after the donor was asked (Donation Law 8)."""
    if agreement.state is AgreementState.draft:
        raise AgreementStateWrong(state=agreement.state)
    if asked_on is None:
        raise DonorNotAsked(article="公益事业捐赠法 第八条", mark="A")
    if not asked_on <= on <= today():
        raise StepDateWrong(day=on)
    agreement.donor_asked_on, agreement.commended_on = asked_on, on
    await session.flush()


async def use_was_agreed(session: ReadSession, campaign_id: UUID) -> bool:
    """Return whether donors agreed the use of a campaign's money: then they are asked before it changes."""
    query = exists().where(
        DonationAgreement.campaign_id == campaign_id,
        DonationAgreement.state == AgreementState.signed,
        DonationAgreement.use_agreed,
    )
    return bool(await session.scalar(select(query)))
