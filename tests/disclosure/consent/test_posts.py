"""What everybody may send: each is answered, and no answer names anybody who did not agree."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.database import WriteSession
from tests.disclosure.consent import birds
from tests.disclosure.consent.lives import Lived, lived
from tests.volunteers.office import person

REGISTERS = {"name": "金丝雀新志愿者", "phone": "13577770006"}
UNANSWERED = {
    **dict.fromkeys(
        ("/v1/auth/token", "/v1/auth/refresh", "/v1/auth/password"),
        "exchange a secret for a token or nothing",
    ),
    **dict.fromkeys(
        ("/v1/volunteers/sign-ins", "/v1/volunteers/sign-ins/refresh"), "exchange a secret for a token"
    ),
    "/v1/disclosure/events/{event_id}/sign-ins": "needs the code shown at the place; answers with a state",
}
"""What says nothing of anybody, and why."""


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession, tmp_path: Path) -> Lived:
    return await lived(app, client, session, tmp_path)


def bodies(here: Lived) -> Mapping[str, tuple[str, dict[str, Any]]]:
    """For each address that everybody may send something to: the address filled in, and what is sent."""
    event, gift = f"/v1/disclosure/events/{here.public.event}", here.gift["data"]
    commendation = next(iter(here.public.shown))
    own, served = "/v1/fundraising/donation-certificate-checks", "/v1/volunteers/certificate-checks"
    order = {
        "platform": here.it.partner.platform.slug,
        "donation_id": gift["donation_id"],
        "amount": {"amount": gift["amount"], "currency": "CNY"},
    }
    return {
        "/v1/auth/password-link": ("/v1/auth/password-link", {"username": "nobody-here"}),
        "/v1/fundraising/orders": ("/v1/fundraising/orders", here.order),
        own: (own, here.keys[f"{own}/{{number}}/{{code}}"][0]),
        served: (served, here.keys[f"{served}/{{number}}/{{code}}"][0]),
        "/v1/volunteers/registrations": (
            "/v1/volunteers/registrations",
            {"organization_id": here.public.board.at, "person": person(**REGISTERS)},
        ),
        "/v1/volunteers/sign-in-codes": ("/v1/volunteers/sign-in-codes", {"phone": "13577770003"}),
        "/v1/disclosure/traces": ("/v1/disclosure/traces", order),
        "/v1/disclosure/complaints": (
            "/v1/disclosure/complaints",
            {
                "organization": here.at.organization.code,
                "subject_kind": "organization",
                "text": "金丝雀投诉内容",
                "contact": "金丝雀投诉人 13577770005",
            },
        ),
        "/v1/disclosure/events/{event_id}/sign-ups": (
            f"{event}/sign-ups",
            {"name": "金丝雀来宾", "contact": "13577770005"},
        ),
        "/v1/disclosure/events/{event_id}/sign-ups/cancellation": (
            f"{event}/sign-ups/cancellation",
            {"ticket": here.public.ticket},
        ),
        "/v1/disclosure/commendations/{commendation_id}/objections": (
            f"/v1/disclosure/commendations/{commendation}/objections",
            {"nominee_id": here.public.shown[commendation], "text": "金丝雀异议"},
        ),
    }


async def test_no_canary_sings_in_the_answer_to_what_anybody_sends(
    app: FastAPI, client: AsyncClient, here: Lived
) -> None:
    doors = {
        path
        for path, item in app.openapi()["paths"].items()
        if item.get("post", {}).get("x-permission") == "public"
    }
    sent = bodies(here)
    assert sent.keys() | UNANSWERED.keys() == doors
    heard: dict[str, list[str]] = {}
    for template, (address, body) in sent.items():
        answer = await client.post(address, json=body)
        assert answer.status_code in {200, 201, 202, 204}, f"{address}: {answer.text}"
        heard[template] = birds.told(birds.spelled(answer))
    # Whoever orders is told, once, what their own device has to tell a demo's platform.
    assert {*heard.pop("/v1/fundraising/orders")} == {*birds.KINDS["donor with an order"]}
    # A paper says whose it is, to whoever it was shown to.
    assert heard.pop("/v1/fundraising/donation-certificate-checks") == [birds.THANKED]
    assert heard.pop("/v1/volunteers/certificate-checks") == [birds.SERVED]
    assert {template: sung for template, sung in heard.items() if sung} == {}


async def test_the_page_on_which_a_gift_is_followed_names_nobody(client: AsyncClient, here: Lived) -> None:
    gift = here.gift["data"]
    said = {
        "platform": here.it.partner.platform.name,
        "donation_id": gift["donation_id"],
        "amount": str(gift["amount"] // 100),
    }
    led = await client.post("/follow", data=said)
    lost = await client.post("/follow", data=said | {"amount": "0.01"})
    assert (led.status_code, lost.status_code) == (303, 404)
    shown = await client.get(led.headers["location"])
    assert shown.status_code == 200
    assert [birds.told(birds.spelled(one)) for one in (led, lost, shown)] == [[], [], []]
