"""Contents: what the law asks field by field, of whom, by the text of its day, goods and partners too."""

from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.disclosure.obligations.checklists import checklist
from app.disclosure.publications import differences
from app.fundraising.models import (
    CampaignPartner,
    Donation,
    DonorKind,
    NamedFund,
    NamedFundKind,
    Supervision,
    SupervisionKind,
)
from app.kit.clock import today
from app.kit.database import WriteSession
from app.ledger import funds
from app.ledger.models import Fund
from app.organizations.access import Role
from app.organizations.models import Organization
from app.projects.models import FundingShare, ShareSource
from tests.disclosure.obligations import project_scenes as works
from tests.disclosure.obligations.scenes import campaign, made
from tests.disclosure.publications.kinds import certified
from tests.disclosure.publications.press import Press, press, value, with_gifts
from tests.disclosure.scenes import Scene
from tests.factories import organizations as members
from tests.fundraising.goods.store import line, store

YEARLY = {"subject_id": None, "period_to": None, "year": 2025}
LAW_OF_OTHERS = {"audit_report", "highest_paid", "standards"}


@pytest.fixture
async def scene(session: WriteSession) -> Scene:
    return await with_gifts(session, joined={"books_from": date(2024, 1, 1)})


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession, scene: Scene) -> Press:
    return await press(app, client, session, scene)


async def officer(
    app: FastAPI, client: AsyncClient, session: WriteSession, at: Organization, campaign_id: str
) -> Press:
    return Press(
        client=client,
        organization=at,
        campaign_id=campaign_id,
        officer=await members.sign_in(app, session, Role.disclosure_officer, at),
        colleague=await members.sign_in(app, session, Role.disclosure_officer, at),
        reviewer=await members.sign_in(app, session, Role.reviewer, at),
    )


async def test_goods_are_told_by_kind_and_number_with_what_was_used_and_is_left(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    at = await store(app, client, session)
    appeal = at.officer.campaign
    gift = {"campaign_id": str(appeal.id), "giver": {"name": "某企业", "kind": "organization"}}
    masks, suits = await at.stocked(line(), line(item="防护服", quantity=12, unit="套"), **gift)
    assert (await at.value(masks, 1_000_00)).status_code == 201
    used = await at.hand_out(masks, 30, project_id=str(at.project.id))
    assert used.status_code == 201, used.text
    broken = await at.receive(line(item="口罩", quantity=50, unit="个"), **gift)
    assert (await at.inspect(broken.json()["id"], 口罩=20)).status_code == 200
    desk = await officer(app, client, session, at.officer.organization, str(appeal.id))

    said = await desk.draft(kind="emergency_receipts", period_to=str(today()))

    # What was refused did not come in; what nobody valued yet came in all the same.
    assert value(said, "raised", "goods_items") == [
        ["口罩", "个", 120, 120, "100000"],
        ["防护服", "套", 12, 12, None],
    ]
    assert (value(said, "raised", "goods"), value(said, "raised", "goods_in_period")) == ("100000", "100000")
    assert (value(said, "used", "goods_used"), value(said, "used", "goods_used_in_period")) == (
        "30000",
        "30000",
    )
    # Money is told for itself: none came in.
    assert (value(said, "raised", "received"), value(said, "used", "used")) == ("0", "0")
    assert "某企业" not in str(said)
    appeal.ends_on = today()
    await session.flush()
    final = await desk.draft(kind="campaign_final", period_to=None)
    assert value(final, "unspent_plan", "goods_left") == "70000"
    page = await desk.get(f"/{(await desk.publish(final))['id']}/paper")
    assert all(word in page.text for word in ("募得物资明细", "防护服", "尚未使用的物资价值", "700.00"))
    assert suits["item"] == "防护服"


async def test_what_is_asked_of_others_is_no_gap(here: Press, session: WriteSession) -> None:
    def told(draft: dict[str, Any]) -> set[str]:
        return {one["code"] for one in draft["sections"]}

    plain = await here.draft(kind="annual_work_report", **YEARLY)
    accounts = await here.draft(kind="annual_financial_report", **YEARLY)
    rows = await made(session, here.organization, "2026-06-30")
    [report] = [one for one in rows if (one.rule_id, one.number) == ("OB-B4", 2025)]
    asked = {one.content.code for one in await checklist.of(session, report)}
    assert not (told(plain) | told(accounts) | asked) & LAW_OF_OTHERS
    assert not {one["section"] for one in plain["missing"]} & LAW_OF_OTHERS

    for draft in (plain, accounts):
        await here.post(f"/drafts/{draft['id']}/withdrawal", {"reason": "重编"})
    await certified(session, here.organization)
    may_ask = await here.draft(kind="annual_work_report", **YEARLY)
    audited = await here.draft(kind="annual_financial_report", **YEARLY)
    asked = {one.content.code for one in await checklist.of(session, report)}
    assert told(may_ask) >= LAW_OF_OTHERS
    assert "audit_report" in told(audited)
    assert "audit_report" in asked
    assert {one["section"] for one in may_ask["missing"]} >= LAW_OF_OTHERS


async def test_a_report_is_made_by_the_text_of_the_last_day_that_it_tells_of(
    here: Press, session: WriteSession
) -> None:
    since = date(2024, 3, 1)
    project = await works.project(session, here.organization, since, date(2026, 12, 31))
    found = {}
    for until in ("2024-09-04", "2025-12-31", "2026-01-01"):
        wish = {"kind": "project_progress", "subject_id": str(project.id), "period_to": until}
        draft = await here.draft(**wish)
        found[until] = (draft["form"]["regulation"], len(draft["sections"]))
    assert found == {"2024-09-04": ("CL-2016", 3), "2025-12-31": ("CL-2023", 8), "2026-01-01": ("XX-81", 8)}
    page = await here.get(f"/{(await here.publish(draft))['id']}/paper")
    cited = "依据：《慈善组织信息公开办法》第10条；《慈善法》第79条；《公开募捐管理办法》第21条"
    assert cited in page.text


async def test_what_nobody_asked_for_then_is_in_no_report_of_then(here: Press, session: WriteSession) -> None:
    ended = {"ended": date(2025, 6, 30)}
    project = await works.project(session, here.organization, date(2024, 3, 1), date(2025, 7, 31), **ended)
    wish = {"kind": "project_final", "subject_id": str(project.id), "period_to": None}
    before = await here.draft(**wish)
    later = await works.project(
        session, here.organization, date(2025, 3, 1), date(2026, 7, 31), ended=date(2026, 6, 30)
    )
    after = await here.draft(**(wish | {"subject_id": str(later.id)}))

    remainder = {"remainder_amount", "remainder_project"}
    assert not {one["code"] for one in before["sections"]} & remainder
    assert {one["code"] for one in after["sections"]} >= remainder


async def test_a_form_is_borrowed_where_no_text_asked_for_it_yet(here: Press, session: WriteSession) -> None:
    relief = await campaign(session, here.organization, "2020-01-26", "2020-06-30", closed="2020-06-30")
    wish = {"kind": "emergency_receipts", "subject_id": str(relief.id), "period_to": "2020-01-31"}
    borrowed = await here.publish(await here.draft(**wish))
    asked = await here.publish(await here.draft())
    pages = [(await here.get(f"/{one['id']}/paper")).text for one in (borrowed, asked)]

    assert (borrowed["form"]["by_analogy"], asked["form"]["by_analogy"]) == (True, False)
    assert "参照：《慈善法（2023年修正）》第72条" in pages[0]
    assert "依据：" not in pages[0]
    assert "依据：《慈善组织信息公开办法》第8条（2）" in pages[1]


async def test_who_bears_a_project_is_told_and_no_share_twice(here: Press, session: WriteSession) -> None:
    project = await works.project(session, here.organization, date(2026, 2, 1), date(2026, 12, 31))
    share = {"project_id": project.id, "planned_minor": 300_00}
    session.add_all(
        [
            FundingShare(source=ShareSource.government, received_minor=100_00, **share),
            FundingShare(source=ShareSource.self_raised, **share),
        ]
    )
    await session.flush()
    draft = await here.draft(kind="project_progress", subject_id=str(project.id), period_to="2026-05-01")
    assert sorted(value(draft, "project_income", "shares")) == [
        ["政府", "30000", "10000"],
        ["自筹", "30000", "0"],
    ]


async def test_how_a_partner_was_supervised_is_told_day_by_day(
    here: Press, scene: Scene, session: WriteSession
) -> None:
    said = {"credit": "良好", "ability": "具备", "interest_relation": "无"}
    partners = [
        CampaignPartner(
            campaign_id=scene.campaign.id,
            organization_id=here.organization.id,
            kind=kind,
            name=name,
            evaluation=said,
            evaluated_on=date(2026, 1, 5),
            evaluated_by="test",
        )
        for kind, name in ((DonorKind.organization, "某公益中心"), (DonorKind.individual, None))
    ]
    session.add_all(partners)
    await session.flush()
    for partner, kind, on in (
        (partners[0], SupervisionKind.inspection, date(2026, 3, 2)),
        (partners[1], SupervisionKind.training, date(2026, 2, 1)),
        (partners[0], SupervisionKind.audit, date(2026, 11, 1)),
    ):
        session.add(
            Supervision(
                partner_id=partner.id, kind=kind, supervised_on=on, finding="李大力已到场", actor="test"
            )
        )
    scene.campaign.ends_on = date(2026, 9, 1)
    await session.flush()

    draft = await here.draft(kind="campaign_final", period_to=None)

    assert value(draft, "partner_supervision", "partners") == [
        ["某公益中心", "2026-01-05", None, 1],
        [None, "2026-01-05", None, 1],
    ]
    # What came after the campaign's end is no part of its account, and findings may name somebody.
    assert value(draft, "partner_supervision", "supervisions") == [
        ["2026-02-01", None, "培训指导"],
        ["2026-03-02", "某公益中心", "检查"],
    ]
    assert "李大力" not in str(draft)


async def test_a_special_fund_is_basic_information_that_changed(here: Press, session: WriteSession) -> None:
    pool = Fund(organization_id=here.organization.id, code="MICRO-1", title="微星基金", restricted=True)
    session.add(
        NamedFund(
            organization_id=here.organization.id,
            fund_id=(await funds.open_fund(session, pool)).id,
            kind=NamedFundKind.micro,
            purpose="助学",
            founded_on=date(2026, 3, 2),
            actor="test",
        )
    )
    await session.flush()
    rows = await made(session, here.organization, "2026-06-30")
    [owed] = [one for one in rows if one.rule_id == "OB-B2-change"]
    draft = await here.draft(kind="basic_information", subject_id=None, period_to=None)

    assert (str(owed.trigger_on), str(owed.due_on), owed.subject) == ("2026-03-02", "2026-04-01", "专项基金")
    assert value(draft, "units", "funds") == [
        ["微星基金", "专项基金", "2026-03-02", "存续", "助学", "由本组织专账核算"]
    ]


async def test_who_hides_an_amount_before_it_is_published_stops_the_draft(
    here: Press, session: WriteSession
) -> None:
    draft = await here.draft()
    assert (await here.review(draft)).status_code == 200
    gift = (await session.scalars(select(Donation).where(Donation.amount == 20_000_00))).one()
    gift.show_amount = False
    await session.flush()
    stopped = await here.release(draft)
    tag = {"If-Match": f'"{draft["version"] + 1}"'}
    anew = await here.post(f"/drafts/{draft['id']}/compilation", None, here.officer | tag)
    published = await here.publish(anew.json())

    assert (stopped.status_code, stopped.json()["code"]) == (409, "draft-outdated")
    assert value(published, "raised", "major_gifts") == []
    # In the sums it is all the same.
    assert value(published, "raised", "received") == "2035000"


async def test_a_correction_is_corrected_in_its_turn_and_the_history_tells_all_three(
    here: Press, scene: Scene
) -> None:
    chain = [await here.publish(await here.draft())]
    for amount in (7_00, 8_00):
        await scene.give(scene.gift(amount))
        chain.append(await here.publish(await here.correct(chain[-1], f"补记{amount}")))
    for one in chain:
        history = (await here.get(f"/{one['id']}/history")).json()["publications"]
        assert [said["id"] for said in history] == [said["id"] for said in chain]
    sums = [
        [(said["old"], said["new"]) for said in one["correction"]["changes"] if said["field"] == "received"]
        for one in chain[1:]
    ]
    assert sums == [[("2035000", "2035700")], [("2035700", "2036500")]]
    assert [one["correction"]["sha256"] for one in chain[1:]] == [one["sha256"] for one in chain[:-1]]


def table(columns: list[str], *rows: list[str]) -> list[dict[str, Any]]:
    said = [{"code": one, "title_zh": one, "title": one, "unit": "text"} for one in columns]
    field = {"code": "units", "title_zh": "机构", "title": "Units", "columns": said, "rows": [*rows]}
    return [{"code": "units", "title_zh": "机构", "title": "Units", "fields": [field]}]


def test_a_column_that_a_form_got_since_is_told_as_what_was_not_said() -> None:
    old = table(["name", "gone", "scope"], ["项目部", "甲", "项目"])
    new = table(["name", "standing", "scope"], ["项目部", "存续", "项目"])
    [change] = differences.between(old, new)
    assert (change["old"], change["new"]) == (
        ["项目部", None, "项目", "甲"],
        ["项目部", "存续", "项目", None],
    )
    assert len(change["units"]) == 4
    assert differences.between(old, old) == []


async def test_a_campaign_closed_early_is_told_as_a_whole_until_then(
    here: Press, session: WriteSession
) -> None:
    early = await campaign(session, here.organization, "2026-01-01", "2026-12-31", closed="2026-06-15")
    draft = await here.draft(kind="campaign_final", subject_id=str(early.id), period_to=None)
    assert (draft["period_from"], draft["period_to"]) == ("2026-01-01", "2026-06-15")
    assert value(draft, "subject", "ends_on") == "2026-06-15"
