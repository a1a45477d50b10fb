"""Subscriptions over HTTP: made, changed, rotated, disabled with notice, tried out, looked into."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response
from standardwebhooks import WebhookVerificationError

from app.kit.clock import now
from app.kit.database import Database
from app.main import create_app
from app.organizations.access import Role
from app.organizations.desk import mailing
from app.organizations.models import Organization
from app.settings import Settings
from app.webhooks.outward import sending
from tests.factories import organizations as make
from tests.webhooks.outward.conftest import happen
from tests.webhooks.outward.receivers import Receiver

URL = "/v1/subscriptions"


@dataclass
class Desk:
    """An administrator of an organization, over HTTP."""

    app: FastAPI
    client: AsyncClient
    database: Database
    organization: Organization
    headers: dict[str, str]

    async def subscribe(self, url: str, **over: Any) -> Response:
        body = {"organization_id": str(self.organization.id), "name": "公示平台", "url": url} | over
        return await self.client.post(URL, json=body, headers=self.headers)

    async def post(self, path: str, body: Any = None) -> Response:
        return await self.client.post(f"{URL}/{path}", json=body, headers=self.headers)

    async def get(self, path: str) -> Any:
        answer = await self.client.get(f"{URL}/{path}", headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def turn(self, subscription: str, at: timedelta = timedelta()) -> int:
        return await sending.take_turn(self.database, UUID(subscription), at=lambda: now() + at)

    async def happen(self, organization: Organization | None = None) -> None:
        async with self.database.writing() as session:
            await happen(session, organization or self.organization)


@pytest.fixture
async def desk(database: Database, settings: Settings) -> AsyncIterator[Desk]:
    app = create_app(settings, database=database)
    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
        async with database.writing() as session:
            organization = await make.organization(session)
            headers = await make.sign_in(app, session, Role.admin, organization)
        yield Desk(app, client, database, organization, headers)


async def test_an_address_of_our_own_network_is_refused(desk: Desk) -> None:
    answer = await desk.subscribe("https://169.254.169.254/latest/meta-data")

    assert (answer.status_code, answer.json()["code"]) == (422, "address-not-reachable")


async def test_every_live_secret_signs_until_its_overlap_ends(desk: Desk, receiver: Receiver) -> None:
    made = (await desk.subscribe(receiver.url)).json()
    old = made["secret"]
    new = (await desk.post(f"{made['id']}/secrets", {"overlap_hours": 1})).json()["secret"]
    await desk.happen()
    await desk.turn(made["id"])
    [letter] = receiver.letters
    assert letter.verified(old) == letter.verified(new) == letter.said
    assert len(letter.headers["webhook-signature"].split(" ")) == 2

    newest = (await desk.post(f"{made['id']}/secrets", {"overlap_hours": 0})).json()["secret"]
    await desk.happen()
    await desk.turn(made["id"])
    assert receiver.letters[1].verified(newest) == receiver.letters[1].said
    with pytest.raises(WebhookVerificationError):
        receiver.letters[1].verified(new)


async def test_a_secret_whose_overlap_has_ended_signs_no_more(desk: Desk, receiver: Receiver) -> None:
    made = (await desk.subscribe(receiver.url)).json()
    await desk.post(f"{made['id']}/secrets", {"overlap_hours": 1})
    await desk.happen()

    # The library reads the real clock, so that here the signatures are only counted.
    await desk.turn(made["id"], timedelta(hours=2))

    assert len(receiver.letters[0].headers["webhook-signature"].split(" ")) == 1


async def test_no_more_than_five_secrets_are_live(desk: Desk, receiver: Receiver) -> None:
    made = (await desk.subscribe(receiver.url)).json()
    answers = [await desk.post(f"{made['id']}/secrets", {"overlap_hours": 24}) for _ in range(5)]

    assert [one.status_code for one in answers] == [201] * 4 + [409]


async def test_a_change_names_the_version_that_it_was_made_on(desk: Desk, receiver: Receiver) -> None:
    first = await desk.subscribe(receiver.url)
    url, change = f"{URL}/{first.json()['id']}", {"event_types": ["receipt.issued"]}
    tag = first.headers["ETag"]

    blind = await desk.client.patch(url, json=change, headers=desk.headers)
    good = await desk.client.patch(url, json=change, headers=desk.headers | {"If-Match": tag})
    stale = await desk.client.patch(url, json=change, headers=desk.headers | {"If-Match": tag})

    assert [one.status_code for one in (blind, good, stale)] == [428, 200, 412]
    assert good.json()["event_types"] == ["receipt.issued"]
    assert "secret" not in good.json()


async def test_whoever_looks_after_it_is_told_when_it_is_disabled_and_it_goes_on_where_it_stopped(
    desk: Desk, receiver: Receiver
) -> None:
    made = (await desk.subscribe(receiver.url)).json()
    await desk.happen()
    receiver.takes(410)
    await desk.turn(made["id"])
    await desk.happen()

    told = await desk.get(made["id"])
    assert (told["disabled_because"], await desk.turn(made["id"])) == ("gone", 0)
    assert (await desk.post(f"{made['id']}/test")).json()["code"] == "subscription-disabled"
    await mailing.tell_people(desk.database)
    notes = (await desk.client.get("/v1/me/notifications", headers=desk.headers)).json()["items"]
    assert [one["topic"] for one in notes] == ["subscription.disabled"]

    again = await desk.client.delete(f"{URL}/{made['id']}/disablement", headers=desk.headers)
    assert again.json()["disabled_at"] is None
    assert await desk.turn(made["id"]) == 2
    assert receiver.ids[0] == receiver.ids[1] != receiver.ids[2]


async def test_a_subscription_is_tried_out_alone(desk: Desk, receiver: Receiver) -> None:
    made, other = [(await desk.subscribe(receiver.url)).json() for _ in range(2)]

    assert (await desk.post(f"{made['id']}/test")).status_code == 202
    assert [await desk.turn(one["id"]) for one in (other, made)] == [0, 1]

    [letter] = receiver.letters
    assert letter.verified(made["secret"])["data"] == {"subscription_id": made["id"]}
    assert letter.said["type"] == "subscription.tested"


async def test_the_log_tells_of_every_attempt_and_an_event_is_told_again_under_its_id(
    desk: Desk, receiver: Receiver
) -> None:
    made = (await desk.subscribe(receiver.url)).json()
    await desk.happen()
    receiver.takes(500)
    await desk.turn(made["id"])
    await desk.turn(made["id"], timedelta(seconds=9))

    listed = await desk.get(f"{made['id']}/dispatches?state=delivered&include=summary")
    [one] = listed["items"]
    assert (listed["summary"]["count"], one["attempt_count"]) == (1, 2)
    attempts = (await desk.get(f"{made['id']}/dispatches/{one['id']}/attempts"))["items"]
    assert [(told["outcome"], told["status_code"]) for told in attempts] == [
        ("accepted", 204),
        ("refused", 500),
    ]
    whole = await desk.get(f"{made['id']}/dispatches/{one['id']}")
    assert whole["body"].encode() == receiver.letters[0].body

    assert (await desk.post(f"{made['id']}/dispatches/{one['id']}/redelivery")).status_code == 202
    await desk.turn(made["id"])
    assert receiver.ids == [one["event_id"]] * 3
    assert await desk.turn(made["id"]) == 0
    [last, *_] = (await desk.get(f"{made['id']}/dispatches/{one['id']}/attempts"))["items"]
    assert last["again"] is True
    refused = await desk.post(f"{made['id']}/dispatches/{one['id']}/withdrawal")
    assert refused.json()["code"] == "dispatch-not-waiting"


async def test_a_waiting_event_is_tried_at_once_or_passed_over(desk: Desk, receiver: Receiver) -> None:
    made = (await desk.subscribe(receiver.url)).json()
    await desk.happen()
    await desk.happen()
    receiver.answer = lambda letter: (422 if letter.id == receiver.ids[0] else 204, {})
    await desk.turn(made["id"])
    [one] = (await desk.get(f"{made['id']}/dispatches?state=waiting"))["items"]

    await desk.post(f"{made['id']}/dispatches/{one['id']}/redelivery")
    await desk.turn(made["id"])
    assert receiver.ids == [one["event_id"]] * 2

    assert (await desk.post(f"{made['id']}/dispatches/{one['id']}/withdrawal")).json()["state"] == "withdrawn"
    assert await desk.turn(made["id"]) == 1
    assert receiver.ids[2] != one["event_id"]


async def test_who_stands_above_is_told_of_those_below_if_asked(desk: Desk, receiver: Receiver) -> None:
    async with desk.database.writing() as session:
        county = await make.organization(session, parent=desk.organization)
    alone = (await desk.subscribe(receiver.url)).json()
    above = (await desk.subscribe(receiver.url, with_subtree=True)).json()

    await desk.happen(county)

    assert [await desk.turn(one["id"]) for one in (alone, above)] == [0, 1]


async def test_another_organizations_subscription_is_not_there(desk: Desk, receiver: Receiver) -> None:
    made = (await desk.subscribe(receiver.url)).json()
    async with desk.database.writing() as session:
        stranger = await make.organization(session)
        headers = await make.sign_in(desk.app, session, Role.admin, stranger)

    for path in ("", "/dispatches"):
        answer = await desk.client.get(f"{URL}/{made['id']}{path}", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (404, "subscription-not-found")
    answer = await desk.client.post(
        URL,
        json={"organization_id": str(desk.organization.id), "name": "x", "url": receiver.url},
        headers=headers,
    )
    assert answer.status_code == 404
