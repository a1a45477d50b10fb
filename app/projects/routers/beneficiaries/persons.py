"""Beneficiaries over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import Select

from app.kit.database import Reading, ReadSession, Streaming, Writing
from app.kit.errors import VersionNotStated, VersionStale
from app.kit.http import idempotency, pages, problems, versions
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, Slice
from app.kit.http.versions import IfMatch
from app.kit.persons import documents
from app.kit.persons import errors as personal
from app.organizations import accesses, organizations, regions
from app.organizations.access import Asking, Permission
from app.organizations.errors import RegionUnknown
from app.organizations.models import AccessKind
from app.organizations.signin import may
from app.organizations.visitors.errors import PhoneInvalid
from app.projects.beneficiaries import agreements, erasures, errors, persons
from app.projects.models import Beneficiary
from app.projects.schemas.beneficiaries.persons import (
    BeneficiaryChange,
    BeneficiaryConsentIn,
    BeneficiaryErasureIn,
    BeneficiaryIn,
    BeneficiaryLine,
    BeneficiaryLookUpIn,
    BeneficiaryOut,
    BeneficiaryQuery,
)

router = APIRouter(prefix="/v1/projects/beneficiaries", tags=["beneficiaries"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.beneficiaries_read)]
Changer = Annotated[Asking, may(Permission.beneficiaries_change)]
_ERASED = problems.responses(errors.BeneficiaryErased)


@router.post(
    "",
    operation_id="create_beneficiary",
    summary="Register a beneficiary",
    status_code=201,
    responses=problems.responses(
        *(personal.DocumentInvalid, personal.BirthDateDiffers, personal.GuardianConsentMissing),
        *(PhoneInvalid, RegionUnknown, errors.BeneficiaryNameDiffers),
    ),
)
async def create_beneficiary(
    session: Writing, caller: Changer, body: BeneficiaryIn, request: Request, response: Response
) -> BeneficiaryOut:
    """Register a person whom an organization is to help; whoever is known elsewhere is not made twice."""
    caller.must(at=body.organization_id)
    organization = await organizations.get(session, body.organization_id)
    made = await persons.register(session, organization.id, body.person.particulars(), actor=caller.label)
    idempotency.concerns(request, made.id)
    return await whole(session, made, response)


@router.get(
    "",
    operation_id="list_beneficiaries",
    summary="List beneficiaries",
    response_model=Page[BeneficiaryLine],
)
async def list_beneficiaries(
    session: Reading, caller: Reader, asked: Annotated[BeneficiaryQuery, Query()]
) -> Slice[Beneficiary]:
    """List the beneficiaries of the organizations that you can see, by number; no list names anybody."""
    visible = caller.visible()
    if asked.organization_id is not None:
        visible &= {asked.organization_id}
    query = _found(visible, asked)
    return await pages.page(session, query, [Beneficiary.id], asked, newest_first=True)


def _found(places: frozenset[UUID], asked: BeneficiaryQuery) -> Select[Beneficiary]:
    query = persons.within(places)
    if asked.number is not None:
        query = query.where(Beneficiary.number == asked.number.upper())
    if asked.household_id is not None:
        query = query.where(Beneficiary.household_id == asked.household_id)
    if asked.region_code is not None:
        query = query.where(Beneficiary.region_code.in_(regions.within(asked.region_code)))
    return query


@router.post(
    "/look-ups",
    operation_id="find_beneficiary",
    summary="Look a beneficiary up",
    responses=problems.responses(personal.DocumentInvalid),
)
async def find_beneficiary(
    database: Streaming, session: Reading, caller: Reader, body: BeneficiaryLookUpIn, response: Response
) -> BeneficiaryOut:
    """Find a beneficiary of yours by the whole number of their document; that you looked is logged."""
    document = documents.read(body.document_kind, body.document_number)
    found = await persons.find(session, caller.visible(), document)
    at, kind = found.organization_id, AccessKind.beneficiary
    await accesses.record(database, caller.label, at=at, kind=kind, subject=found.id)
    return await whole(session, found, response)


@router.get("/{beneficiary_id}", operation_id="read_beneficiary", summary="Read a beneficiary")
async def read_beneficiary(
    database: Streaming, session: Reading, caller: Reader, beneficiary_id: UUID, response: Response
) -> BeneficiaryOut:
    """Read a beneficiary with what is kept under seal; that you looked is logged."""
    found = await persons.seen(session, beneficiary_id, caller.visible())
    at, kind = found.organization_id, AccessKind.beneficiary
    await accesses.record(database, caller.label, at=at, kind=kind, subject=found.id)
    return await whole(session, found, response)


@router.patch(
    "/{beneficiary_id}",
    operation_id="correct_beneficiary",
    summary="Correct a beneficiary",
    responses=_ERASED | problems.responses(PhoneInvalid, RegionUnknown, VersionNotStated, VersionStale),
)
async def correct_beneficiary(
    session: Writing,
    caller: Changer,
    beneficiary_id: UUID,
    body: BeneficiaryChange,
    response: Response,
    if_match: IfMatch = None,
) -> BeneficiaryOut:
    """Set right what is said about a beneficiary, on their word."""
    found = await persons.seen(session, beneficiary_id, caller.visible(), lock=True)
    versions.expect(if_match, found.version)
    await persons.amend(session, found, body.changes())
    return await whole(session, found, response)


@router.post(
    "/{beneficiary_id}/consents",
    operation_id="record_beneficiary_consent",
    summary="Record a beneficiary's consent",
    status_code=201,
    responses=_ERASED,
)
async def record_beneficiary_consent(
    session: Writing, caller: Changer, beneficiary_id: UUID, body: BeneficiaryConsentIn, response: Response
) -> BeneficiaryOut:
    """Record what a beneficiary agreed to have published from now on; an empty list takes it all back."""
    caller.must(at=body.organization_id)
    found = await persons.seen(session, beneficiary_id, frozenset({body.organization_id}), lock=True)
    persons.refuse_erased(found)
    await agreements.publish(session, found, body.organization_id, body.scopes, actor=caller.label)
    return await whole(session, found, response)


@router.post(
    "/{beneficiary_id}/erasure",
    operation_id="erase_beneficiary",
    summary="Erase a beneficiary",
    status_code=204,
)
async def erase_beneficiary(
    session: Writing, caller: Changer, beneficiary_id: UUID, body: BeneficiaryErasureIn
) -> None:
    """Forget a person who asks for it; what they received stays in totals, under an id that names nobody."""
    caller.must(at=body.organization_id)
    found = await persons.seen(session, beneficiary_id, frozenset({body.organization_id}), lock=True)
    await erasures.erase(session, found, at=body.organization_id)


async def whole(session: ReadSession, beneficiary: Beneficiary, response: Response) -> BeneficiaryOut:
    """Return everything that is shown of a beneficiary, with the version for those who change it."""
    response.headers["ETag"] = versions.etag(beneficiary.version)
    response.headers["Cache-Control"] = "no-store"
    return BeneficiaryOut.whole(beneficiary, await persons.told_of(session, beneficiary))
