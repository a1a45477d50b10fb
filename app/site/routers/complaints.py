"""The pages on which anybody complains, and follows their complaint."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field, ValidationError

from app.disclosure import campaigns, members
from app.disclosure.complaints import clock, complaints, subjects
from app.disclosure.complaints.errors import ComplaintNotFound, ComplaintSubjectUnknown
from app.disclosure.models import ComplaintSubject
from app.disclosure.routers.complaints import COMPLAINTS
from app.disclosure.schemas.complaints.complaints import ComplaintIn, ComplaintProgressOut
from app.kit.database import Reading, ReadSession, Writing
from app.kit.errors import Refusal
from app.kit.http import problems
from app.kit.ids import read_code
from app.organizations import organizations
from app.organizations.errors import OutOfSight
from app.site import languages, sheets
from app.site.errors import ComplaintUnreadable

router = APIRouter(route_class=sheets.PageRoute)

# Nobody between us keeps what only the holder of a code may read.
SECRET = sheets.PRIVATE | {"Cache-Control": "no-store"}


class Said(BaseModel):
    """A complaint as it was typed; empty fields are none."""

    organization: str = Field(default="", max_length=64)
    subject_kind: str = Field(default=ComplaintSubject.organization, max_length=40)
    subject_code: str = Field(default="", max_length=400)
    text: str = Field(default="", max_length=8000)
    contact: str = Field(default="", max_length=400)

    def as_complaint(self) -> ComplaintIn:
        """Return the same as the API takes it; raises ComplaintUnreadable."""
        # A browser ends lines as the telegraph did.
        said = {name: value.replace("\r\n", "\n").strip() for name, value in dict(self).items()}
        about_itself = said["subject_kind"] == ComplaintSubject.organization
        try:
            return ComplaintIn(
                organization=said["organization"],
                subject_kind=ComplaintSubject(said["subject_kind"]),
                subject_code=None if about_itself else said["subject_code"] or None,
                text=said["text"],
                contact=said["contact"] or None,
            )
        except (ValidationError, ValueError):
            raise ComplaintUnreadable from None


@router.api_route("/complaints", methods=sheets.LOOKING)
async def ask(
    request: Request,
    session: Reading,
    code: Annotated[str, Query(max_length=100)] = "",
    organization: Annotated[str, Query(max_length=64)] = "",
) -> Response:
    """Show how to complain, and how to follow a complaint; a code that was typed leads on to it."""
    if code.strip():
        return RedirectResponse(f"/complaints/{_code(code)}", 303, SECRET)
    return await _form(request, session, Said(organization=organization))


@router.post("/complaints", dependencies=[Depends(COMPLAINTS)])
async def send(request: Request, session: Writing, said: Annotated[Said, Form()]) -> Response:
    """Take a complaint, and lead whoever sent it to the page that its code opens."""
    try:
        new = said.as_complaint()
        member = await organizations.by_code(session, new.organization)
        about = await subjects.check(session, member.id, new.subject_kind, new.subject_code)
    except (ComplaintUnreadable, ComplaintSubjectUnknown, OutOfSight) as refusal:
        return await _form(request, session, said, refusal)
    _, code = await complaints.receive(session, new.as_complaint(member.id, about), actor="public")
    return RedirectResponse(f"/complaints/{code}?sent=1", 303, SECRET)


@router.api_route("/complaints/{lookup_code}", methods=sheets.LOOKING)
async def progress(
    request: Request,
    session: Reading,
    lookup_code: Annotated[str, Path(max_length=100)],
    sent: Annotated[str, Query(max_length=1)] = "",
) -> Response:
    """Show where a complaint stands, and what it was answered."""
    code = _code(lookup_code)
    try:
        complaint = await complaints.by_code(session, code)
    except ComplaintNotFound as refusal:
        return await _form(request, session, Said(), refusal, code=lookup_code)
    told = ComplaintProgressOut.of(complaint, await complaints.words(session, complaint))
    member = await organizations.get(session, complaint.organization_id)
    facts = {"it": told, "code": code, "sent": bool(sent)}
    response = sheets.page(request, "complaint.html", facts, demo=member.demo)
    response.headers.update(SECRET)
    return response


def _code(text: str) -> str:
    return "".join(filter(str.isalnum, read_code(text)))


async def _form(
    request: Request, session: ReadSession, said: Said, refusal: Refusal | None = None, *, code: str = ""
) -> Response:
    facts: dict[str, Any] = {
        "members": await members.everybody(session),
        "subjects": list(ComplaintSubject),
        "days": clock.of(session).working_days,
        "said": said,
        "code": code,
        "alert": problems.describe(type(refusal), languages.of(request)) if refusal else None,
    }
    status = problems.status_of(type(refusal)) if refusal else 200
    demo = await campaigns.demo(session)
    response = sheets.page(request, "complaints.html", facts, demo=demo, status=status)
    response.headers.update(SECRET if refusal else sheets.PRIVATE)
    return response
