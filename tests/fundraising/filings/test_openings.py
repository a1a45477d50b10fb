"""Openings: what the law asks of a campaign before it asks the public."""

from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import select

from app.fundraising.filings import regimes
from app.fundraising.models import CampaignKind
from app.kit.clock import today
from app.kit.database import WriteSession
from app.kit.models import OutboxEvent
from app.settings import Settings
from tests.fundraising.filings.office import Office, designate, iso, office
from tests.fundraising.filings.test_plans import code


async def opening(here: Office, path: str, **body: Any) -> Response:
    return await here.officer.post(f"{path}/opening", body or None)


async def declare(here: Office, opened_on: str, name: str = "FLOOD-2026") -> str:
    body = {
        "organization_id": str(here.officer.organization.id),
        "code": name,
        "title": "洪涝灾害",
        "response_level": "省级三级",
        "opened_on": opened_on,
    }
    made = await here.officer.post("/emergencies", body)
    assert made.status_code == 201, made.text
    return made.json()["id"]


def test_an_installation_asks_for_filings_unless_told_otherwise() -> None:
    assert Settings().filing_required is True


async def test_a_public_campaign_opens_with_its_filed_plan_only(here: Office) -> None:
    bare = await here.draft(starts_on=iso())
    filed = await here.filed()

    refused = await opening(here, bare)
    opened = await opening(here, filed)

    assert code(refused) == (409, "plan-not-filed")
    assert refused.json()["article"] == "慈善法 第二十四条"
    assert opened.json()["state"] == "open", opened.text


async def test_without_a_certificate_nothing_asks_the_public(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    here = await office(app, client, session, certified=False)
    path = await here.draft(starts_on=iso())
    await here.officer.post(f"{path}/plan", here.plan())
    await here.review(path)

    assert code(await opening(here, path)) == (409, "certificate-missing")
    assert code(await here.submit(path, iso(-20))) == (409, "certificate-missing")


async def test_a_campaign_opens_within_the_days_that_were_filed(here: Office) -> None:
    soon = await here.draft()
    await here.officer.post(f"{soon}/plan", here.plan())
    await here.review(soon)
    await here.submit(soon)
    await here.file(soon)

    assert code(await opening(here, soon)) == (409, "outside-filed-period")


async def test_what_began_before_the_rules_is_loaded_and_not_judged(here: Office) -> None:
    old = await here.draft(kind="historical", starts_on="2020-01-22", ends_on="2020-03-31")
    body = {
        "organization_id": str(here.officer.organization.id),
        "code": "SX-NOT-OLD",
        "title": "不旧",
        "purpose": "x",
        "starts_on": "2024-09-05",
        "kind": "historical",
        "designations": [{"code": "main", "title": "x", "fund_code": "NOT-OLD"}],
    }

    opened = await opening(here, old, opened_at="2020-01-22T00:00:00+08:00")
    too_new = await here.officer.post("/campaigns", body)

    assert opened.json()["state"] == "open", opened.text
    assert code(too_new) == (422, "campaign-not-historical")


async def test_a_platform_is_designated_when_it_is_named_and_when_the_campaign_opens(
    here: Office, session: WriteSession
) -> None:
    page = {"platform_id": str(here.platform.id), "page_title": "慈安桥"}
    path = await here.filed(plan=here.plan(platforms=[page]))
    named = await here.draft()
    await here.officer.post(f"{named}/plan", here.plan(platforms=[page | {"page_title": "别的名称"}]))
    await here.review(named)
    [standing] = (await _as_admin(here, "GET", "/platform-standings")).json()["items"]
    ended = await _as_admin(
        here,
        "POST",
        f"/platforms/{here.platform.id}/standings/{standing['id']}/end",
        {"valid_to": iso(-1)},
    )
    assert ended.status_code == 200, ended.text

    refused = await opening(here, path)
    misnamed = await here.submit(named)
    overlapping = await _as_admin(
        here,
        "POST",
        f"/platforms/{here.platform.id}/standings",
        {"kind": "payment_only", "valid_from": iso(-5)},
    )
    await designate(session, here.platform, valid_from=today(), batch="第四批")
    again = await opening(here, path)

    assert code(refused) == (409, "platform-not-designated")
    assert refused.json()["platforms"] == [str(here.platform.id)]
    assert code(misnamed) == (422, "page-title-differs")
    assert code(overlapping) == (409, "standing-overlaps")
    assert again.json()["state"] == "open", again.text


async def _as_admin(here: Office, method: str, path: str, body: dict[str, Any] | None = None) -> Response:
    return await here.officer.client.request(method, f"/v1/fundraising{path}", json=body, headers=here.admin)


async def test_an_emergency_opens_first_and_is_filed_within_ten_days(
    here: Office, session: WriteSession
) -> None:
    emergency = await declare(here, iso(-3))
    path = await here.draft(emergency_id=emergency, starts_on=iso(-2), ends_on=iso(60))

    opened = await opening(here, path)
    assert opened.json()["state"] == "open", opened.text
    events = await session.scalars(select(OutboxEvent).where(OutboxEvent.topic.like("emergency.%")))
    told = {event.topic: event.payload for event in events}
    assert told["emergency.opened"]["opened_on"] == iso(-3)
    assert told["emergency.campaign_opened"]["every_days"] == 5
    assert told["emergency.campaign_opened"]["first_due_on"] == iso(5)
    assert told["emergency.campaign_opened"]["file_by"] == iso(8)

    written = await here.officer.post(f"{path}/plan", here.plan())
    assert (written.json()["due_on"], written.json()["late"]) == (iso(8), False)
    await here.review(path)
    assert (await here.submit(path)).json()["late"] is False
    assert (await here.file(path)).json()["state"] == "filed"
    [listed] = (await here.officer.get("/campaigns", emergency_id=emergency)).json()["items"]
    assert listed["emergency_id"] == emergency


async def test_after_an_emergency_is_closed_nothing_opens_for_it(here: Office) -> None:
    emergency = await declare(here, iso(-30))
    path = await here.draft(emergency_id=emergency, starts_on=iso(-20), ends_on=iso(60))
    closed = await here.officer.post(f"/emergencies/{emergency}/closing", {"closed_on": iso(-1)})
    again = await here.officer.post(f"/emergencies/{emergency}/closing", {"closed_on": iso()})
    unknown = await here.officer.client.post(
        "/v1/fundraising/campaigns",
        json={
            "organization_id": str(here.officer.organization.id),
            "code": "SX-NOWHERE",
            "title": "x",
            "purpose": "x",
            "starts_on": iso(),
            "emergency_id": str(here.platform.id),
            "designations": [{"code": "main", "title": "x", "fund_code": "NOWHERE"}],
        },
        headers=here.officer.headers,
    )

    assert closed.json()["closed_on"] == iso(-1)
    assert code(again) == (409, "emergency-closed")
    assert code(await opening(here, path)) == (409, "emergency-closed")
    assert code(unknown) == (422, "emergency-not-found")
    listed = (await here.officer.client.get("/v1/fundraising/emergencies")).json()["items"]
    assert [one["id"] for one in listed] == [emergency]


async def test_boxes_and_events_elsewhere_are_filed_there_too(here: Office) -> None:
    path = await here.filed(plan=here.plan(offsite=True, ways=["event"]))
    local = {
        "region_code": "610900",
        "place": "中心广场",
        "way": "event",
        "authority": "安康市民政局",
        "starts_on": iso(12),
        "ends_on": iso(13),
        "filed_on": iso(),
    }
    url = f"{path}/local-filings"

    refused = await opening(here, path)
    late = await here.officer.post(url, local | {"starts_on": iso(9)})
    nowhere = await here.officer.post(url, local | {"region_code": "999999"})
    made = await here.officer.post(url, local)
    opened = await opening(here, path)

    assert code(refused) == (409, "place-not-filed")
    assert code(late) == (409, "filed-too-late")
    assert code(nowhere) == (422, "region-unknown")
    assert made.status_code == 201, made.text
    assert opened.json()["state"] == "open"
    assert (await here.officer.get(f"{path}/plan/form")).json()["offsite_fundraising"] is True
    assert [one["place"] for one in (await here.officer.get(url)).json()["items"]] == ["中心广场"]


async def test_a_targeted_campaign_asks_whom_it_invited(here: Office) -> None:
    path = await here.draft(kind="targeted", starts_on=iso())
    url = f"{path}/invitations"
    invited = {"circle": "council", "name": "某理事"}

    nobody = await opening(here, path)
    needless = await here.officer.post(f"{path}/plan", here.plan())
    added = await here.officer.post(url, invited)
    twice = await here.officer.post(url, invited | {"circle": "member"})
    opened = await opening(here, path)
    public = await here.officer.post(f"{await here.draft()}/invitations", invited)
    seen = (await here.officer.get(url)).json()["items"]
    masked = await here.officer.client.get(f"/v1/fundraising{url}", headers=here.reviewer)

    assert code(nobody) == (409, "nobody-invited")
    assert code(needless) == (409, "plan-not-needed")
    assert (added.status_code, added.json()["name"]) == (201, "某理事")
    assert code(twice) == (409, "invited-already")
    assert opened.json()["state"] == "open", opened.text
    assert code(public) == (409, "campaign-not-targeted")
    assert [one["name"] for one in seen] == ["某理事"]
    assert [one["name"] for one in masked.json()["items"]] == [None]


@pytest.mark.parametrize(
    ("starts_on", "kind"),
    [(date(2024, 9, 4), CampaignKind.historical), (date(2024, 9, 5), CampaignKind.public)],
)
def test_what_was_under_way_before_the_rules_is_history(starts_on: date, kind: CampaignKind) -> None:
    assert regimes.kind_of(starts_on) is kind
