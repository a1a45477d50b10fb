"""Templates as JSON."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from app.accounting.models import Side
from app.accounting.schemas.vouchers import examples
from app.accounting.vouchers.templates import AskKind, Template
from app.kit.fields import Line
from app.kit.http.pages import PageQuery


class TemplateQuery(PageQuery):
    """Which templates to list."""

    usable: bool | None = Field(
        default=None, description="Only those that make vouchers, or only the others."
    )
    q: Line | None = Field(default=None, description="Part of the code or the title.")


class AskOut(BaseModel):
    """One input that a template asks for."""

    name: str
    kind: AskKind
    choices: list[str]
    required: bool


class RowOut(BaseModel):
    """One line that a template makes; `code` may be the name of the input that chooses the account."""

    side: Side
    code: str
    sub: str | None
    amount: str


_SHOWN: dict[str, object] = {
    "code": "RENT",
    "title_zh": "支付房租",
    "title": "Rent",
    "source": "5301",
    "activity": "administration",
    "chart": "2026",
    "door": None,
    "documents": [],
    "asks": [{"name": "amount", "kind": "amount", "choices": [], "required": True}],
    "rows": [{"side": "debit", "code": "5301", "sub": None, "amount": "amount"}],
}


_MADE = {"asks", "rows", "documents"}


class TemplateOut(BaseModel):
    """An entry that recurs; with a `door` it is booked there and never by a voucher."""

    model_config = ConfigDict(json_schema_extra=examples.shown(_SHOWN))

    code: str
    title_zh: str
    title: str
    source: str
    activity: str
    chart: str
    door: str | None
    documents: list[str] = Field(
        description="Kinds of files, one of which must support the voucher before it is handed in."
    )
    asks: list[AskOut]
    rows: list[RowOut]

    @classmethod
    def of(cls, template: Template) -> Self:
        """Return a template as JSON shows it."""
        return cls(
            **{name: getattr(template, name) for name in cls.model_fields if name not in _MADE},
            documents=sorted(template.documents),
            asks=[
                AskOut(name=one.name, kind=one.kind, choices=list(one.choices), required=one.required)
                for one in template.asks
            ],
            rows=[
                RowOut(side=one.side, code=one.code, sub=one.sub, amount=one.amount) for one in template.rows
            ],
        )
