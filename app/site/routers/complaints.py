"""The pages on which anybody complains, and follows their complaint."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

from app.disclosure import campaigns, members
from app.disclosure.complaints import clock, complaints, subjects
from app.disclosure.complaints.errors import ComplaintNotFound, ComplaintSubjectUnknown
from app.disclosure.models import Complaint, ComplaintSubject
from app.disclosure.routers.complaints import COMPLAINTS
from app.disclosure.schemas.complaints.complaints import ComplaintIn, ComplaintProgressOut
from app.kit.database import Reading, ReadSession, Writing
from app.kit.errors import Refusal, TooMany
from app.kit.http import idempotency
from app.organizations import organizations
from app.organizations.errors import OutOfSight
from app.organizations.models import Organization
from app.site import forms, languages, sheets
from app.site.errors import FormUnfit
from app.site.languages import Writer

router = APIRouter(route_class=forms.FormRoute)

# At which field of the form it stands that something was refused.
_AT: dict[type[Refusal], str] = {ComplaintSubjectUnknown: "subject_code", ComplaintNotFound: "code"}
_CHOSEN = ("organization", "subject_kind")


class Said(BaseModel):
    """A complaint as it was typed; empty fields are none."""

    organization: str = Field(default="", max_length=64)
    subject_kind: str = Field(default=ComplaintSubject.organization, max_length=40)
    subject_code: str = Field(default="", max_length=400)
    text: str = Field(default="", max_length=8000)
    contact: str = Field(default="", max_length=400)

    def as_complaint(self, t: Writer) -> ComplaintIn:
        """Return the same as the API takes it; raises FormUnfit."""
        # A browser ends lines as the telegraph did.
        said = {name: value.replace("\r\n", "\n").strip() for name, value in dict(self).items()}
        about_itself = said["subject_kind"] == ComplaintSubject.organization
        code = None if about_itself else said["subject_code"] or None
        typed = said | {"subject_code": code, "contact": said["contact"] or None}
        return forms.read(t, ComplaintIn, typed, whole="subject_code", chosen=_CHOSEN)


@router.api_route("/complaints", methods=sheets.LOOKING)
async def ask(
    request: Request,
    session: Reading,
    code: Annotated[str, Query(max_length=100)] = "",
    organization: Annotated[str, Query(max_length=64)] = "",
) -> Response:
    """Show how to complain, and how to follow a complaint; a code that was typed leads on to it."""
    if found := forms.code(code):
        return RedirectResponse(f"/complaints/{found}", 303, forms.SECRET)
    if code.strip():
        return await _unknown(request, session, code)
    return await _form(request, session, forms.Form(_typed(organization=organization)))


@router.post("/complaints")
async def send(request: Request, session: Writing, said: Annotated[Said, Form()]) -> Response:
    """Take a complaint, and lead whoever sent it to the page that its code opens."""
    t = Writer(languages.of(request))
    try:
        await COMPLAINTS(request)
        new = said.as_complaint(t)
        member = await _member(session, t, new.organization)
        about = await subjects.check(session, member.id, new.subject_kind, new.subject_code)
    except (TooMany, FormUnfit, ComplaintSubjectUnknown) as refusal:
        return await _form(request, session, forms.refused(request, _typed(**dict(said)), refusal, _AT))
    complaint, code = await complaints.receive(session, new.as_complaint(member.id, about), actor="public")
    idempotency.concerns(request, complaint.person_id)
    return RedirectResponse(f"/complaints/{code}?sent=1", 303, forms.SECRET)


@router.api_route("/complaints/{lookup_code}", methods=sheets.LOOKING)
async def progress(
    request: Request,
    session: Reading,
    lookup_code: Annotated[str, Path(max_length=100)],
    sent: Annotated[str, Query(max_length=1)] = "",
) -> Response:
    """Show where a complaint stands, and what it was answered."""
    code = forms.code(lookup_code)
    try:
        complaint = await complaints.by_code(session, code)
    except ComplaintNotFound:
        return await _unknown(request, session, lookup_code)
    return await _shown(request, session, complaint, {"code": code, "sent": bool(sent)})


async def _member(session: ReadSession, t: Writer, code: str) -> Organization:
    try:
        return await organizations.by_code(session, code)
    except OutOfSight:
        raise FormUnfit(fields={"organization": t("form_choose")}) from None


async def _unknown(request: Request, session: ReadSession, code: str) -> Response:
    form = forms.refused(request, _typed(code=code), ComplaintNotFound(), _AT)
    return await _form(request, session, form)


def _typed(**said: str) -> dict[str, str]:
    return dict(Said()) | {"code": ""} | said


async def _shown(
    request: Request, session: ReadSession, complaint: Complaint, facts: dict[str, object]
) -> Response:
    told = ComplaintProgressOut.of(complaint, await complaints.words(session, complaint))
    member = await organizations.get(session, complaint.organization_id)
    response = sheets.page(request, "complaint.html", facts | {"it": told}, demo=member.demo)
    response.headers.update(forms.SECRET)
    return response


async def _form(request: Request, session: ReadSession, form: forms.Form) -> Response:
    facts = {
        "members": await members.everybody(session),
        "subjects": list(ComplaintSubject),
        "days": clock.of(session).working_days,
    }
    return forms.page(request, "complaints.html", facts, form, demo=await campaigns.demo(session))
