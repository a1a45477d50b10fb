"""Approvals: asked once, decided step by step by others, with an effect in the feature that asked."""

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import Executable, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from app.kit.database import WriteSession
from app.kit.ids import new_id
from app.kit.models import OutboxEvent
from app.organizations import approvals
from app.organizations.access import Role
from app.organizations.errors import ApprovalEnded, ApprovalKindUnknown, AskedAlready
from app.organizations.models import Approval, ApprovalDecision
from tests.factories import organizations as make
from tests.organizations.approving import LARGE, SMALL, Office, office


@pytest.fixture
async def desk(app: FastAPI, client: AsyncClient, session: WriteSession) -> Office:
    return await office(app, client, session)


async def test_a_small_amount_takes_one_reviewer(desk: Office) -> None:
    asked = await desk.ask(SMALL)

    answer = await desk.approve("reviewer", asked, reason="合同与发票相符")

    assert answer.status_code == 200, answer.text
    shown = answer.json()
    assert (shown["state"], shown["allowed_actions"]) == ("approved", [])
    [step] = shown["steps"]
    assert (step["role"], step["verdict"], step["reason"]) == ("reviewer", "approve", "合同与发票相符")
    assert step["decided_by"] == step["held_by"] == desk.label("reviewer")
    assert desk.ends.seen == [(asked.subject_id, "approved")]


async def test_a_large_amount_takes_a_reviewer_and_then_an_admin(desk: Office) -> None:
    asked = await desk.ask(LARGE)

    too_early = await desk.approve("admin", asked)
    first = await desk.approve("reviewer", asked)
    again = await desk.approve("other_reviewer", asked)
    seen_between = list(desk.ends.seen)
    last = await desk.approve("admin", asked)

    assert (too_early.status_code, too_early.json()["code"], too_early.json()["role"]) == (
        403,
        "not-your-step",
        "reviewer",
    )
    assert (first.status_code, first.json()["state"]) == (200, "waiting")
    assert (again.status_code, again.json()["code"]) == (403, "not-your-step")
    assert seen_between == []
    assert (last.status_code, last.json()["state"]) == (200, "approved")
    assert desk.ends.seen == [(asked.subject_id, "approved")]


async def test_a_rejection_says_why_and_ends_it(desk: Office) -> None:
    asked = await desk.ask(LARGE)

    silent = await desk.send("reviewer", "POST", f"/approvals/{asked.id}/rejection", {})
    answer = await desk.reject("reviewer", asked, "缺少合同")
    late = await desk.approve("admin", asked)

    assert silent.status_code == 422
    assert (answer.status_code, answer.json()["state"]) == (200, "rejected")
    assert answer.json()["steps"][0]["reason"] == "缺少合同"
    assert (late.status_code, late.json()["code"], late.json()["state"]) == (
        409,
        "approval-ended",
        "rejected",
    )
    assert desk.ends.seen == [(asked.subject_id, "rejected")]


async def test_nobody_decides_what_they_asked_for(desk: Office, session: WriteSession) -> None:
    asked = await desk.ask(by="reviewer")

    answer = await desk.approve("reviewer", asked)
    by_another = await desk.approve("other_reviewer", asked)

    assert (answer.status_code, answer.json()["code"]) == (403, "asked-yourself")
    assert by_another.status_code == 200


async def test_the_database_refuses_the_asker_too(desk: Office, session: WriteSession) -> None:
    asked = await desk.ask(by="reviewer")
    me = desk.label("reviewer")
    rows = {"approval_id": asked.id, "number": 1, "verdict": "approve", "decided_at": asked.created_at}
    for claimed in (me, "staff:somebody-else"):
        decision = rows | {"decided_by": me, "held_by": me, "asked_by": claimed}
        with pytest.raises(DBAPIError, match=r"asker_check|asked_by_fkey"):
            await _run(session, insert(ApprovalDecision).values(decision))


async def _run(session: WriteSession, statement: Executable) -> None:
    async with session.begin_nested():
        await session.execute(statement)


async def test_nobody_decides_two_steps_of_one_request(desk: Office, session: WriteSession) -> None:
    await make.grants.give(
        session, desk.people["reviewer"], desk.organization, role=Role.admin, given_by="test"
    )
    asked = await desk.ask(LARGE)

    first = await desk.approve("reviewer", asked)
    second = await desk.approve("reviewer", asked)

    assert first.status_code == 200
    assert first.json()["allowed_actions"] == []
    assert (second.status_code, second.json()["code"]) == (403, "decided-before")


async def test_a_role_above_reads_and_does_not_decide(desk: Office, session: WriteSession) -> None:
    below = await make.organization(session, parent=desk.organization)
    await desk.hire("clerk", Role.accountant, below)
    asked = await desk.ask(organization_id=below.id, by="clerk")

    read = await desk.get("reviewer", f"/approvals/{asked.id}")
    listed = await desk.get("reviewer", "/approvals")
    decided = await desk.approve("reviewer", asked)
    beside = await desk.get("clerk", "/approvals", organization_id=str(desk.organization.id))

    assert (read.status_code, read.json()["allowed_actions"]) == (200, [])
    assert [one["id"] for one in listed.json()["items"]] == [str(asked.id)]
    assert (decided.status_code, decided.json()["code"]) == (403, "not-allowed")
    assert beside.json()["items"] == []


async def test_what_a_caller_may_do_is_told_with_each_request(desk: Office) -> None:
    asked = await desk.ask(LARGE)

    async def told(name: str) -> list[str]:
        return (await desk.get(name, f"/approvals/{asked.id}")).json()["allowed_actions"]

    assert await told("accountant") == ["withdraw"]
    assert await told("reviewer") == ["approve", "reject"]
    assert await told("admin") == await told("cashier") == []
    await desk.approve("reviewer", asked)
    assert await told("reviewer") == await told("other_reviewer") == []
    assert await told("admin") == ["approve", "reject"]


async def test_the_list_is_filtered_and_paged(desk: Office) -> None:
    small, large = await desk.ask(SMALL), await desk.ask(LARGE)
    ended, other = await desk.ask(5), await desk.ask(None, kind="payment", by="cashier")
    await desk.approve("reviewer", ended)
    await desk.approve("reviewer", large)

    async def ids(name: str = "reviewer", **asked: str) -> list[str]:
        answer = await desk.get(name, "/approvals", **asked)
        assert answer.status_code == 200, answer.text
        return [one["id"] for one in answer.json()["items"]]

    all_of_them = [str(one.id) for one in (other, ended, large, small)]
    assert await ids() == all_of_them
    assert await ids(waiting_for_me="true") == [str(other.id), str(small.id)]
    assert await ids("admin", waiting_for_me="true") == [str(large.id)]
    assert await ids("accountant", waiting_for_me="true") == []
    assert await ids(state="approved") == [str(ended.id)]
    assert await ids(kind="payment") == [str(other.id)]
    assert await ids(asked_by=desk.label("cashier")) == [str(other.id)]
    assert await ids(subject_id=str(small.subject_id)) == [str(small.id)]
    assert await ids(amount_from=str(SMALL)) == [str(large.id), str(small.id)]
    assert await ids(amount_to=str(SMALL)) == [str(ended.id), str(small.id)]
    assert await ids(created_to="2026-01-01T00:00:00Z") == []

    first = (await desk.get("reviewer", "/approvals", limit=3)).json()
    rest = (await desk.get("reviewer", "/approvals", cursor=first["next_cursor"])).json()
    assert [one["id"] for one in first["items"] + rest["items"]] == all_of_them
    assert (await desk.get("reviewer", "/approvals", stat="waiting")).status_code == 422


async def test_one_subject_waits_once_and_may_be_asked_about_again(
    desk: Office, session: WriteSession
) -> None:
    asked = await desk.ask()
    with pytest.raises(AskedAlready):
        await desk.ask(subject_id=asked.subject_id)
    await desk.reject("reviewer", asked)

    again = await desk.ask(subject_id=asked.subject_id)

    assert await approvals.of(session, "purchase", asked.subject_id) is again
    assert await approvals.of(session, "payment", asked.subject_id) is None
    assert await approvals.of(session, "purchase", new_id()) is None


async def test_an_unknown_kind_is_refused(desk: Office, session: WriteSession) -> None:
    with pytest.raises(ApprovalKindUnknown):
        await desk.ask(kind="conspiracy")
    assert (await session.scalars(select(Approval))).all() == []


async def test_only_the_asker_withdraws_and_only_what_waits(desk: Office, session: WriteSession) -> None:
    asked, decided = await desk.ask(), await desk.ask()
    await desk.approve("reviewer", decided)

    by_another = await desk.send("reviewer", "POST", f"/approvals/{asked.id}/withdrawal")
    own = await desk.send("accountant", "POST", f"/approvals/{asked.id}/withdrawal")
    late = await desk.approve("reviewer", asked)

    assert by_another.status_code == 403
    assert (own.status_code, own.json()["state"]) == (200, "withdrawn")
    assert own.json()["withdrawn_by"] == desk.label("accountant")
    assert (late.status_code, late.json()["state"]) == (409, "withdrawn")
    with pytest.raises(ApprovalEnded):
        await approvals.withdraw(session, decided, by="test")
    assert desk.ends.seen == [(decided.subject_id, "approved"), (asked.subject_id, "withdrawn")]


async def test_what_the_feature_refuses_undoes_the_decision(desk: Office, session: WriteSession) -> None:
    asked = await desk.ask()
    desk.ends.refusing.add(asked.subject_id)

    answer = await desk.approve("reviewer", asked)

    assert answer.status_code == 409
    await session.refresh(asked)
    assert (asked.state, asked.agreed_count) == ("waiting", 0)
    assert (await session.scalars(select(ApprovalDecision))).all() == []
    desk.ends.refusing.clear()
    assert (await desk.approve("reviewer", asked)).status_code == 200


async def test_a_batch_gives_each_decision_its_own_outcome(desk: Office) -> None:
    good, own, unable, bad = [
        await desk.ask(by=by) for by in ("accountant", "reviewer", "accountant", "cashier")
    ]
    desk.ends.refusing.add(unable.subject_id)
    sent = [
        {"approval_id": str(bad.id), "verdict": "reject", "reason": "重复"},
        {"approval_id": str(good.id), "verdict": "approve"},
        {"approval_id": str(own.id), "verdict": "approve"},
        {"approval_id": str(new_id()), "verdict": "approve"},
        {"approval_id": str(unable.id), "verdict": "approve"},
        {"approval_id": str(good.id), "verdict": "approve"},
    ]

    answer = await desk.send("reviewer", "POST", "/approvals/batch", {"decisions": sent})

    assert answer.status_code == 200, answer.text
    outcomes = answer.json()["outcomes"]
    assert [one["approval_id"] for one in outcomes] == [one["approval_id"] for one in sent]
    assert [one["state"] or one["problem"]["code"] for one in outcomes] == [
        *("rejected", "approved", "asked-yourself", "out-of-sight", "conflict", "approval-ended")
    ]
    assert sorted(desk.ends.seen) == sorted([(bad.subject_id, "rejected"), (good.subject_id, "approved")])
    many = {"decisions": [sent[1]] * 201}
    assert (await desk.send("reviewer", "POST", "/approvals/batch", many)).status_code == 422
    unsaid = {"decisions": [{"approval_id": str(own.id), "verdict": "reject"}]}
    assert (await desk.send("reviewer", "POST", "/approvals/batch", unsaid)).status_code == 422


async def test_what_has_ended_never_changes(desk: Office, session: WriteSession) -> None:
    asked = await desk.ask()
    await desk.approve("reviewer", asked)
    for statement in (
        update(Approval).values(state="waiting", agreed_count=0, ended_at=None),
        text("delete from approvals"),
        text("update approval_decisions set verdict = 'reject'"),
        text("delete from approval_steps"),
    ):
        with pytest.raises(DBAPIError):
            await _run(session, statement)


async def test_the_world_is_told_without_titles(desk: Office, session: WriteSession) -> None:
    asked = await desk.ask(LARGE, title="机密标题")
    await desk.approve("reviewer", asked)
    await desk.approve("admin", asked)

    told = (
        await session.scalars(
            select(OutboxEvent).where(OutboxEvent.subject == f"approval:{asked.id}").order_by(OutboxEvent.id)
        )
    ).all()

    assert [one.topic for one in told] == ["approval.asked", "approval.advanced", "approval.approved"]
    assert [one.payload.get("role") for one in told] == ["reviewer", "admin", None]
    assert all(one.organization_id == desk.organization.id for one in told)
    assert "机密标题" not in str([one.payload for one in told])
