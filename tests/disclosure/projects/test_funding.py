"""Who pays for a project: funds, the campaigns behind them, what has arrived, and the shares of others."""

from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.database import WriteSession
from tests.disclosure.projects.works import appeal, budgeted, line, pay, read
from tests.factories import organizations as make
from tests.projects.till import DAY, Till, money, till


async def test_a_bridge_is_paid_from_two_funds_and_leads_back_to_its_campaigns(at: Till) -> None:
    campaign, raised = await appeal(at, 70_000_00)
    draft, other = await appeal(at, 0, publish=False)
    await at.gift(other, 40_000_00)
    project = await budgeted(
        at, line(60_000_00, raised), line(40_000_00, other), line(9_000_00, None, "goods")
    )
    await pay(at, project, raised, 50_000_00)
    await pay(at, project, other, 10_000_00)
    shares = [{"source": "county", "planned": money(9_000_00), "received": money(4_000_00)}]
    path = f"/v1/projects/{project['id']}/shares"
    assert (await at.client.put(path, json={"shares": shares}, headers=at.headers)).status_code == 200

    body = await read(at, f"/{project['code']}/funding")

    assert (body["planned"], body["spent"]) == (money(100_000_00), money(60_000_00))
    # Aid goes straight to its beneficiary: it has arrived when the bank has paid it.
    assert body["arrived"] == money(60_000_00)
    assert body["planned_by_others"] == money(9_000_00)
    told = {one["code"]: one for one in body["funds"]}
    assert told[raised.code]["spent"] == money(50_000_00)
    assert told[raised.code]["campaigns"] == [
        {"code": campaign.code, "title": campaign.title, "directly": True}
    ]
    # A campaign that was never opened is nobody's business.
    assert (told[other.code]["campaigns"], draft.state) == ([], "draft")
    assert (body["shares"]["planned"], body["shares"]["received"]) == (money(9_000_00), money(4_000_00))
    assert body["shares"]["shares"] == shares
    public = await at.client.get(f"/v1/disclosure/campaigns/{campaign.code}")
    assert public.json()["projects"] == [
        {"code": project["code"], "title": project["title"], "spent": money(50_000_00)}
    ]


async def test_what_is_passed_on_has_not_arrived_when_it_is_paid(at: Till) -> None:
    fund = await at.fund(90_000_00)
    project = await budgeted(at, line(90_000_00, fund))
    payee = await at.payee()
    await at.account(payee)
    agreement = await at.agreement(project, payee)
    asked = at.asked(project, fund, payee, 30_000_00, kind="collective", agreement_id=agreement["id"])
    paid = await at.paid(asked)
    assert (await read(at, f"/{project['code']}/funding"))["arrived"] == money(0)
    rows = [{"name": "村民", "amount": money(12_000_00)}]
    signed = {"signed_on": DAY.isoformat(), "attachment_id": await at.file(), "rows": rows}
    await at.made(f"/disbursements/{paid['id']}/signed-lists", signed)

    body = await read(at, f"/{project['code']}/funding")

    assert (body["spent"], body["arrived"]) == (money(30_000_00), money(12_000_00))


async def test_a_county_fund_leads_back_to_the_campaign_of_the_province(
    app: FastAPI, client: AsyncClient, session: WriteSession, at: Till
) -> None:
    county = await till(app, client, session, await make.organization(session, parent=at.organization))
    campaign, raised = await appeal(at, 70_000_00)
    own = await county.fund(0)
    transfer = await at.made(
        "/transfers",
        {
            "sender_id": str(at.organization.id),
            "receiver_id": str(county.organization.id),
            "nature": "grant",
            "amount": money(30_000_00),
            "purpose": "慈安桥项目款",
            "fund_id": str(raised.id),
        },
    )
    assert (await at.decide()).status_code == 200
    going = {"channel_id": str(at.bank.id), "sent_on": DAY.isoformat()}
    await at.made(f"/transfers/{transfer['id']}/sending", going, by=at.cashier)
    coming = {"channel_id": str(county.bank.id), "received_on": DAY.isoformat(), "fund_id": str(own.id)}
    await county.made(f"/transfers/{transfer['id']}/receipt", coming, by=county.cashier)
    project = await budgeted(county, line(30_000_00, own))
    await pay(county, project, own, 20_000_00)

    [fund] = (await read(at, f"/{project['code']}/funding"))["funds"]

    assert (fund["organization"]["code"], fund["spent"]) == (county.organization.code, money(20_000_00))
    assert [(one["code"], one["directly"]) for one in fund["campaigns"]] == [(campaign.code, False)]
    public = await at.client.get(f"/v1/disclosure/campaigns/{campaign.code}")
    assert public.json()["projects"] == []


async def test_a_campaign_tells_a_project_as_soon_as_its_fund_has_paid_for_it(at: Till) -> None:
    campaign, raised = await appeal(at, 10_000_00)
    project = await budgeted(at, line(5_000_00, raised))
    before = await at.client.get(f"/v1/disclosure/campaigns/{campaign.code}")
    assert before.json()["projects"] == []
    await pay(at, project, raised, 2_000_00)
    after = await at.client.get(f"/v1/disclosure/campaigns/{campaign.code}")
    assert [one["code"] for one in after.json()["projects"]] == [project["code"]]
