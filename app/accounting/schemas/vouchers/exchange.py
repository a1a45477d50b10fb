"""Exchange with other bookkeeping programs as JSON."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.accounting.models import Program
from app.accounting.schemas.vouchers import examples
from app.kit.fields import Body, Code, Day

_CODES = {"codes": {"1002/icbc-0291": "100201", "5301": "6602"}}
Label = Annotated[str, Field(pattern=r"^[0-9]{4}(/[A-Za-z0-9][A-Za-z0-9._-]{0,63}){0,6}$")]


class MappingIn(Body):
    """All of a program's codes, by our account labels."""

    model_config = ConfigDict(json_schema_extra=examples.shown(_CODES))

    codes: dict[Label, Annotated[Code, Field(max_length=40)]] = Field(max_length=5_000)


class MappingOut(BaseModel):
    """All of a program's codes, by our account labels."""

    model_config = ConfigDict(json_schema_extra=examples.shown(_CODES))

    codes: dict[str, str]


class ExportQuery(BaseModel):
    """Of which month to hand out the vouchers, for which program."""

    model_config = ConfigDict(extra="forbid")

    month: Day = Field(description="The first day of a month.")
    program: Program


class ImportQuery(BaseModel):
    """From which program the vouchers come, and whether only to look."""

    model_config = ConfigDict(extra="forbid")

    program: Program
    dry_run: bool = False


class ImportedOut(BaseModel):
    """What became of a workbook: how many vouchers it holds, and the drafts written."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown(
            {"dry_run": False, "voucher_count": 1, "voucher_ids": [examples.VOUCHER_ID]}
        )
    )

    dry_run: bool
    voucher_count: int
    voucher_ids: list[UUID]
