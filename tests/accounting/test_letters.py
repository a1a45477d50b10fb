"""Letters are an organization's own texts with named fields, and nothing in them is ever computed."""

import io
from typing import Any

import pytest
from pypdf import PdfReader

from app.accounting.letters import merging
from app.accounting.letters.starters import STARTERS
from tests.accounting.office import Office


def path(at: Office) -> str:
    return f"/v1/accounting/organizations/{at.organization.id}/letters"


def text(content: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages)


async def written(at: Office, body: str, code: str = "thanks") -> Any:
    return await at.post(path(at), {"code": code, "title": "感谢信", "body": body})


async def test_a_change_is_a_new_version_and_the_old_one_stays(at: Office) -> None:
    begin = await at.get(f"{path(at)}/thanks")
    first = await written(at, "尊敬的{{donor_name}}：谢谢。")
    await written(at, "尊敬的{{ donor_name }}：{{amount}}元已收悉。\n{{organization_name}}")

    last = (await at.get(f"{path(at)}/thanks")).json()
    old = (await at.get(f"{path(at)}/thanks", number=1)).json()
    starter = (await at.get(f"{path(at)}/thanks", number=0)).json()

    assert (begin.json()["number"], first.status_code) == (0, 201)
    assert (last["number"], last["fields"]) == (2, ["donor_name", "amount"])
    assert old["body"] == "尊敬的{{donor_name}}：谢谢。"
    assert starter["body"] == STARTERS["thanks"].body
    assert [one["number"] for one in (await at.get(path(at), code="thanks")).json()["items"]] == [1, 2]
    assert (await at.get(f"{path(at)}/nothing")).status_code == 404


async def test_a_letter_is_set_with_exactly_its_values(at: Office) -> None:
    await written(at, "尊敬的{{donor_name}}：{{amount}}元已收悉。\n\n{{organization_name}}")
    address = f"{path(at)}/thanks/pdf"
    values = {"donor_name": "#强 *{{amount}}* $x$", "amount": "50.00"}

    good = await at.post(address, {"values": values})
    missing = await at.post(address, {"values": {"donor_name": "甲"}})
    more = await at.post(address, {"values": values | {"reason": "x"}})
    ours = await at.post(address, {"values": values | {"organization_name": "别人"}})

    assert (good.status_code, good.headers["content-type"]) == (200, "application/pdf"), good.text
    # A value is text: neither a field of its own nor the typesetter's markup.
    assert "尊敬的#强*{{amount}}*$x$：50.00元已收悉。" in text(good.content)
    for answer in (missing, more, ours):
        assert (answer.status_code, answer.json()["code"]) == (422, "merge-fields-unequal")
    assert missing.json()["missing"] == ["amount"]


@pytest.mark.parametrize(
    "body",
    [
        "{{donor}}",
        "{{donor_name.__class__}}",
        "{{ 7*7 }}",
        "{{donor_name",
        "donor_name}}",
        "{{{{donor_name}}}}",
        "{{DONOR_NAME}}",
    ],
)
async def test_a_text_that_asks_for_anything_else_is_refused(at: Office, body: str) -> None:
    answer = await written(at, body)
    assert (answer.status_code, answer.json()["code"]) == (422, "merge-field-unknown")


async def test_every_starter_prints(at: Office) -> None:
    for code, starter in STARTERS.items():
        asked = [name for name in merging.fields(starter.body) if name not in merging.OWN]
        values = {name: f"〔{merging.FIELDS[name][0]}〕" for name in asked}
        answer = await at.post(f"{path(at)}/{code}/pdf", {"values": values})
        assert answer.status_code == 200, answer.text
        printed = text(answer.content)
        assert all(value in printed for value in values.values()), code


async def test_fields_are_listed_in_both_languages(at: Office) -> None:
    items = (await at.get("/v1/accounting/letter-fields", limit=200)).json()["items"]
    assert {one["name"] for one in items} == set(merging.FIELDS)
    assert {one["name"] for one in items if one["filled_in"]} == merging.OWN
