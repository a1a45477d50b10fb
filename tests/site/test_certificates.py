"""Anybody checks a certificate on a page: by what they type, or by the code on the paper."""

from urllib.parse import unquote

from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.database import WriteSession
from app.kit.http.rates import Rates
from app.volunteers.routers.certificates import CHECKS
from tests.site.lively import certified, lively
from tests.site.pages import Sheet


async def test_what_is_typed_leads_to_the_certificate(client: AsyncClient, session: WriteSession) -> None:
    it, _ = await lively(session)
    path, _ = await certified(session, it)
    _, _, number, code = path.split("/")

    asked = await client.get("/certificates", params={"number": f" {number} ", "code": code.lower()})

    assert asked.status_code == 303
    assert unquote(asked.headers["location"]) == f"/certificates/{number}/{code.lower()}"
    page = await client.get(asked.headers["location"])
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["x-robots-tag"] == "noindex"
    text = Sheet(page.text).text
    for words in ("年度捐赠证明", "证书有效", "李小红", "¥12.34", number, "慈安桥<b>"):
        assert words in text, words
    english = Sheet((await client.get(path, headers={"accept-language": "en"})).text).text
    assert "This certificate is valid" in english


async def test_a_refund_since_is_told(client: AsyncClient, session: WriteSession) -> None:
    it, _ = await lively(session)
    path, gift = await certified(session, it)
    assert "扣除退款后现为" not in (await client.get(path)).text

    await it.refund(gift, 2_34)

    assert "扣除退款后现为¥10.00" in Sheet((await client.get(path)).text).text


async def test_a_wrong_code_leads_back_to_the_question(client: AsyncClient, session: WriteSession) -> None:
    it, _ = await lively(session)
    path, _ = await certified(session, it)
    number = path.split("/")[2]

    answer = await client.get(f"/certificates/{number}/{'0' * 20}")

    assert answer.status_code == 404
    sheet = Sheet(answer.text)
    assert "没有与该编号和验证码相符的证明" in sheet.text
    values = {one.attributes["id"]: one.attributes.get("value") for one in sheet.all("input")}
    assert values == {"number": number, "code": "0" * 20}
    assert (await client.get("/certificates", params={"number": number})).status_code == 200


async def test_who_guesses_is_slowed_down_at_page_and_api_together(app: FastAPI, client: AsyncClient) -> None:
    # No time goes by in which a bucket could fill again.
    app.state.rates = Rates(clock=lambda: 0.0)
    statuses = [(await client.get("/certificates/X/0")).status_code for _ in range(CHECKS.count + 1)]
    assert set(statuses[:-1]) == {404}
    assert statuses[-1] == 429
    asked = {"number": "X", "code": "0"}
    for door in ("volunteers/certificate-checks", "fundraising/donation-certificate-checks"):
        assert (await client.post(f"/v1/{door}", json=asked)).status_code == 429, door
