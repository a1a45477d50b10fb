"""A campaign's gifts: a name only with consent, an amount unless the giver hides it."""

import re
from datetime import timedelta

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.disclosure.names import without_numbers
from app.fundraising import corrections
from app.fundraising.models import Donation
from app.kit import vault
from app.kit.database import WriteSession
from app.organizations.declarations import PUBLIC, declared
from tests.disclosure.scenes import Scene, scene


async def listed(client: AsyncClient, it: Scene, **asked: object) -> list[dict]:
    answer = await client.get(f"/v1/disclosure/campaigns/{it.campaign.code}/donations", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


@pytest.mark.parametrize(
    ("giver", "name", "naming"),
    [
        ({"name": "王小明", "show_name": True}, "王小明", "consented"),
        ({"name": "王小明", "show_name": False}, "王*", "masked"),
        ({"name": "  慈善  公司 ", "show_name": True, "kind": "organization"}, "慈善 公司", "consented"),
        ({"name": "慈善公司", "show_name": False, "kind": "organization"}, "慈*", "masked"),
        ({"name": "王小明", "show_name": True, "anonymous": True}, "匿名", "anonymous"),
        ({"name": None}, "匿名", "unnamed"),
        ({"name": "13812345678", "show_name": True}, "***********", "consented"),
    ],
)
async def test_a_name_reads_as_its_giver_agreed(
    client: AsyncClient, session: WriteSession, giver: dict, name: str, naming: str
) -> None:
    it = await scene(session)
    await it.give(it.gift(giver=giver))
    client.headers["accept-language"] = "zh-CN,zh;q=0.9"

    [gift] = await listed(client, it)

    assert (gift["name"], gift["naming"]) == (name, naming)


async def test_who_stays_unnamed_is_anonymous_in_english(client: AsyncClient, session: WriteSession) -> None:
    it = await scene(session)
    await it.give(it.gift(giver={"anonymous": True}))
    client.headers["accept-language"] = "en"
    assert [gift["name"] for gift in await listed(client, it)] == ["Anonymous"]


async def test_an_erased_giver_has_no_name(client: AsyncClient, session: WriteSession) -> None:
    it = await scene(session)
    await it.give(it.gift(giver={"name": "王小明", "show_message": True}, message="加油"))
    donation = (await session.scalars(select(Donation))).one()
    await vault.erase(session, donation.person_id)

    [gift] = await listed(client, it)

    assert (gift["naming"], gift["message"]) == ("unnamed", None)
    assert gift["amount"]["amount"] == 100_00


async def test_a_hidden_amount_is_told_nowhere(client: AsyncClient, session: WriteSession) -> None:
    it = await scene(session)
    hidden = it.gift(123_45, giver={"show_amount": False})
    await it.give(hidden, it.gift(1_00))
    await it.refund(hidden, 23_45)

    _, gift = await listed(client, it)

    assert (gift["amount"], gift["refunded"], gift["refund"]) == (None, None, "partly")


async def test_a_message_is_shown_only_with_consent(client: AsyncClient, session: WriteSession) -> None:
    it = await scene(session)
    await it.give(
        it.gift(giver={"show_message": False}, message="悄悄话"),
        it.gift(giver={"show_message": True}, message="加油，电话13812345678"),
    )
    assert [gift["message"] for gift in await listed(client, it)] == ["加油，电话***********", None]


async def test_voided_and_refunded_gifts_are_told_as_such(client: AsyncClient, session: WriteSession) -> None:
    it = await scene(session)
    voided, wholly, partly = it.gift(1_00), it.gift(2_00), it.gift(3_00)
    await it.give(voided, wholly, partly)
    await it.refund(wholly)
    await it.refund(partly, 1_00)
    donation = await session.get(Donation, voided.id)
    await corrections.void(session, donation, reason="误记", actor="test")

    gifts = {gift["amount"]["amount"]: gift for gift in await listed(client, it)}

    assert gifts[1_00]["state"] == "voided"
    assert (gifts[2_00]["refund"], gifts[2_00]["refunded"]["amount"]) == ("wholly", 2_00)
    assert (gifts[3_00]["refund"], gifts[3_00]["refunded"]["amount"]) == ("partly", 1_00)


async def test_the_gifts_that_stand_are_counted_as_on_the_campaigns_page(
    client: AsyncClient, session: WriteSession
) -> None:
    it = await scene(session)
    voided, refunded, hidden = it.gift(1_00), it.gift(2_00), it.gift(3_00, giver={"show_amount": False})
    await it.give(voided, refunded, hidden)
    await it.refund(refunded)
    await corrections.void(session, await session.get(Donation, voided.id), reason="误记", actor="test")
    path = f"/v1/disclosure/campaigns/{it.campaign.code}"

    page = (await client.get(f"{path}/donations", params={"include": "summary", "limit": 1})).json()

    campaign = (await client.get(path)).json()
    assert page["summary"] == {"count": campaign["gift_count"], "amount": campaign["raised"]}
    assert page["summary"] == {"count": 2, "amount": {"amount": 5_00, "currency": "CNY"}}


async def test_gifts_come_page_by_page_the_latest_first(client: AsyncClient, session: WriteSession) -> None:
    it = await scene(session)
    await it.give(*(it.gift(amount) for amount in (1, 2, 3, 4, 5)))
    path = f"/v1/disclosure/campaigns/{it.campaign.code}/donations"
    seen, cursor = [], None
    while cursor is not None or not seen:
        asked = {"limit": "2"} | ({"cursor": cursor} if cursor else {})
        body = (await client.get(path, params=asked)).json()
        seen += [gift["amount"]["amount"] for gift in body["items"]]
        cursor = body["next_cursor"]
    assert seen == [5, 4, 3, 2, 1]
    assert (await client.get(path, params={"cursor": "nonsense"})).status_code == 422


def test_only_long_numbers_are_hidden() -> None:
    assert without_numbers("2026年 第100008号 029-88886666") == "2026年 第100008号 029-********"


CANARIES = ("雀甲雪山", "雀乙长河", "雀丙不言", "雀丁外号", "雀戊付款", "T-雀己单号")


async def test_no_public_route_tells_what_nobody_agreed_to(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    it = await scene(session)
    named, secret, message, external, payer, number = CANARIES
    gifts = [
        it.gift(giver={"name": named, "show_name": True}),
        it.gift(
            77_77,
            giver={"name": secret, "show_name": False, "external_id": external},
            message=message,
            details={"payer_name": payer},
            their_id=number,
        ),
        it.gift(giver={"name": secret, "show_name": True, "anonymous": True}, message=message),
    ]
    codes = await it.give(*gifts)
    await it.refund(gifts[1], 7_77)
    values = {"code": it.campaign.code, "lookup_code": codes[1], "slug": "not-found"}
    asked = 0
    for operation in declared(app):
        if operation.says != PUBLIC or operation.method != "GET":
            continue
        path = re.sub(r"\{(\w+)(:\w+)?\}", lambda found: values.get(found[1], "none"), operation.path)
        for language in ("zh", "en"):
            answer = await client.get(path, headers={"accept-language": language})
            asked += answer.status_code == 200
            for canary in CANARIES[1:]:
                assert canary not in answer.text, path
            if "donations" not in path and path != f"/campaigns/{it.campaign.code}":
                assert named not in answer.text, path
            # Whoever asks by a code has it already, and hears it again.
            if "trace" not in path and "follow" not in path and codes[1] not in path:
                assert not any(code in answer.text for code in codes), path
    assert asked >= 10
    public = (await client.get(f"/v1/disclosure/campaigns/{it.campaign.code}/donations")).text
    assert named in public
    assert "雀*" in public
    order = {
        "platform": it.partner.platform.slug,
        "donation_id": number,
        "amount": {"amount": 77_77, "currency": "CNY"},
    }
    answer = await client.post("/v1/disclosure/traces", json=order)
    assert answer.status_code == 200
    assert not any(canary in answer.text for canary in CANARIES)


async def test_a_late_gift_is_the_latest(client: AsyncClient, session: WriteSession) -> None:
    it = await scene(session)
    new, late = it.gift(1), it.gift(2, donated_at=it.gift().donated_at - timedelta(days=30))
    await it.give(new)
    await it.give(late)
    assert [gift["amount"]["amount"] for gift in await listed(client, it)] == [2, 1]
