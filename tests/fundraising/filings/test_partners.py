"""Joint fundraising: evaluated, bound, named in the plan, supervised; the books are the lead's."""

from typing import Any

from app.fundraising.filings import partners
from app.kit.clock import now
from app.kit.database import WriteSession
from app.kit.models import AccessClass, Attachment
from tests.factories import organizations as members
from tests.fundraising.desk import bank, fen
from tests.fundraising.filings.office import Office, iso
from tests.fundraising.filings.test_plans import code

EVALUATION = {"credit": "良好", "ability": "五年经验", "interest_relation": "无利害关系"}
CLAUSES = {clause.value: "约定如下" for clause in partners.AgreementClause}


def partner(**over: Any) -> dict[str, Any]:
    return {
        "kind": "organization",
        "name": "某志愿服务中心",
        "evaluation": EVALUATION,
        "evaluated_on": iso(-50),
        "evaluated_by": "理事会",
    } | over


async def drafted(here: Office, **over: Any) -> tuple[str, str]:
    """A draft with a written and agreed plan, and a partner who is evaluated; both paths."""
    path = await here.draft(starts_on=iso(), ends_on=iso(200))
    made = await here.officer.post(f"{path}/partners", partner(**over))
    assert made.status_code == 201, made.text
    await here.officer.post(f"{path}/plan", here.plan())
    await here.review(path)
    return path, f"{path}/partners/{made.json()['id']}"


async def test_nothing_is_submitted_before_evaluation_and_agreement(here: Office) -> None:
    path, who = await drafted(here)
    agreement = {"clauses": CLAUSES, "signed_on": iso(-45)}

    loose = await here.submit(path, iso(-30))
    few = await here.officer.post(
        f"{who}/agreement", agreement | {"clauses": {key: CLAUSES[key] for key in ("purpose", "period")}}
    )
    early = await here.officer.post(f"{who}/agreement", agreement | {"signed_on": iso(-51)})
    bound = await here.officer.post(f"{who}/agreement", agreement)
    submitted = await here.submit(path, iso(-30))
    late = await here.officer.post(f"{path}/partners", partner())
    await here.file(path, on=iso(-25))
    form = (await here.officer.get(f"{path}/plan/form")).json()
    opened = await here.officer.post(f"{path}/opening")

    assert code(loose) == (409, "partner-not-bound")
    assert loose.json()["article"] == "慈善法 第二十六条"
    assert few.status_code == 422
    assert code(early) == (422, "step-date-wrong")
    assert (bound.json()["state"], bound.json()["clauses"]) == ("agreed", CLAUSES)
    assert submitted.status_code == 200, submitted.text
    assert code(late) == (409, "partner-of-filed-plan")
    assert (form["has_partner"], form["partner_type"], form["partner_name"]) == (
        True,
        "不具有公开募捐资格的组织",
        "某志愿服务中心",
    )
    assert opened.json()["state"] == "open", opened.text


async def test_an_evaluation_has_three_sections(here: Office) -> None:
    path = await here.draft()
    two = {name: EVALUATION[name] for name in ("credit", "ability")}

    assert (await here.officer.post(f"{path}/partners", partner(evaluation=two))).status_code == 422
    targeted = await here.draft(kind="targeted")
    refused = await here.officer.post(f"{targeted}/partners", partner())
    assert code(refused) == (409, "campaign-not-public")


async def test_in_an_emergency_too_nobody_unbound_asks_along(here: Office) -> None:
    said = {"code": "QUAKE-1", "title": "地震", "response_level": "一级", "opened_on": iso(-2)}
    body = said | {"organization_id": str(here.officer.organization.id)}
    emergency = (await here.officer.post("/emergencies", body)).json()["id"]
    path = await here.draft(emergency_id=emergency, starts_on=iso(-1), ends_on=iso(60))
    made = await here.officer.post(f"{path}/partners", partner(evaluated_on=iso(-1)))

    refused = await here.officer.post(f"{path}/opening")
    url = f"{path}/partners/{made.json()['id']}/agreement"
    await here.officer.post(url, {"clauses": CLAUSES, "signed_on": iso()})
    opened = await here.officer.post(f"{path}/opening")

    assert code(refused) == (409, "partner-not-bound")
    assert opened.json()["state"] == "open", opened.text


async def test_an_individual_partners_papers_are_in_the_archive_and_the_name_in_the_vault(
    here: Office, session: WriteSession
) -> None:
    path, who = await drafted(here, kind="individual", name="王某某")
    bound = await here.officer.post(f"{who}/agreement", {"clauses": CLAUSES, "signed_on": iso(-45)})
    seen = (await here.officer.get(f"{path}/partners")).json()["items"]
    masked = await here.officer.client.get(f"/v1/fundraising{path}/partners", headers=here.reviewer)
    refused = await here.submit(path, iso(-30))
    me = (await here.officer.get(f"{path}/plan")).json()["prepared_by"]
    files = [await _uploaded(here, session, me, kind) for kind in partners.PAPERS]
    body = {"attachment_ids": [str(file.id) for file in files]}
    assert (await here.officer.post(f"{path}/documents", body)).status_code == 200

    submitted = await here.submit(path, iso(-30))

    assert bound.json()["name"] is None
    assert [one["name"] for one in seen] == ["王某某"]
    assert [one["name"] for one in masked.json()["items"]] == [None]
    assert code(refused) == (409, "partner-papers-missing")
    assert refused.json()["missing"] == list(partners.PAPERS)
    assert submitted.status_code == 200, submitted.text


async def _uploaded(here: Office, session: WriteSession, by: str, kind: str) -> Attachment:
    file = Attachment(
        organization_id=here.officer.organization.id,
        kind=kind,
        access=AccessClass.internal,
        media_type="application/pdf",
        size_bytes=1,
        sha256=bytes(32),
        uploaded_by=by,
        file_name=f"{kind}.pdf",
        stored_at=now(),
    )
    session.add(file)
    await session.flush()
    return file


async def test_a_partner_is_supervised_and_parts_in_writing(here: Office) -> None:
    _, who = await drafted(here)
    entry = {"kind": "inspection", "supervised_on": iso(-1), "finding": "宣传与备案一致"}
    unbound = await here.officer.post(f"{who}/supervisions", entry)
    await here.officer.post(f"{who}/agreement", {"clauses": CLAUSES, "signed_on": iso(-45)})

    kept = await here.officer.post(f"{who}/supervisions", entry)
    listed = (await here.officer.get(f"{who}/supervisions")).json()["items"]
    oral = await here.officer.post(f"{who}/end", {"ended_on": iso()})
    parted = await here.officer.post(f"{who}/end", {"ended_on": iso(), "document": "终止协议"})
    again = await here.officer.post(f"{who}/end", {"ended_on": iso(), "document": "终止协议"})

    assert code(unbound) == (409, "partner-state-wrong")
    assert kept.status_code == 201, kept.text
    assert [one["finding"] for one in listed] == ["宣传与备案一致"]
    assert oral.status_code == 422
    assert parted.json()["state"] == "ended"
    assert code(again) == (409, "partner-state-wrong")


async def test_all_the_money_is_in_the_leads_books(here: Office, session: WriteSession) -> None:
    elsewhere = await members.organization(session)
    theirs = await bank(session, elsewhere)
    body = {
        "channel_id": str(theirs.id),
        "amount": fen(100),
        "donated_at": "2026-05-01T10:30:00+08:00",
    }

    answer = await here.officer.post(f"/campaigns/{here.officer.campaign.id}/donations", body)

    assert answer.status_code in {404, 422}
    assert (await here.officer.totals())["raised"] == 0
