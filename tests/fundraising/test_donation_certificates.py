"""Yearly certificates: one paper over what somebody gave, that tells the truth also after a refund."""

import io
import re
from datetime import datetime

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from pypdf import PdfReader

from app.fundraising import donations
from app.fundraising.gifts import Gift, Giver
from app.kit.clock import LEGAL_ZONE
from app.kit.database import WriteSession
from app.webhooks import erasures
from tests.factories import fundraising as make
from tests.fundraising.desk import Desk, desk, fen
from tests.fundraising.receipting import issued

GIVER = Giver(external_id="u_1", name="王小明")


@pytest.fixture
async def clerk(app: FastAPI, client: AsyncClient, session: WriteSession) -> Desk:
    return await desk(app, client, session)


async def gave(clerk: Desk, session: WriteSession, *told: Gift) -> list[str]:
    return [str(outcome.donation_id) for outcome in await donations.receive(session, told)]


def same_day(clerk: Desk, minor: int) -> Gift:
    return make.gift(clerk.appeal, minor, giver=GIVER)


async def test_a_year_is_certified_with_every_gift_and_checked_by_anybody(
    clerk: Desk, session: WriteSession, client: AsyncClient
) -> None:
    first, second = same_day(clerk, 100_00), same_day(clerk, 23_45)
    last_year = make.gift(
        clerk.appeal, 7, giver=GIVER, donated_at=datetime(2025, 12, 31, 23, 59, tzinfo=LEGAL_ZONE)
    )
    ids = await gave(clerk, session, first, second, last_year, make.gift(clerk.appeal, 900))
    receipt = await issued(clerk, {"id": ids[0]})

    made = await clerk.post("/donation-certificates", {"donation_id": ids[0], "year": 2026})
    assert made.status_code == 201, made.text
    one = made.json()
    assert (one["amount"], one["gift_count"], one["state"]) == (fen(123_45), 2, "valid")
    said = await words(clerk, one["id"])
    for word in (
        "年度捐赠证明",
        "王小明",
        "123.45",
        "壹佰贰拾叁元肆角伍分",
        receipt["number"],
        one["number"],
    ):
        assert word in said
    code = await code_of(clerk, one["id"])

    found = await client.get(f"/v1/fundraising/donation-certificate-checks/{one['number']}/{code}")
    assert found.status_code == 200, found.text
    checked = found.json()
    assert (checked["name"], checked["amount"], checked["amount_now"]) == ("王小明", *[fen(123_45)] * 2)
    assert [line["receipt"] for line in checked["lines"]].count(receipt["number"]) == 1
    asked = {"number": one["number"], "code": "0" * 20}
    wrong = await client.post("/v1/fundraising/donation-certificate-checks", json=asked)
    assert (wrong.status_code, wrong.json()["code"]) == (404, "donation-certificate-not-found")


async def test_what_went_back_since_is_told_and_a_new_one_replaces_it(
    clerk: Desk, session: WriteSession, client: AsyncClient
) -> None:
    gift = same_day(clerk, 100)
    [donation_id] = await gave(clerk, session, gift)
    body = {"donation_id": donation_id, "year": 2026}
    one = (await clerk.post("/donation-certificates", body)).json()
    await donations.receive(session, [make.given_back(clerk.appeal, gift, 30)])
    code = await code_of(clerk, one["id"])
    path = f"/v1/fundraising/donation-certificate-checks/{one['number']}/{code}"

    after = (await client.get(path)).json()
    assert (after["amount"], after["amount_now"], after["state"]) == (fen(100), fen(70), "valid")
    two = (await clerk.post("/donation-certificates", body)).json()
    assert (two["amount"], (await client.get(path)).json()["state"]) == (fen(70), "replaced")
    listed = (await clerk.get("/donation-certificates", year=2026, state="valid")).json()["items"]
    assert [item["number"] for item in listed] == [two["number"]]
    await donations.receive(session, [make.given_back(clerk.appeal, gift, 70)])
    nothing = await clerk.post("/donation-certificates", body)
    assert (nothing.status_code, nothing.json()["code"]) == (409, "nothing-given-that-year")


async def test_an_erased_givers_certificate_says_nothing_more(
    clerk: Desk, session: WriteSession, client: AsyncClient
) -> None:
    answer = (await clerk.give(100)).json()
    body = {"donation_id": answer["id"], "year": 2026}
    nameless = await clerk.post("/donation-certificates", body)
    assert (nameless.status_code, nameless.json()["code"]) == (422, "receipt-title-missing")
    one = (await clerk.post("/donation-certificates", body | {"title": "李女士"})).json()
    code = await code_of(clerk, one["id"])
    await erasures.erase(session, await erasures.giver_of(session, answer["lookup_code"]))
    after = await client.get(f"/v1/fundraising/donation-certificate-checks/{one['number']}/{code}")
    assert (after.status_code, after.json()["code"]) == (409, "donation-certificate-forgotten")
    paper = await clerk.get(f"/donation-certificates/{one['id']}/paper")
    assert paper.status_code == 409


async def words(clerk: Desk, certificate_id: str) -> str:
    """Return what a certificate's paper says, without its line breaks."""
    paper = await clerk.get(f"/donation-certificates/{certificate_id}/paper")
    assert paper.headers["content-type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(paper.content)).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "")


async def code_of(clerk: Desk, certificate_id: str) -> str:
    found = re.search(r"验证码\s*([0-9A-Z]{20})", await words(clerk, certificate_id))
    assert found is not None
    return found[1]
