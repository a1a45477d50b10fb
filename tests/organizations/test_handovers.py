"""Handovers: listed, signed by all concerned, carried out whole or not at all."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.kit.database import Database, ReadSession, WriteSession
from app.kit.errors import Refusal
from app.kit.ids import new_id
from app.kit.models import OutboxEvent
from app.organizations.access import Role
from app.organizations.desk import belongings, handovers
from app.organizations.desk.belongings import Hands, Passing
from app.organizations.models import Grant, Staff
from tests.factories import organizations as make
from tests.organizations.approving import LARGE, Office, office


@pytest.fixture
async def desk(app: FastAPI, client: AsyncClient, session: WriteSession) -> Office:
    opened = await office(app, client, session)
    await opened.hire("newcomer", Role.viewer)
    return opened


def path(desk: Office, made: dict[str, object] | None = None, what: str = "") -> str:
    one = f"/{made['id']}{what}" if made else ""
    return f"/organizations/{desk.organization.id}/handovers{one}"


async def draft(desk: Office, leaver: str = "accountant", to: str = "newcomer", **over: object) -> Response:
    body = {"leaver_id": str(desk.people[leaver].id), "successor_id": str(desk.people[to].id)} | over
    return await desk.send("admin", "POST", path(desk), body)


async def sign(desk: Office, made: dict[str, object], *names: str) -> list[int]:
    answers = [
        await desk.send(name, "POST", path(desk, made, "/signature"), {"digest": made["digest"]})
        for name in names
    ]
    return [answer.status_code for answer in answers]


async def execute(desk: Office, made: dict[str, object]) -> Response:
    return await desk.send("admin", "POST", path(desk, made, "/execution"))


async def roles(session: ReadSession, person: Staff) -> set[str]:
    held = await session.scalars(
        select(Grant.role).where(Grant.staff_id == person.id, Grant.revoked_at.is_(None))
    )
    return {role.value for role in held}


async def test_what_a_leaver_has_in_hand_passes_when_both_have_signed(
    desk: Office, session: WriteSession
) -> None:
    made = (await draft(desk)).json()

    assert [(one["kind"], one["title"]) for one in made["lines"]] == [("role", "accountant")]
    unsigned = await execute(desk, made)
    assert (unsigned.status_code, unsigned.json()["code"]) == (409, "handover-unsigned")
    assert await sign(desk, made, "accountant") == [200]
    assert (await execute(desk, made)).json()["missing"] == [desk.label("newcomer")]
    assert await sign(desk, made, "newcomer", "newcomer") == [200, 200]
    done = await execute(desk, made)

    assert (done.status_code, done.json()["state"]) == (200, "carried_out"), done.text
    assert len(done.json()["signatures"]) == 2
    assert await roles(session, desk.people["newcomer"]) == {"viewer", "accountant"}
    assert await roles(session, desk.people["accountant"]) == set()
    assert (await desk.get("accountant", "/me")).status_code == 401
    assert (await execute(desk, made)).json()["code"] == "handover-ended"
    topics = await session.scalars(
        select(OutboxEvent.topic).where(OutboxEvent.subject == f"handover:{made['id']}")
    )
    assert list(topics) == ["handover.carried_out"]


async def test_only_those_concerned_sign_and_only_what_they_read(desk: Office) -> None:
    made = (await draft(desk)).json()
    other = made | {"digest": "0" * 64}

    assert await sign(desk, made, "cashier", "admin") == [404, 404]
    assert await sign(desk, other, "newcomer") == [409]
    assert (await desk.get("newcomer", path(desk, made))).json()["digest"] == made["digest"]
    assert (await desk.get("cashier", path(desk, made))).status_code == 404
    assert (await desk.get("cashier", path(desk))).status_code == 403
    [listed] = (await desk.get("admin", path(desk), state="drafted")).json()["items"]
    assert listed == made


async def test_a_role_that_its_successor_may_not_have_stops_all_of_it(
    desk: Office, session: WriteSession
) -> None:
    made = (await draft(desk, to="cashier")).json()
    await sign(desk, made, "accountant", "cashier")

    refused = await execute(desk, made)

    assert (refused.status_code, refused.json()["code"]) == (409, "duties-not-separate")
    await session.refresh(desk.people["accountant"])
    assert await roles(session, desk.people["accountant"]) == {"accountant"}
    assert (await desk.get("accountant", "/me")).status_code == 200
    cancelled = await desk.send("admin", "POST", path(desk, made, "/cancellation"))
    assert cancelled.json()["state"] == "cancelled"
    assert await sign(desk, made, "cashier") == [409]
    assert (await draft(desk)).status_code == 201


async def test_what_came_after_the_list_takes_another_list(desk: Office, session: WriteSession) -> None:
    made = (await draft(desk)).json()
    await sign(desk, made, "accountant", "newcomer")
    await make.grants.give(
        session, desk.people["accountant"], desk.organization, role=Role.viewer, given_by="test"
    )
    assert (await execute(desk, made)).json()["code"] == "handover-outdated"
    assert (await draft(desk)).json()["code"] == "handover-drafted"


async def test_features_pass_on_their_own_things_each_to_its_successor(
    desk: Office, session: WriteSession
) -> None:
    drafts = {new_id(): desk.people["accountant"].id for _ in range(2)}

    async def held(session: ReadSession, staff_id: UUID, at: UUID) -> Sequence[tuple[UUID, str]]:
        return [(one, "凭证草稿") for one, owner in drafts.items() if owner == staff_id]

    async def passed(session: WriteSession, passing: Passing) -> None:
        drafts[passing.subject_id] = passing.successor.id

    session.info[belongings.BELONGINGS] = {"voucher": Hands(held, passed)}
    first, second = sorted(drafts)
    other = {"kind": "voucher", "subject_id": str(second), "successor_id": str(desk.people["cashier"].id)}
    made = (await draft(desk, others=[other])).json()
    assert [one["kind"] for one in made["lines"]] == ["role", "voucher", "voucher"]
    await sign(desk, made, "accountant", "newcomer")
    assert (await execute(desk, made)).json()["missing"] == [desk.label("cashier")]
    await sign(desk, made, "cashier")

    assert (await execute(desk, made)).status_code == 200

    assert drafts == {first: desk.people["newcomer"].id, second: desk.people["cashier"].id}
    unknown = other | {"subject_id": str(new_id())}
    assert (await draft(desk, "reviewer", others=[unknown])).json()["code"] == "handover-outdated"


async def test_who_takes_over_is_somebody_else_who_works_here(desk: Office, session: WriteSession) -> None:
    assert (await draft(desk, to="accountant")).json()["code"] == "successor-unfit"
    assert (await draft(desk, successor_id=str(new_id()))).json()["code"] == "successor-unfit"
    elsewhere = await make.organization(session)
    await make.grants.give(session, desk.people["accountant"], elsewhere, role=Role.viewer, given_by="test")
    assert (await draft(desk)).json()["code"] == "person-holds-more"


async def test_a_list_never_changes(desk: Office, session: WriteSession) -> None:
    await draft(desk)
    for change in ("update handover_items set title = 'x'", "delete from handovers"):
        with pytest.raises(DBAPIError):
            await _run(session, change)


async def _run(session: WriteSession, change: str) -> None:
    async with session.begin_nested():
        await session.execute(text(change))


async def test_carried_out_once_however_many_admins_click(committed: Database) -> None:
    async with committed.writing() as session:
        at = await make.organization(session)
        leaver, successor = await make.staff(session, at, Role.accountant), await make.staff(session, at)
        made = await handovers.draft(session, leaver, at.id, successor.id, others={}, made_by="test")
        for one in (leaver, successor):
            await handovers.sign(session, made, one.id, digest=made.digest.hex())

    async def click() -> str:
        try:
            async with committed.writing() as session:
                mine = await handovers.get(session, at.id, made.id)
                await handovers.carry_out(session, mine, by="test")
                return "done"
        except Refusal as refusal:
            return type(refusal).__name__

    assert Counter(await asyncio.gather(*(click() for _ in range(6)))) == {"done": 1, "HandoverEnded": 5}


async def test_what_a_leaver_asked_for_passes_to_who_may_withdraw_it_and_not_decide_it(
    desk: Office, session: WriteSession
) -> None:
    await desk.hire("second", Role.reviewer)
    asked, kept = await desk.ask(), await desk.ask()
    large = await desk.ask(LARGE)
    assert (await desk.approve("reviewer", large)).status_code == 200
    others = [
        {"kind": "approval", "subject_id": str(one.id), "successor_id": str(desk.people["second"].id)}
        for one in (asked, kept, large)
    ]
    made = (await draft(desk, others=others)).json()
    assert [one["kind"] for one in made["lines"]] == ["approval"] * 3 + ["role"]
    await sign(desk, made, "accountant", "second", "newcomer")
    assert (await execute(desk, made)).status_code == 200

    told = (await desk.get("second", f"/approvals/{asked.id}")).json()
    assert (told["asked_by"], told["handed_to"]) == (desk.label("accountant"), desk.label("second"))
    assert told["allowed_actions"] == ["withdraw"]
    assert (await desk.approve("second", asked)).json()["code"] == "asked-yourself"
    assert (await desk.get("second", "/me/tasks")).json()["items"] == []
    assert (await desk.approve("reviewer", asked)).json()["state"] == "approved"
    withdrawn = await desk.send("second", "POST", f"/approvals/{kept.id}/withdrawal")
    assert withdrawn.json()["state"] == "withdrawn"
    event = await session.scalars(
        select(OutboxEvent).where(
            OutboxEvent.topic == "approval.approved", OutboxEvent.subject == f"approval:{asked.id}"
        )
    )
    assert event.one().payload["answered_by"] == desk.label("second")


async def test_nobody_takes_over_a_request_that_they_have_decided(desk: Office) -> None:
    large = await desk.ask(LARGE)
    assert (await desk.approve("reviewer", large)).status_code == 200
    others = [
        {"kind": "approval", "subject_id": str(large.id), "successor_id": str(desk.people["reviewer"].id)}
    ]
    made = (await draft(desk, others=others)).json()
    await sign(desk, made, "accountant", "reviewer", "newcomer")

    refused = await execute(desk, made)

    assert (refused.status_code, refused.json()["code"]) == (422, "successor-unfit")
    assert (await desk.get("accountant", "/me")).status_code == 200
