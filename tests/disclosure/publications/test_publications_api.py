"""From the books to the public: compile, review, publish, correct, compare; and who may not."""

import hashlib
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.disclosure.publications import contents
from app.fundraising import figures
from app.kit.database import WriteSession
from app.organizations.access import Role
from app.organizations.models import Scope
from tests.disclosure.obligations.scenes import made, the
from tests.disclosure.publications.press import Press, press, value, with_gifts
from tests.disclosure.scenes import Scene
from tests.factories import organizations as members


@pytest.fixture
async def scene(session: WriteSession) -> Scene:
    return await with_gifts(session)


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession, scene: Scene) -> Press:
    return await press(app, client, session, scene)


async def test_a_campaigns_progress_is_compiled_reviewed_and_published(
    here: Press, scene: Scene, session: WriteSession
) -> None:
    draft = await here.draft()
    published = await here.publish(draft)
    held = (await figures.of(session, [scene.campaign.id]))[scene.campaign.id]

    assert [one["code"] for one in draft["sections"]] == ["subject", "raised", "used"]
    assert draft["form"]["rule"] == "OB-B5"
    assert value(draft, "raised", "received") == str(held.raised) == "2035000"
    assert value(draft, "raised", "refunded") == str(held.refunded) == "5000"
    assert value(draft, "raised", "gift_count") == 3
    assert value(draft, "used", "on_projects") == str(held.spent) == "500000"
    assert value(draft, "used", "projects") == [["P-BRIDGE-1", None, "500000"]]
    # Nobody filed a plan for this one: what that leaves open is said, and stops nobody.
    assert {one["field"] for one in draft["missing"]} == {
        "filing_no",
        "ends_on",
        "area",
        "beneficiaries",
        "target",
    }
    assert draft["missing_count"] == len(draft["missing"])
    assert draft["allowed_actions"] == ["refresh", "withdraw"]
    assert published["missing"] == draft["missing"]
    assert (published["kind_title_zh"], published["demo"]) == ("公开募捐活动进展情况", False)
    assert (await here.read(published["id"]))["sections"] == published["sections"]


async def test_what_is_left_of_the_money_is_what_the_funds_hold(
    here: Press, scene: Scene, session: WriteSession
) -> None:
    scene.campaign.ends_on = scene.campaign.starts_on.replace(month=9)
    await session.flush()
    final = await here.draft(kind="campaign_final", period_to=None)
    held = (await figures.of(session, [scene.campaign.id]))[scene.campaign.id]

    assert [one["code"] for one in final["sections"]] == [
        *("subject", "raised", "used", "unspent_plan", "partner_supervision"),
    ]
    assert (final["period_from"], final["period_to"]) == ("2026-01-01", "2026-09-01")
    assert value(final, "unspent_plan", "left") == str(held.balance)
    assert value(final, "partner_supervision", "partners") == []


async def test_before_the_first_gift_nothing_had_come_in(here: Press) -> None:
    early = await here.draft(period_to="2026-03-31")
    assert value(early, "raised", "received") == "0"
    assert value(early, "raised", "major_gifts") == []
    assert value(early, "used", "used") == "0"


async def test_the_snapshot_is_canonical_and_its_hash_is_told(here: Press) -> None:
    published = await here.publish(await here.draft())
    answer = await here.get(f"/{published['id']}/snapshot")
    again = await here.get(f"/{published['id']}/snapshot", {"If-None-Match": answer.headers["etag"]})

    assert answer.headers["content-type"] == "application/json"
    assert hashlib.sha256(answer.content).hexdigest() == published["sha256"]
    assert answer.headers["x-snapshot-sha256"] == published["sha256"]
    assert contents.written(answer.json()) == answer.content
    assert "王小明" not in answer.text
    assert again.status_code == 304


async def test_publish_correct_and_read_the_history(here: Press, scene: Scene) -> None:
    first = await here.publish(await here.draft())
    before = (await here.get(f"/{first['id']}/snapshot")).content
    await scene.give(scene.gift(7_00), scene.gift(30_000_00, giver={"name": "李四"}))

    differs = (await here.get(f"/{first['id']}/difference", here.officer)).json()
    draft = await here.correct(first)
    second = await here.publish(draft)
    history = (await here.get(f"/{first['id']}/history")).json()["publications"]

    changed = {(one["section"], one["field"]): (one["old"], one["new"]) for one in differs["changes"]}
    assert changed["raised", "received"] == ("2035000", "5035700")
    assert changed["raised", "gift_count"] == (3, 5)
    [large] = [one for one in differs["changes"] if one["field"] == "major_gifts"]
    assert (large["old"], large["new"][1]) == (None, "3000000")
    assert draft["changes"] == differs["changes"]
    assert second["correction"]["changes"] == differs["changes"]
    assert second["correction"]["reason"] == "补记一笔捐赠"
    assert second["correction"]["sha256"] == first["sha256"]
    assert [one["id"] for one in history] == [first["id"], second["id"]]
    assert [one["corrected_by_id"] for one in history] == [second["id"], None]
    assert [one["correction"] is None for one in history] == [True, False]
    # What was published is what it was, whatever the books say now.
    assert (await here.get(f"/{first['id']}/snapshot")).content == before
    assert value(await here.read(first["id"]), "raised", "received") == "2035000"
    assert (await here.get(f"/{second['id']}/difference", here.officer)).json()["changes"] == []


async def test_only_the_latest_is_corrected_and_only_if_something_differs(here: Press, scene: Scene) -> None:
    first = await here.publish(await here.draft())
    same = await here.correct(first)
    await here.review(same)
    nothing = await here.release(same)
    await here.post(f"/drafts/{same['id']}/withdrawal", {"reason": "无变化"})
    await scene.give(scene.gift(7_00))
    await here.publish(await here.correct(first))
    again = await here.post(f"/{first['id']}/correction", {"reason": "再改"})
    twice = await here.ask()
    third = await here.draft(kind="campaign_progress", period_to="2026-07-31")

    assert (nothing.status_code, nothing.json()["code"]) == (409, "nothing-differs")
    assert (again.status_code, again.json()["code"]) == (409, "publication-corrected")
    # For the same period there is one publication: a draft of another can't be published.
    await here.review(twice.json())
    told = await here.release(twice.json())
    assert (told.status_code, told.json()["code"]) == (409, "published-already")
    assert third["state"] == "draft"


async def test_whoever_prepared_it_does_not_review_it(
    here: Press, app: FastAPI, session: WriteSession
) -> None:
    draft = await here.draft()
    _, machine = await members.key(session, here.organization, Scope.disclosure)
    own = await here.review(draft, here.officer)
    early = await here.release(draft)
    stale = await here.review(draft | {"version": 9})
    unsaid = await here.post(f"/drafts/{draft['id']}/review", {"approved": True}, here.reviewer)
    by_key = await here.review(draft, machine)
    back = await here.review(draft, approved=False)
    tag = {"If-Match": back.headers["etag"]}
    anew = await here.post(f"/drafts/{draft['id']}/compilation", None, here.colleague | tag)
    theirs = await here.review(anew.json(), here.colleague)
    first_author = await here.review(anew.json(), here.officer)
    approved = await here.review(anew.json())
    again = await here.review(approved.json())
    recompiled = await here.post(
        f"/drafts/{draft['id']}/compilation", None, here.colleague | {"If-Match": approved.headers["etag"]}
    )

    assert (own.status_code, own.json()["code"]) == (403, "reviewer-compiled")
    assert (early.status_code, early.json()["code"]) == (409, "draft-not-reviewed")
    assert (stale.status_code, unsaid.status_code) == (412, 428)
    assert by_key.status_code == 403
    assert (back.json()["state"], back.json()["reviewed_by"]) == ("draft", None)
    assert theirs.json()["code"] == first_author.json()["code"] == "reviewer-compiled"
    assert approved.json()["state"] == "reviewed"
    assert again.json()["code"] == "draft-reviewed"
    # Compiled anew it is something else, and reviewed anew.
    assert (recompiled.json()["state"], recompiled.json()["reviewed_by"]) == ("draft", None)


async def test_a_draft_is_given_up_and_begun_again(here: Press) -> None:
    draft = await here.draft()
    second = await here.ask()
    gone = await here.post(f"/drafts/{draft['id']}/withdrawal", {"reason": "期间选错"})
    late = await here.review(gone.json())
    anew = await here.draft()
    waiting = await here.get("/drafts", here.reviewer, state="draft", kind="campaign_progress")

    assert (second.status_code, second.json()["code"]) == (409, "draft-there")
    assert (gone.json()["state"], gone.json()["withdrawn_reason"]) == ("withdrawn", "期间选错")
    assert gone.json()["allowed_actions"] == []
    assert late.json()["code"] == "draft-over"
    assert [one["id"] for one in waiting.json()["items"]] == [anew["id"]]


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"period_to": "2999-01-01"}, "period-unfit"),
        ({"period_to": "2025-12-31"}, "period-unfit"),
        ({"year": 2026}, "period-unfit"),
        ({"kind": "campaign_final"}, "period-unfit"),
        ({"kind": "campaign_final", "period_to": None}, "period-unfit"),
        ({"kind": "annual_work_report", "subject_id": None, "period_to": None}, "period-unfit"),
        ({"subject_id": None}, "subject-unfit"),
        ({"kind": "annual_work_report", "year": 2026, "period_to": None}, "out-of-sight"),
    ],
)
async def test_what_can_not_be_told_of_is_refused(here: Press, wish: dict[str, Any], code: str) -> None:
    answer = await here.ask(**wish)
    assert answer.json()["code"] == code, answer.text


async def test_what_asked_an_invited_circle_or_another_member_is_not_told_of(
    here: Press, scene: Scene, app: FastAPI, session: WriteSession
) -> None:
    other = await with_gifts(session)
    strangers = await here.ask(subject_id=str(other.campaign.id))
    upper = await members.sign_in(app, session, Role.disclosure_officer, other.partner.organization)
    foreign = await here.client.get("/v1/disclosure/publications/drafts", headers=upper)
    await here.draft()

    assert strangers.status_code == 404
    assert foreign.json()["items"] == []


async def test_what_lies_ready_is_told_to_the_obligation_and_the_filing_fulfils_it(
    here: Press, scene: Scene, session: WriteSession
) -> None:
    await made(session, scene.partner.organization, "2026-06-30")
    owed = await the(session, scene.partner.organization, "OB-B5", number=1)
    draft = await here.draft()
    published = await here.publish(draft)
    path = f"/v1/disclosure/obligations/{owed.id}"
    after = (await here.client.get(path, headers=here.officer)).json()
    filed = await here.client.post(
        f"{path}/filings",
        json={"place": "慈善中国", "reference": "2026-0001", "filed_on": "2026-07-01"},
        headers=here.officer,
    )

    assert draft["obligation_id"] == str(owed.id)
    assert after["preparation"] == f"publication:{published['id']}"
    assert after["prepared_on"] == published["published_on"]
    # Ready is not published at the place that the law names: only the filing there fulfils it.
    assert after["fulfilled_on"] is None
    assert filed.json()["state"] == "fulfilled"
    # The next draft is for the next obligation.
    later = await here.draft(period_to="2026-07-31")
    assert later["obligation_id"] == str(
        (await the(session, scene.partner.organization, "OB-B5", number=2)).id
    )
