"""Papers: a publication for people to read, in Chinese: as a page, and as a document to keep."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from app.disclosure import names
from app.disclosure.rules import citations
from app.kit.money import yuan

TEMPLATE = Path(__file__).with_name("publication.typ")
GAP = "（暂缺）"
UNNAMED = names.LABELS["zh"]
DEMO = "演示数据，并非真实信息"
_STYLE = """
body{font:16px/1.7 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}
h1{font-size:1.6rem;margin-bottom:.2rem}h2{font-size:1.15rem;margin-top:2rem}
table{border-collapse:collapse;width:100%;margin:.5rem 0 1rem}
th,td{border:1px solid #999;padding:.35rem .6rem;text-align:left;vertical-align:top}
th{background:#f0f0f0;font-weight:600}td.n{text-align:right;font-variant-numeric:tabular-nums}
.gap{color:#8a4b00}.note{color:#555;font-size:.9rem;overflow-wrap:anywhere}
"""
_UNITS = {"fen": "元", "persons": "人", "person_times": "人次", "grams": "克"}
_RIGHT = {"fen", "number", "persons", "person_times", "basis_points", "grams"}


async def pdf(said: Mapping[str, Any], sha256: str, made_at: datetime) -> bytes:
    """Set a publication, with the names that may be shown now; equal data, equal bytes."""
    # Here and not above: the typesetter takes megabytes of every process that never sets anything.
    from app.kit.typesetting import papers

    return await papers.pdf(TEMPLATE, _paper(said, sha256), made_at=made_at)


def html(said: Mapping[str, Any], sha256: str) -> bytes:
    """Write a publication as one page that needs nothing else."""
    told = _paper(said, sha256)
    root = ET.Element("html", lang="zh-CN")
    head, body = ET.SubElement(root, "head"), ET.SubElement(root, "body")
    ET.SubElement(head, "meta", charset="utf-8")
    ET.SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    _text(head, "title", f"{told['title']}　{told['subject']}")
    _text(head, "style", _STYLE)
    _text(body, "h1", told["title"])
    for line in told["below"]:
        _text(body, "p", line)
    if told["correction"]:
        _text(body, "h2", "更正说明")
        _text(body, "p", told["correction"]["reason"])
        _table(body, ["项目", "原公开内容", "更正后"], told["correction"]["rows"], set())
    for section in told["sections"]:
        _text(body, "h2", section["title"])
        if not section["facts"] and not section["tables"]:
            _text(body, "p", GAP, "gap")
        if section["facts"]:
            _table(body, ["项目", "内容"], section["facts"], set())
        for table in section["tables"]:
            _text(body, "h3", table["title"])
            _table(body, table["header"], table["rows"], set(table["right"]))
    _text(body, "p", told["note"], "note")
    return b"<!DOCTYPE html>\n" + ET.tostring(root, encoding="utf-8", method="html")


def _text(parent: ET.Element, tag: str, text: str, kind: str | None = None) -> None:
    child = ET.SubElement(parent, tag)
    child.text = text
    if kind:
        child.set("class", kind)


def _table(parent: ET.Element, header: Sequence[str], rows: Sequence[Sequence[str]], right: set[int]) -> None:
    table = ET.SubElement(parent, "table")
    top = ET.SubElement(table, "tr")
    for title in header:
        cell = ET.SubElement(top, "th", scope="col")
        cell.text = title
    for row in rows or [["无", *[""] * (len(header) - 1)]]:
        line = ET.SubElement(table, "tr")
        for at, text in enumerate(row):
            _text(line, "td", text, "n" if at in right else "gap" if text == GAP else None)


def _paper(said: Mapping[str, Any], sha256: str) -> dict[str, Any]:
    """Return what both forms of paper print, in words."""
    cited = "参照" if said["form"].get("by_analogy") else "依据"
    period, form, whose = said["period"], said["form"], said["organization"]
    below = [
        said["subject"]["title"],
        f"公开机构：{whose['name']}",
        f"期间：{period['from']} 至 {period['to']}",
        f"数据截至：{said['as_of']}　公开日期：{said['published_on']}",
        f"{cited}：{citations.zh(form['regulation_title_zh'], form['article'])}",
    ]
    if said["demo"]:
        below.append(DEMO)
    correction = said["corrects"]
    return {
        "title": said["title_zh"],
        "subject": said["subject"]["title"],
        "issuer": whose["name"],
        "below": below,
        "correction": correction and {"reason": correction["reason"], "rows": list(_changes(correction))},
        "sections": [_section(section) for section in said["sections"]],
        "note": f"编号：{said['publication']}　快照摘要（SHA-256）：{sha256}",
    }


def _section(section: Mapping[str, Any]) -> dict[str, Any]:
    facts = [
        [_titled(one), _value(one["value"], one["unit"])] for one in section["fields"] if "rows" not in one
    ]
    tables = [_rows(one) for one in section["fields"] if "rows" in one]
    return {"title": section["title_zh"], "facts": facts, "tables": tables}


def _rows(table: Mapping[str, Any]) -> dict[str, Any]:
    units = [column["unit"] for column in table["columns"]]
    return {
        "title": table["title_zh"],
        "header": [_titled(column) for column in table["columns"]],
        "right": [at for at, unit in enumerate(units) if unit in _RIGHT],
        "rows": [[_cell(cell, unit) for cell, unit in zip(row, units, strict=True)] for row in table["rows"]],
    }


def _changes(correction: Mapping[str, Any]) -> Iterator[list[str]]:
    for one in correction["changes"]:
        title = f"{one['section_title_zh']}：{one['title_zh']}"
        yield [title, *(_changed(one[which], one) for which in ("old", "new"))]


def _changed(value: Any, change: Mapping[str, Any]) -> str:  # noqa: ANN401 - JSON
    if change["unit"] != "row":
        return _value(value, change["unit"])
    if value is None:
        return "无"
    cells = (_cell(cell, unit) for cell, unit in zip(value, change["units"], strict=True))
    return "，".join(cell for cell in cells if cell)


def _titled(one: Mapping[str, Any]) -> str:
    unit = _UNITS.get(one["unit"])
    return f"{one['title_zh']}（{unit}）" if unit else one["title_zh"]


def _value(value: Any, unit: str) -> str:  # noqa: ANN401 - JSON
    return GAP if value is None else _cell(value, unit)


def _cell(value: Any, unit: str) -> str:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        return cast("dict[str, str | None]", value).get("name") or UNNAMED
    if value is None:
        return ""
    if unit == "fen":
        return yuan(int(value))
    return f"{value / 100:.2f}%" if unit == "basis_points" else str(value)
