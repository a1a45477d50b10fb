"""Letters as JSON."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.accounting.letters import merging
from app.accounting.models import LetterText
from app.accounting.schemas.vouchers import examples
from app.kit.fields import Body, Code, Line, Words
from app.kit.http.pages import PageQuery

_TEXT = {"title": "感谢信", "language": "zh", "body": "尊敬的{{donor_name}}：感谢您的捐赠。"}
_SHOWN = _TEXT | {
    "organization_id": examples.ORGANIZATION,
    "code": "thanks",
    "number": 1,
    "fields": ["donor_name"],
    "made_by": f"staff:{examples.PERSON}",
    "created_at": "2026-01-05T02:30:00Z",
}


class LetterIn(Body):
    """The next version of a letter: fields stand in it as `{{donor_name}}`."""

    model_config = ConfigDict(json_schema_extra=examples.shown({"code": "thanks", **_TEXT}))

    code: Code
    title: Line
    language: Literal["zh", "en"] = "zh"
    body: Words


class LetterQuery(PageQuery):
    """Which letters to list."""

    code: Code | None = Field(default=None, description="All versions of one letter.")


class NumberedQuery(BaseModel):
    """Which version to read."""

    model_config = ConfigDict(extra="forbid")

    number: int | None = Field(
        default=None, ge=0, le=32000, description="A version; 0 is the text to begin with."
    )


class MergeIn(Body):
    """The values of a letter's fields, all of them and no others; they are printed and not kept."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown({"number": None, "values": {"donor_name": "爱心网友"}})
    )

    number: int | None = Field(default=None, ge=0, le=32000)
    values: dict[Annotated[str, Field(max_length=40)], Words] = Field(max_length=40)


class LetterOut(BaseModel):
    """A version of a letter with the fields that it asks for."""

    model_config = ConfigDict(json_schema_extra=examples.shown(_SHOWN))

    organization_id: UUID
    code: str
    number: int
    title: str
    language: str
    body: str
    fields: list[str]
    made_by: str
    created_at: datetime

    @classmethod
    def of(cls, text: LetterText) -> Self:
        """Return a version as JSON shows it."""
        return cls(
            organization_id=text.organization_id,
            code=text.code,
            number=text.number,
            title=text.title,
            language=text.language,
            body=text.body,
            fields=[name for name in merging.fields(text.body) if name not in merging.OWN],
            made_by=text.made_by,
            created_at=text.created_at,
        )


class FieldOut(BaseModel):
    """A field that a text may ask for."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown(
            {"name": "donor_name", "title_zh": "捐赠人", "title": "Donor", "filled_in": False}
        )
    )

    name: str
    title_zh: str
    title: str
    filled_in: bool = Field(description="Whether we know it ourselves.")
