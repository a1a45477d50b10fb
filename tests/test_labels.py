"""Labels: every code and every column of a list is called something in Chinese and in English."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI

from app.kit.http import spreadsheets
from app.kit.sheets.workbooks import MEDIA_TYPE
from app.wiring import LABELS


@pytest.fixture
def document(app: FastAPI) -> dict[str, Any]:
    return app.openapi()


def enumerations(document: dict[str, Any]) -> Iterator[tuple[str, set[str]]]:
    """Yield every code list: of the schemas, and those written out in one of their members."""
    for name, schema in document["components"]["schemas"].items():
        if "enum" in schema:
            yield name, set(schema["enum"])
        for member, told in schema.get("properties", {}).items():
            for form in (told, told.get("items", {}), *told.get("anyOf", ())):
                if "enum" in form:
                    yield f"{name}.{member}", set(form["enum"])


def test_every_code_has_a_label_in_both_languages(document: dict[str, Any]) -> None:
    """Add what is missing to CODES in the feature's `labels` module (and that to app/wiring.py)."""
    labelled = {name: codes.keys() for name, codes in LABELS.codes.items()}
    odd = [
        f"{name}: {sorted(codes - labelled.get(name, set()))}"
        for name, codes in enumerations(document)
        if not (
            codes <= labelled.get(name, set())
            or ("." in name and any(codes <= one for one in labelled.values()))
        )
    ]
    odd += [
        f"{name}.{code}: {LABELS.code(name, code, 'zh')}"
        for name, codes in LABELS.codes.items()
        for code in codes
        if not re.search(r"[\u4e00-\u9fff]|Base64", LABELS.code(name, code, "zh"))
        or re.search(r"[\u4e00-\u9fff]", LABELS.code(name, code, "en"))
    ]
    assert odd == []


def test_every_list_is_also_a_workbook_with_chinese_headers(app: FastAPI, document: dict[str, Any]) -> None:
    """Add what is missing to FIELDS in the feature's `labels`: `field`, `Model.field`, `Sheet.list`."""
    lists = {
        path: leaves for path, leaves in spreadsheets.leaves_of(app).items() if path in document["paths"]
    }
    assert len(lists) > 20
    odd: list[str] = []
    for path, leaves in lists.items():
        operation = document["paths"][path]["get"]
        name = operation["operationId"].removeprefix("list_")
        if MEDIA_TYPE not in operation["responses"]["200"]["content"] or not leaves:
            odd.append(f"{path}: no workbook")
        asked = [("Sheet", name), *(step for leaf in leaves for step in leaf.path)]
        odd += [f"{path}: {model}.{field}" for model, field in asked if not LABELS.knows(model, field)]
        headers = [leaf.title(LABELS, language) for language in ("zh", "en") for leaf in leaves]
        odd += [f"{path}: two columns are {one}" for one in set(headers) if headers.count(one) > 1]
    assert sorted(set(odd)) == []
