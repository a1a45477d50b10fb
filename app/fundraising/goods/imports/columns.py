"""Columns: what lists of goods call what they tell, and the templates to fill in."""

import re
from collections.abc import Mapping, Sequence

from app.fundraising.goods import quantities
from app.fundraising.models.goods import GoodsImportKind
from app.kit.sheets import forms
from app.kit.sheets.cells import Kind
from app.kit.sheets.forms import Field, Form

_UNIT = re.compile(r"[^\d\s.,/*]{1,20}")
HEADING_WORDS_MIN = 3
"""A row below the header with so many of the header's words is a heading again."""


def _unit(text: str) -> str:
    if not _UNIT.fullmatch(text):
        raise ValueError("a unit such as 箱 is wanted, without numbers")
    return text


_ITEM = Field(
    name="item_name",
    zh="品名",
    en="Item",
    required=True,
    aliases=("物资名称", "名称", "入库物资", "item"),
    example="医用外科口罩",
)
_REST = (
    Field(name="spec", zh="规格", en="Specification", aliases=("规格型号",), example="2000个/箱"),
    Field(
        name="unit",
        zh="计量单位",
        en="Unit",
        aliases=("单位",),
        read=_unit,
        example="箱",
        hint_zh="数量已带单位（如 198件）时可空",
        hint_en="may be empty where the quantity tells it, such as 198件",
    ),
    Field(
        name="quantity",
        zh="数量",
        en="Quantity",
        required=True,
        aliases=("数量总计",),
        read=quantities.read,
        example="198件",
        hint_zh="整数，可带单位",
        hint_en="a whole number, with or without its unit",
    ),
    Field(name="source_file", zh="来源文件", en="Source file"),
    Field(name="source_row", zh="来源行号", en="Source row", kind=Kind.integer),
)
_GIVER = Field(
    name="donor_unit",
    zh="捐赠单位",
    en="Giver",
    aliases=("捐赠人", "捐赠方", "捐赠单位或个人"),
    example="某某医疗器械有限公司",
)
_RECIPIENT = Field(
    name="recipient_unit",
    zh="接收单位",
    en="Recipient",
    required=True,
    aliases=("受赠单位", "领用单位", "发放单位"),
    example="某某县人民医院",
)
_EXPIRES = Field(name="expires_on", zh="有效期至", en="Expires on", kind=Kind.day)
_BATCH = Field(name="batch_number", zh="批号", en="Batch number")

FORMS: Mapping[GoodsImportKind, Form] = {
    GoodsImportKind.received: Form(
        name="received", zh="接收物资", en="Goods received", fields=[_ITEM, _GIVER, *_REST, _EXPIRES, _BATCH]
    ),
    GoodsImportKind.handed_out: Form(
        name="handed_out", zh="发放物资", en="Goods handed out", fields=[_RECIPIENT, _ITEM, *_REST]
    ),
}


def places(kind: GoodsImportKind, header: Sequence[str]) -> dict[int, Field]:
    """Return which field stands in which column of a header."""
    words = [forms.folded(word) for word in header]
    fields = FORMS[kind].fields
    return {place: one for place, word in enumerate(words) for one in fields if word in one.headers}


def is_header(kind: GoodsImportKind, header: Sequence[str]) -> bool:
    """Tell whether a line is the header of such a list: every column that is needed is there."""
    found = {one.name for one in places(kind, header).values()}
    return all(one.name in found for one in FORMS[kind].fields if one.required)


def heading_of(cells: Sequence[str]) -> GoodsImportKind | None:
    """Return of which list a row is a heading once more; None if it is an ordinary row."""
    counts = {kind: len(places(kind, cells)) for kind in GoodsImportKind}
    best = max(GoodsImportKind, key=lambda kind: counts[kind])
    return best if counts[best] >= HEADING_WORDS_MIN else None
