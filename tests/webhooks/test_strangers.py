"""Whoever can't prove to be a platform hears the same at every address, whichever platforms there are."""

import pytest
from httpx import AsyncClient, Response

from app.kit.clock import now
from app.kit.database import WriteSession
from app.organizations.models import PlatformKind
from tests.webhooks.operators import operator
from tests.webhooks.platforms import Partner, partner
from tests.webhooks.translators.ant import Ant
from tests.webhooks.translators.tenpay import Tenpay

SLUGS = {
    PlatformKind.standard: "sandbox-one",
    PlatformKind.wechat_pay: "sandbox-two",
    PlatformKind.alipay: "sandbox-six",
}
DISABLED, UNKNOWN = "sandbox-off", "sandbox-not"
ASKED_OTHERWISE = {"x-request-id"}


@pytest.fixture
async def genuine(client: AsyncClient, session: WriteSession) -> dict[str, Response]:
    """A platform of each kind, a disabled one, and how each kind's genuine message was answered just now."""
    here = await partner(session, slug=SLUGS[PlatformKind.standard])
    tenpay, ant = Tenpay(slug=SLUGS[PlatformKind.wechat_pay]), Ant(slug=SLUGS[PlatformKind.alipay])
    staff = await operator(session, here.organization)
    for one in (tenpay, ant):
        body = {
            "organization_id": str(here.organization.id),
            "slug": one.slug,
            "name": one.slug,
            "merchant_account": {"code": one.slug, "name": one.slug},
            "payment_terms": one.terms,
        }
        answer = await client.post("/v1/platforms", json=body, headers=staff)
        assert answer.status_code == 201, answer.text
    gone = await partner(session, slug=DISABLED)
    gone.platform.disabled_at = now()
    return await told(client, here, tenpay, ant)


async def told(client: AsyncClient, here: Partner, tenpay: Tenpay, ant: Ant) -> dict[str, Response]:
    # By now the door remembers all of them: it could tell one from the other without looking.
    return {
        PlatformKind.standard: await here.post(client, here.event()),
        PlatformKind.wechat_pay: await tenpay.post(client, tenpay.sealed(tenpay.payment(here.campaign.code))),
        PlatformKind.alipay: await ant.post(client, ant.trade(here.campaign.code)),
    }


def heard(answer: Response, slug: str) -> tuple[int, str, dict[str, str]]:
    headers = {name: value for name, value in answer.headers.items() if name not in ASKED_OTHERWISE}
    return answer.status_code, answer.text.replace(slug, "SLUG"), headers


POSTS = {
    "nothing": ({}, b""),
    "an event": ({"content-type": "application/json"}, b'{"type": "donation.succeeded"}'),
    "signed by somebody else": ({}, None),
    "WeChat's forged": (
        {
            "wechatpay-timestamp": "1777593598",
            "wechatpay-nonce": "n",
            "wechatpay-serial": "S",
            "wechatpay-signature": "AAAA",
        },
        b"{}",
    ),
    "Alipay's forged": (
        {"content-type": "application/x-www-form-urlencoded"},
        b"app_id=1&charset=gbk&sign_type=RSA2&sign=AAAA&x=%81%30",
    ),
    "no form": ({}, b"\xff%%%&&=="),
    "too much": ({}, b"x" * (64 * 1024 + 1)),
    "too much, announced in a wrong way": ({"content-length": "many"}, b"{}"),
    "in Chinese": ({"accept-language": "zh"}, b"{}"),
}


@pytest.mark.parametrize("what", POSTS)
async def test_a_stranger_hears_the_same_wherever_a_platform_is_and_where_none_is(
    client: AsyncClient, genuine: dict[str, Response], session: WriteSession, what: str
) -> None:
    assert set(genuine) == set(PlatformKind)
    headers, body = POSTS[what]
    if body is None:
        body = b"{}"
        headers = (await partner(session)).headers(body)

    answers = {
        slug: await client.post(f"/v1/webhooks/{slug}", content=body, headers=headers)
        for slug in (*SLUGS.values(), DISABLED, UNKNOWN)
    }

    expected = heard(answers[UNKNOWN], UNKNOWN)
    assert expected[0] == (413 if what.startswith("too much") else 401)
    assert answers[UNKNOWN].headers["content-type"] == "application/problem+json"
    assert {slug: heard(answer, slug) for slug, answer in answers.items()} == dict.fromkeys(answers, expected)


async def test_a_genuine_message_is_answered_in_its_platforms_own_words(genuine: dict[str, Response]) -> None:
    assert {answer.status_code for answer in genuine.values()} == {200}
    assert genuine[PlatformKind.standard].json()["outcome"] == "posted"
    assert genuine[PlatformKind.wechat_pay].json() == {"code": "SUCCESS", "message": ""}
    assert genuine[PlatformKind.alipay].text == "success"
