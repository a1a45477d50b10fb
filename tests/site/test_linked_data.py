"""What pages tell programs in the words of schema.org is valid JSON, true to the page, and can't end it."""

import json
from typing import Any

from httpx import AsyncClient

from app.kit.database import WriteSession
from tests.disclosure.scenes import scene
from tests.factories import organizations
from tests.site.lively import certified, lively
from tests.site.pages import Sheet

BASE = "http://127.0.0.1:8000"


async def linked(client: AsyncClient, path: str) -> list[dict[str, Any]]:
    page = await client.get(path)
    assert page.status_code == 200, path
    said = [json.loads(one.text) for one in Sheet(page.text).all("script")]
    assert all(one["@context"] == "https://schema.org" for one in said)
    return said


async def test_a_campaign_is_an_act_of_giving(client: AsyncClient, session: WriteSession) -> None:
    it, _ = await lively(session)

    [said] = await linked(client, f"/campaigns/{it.campaign.code}")

    assert said["@type"] == "DonateAction"
    assert said["name"] == "慈安桥<b>"
    assert said["url"] == f"{BASE}/campaigns/{it.campaign.code}"
    assert said["startTime"] == "2026-01-01"
    assert said["actionStatus"] == "https://schema.org/ActiveActionStatus"
    assert said["result"] == {"@type": "MonetaryAmount", "currency": "CNY", "value": "400.00"}
    assert said["recipient"]["@type"] == "NGO"
    assert said["recipient"]["url"] == f"{BASE}/organizations/{it.partner.organization.code}"
    assert "endTime" not in said


async def test_a_title_cannot_end_the_data(client: AsyncClient, session: WriteSession) -> None:
    it = await scene(session, title="</script><script>alert(1)</script>")
    page = (await client.get(f"/campaigns/{it.campaign.code}")).text
    assert page.count("<script") == page.count("</script>") == 1
    assert json.loads(Sheet(page).one("script").text)["name"] == "</script><script>alert(1)</script>"


async def test_a_member_is_an_ngo_among_others(client: AsyncClient, session: WriteSession) -> None:
    above = await organizations.organization(session, name_en="Head", uscc="51610000MJF0000041")
    below = await organizations.organization(session, parent=above)

    [head] = await linked(client, f"/organizations/{above.code}")
    [branch] = await linked(client, f"/organizations/{below.code}")

    assert (head["@type"], head["alternateName"], head["taxID"]) == ("NGO", "Head", above.uscc)
    assert [one["identifier"] for one in head["subOrganization"]] == [below.code]
    assert "parentOrganization" not in head
    assert branch["parentOrganization"]["identifier"] == above.code
    assert branch["areaServed"]["identifier"] == below.region_code


async def test_the_site_can_be_searched_and_its_data_taken(client: AsyncClient) -> None:
    [site] = await linked(client, "/")
    assert (site["@type"], site["url"]) == ("WebSite", f"{BASE}/")
    assert site["potentialAction"]["target"]["urlTemplate"] == BASE + "/?q={search_term_string}"
    [catalog] = await linked(client, "/data?lang=en")
    taken = [form["contentUrl"] for one in catalog["dataset"] for form in one["distribution"]]
    assert f"{BASE}/v1/disclosure/open-data/donations.csv" in taken
    for address in taken:
        answer = await client.get(address.removeprefix(BASE), headers={"accept": "*/*"})
        # The log's checkpoint is there once a first one is signed.
        assert answer.status_code == 200 or address.endswith("/v1/log/checkpoint"), address


async def test_whose_gift_it_is_is_told_to_no_program(client: AsyncClient, session: WriteSession) -> None:
    it, codes = await lively(session)
    certificate, _ = await certified(session, it)
    for path in (f"/follow/{codes[0]}", certificate, "/follow"):
        assert await linked(client, path) == [], path
