"""What staff do about complaints, as JSON."""

from uuid import UUID

from pydantic import ConfigDict, Field

from app.disclosure.complaints.complaints import JUDGED
from app.disclosure.models import ComplaintOutcome
from app.disclosure.schemas.complaints import examples
from app.kit.fields import Body, Words, shown


class ComplaintAssignmentIn(Body):
    """Who looks into a complaint."""

    model_config = ConfigDict(json_schema_extra=shown(examples.ASSIGNMENT_IN))

    staff_id: UUID


class ComplaintRecusalIn(Body):
    """Whom a complaint is about: they see nothing of it any more."""

    model_config = ConfigDict(json_schema_extra=shown(examples.ASSIGNMENT_IN))

    staff_id: UUID


class ComplaintAnswerIn(Body):
    """What whoever complained is answered."""

    model_config = ConfigDict(
        json_schema_extra=shown({"text": "经核查，物资已于5月3日送达，签收单已补充公示。"})
    )

    text: Words


class ComplaintClosingIn(Body):
    """What came of a complaint, and in which words it is put on file."""

    model_config = ConfigDict(json_schema_extra=shown({"outcome": "partly_upheld", "text": "公示迟延属实"}))

    outcome: ComplaintOutcome = Field(
        description=f"{', '.join(sorted(JUDGED))} only after an answer; withdrawn and referred at any time."
    )
    text: Words
