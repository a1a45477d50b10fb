"""What people are told of vouchers and payments: who is concerned, once, in the list and by letter."""

import email
from collections.abc import AsyncIterator
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy import select

from app.kit import jobs, mail
from app.kit.clock import today
from app.kit.database import Database
from app.kit.vault import Vault
from app.main import create_app
from app.organizations.access import Role
from app.organizations.desk import mailing
from app.organizations.models import Approval
from app.settings import Settings
from app.wiring import handed_down
from tests.accounting.office import VOUCHERS, Office, credit, debit, office
from tests.databases import Cluster
from tests.factories import organizations as members

LARGE = 10_000_01
ASKED, ADVANCED = (
    ("approval.asked", "有一项申请待您审批"),
    ("approval.advanced", "有一项申请已到您的审批环节"),
)


class Told:
    """An office whose people are told of events and written to, into a folder."""

    def __init__(self, database: Database, at: Office, folder: Path) -> None:
        self.database, self.at, self.folder = database, at, folder

    async def step(self, voucher: dict[str, Any], step: str, by: str, body: Any = None) -> None:
        answer = await self.at.post(f"{VOUCHERS}/{voucher['id']}/{step}", body, by=by)
        assert answer.status_code in (200, 201), answer.text

    async def decide(self, what: str, by: str) -> None:
        async with self.database.reading() as session:
            approval = (await session.scalars(select(Approval))).one()
        body = {"reason": "缺少合同"} if what == "rejection" else {}
        answer = await self.at.post(f"/v1/approvals/{approval.id}/{what}", body, by=by)
        assert answer.status_code == 200, answer.text

    async def heard(self, by: str) -> list[tuple[str, str]]:
        """What a person has been told, twice over, as they read it."""
        for _ in range(2):
            await mailing.tell_people(self.database)
        headers = self.at.headers[by] | {"Accept-Language": "zh"}
        answer = await self.at.client.get("/v1/me/notifications", headers=headers)
        assert answer.status_code == 200, answer.text
        return sorted((one["topic"], one["title"]) for one in answer.json()["items"])

    async def letters(self) -> list[EmailMessage]:
        url = self.database.engine.url.set(drivername="postgresql")
        await jobs.work(url.render_as_string(hide_password=False), self.database, until_empty=True)
        found = sorted(self.folder.iterdir()) if self.folder.exists() else []
        return [email.message_from_bytes(one.read_bytes(), policy=default) for one in found]


@pytest.fixture
async def told(
    cluster: Cluster, fresh_database: str, vault: Vault, settings: Settings, tmp_path: Path
) -> AsyncIterator[Told]:
    folder = tmp_path / "mail"
    info = {"vault": vault, mail.CARRIER: mail.Folder(folder, "zhengxinlu@example.org")} | handed_down()
    database = Database(cluster.url(fresh_database), pool_size=10, info=info)
    app = create_app(settings, database=database)
    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
        async with database.writing() as session:
            at = await office(app, client, session, endowed=50_000_00)
            at.people["chair"] = await members.staff(session, at.organization, Role.admin)
            at.headers["chair"] = await members.headers(app, session, at.people["chair"])
        yield Told(database, at, folder)
    await database.close()


def cost(at: Office, minor: int = 500) -> dict[str, Any]:
    return at.voucher(debit("5301", minor), credit("1002", minor, channel_id=at.bank.id))


async def test_who_prepared_a_voucher_hears_that_it_came_back_or_was_reversed(told: Told) -> None:
    back, wrong = await told.at.write(cost(told.at)), await told.at.posted(cost(told.at, 70))
    await told.step(back, "submission", "ann")
    await told.step(back, "return", "ray", {"reason": "缺发票"})
    await told.step(wrong, "reversal", "ray", {"reason": "重复记账"})

    assert await told.heard("ann") == [
        ("voucher.returned", "您的凭证被退回"),
        ("voucher.reversed", "您的凭证已被冲销"),
    ]
    assert [await told.heard(who) for who in ("bo", "ray", "cash")] == [[], [], []]


async def test_a_letter_tells_who_gave_an_address_and_not_why(told: Told) -> None:
    ann = told.at.headers["ann"]
    answer = await told.at.client.patch("/v1/me", json={"email": "ann@example.org"}, headers=ann)
    assert answer.status_code == 200, answer.text
    back = await told.at.write(cost(told.at))
    await told.step(back, "submission", "ann")
    await told.step(back, "return", "ray", {"reason": "缺发票"})
    await mailing.tell_people(told.database)

    [letter] = await told.letters()

    assert (letter["To"], letter["Subject"]) == ("ann@example.org", "征信录：您的凭证被退回")
    # What it is about and why is read after signing in.
    assert "缺发票" not in letter.get_content()


async def test_a_payments_approval_is_told_step_by_step_and_its_end_to_who_asked(told: Told) -> None:
    payment = await told.at.write(cost(told.at, LARGE))
    await told.step(payment, "submission", "ann")
    begun = {who: await told.heard(who) for who in ("ann", "ray", "chair")}
    await told.decide("approval", "ray")
    halfway = {who: await told.heard(who) for who in ("ann", "chair")}
    await told.decide("approval", "chair")

    assert begun == {"ann": [], "ray": [ASKED], "chair": []}
    assert halfway == {"ann": [], "chair": [ADVANCED]}
    assert await told.heard("ann") == [("approval.approved", "您的申请已通过审批")]


async def test_a_payment_that_was_rejected_is_told_once_and_waits_for_its_preparer(told: Told) -> None:
    payment = await told.at.write(cost(told.at, LARGE))
    await told.step(payment, "submission", "ann")
    await told.decide("rejection", "ray")

    assert await told.heard("ann") == [("approval.rejected", "您的申请已被驳回")]
    tasks = (await told.at.get("/v1/me/tasks")).json()["items"]
    assert [(one["kind"], one["subject_id"]) for one in tasks] == [("voucher_returned", payment["id"])]


async def test_a_deputy_hears_of_being_named_and_of_what_waits_then(told: Told) -> None:
    absence = {"deputy_id": str(told.at.people["bo"].id), "reason": "休假", "exception_reason": "小机构"}
    days = {"valid_from": str(today()), "valid_to": str(today() + timedelta(days=7))}
    path = f"/v1/organizations/{told.at.organization.id}/deputies"
    answer = await told.at.post(path, absence | days, by="ray")
    assert answer.status_code == 201, answer.text
    payment = await told.at.write(cost(told.at, LARGE))
    await told.step(payment, "submission", "ann")

    assert await told.heard("bo") == [ASKED, ("deputy.named", "您被指定为代理人")]
