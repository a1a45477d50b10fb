"""What publications say, as JSON: the form's items in their order, with names where they may be shown."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.publications import contents
from app.disclosure.publications.contents import Measure
from app.disclosure.schemas.publications import examples
from app.kit.fields import shown


class PublicationFormOut(BaseModel):
    """By which rule, in which version of the law, a publication was made."""

    rule: str
    regulation: str
    regulation_title_zh: str
    regulation_title: str
    article: str
    by_analogy: bool = Field(
        default=False, description="No text asked for it at that time: the form of the first that did."
    )


class PublicationColumnOut(BaseModel):
    """One column of a table."""

    code: str
    title_zh: str
    title: str
    unit: Measure


class PublicationPersonOut(BaseModel):
    """Somebody behind a commitment; `name` only while they agree to be named."""

    commitment: str
    entry: UUID | None = Field(description="The entry of the books whose leaf carries the same commitment.")
    name: str | None = None


PublicationCell = str | int | PublicationPersonOut | None


class PublicationFieldOut(BaseModel):
    """One thing that the form asks for: a value with its unit, or a table. Fen are strings of digits."""

    code: str
    title_zh: str
    title: str
    unit: Measure | None = None
    value: str | int | None = Field(default=None, description="None: our data can't fill it.")
    columns: list[PublicationColumnOut] | None = None
    rows: list[list[PublicationCell]] | None = None


class PublicationSectionOut(BaseModel):
    """One item of the form; without fields there is no source for it yet."""

    code: str
    title_zh: str
    title: str
    fields: list[PublicationFieldOut]


class PublicationGapOut(BaseModel):
    """What our data can't fill: a field, or with `field` null a whole section."""

    section: str
    field: str | None


class PublicationChangeOut(BaseModel):
    """What one version says otherwise than another; of a row that came `old` is null, of one gone `new`."""

    model_config = ConfigDict(json_schema_extra=shown(examples.CHANGE))

    section: str
    section_title_zh: str
    field: str
    title_zh: str
    title: str
    unit: str = Field(description="The value's unit; `row`: a whole row of a table.")
    units: list[Measure] | None = Field(default=None, description="Of a row: the units of its cells.")
    old: str | int | list[PublicationCell] | None
    new: str | int | list[PublicationCell] | None


class PublicationDifferenceOut(BaseModel):
    """What today's books say differently about the same period than a publication did."""

    model_config = ConfigDict(json_schema_extra=shown(examples.DIFFERENCE))

    publication_id: UUID
    as_of: date
    changes: list[PublicationChangeOut]

    @classmethod
    def of(cls, publication_id: UUID, day: date, changes: Sequence[Mapping[str, Any]]) -> Self:
        """Return differences as JSON shows them."""
        return cls(
            publication_id=publication_id,
            as_of=day,
            changes=[PublicationChangeOut.model_validate(one) for one in changes],
        )


def told(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return content, with its gaps, by the names of the models that show it."""
    return {
        "form": said["form"],
        "sections": said["sections"],
        "missing": [
            {"section": section, "field": field} for section, field in contents.missing(said["sections"])
        ],
    }
