"""Retention: what is over is erased with its evidence, what is a day younger or held stays."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import func, select, text, update

from app import worker
from app.disclosure.complaints import complaints
from app.disclosure.complaints.complaints import NewComplaint
from app.disclosure.events import events, seats
from app.disclosure.models import (
    Attendance,
    Complaint,
    ComplaintOutcome,
    ComplaintSubject,
    EventKind,
    Fate,
    PublicEvent,
    RetentionAct,
    RetentionRound,
)
from app.disclosure.retention import rounds, rules
from app.disclosure.retention.hands import HANDS, Hand
from app.kit import vault
from app.kit.clock import LEGAL_ZONE, now, today
from app.kit.database import Database, ReadSession, WriteSession
from app.kit.ids import new_code
from app.organizations.access import Role
from app.organizations.models import Organization
from tests.cli.commands import secrets, typed
from tests.databases import Cluster
from tests.factories import organizations as members

DAY = date(2026, 11, 30)


def last_moment(day: date) -> datetime:
    """One second before the legal day is over: in UTC that is another day's afternoon."""
    return datetime.combine(day, time(23, 59, 59), LEGAL_ZONE).astimezone(UTC)


async def closed_complaint(session: WriteSession, member: Organization, on: date) -> Complaint:
    said = NewComplaint(organization_id=member.id, subject_kind=ComplaintSubject.organization, text="王小明")
    one, _ = await complaints.receive(session, said, actor="public")
    await complaints.close(session, one, ComplaintOutcome.withdrawn, "撤回", actor="test")
    one.closed_at = last_moment(on)
    await session.flush()
    return one


async def seat_of_event(session: WriteSession, member: Organization, ended: date) -> Attendance:
    event = PublicEvent(
        organization_id=member.id,
        code=f"E{new_code(8)}",
        kind=EventKind.lecture,
        title="讲座",
        description="x",
        place="西安",
        starts_at=now() + timedelta(days=1),
        ends_at=now() + timedelta(days=2),
        seats=5,
    )
    await events.draft(session, event)
    await events.publish(session, event)
    seat, _ = await seats.take(session, event, name="王小明", contact="13812345678", actor="public")
    event.starts_at, event.ends_at = last_moment(ended) - timedelta(hours=2), last_moment(ended)
    await session.flush()
    return seat


async def readable(session: ReadSession, person_id: UUID) -> bool:
    return bool(await vault.keys(session, [person_id]))


async def acts(session: ReadSession) -> list[RetentionAct]:
    return list(await session.scalars(select(RetentionAct).order_by(RetentionAct.id)))


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A complaint and a seat whose last day was yesterday, and one of each whose last day is today."""

    member: Organization
    over: tuple[Complaint, Attendance]
    young: tuple[Complaint, Attendance]

    async def erased(self, session: ReadSession) -> list[bool]:
        return [not await readable(session, one.person_id) for one in (*self.over, *self.young)]


async def kept(session: WriteSession) -> Kept:
    member = await members.organization(session)
    return Kept(
        member=member,
        over=(
            await closed_complaint(session, member, date(2023, 11, 29)),
            await seat_of_event(session, member, DAY - timedelta(days=91)),
        ),
        young=(
            await closed_complaint(session, member, date(2023, 11, 30)),
            await seat_of_event(session, member, DAY - timedelta(days=90)),
        ),
    )


async def test_what_is_over_is_erased_and_a_day_younger_stays(committed: Database) -> None:
    async with committed.writing() as session:
        here = await kept(session)
        books = await fingerprint(session)

    assert await rounds.run(committed, DAY) == 2

    async with committed.reading() as session:
        assert await here.erased(session) == [True, True, False, False]
        told = [(one.rule_id, one.subject_id, one.fate, one.kept_until) for one in await acts(session)]
        assert told == [
            ("complaints", here.over[0].id, Fate.erase, DAY - timedelta(days=1)),
            ("event_seats", here.over[1].id, Fate.erase, DAY - timedelta(days=1)),
        ]
        steps = await complaints.steps(session, here.over[0])
        assert [step.kind.value for step in steps] == ["received", "closed", "forgotten"]
        assert await fingerprint(session) == books


async def fingerprint(session: ReadSession) -> list[str]:
    """What every table of the books and of the log holds, in one line each."""
    tables = ("entries", "postings", "funds", "accounts", "leaves", "log_submissions", "dimensions")
    return [
        str(
            await session.scalar(
                text(f"select md5(coalesce(string_agg(t::text, '' order by t::text), '')) from {one} t")
            )
        )
        for one in tables
    ]


async def test_running_twice_has_no_effect(committed: Database) -> None:
    async with committed.writing() as session:
        await kept(session)
    assert [await rounds.run(committed, DAY) for _ in range(2)] == [2, 0]
    async with committed.reading() as session:
        assert len(await acts(session)) == 2


async def test_two_rounds_at_once_end_each_record_once(committed: Database) -> None:
    async with committed.writing() as session:
        member = await members.organization(session)
        for _ in range(12):
            await closed_complaint(session, member, date(2020, 1, 1))

    counts = await asyncio.gather(*(rounds.run(committed, DAY) for _ in range(4)))

    assert sum(counts) == 12
    async with committed.reading() as session:
        assert len(await acts(session)) == 12
        forgotten = await session.scalar(
            text("select count(*) from complaint_steps where kind = 'forgotten'")
        )
        assert forgotten == 12


async def test_what_was_killed_in_the_middle_lost_nothing(committed: Database) -> None:
    async with committed.writing() as session:
        member = await members.organization(session)
        made = [await closed_complaint(session, member, date(2020, 1, 1)) for _ in range(5)]
    ended = Counter[str]()

    async def dies_at_the_third(session: WriteSession, subject_id: UUID) -> None:
        ended["seen"] += 1
        if ended["seen"] == 3:
            # The server ends this very connection, as when the process is gone.
            await session.execute(text("select pg_terminate_backend(pg_backend_pid())"))
        await HANDS["complaints"].end(session, subject_id)

    hands = {"complaints": Hand(HANDS["complaints"].subjects, dies_at_the_third)}
    with pytest.raises(Exception, match=r"terminat|closed"):
        await rounds.run(committed, DAY, hands=hands)

    async with committed.reading() as session:
        assert [await readable(session, one.person_id) for one in made] == [True] * 5
        assert await acts(session) == []
    assert await rounds.run(committed, DAY) == 5
    async with committed.reading() as session:
        assert [await readable(session, one.person_id) for one in made] == [False] * 5


async def test_a_round_is_of_a_day_and_goes_on_until_it_is_done(committed: Database) -> None:
    async with committed.writing() as session:
        member = await members.organization(session)
        await closed_complaint(session, member, date(2020, 1, 1))
    assert await rounds.make_due(committed) == 1
    async with committed.writing() as session:
        await closed_complaint(session, member, date(2020, 1, 1))
    assert await rounds.make_due(committed) == 0
    async with committed.writing() as session:
        [done] = (await session.scalars(select(RetentionRound))).all()
        assert (done.done_on, done.act_count) == (today(), 1)


async def test_the_workers_round_does_it(committed: Database) -> None:
    async with committed.writing() as session:
        member = await members.organization(session)
        one = await closed_complaint(session, member, date(2020, 1, 1))
    assert await worker.once(committed, worker.steps(timedelta(days=180), unclaimed_days=9)) == []
    async with committed.reading() as session:
        assert not await readable(session, one.person_id)
        assert [act.subject_id for act in await acts(session)] == [one.id]


async def test_29_february_ends_on_the_28th(committed: Database) -> None:
    async with committed.writing() as session:
        member = await members.organization(session)
        await closed_complaint(session, member, date(2024, 2, 29))
    assert await rounds.run(committed, date(2027, 2, 28)) == 0
    assert await rounds.run(committed, date(2027, 3, 1)) == 1


async def test_evidence_is_never_changed(session: WriteSession) -> None:
    for statement in ("update retention_acts set rule_id = 'x'", "delete from retention_acts"):
        with pytest.raises(Exception, match=r"permission denied|append-only|refuse"):
            async with session.begin_nested():
                await session.execute(text(statement))


def test_every_rule_says_what_ends_it_and_none_of_ours_is_the_ledgers() -> None:
    assert {rule.id for rule in rules.RULES if rule.done_by == rules.OURS} == set(HANDS)
    assert {rule.fate for rule in rules.RULES if rule.id in HANDS} == {Fate.erase}
    law = [rule for rule in rules.RULES if rule.mark.value != "C"]
    assert all(rule.fate is Fate.keep for rule in law)
    assert all("惯例" in rule.article for rule in rules.RULES if rule.mark.value == "C")
    assert rules.BY_ID["platform_messages"].days == 180
    folder = Path(rounds.__file__).parent
    assert not any("app.ledger" in path.read_text() for path in folder.glob("*.py"))


@pytest.mark.parametrize(
    "faulty",
    [
        'years = 1\ndays = 1\nfate = "keep"',
        'fate = "erase"',
        'fate = "burn"',
        'fate = "keep"\npart_of = "another"',
    ],
)
def test_a_rule_that_cannot_be_is_found_at_start(tmp_path: Path, faulty: str) -> None:
    path = tmp_path / "rules.toml"
    named = ("id", "record", "record_zh", "article", "since", "since_zh", "done_by")
    path.write_text("[[rules]]\nmark = 'C'\n" + "\n".join(f"{name} = 'x'" for name in named) + f"\n{faulty}")
    with pytest.raises(ValueError, match="rules"):
        rules.read(path)


@pytest.fixture
async def desk(app: FastAPI, client: AsyncClient, session: WriteSession) -> Kept:
    here = await kept(session)
    # As if the day were the one of the rule: what is over is over by today too.
    shift = today() - DAY
    for one in (here.over[0], here.young[0]):
        assert one.closed_at
        one.closed_at += shift
    for seat in (here.over[1], here.young[1]):
        await session.execute(
            update(PublicEvent)
            .where(PublicEvent.id == seat.event_id)
            .values(ends_at=PublicEvent.ends_at + shift, starts_at=PublicEvent.starts_at + shift)
        )
    await session.flush()
    return here


async def test_a_hold_stops_it_until_it_is_released(
    desk: Kept, app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    admin = await members.sign_in(app, session, Role.admin, desk.member)
    base = "/v1/disclosure/retention"
    said = {"organization_id": str(desk.member.id), "reason": "诉讼", "document": "（2026）陕01民初1号"}

    async def stands(rule_id: str) -> tuple[int, int, int]:
        read = (await client.get(base, headers=admin)).json()
        [rule] = [one for one in read["rules"] if one["id"] == rule_id]
        return rule["due_count"], rule["held_count"], rule["done_count"]

    assert (await stands("complaints"), await stands("event_seats")) == ((1, 0, 0), (1, 0, 0))
    one = {"rule_id": "complaints", "subject_id": str(desk.over[0].id)}
    held = await client.post(f"{base}/holds", json=said | one, headers=admin)
    every = await client.post(f"{base}/holds", json=said | {"rule_id": "event_seats"}, headers=admin)
    odd = await client.post(f"{base}/holds", json=said | {"rule_id": "accounting_records"}, headers=admin)

    assert (held.status_code, every.status_code) == (201, 201)
    assert (odd.status_code, odd.json()["code"]) == (422, "nothing-to-hold")
    assert (await stands("complaints"), await stands("event_seats")) == ((0, 1, 0), (0, 1, 0))
    assert await rounds.run(app.state.database, today()) == 0

    release = f"{base}/holds/{held.json()['id']}/release"
    released = await client.post(release, json={"reason": "判决已生效"}, headers=admin)
    twice = await client.post(release, json={"reason": "判决已生效"}, headers=admin)
    assert released.json()["released_reason"] == "判决已生效"
    assert (twice.status_code, twice.json()["code"]) == (409, "hold-released")
    assert await rounds.run(app.state.database, today()) == 1
    assert (await stands("complaints"), await stands("event_seats")) == ((0, 0, 1), (0, 1, 0))
    [act] = (await client.get(f"{base}/acts", headers=admin)).json()["items"]
    assert (act["rule_id"], act["subject_id"], act["fate"]) == ("complaints", str(desk.over[0].id), "erase")
    listed = (await client.get(f"{base}/holds", params={"rule_id": "event_seats"}, headers=admin)).json()
    assert [item["id"] for item in listed["items"]] == [every.json()["id"]]


async def test_reading_the_report_does_nothing(
    desk: Kept, app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    headers = await members.sign_in(app, session, Role.viewer, desk.member)
    other = await members.sign_in(app, session, Role.viewer, await members.organization(session))

    read = (await client.get("/v1/disclosure/retention", headers=headers)).json()
    theirs = (await client.get("/v1/disclosure/retention", headers=other)).json()

    told = {rule["id"]: rule for rule in read["rules"]}
    assert told["complaints"]["next_on"] == today().isoformat()
    assert (told["accounting_records"]["years"], told["accounting_records"]["due_count"]) == (30, None)
    assert {rule["due_count"] for rule in theirs["rules"]} == {0, None}
    assert await session.scalar(select(func.count()).select_from(RetentionAct)) == 0
    assert not any(await desk.erased(session))


async def test_the_command_tells_and_then_does(
    cluster: Cluster, fresh_database: str, committed: Database
) -> None:
    async with committed.writing() as session:
        member = await members.organization(session)
        one = await closed_complaint(session, member, date(2020, 1, 1))
    given = secrets(cluster.url(fresh_database))

    told, _ = await asyncio.to_thread(typed, "retention", "--dry-run", given=given)
    assert "complaints" in told
    async with committed.reading() as session:
        assert await readable(session, one.person_id)
    _, done = await asyncio.to_thread(typed, "retention", given=given)
    assert "1 records were erased" in done
    async with committed.reading() as session:
        assert not await readable(session, one.person_id)
