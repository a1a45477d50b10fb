"""Beneficiaries: each person once in the federation, under seal, and told to nobody who need not know."""

from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.kit import vault
from app.kit.database import WriteSession
from app.kit.models import OutboxEvent
from app.organizations.models import Access
from app.projects.models import Beneficiary, BeneficiaryConsent
from tests.factories import organizations as make
from tests.projects.helped import beneficiary, figures, give, given, id_number, people, person
from tests.projects.office import Office, office


async def test_a_person_is_known_once_wherever_they_are_helped(
    app: FastAPI, client: AsyncClient, session: WriteSession, desk: Office
) -> None:
    city = await office(app, client, session, await make.organization(session, parent=desk.organization))
    number = id_number()
    first = await beneficiary(city, name="受益人甲", document_number=number)
    again = await beneficiary(desk, name="受益人甲", document_number=f" {number[:6]} {number[6:]}")

    assert again["id"] == first["id"]
    assert again["organization_id"] == str(city.organization.id)
    assert again["document_number"] == f"{number[:3]}{'*' * 13}{number[-2:]}"
    other = person(name="别人", document_number=number)
    refused = await desk.post(
        "/beneficiaries", {"organization_id": str(desk.organization.id), "person": other}
    )
    assert (refused.status_code, refused.json()["code"]) == (409, "beneficiary-name-differs")
    assert "受益人甲" not in refused.text


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"document_number": "610924199003070000"}, "document-invalid"),
        ({"document_number": id_number("20200101")}, "guardian-consent-missing"),
        ({"born_on": "1990-03-08"}, "birth-date-differs"),
        ({"region_code": "999999"}, "region-unknown"),
        ({"phone": "nonsense"}, "phone-invalid"),
        ({"agreed_at": None}, "body-invalid"),
    ],
)
async def test_who_cannot_be_so_is_refused(desk: Office, over: dict[str, Any], code: str) -> None:
    body = {"organization_id": str(desk.organization.id), "person": person(**over)}
    answer = await desk.post("/beneficiaries", body)
    assert answer.status_code == 422
    if code != "body-invalid":
        assert answer.json()["code"] == code


async def test_a_childs_guardian_agrees_and_stays_under_seal(desk: Office, session: WriteSession) -> None:
    guardian = {
        "name": "监护人",
        "phone": "13800000009",
        "relation": "母亲",
        "agreed_at": "2026-03-01T10:00:00+08:00",
    }
    child = await beneficiary(
        desk, document_number=id_number("20200101"), guardian=guardian, publish_scopes=["photo"]
    )

    kinds = await session.scalars(
        select(BeneficiaryConsent.kind).where(BeneficiaryConsent.beneficiary_id == child["id"])
    )
    assert sorted(kinds) == ["guardian", "publish", "records"]
    assert child["guardian_relation"] == "母亲"
    assert child["publish_scopes"] == ["photo"]
    told: dict[str, object] = {"organization_id": str(desk.organization.id), "scopes": []}
    taken_back = await desk.made(f"/beneficiaries/{child['id']}/consents", told)
    assert taken_back["publish_scopes"] == []


async def test_lists_name_nobody_and_every_look_is_logged(desk: Office, session: WriteSession) -> None:
    number = id_number()
    who = await beneficiary(desk, name="受益人乙", document_number=number)

    listed = await desk.get("/beneficiaries")
    assert [one["number"] for one in listed.json()["items"]] == [who["number"]]
    assert "受益人乙" not in listed.text
    assert (await desk.get(f"/beneficiaries/{who['id']}")).json()["name"] == "受益人乙"
    asked = {"document_kind": "resident_id", "document_number": number}
    assert (await desk.made("/beneficiaries/look-ups", asked))["id"] == who["id"]

    looks = await session.scalars(select(Access.subject).where(Access.kind == "beneficiary"))
    assert list(looks) == [who["id"]] * 2


async def test_a_stranger_finds_nobody(
    app: FastAPI, client: AsyncClient, session: WriteSession, desk: Office
) -> None:
    stranger = await office(app, client, session)
    number = id_number()
    who = await beneficiary(desk, document_number=number)

    assert (await stranger.get(f"/beneficiaries/{who['id']}")).status_code == 404
    assert (await stranger.get("/beneficiaries")).json()["items"] == []
    asked = {"document_kind": "resident_id", "document_number": number}
    assert (await stranger.post("/beneficiaries/look-ups", asked)).status_code == 404


async def test_help_is_told_across_tiers_with_what_and_where_and_not_who_looked(
    app: FastAPI, client: AsyncClient, session: WriteSession, desk: Office
) -> None:
    below = await make.organization(session, parent=desk.organization)
    city = await office(app, client, session, below)
    beside = await office(app, client, session, await make.organization(session, parent=desk.organization))
    number, wife = id_number(), id_number()
    who = await beneficiary(city, name="受益人丙", document_number=number)
    partner = await beneficiary(city, name="受益人丁", document_number=wife)
    home = await city.made(
        "/households", {"organization_id": str(below.id), "region_code": "610924", "village": "示例村"}
    )
    for one, relation in ((who, "户主"), (partner, "配偶")):
        told = {"beneficiary_id": one["id"], "relation": relation}
        await city.made(f"/households/{home['id']}/members", told)
    project = await city.running(category="medical_aid", title="大病救助")
    await give(city, project, given(who, title="救助金"), given(partner, title="慰问金"))

    asked = {
        "organization_id": str(beside.organization.id),
        "document_kind": "resident_id",
        "document_number": number,
    }
    answer = await beside.post("/beneficiaries/duplicate-checks", asked)
    told = answer.json()["received"]

    assert [(one["title"], one["same_person"]) for one in told] == [("慰问金", False), ("救助金", True)]
    assert {one["organization_name"] for one in told} == {below.name}
    assert {one["project_title"] for one in told} == {"大病救助"}
    assert "受益人" not in answer.text
    assert "staff:" not in answer.text
    alone = await beside.made("/beneficiaries/duplicate-checks", asked | {"household": False})
    assert [one["title"] for one in alone["received"]] == ["救助金"]
    later = await beside.made("/beneficiaries/duplicate-checks", asked | {"given_on_from": "2026-05-02"})
    assert later["received"] == []
    nobody = await beside.made("/beneficiaries/duplicate-checks", asked | {"document_number": id_number()})
    assert nobody["received"] == []
    looks = (await session.execute(select(Access.organization_id, Access.subject))).all()
    # Those of whose help was told see in their log that somebody looked; so do the asker's own auditors.
    assert (below.id, f"duplicate-check:{who['id']}") in looks
    assert (beside.organization.id, f"duplicate-check:{who['id']}") in looks
    assert (beside.organization.id, "duplicate-check:nobody") in looks


async def test_what_is_set_right_stands_on_the_version_that_was_read(desk: Office) -> None:
    who = await beneficiary(desk, address="示例村1组", bank_account="6222000000001234")
    path = f"/beneficiaries/{who['id']}"
    tag = (await desk.get(path)).headers["etag"]

    assert who["bank_account_last4"] == "1234"
    changed = await desk.patch(path, {"phone": "13800000007", "address": None}, tag)
    assert (changed.json()["phone"], changed.json()["address"]) == ("+8613800000007", None)
    assert (await desk.patch(path, {"address": "x"}, tag)).status_code == 412
    assert (await desk.patch(path, {"address": "x"}, None)).status_code == 428


async def test_an_erased_person_leaves_figures_and_nothing_else(desk: Office, session: WriteSession) -> None:
    number = id_number()
    who = await beneficiary(desk, name="受益人戊", document_number=number)
    project = await desk.running()
    await give(desk, project, given(who))
    asked = {"organization_id": str(desk.organization.id)}

    gone = await desk.post(f"/beneficiaries/{who['id']}/erasure", asked)

    assert gone.status_code == 204
    assert (await desk.get(f"/beneficiaries/{who['id']}")).json()["name"] is None
    row = await session.get_one(Beneficiary, who["id"], populate_existing=True)
    assert (row.document_index, await vault.read(session, [row.id], ["name"])) == (None, {})
    assert await people(desk) == 1
    again = await desk.post(f"/{project['id']}/benefits", {"items": [given(who)]})
    assert again.json()["code"] == "beneficiary-erased"
    # Somebody with the document who comes again is somebody new.
    assert (await beneficiary(desk, name="别名", document_number=number))["id"] != who["id"]


async def test_no_answer_event_or_figure_names_anybody(
    desk: Office, session: WriteSession, caplog: pytest.LogCaptureFixture
) -> None:
    number, name = id_number(), "金丝雀己"
    who = await beneficiary(desk, name=name, document_number=number, address="金丝雀路4711号")
    project = await desk.running()
    [benefit] = await give(desk, project, given(who))
    body = {"organization_id": str(desk.organization.id)}
    answers = [
        await desk.get("/beneficiaries"),
        await desk.get(f"/{project['id']}/benefits"),
        await desk.post(f"/{project['id']}/benefits/{benefit}/voiding", {"reason": "登记有误"}),
        await desk.post("/beneficiaries", body | {"person": person(name="x", document_number=number)}),
        await desk.post("/beneficiaries", body | {"person": person(name=name, born_on="1980-01-01")}),
        await desk.post("/beneficiaries/duplicate-checks", body | {"document_kind": "resident_id"}),
    ]
    events = await session.scalars(select(OutboxEvent))
    texts = [answer.text for answer in answers] + [f"{one.subject}{one.payload}" for one in events]
    texts += [str(await figures(desk)), caplog.text]
    assert not [one for one in texts if name in one or number in one or "金丝雀" in one]
    rows = await session.execute(select(Beneficiary))
    assert name not in str([vars(row[0]) for row in rows])
