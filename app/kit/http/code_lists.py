"""Code lists over HTTP: every code that answers and requests hold, with what it is called."""

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from app.kit.fields import shown
from app.kit.http.caching import CacheableRoute
from app.kit.labels import Labels


class CodeOut(BaseModel):
    """A code, and what a person calls it."""

    code: str
    zh: str
    en: str


class CodeListOut(BaseModel):
    """The codes that may stand in one place; its name is that of the schema in the API's document."""

    name: str
    codes: list[CodeOut]


_EXAMPLE = {
    "code_lists": [
        {
            "name": "Tier",
            "codes": [
                {"code": "province", "zh": "省级", "en": "Province"},
                {"code": "city", "zh": "市级", "en": "City"},
            ],
        }
    ]
}


class CodeListsOut(BaseModel):
    """All code lists, by name."""

    model_config = ConfigDict(json_schema_extra=shown(_EXAMPLE))

    code_lists: list[CodeListOut]


def router(labels: Labels) -> APIRouter:
    """Return the route that tells these labels."""
    told = CodeListsOut(
        code_lists=[
            CodeListOut(
                name=name,
                codes=[
                    CodeOut(code=code, zh=labels.code(name, code, "zh"), en=labels.code(name, code, "en"))
                    for code in codes
                ],
            )
            for name, codes in sorted(labels.codes.items())
        ]
    )
    made = APIRouter(prefix="/v1/code-lists", tags=["code lists"], route_class=CacheableRoute)

    @made.get("", operation_id="read_code_lists", summary="Read code lists")
    async def read_code_lists() -> CodeListsOut:
        """Return every code that is used, with its labels in Chinese and English."""
        return told

    return made
