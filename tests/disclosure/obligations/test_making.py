"""Obligations made from what the database knows: of 2020 under the old texts, of 2026 under the new ones."""

import asyncio
from datetime import date, timedelta

from sqlalchemy import event, func, select

from app.disclosure.models import Obligation, ObligationRound, SubjectKind
from app.disclosure.obligations import making, reminders
from app.disclosure.rules.law import BY_VERSION
from app.fundraising import donations
from app.fundraising.models import (
    ChangeKind,
    CharitableTrust,
    FundraisingPlan,
    PlanChange,
    PlanState,
    TrusteeKind,
    Trusteeship,
    TrustRole,
)
from app.kit import outbox
from app.kit.clock import today
from app.kit.database import Database, WriteSession
from app.kit.models import OutboxEvent
from app.organizations.models import LegalForm, Organization
from tests.conftest import Shared
from tests.disclosure.obligations.scenes import (
    association,
    campaign,
    day,
    days,
    emergency,
    made,
    obligations,
    the,
    told,
)
from tests.factories import fundraising as make


async def test_a_member_that_has_ended_owes_nothing_for_the_years_after(session: WriteSession) -> None:
    past = await association(session, books_from="2020-01-01", ended_on=day("2020-12-31"))
    there = await association(session, books_from="2020-01-01")

    on = date(2026, 7, 1)
    years = [{one[2] for one in days(await made(session, member, on), member.id)} for member in (past, there)]

    assert years == [{2020}, {0, *range(2020, 2027)}]


async def test_2020_is_judged_by_the_texts_of_2020(session: WriteSession) -> None:
    member = await association(session, books_from="2020-01-01")
    response = await emergency(session, member, "2020-01-25", "2020-06-30")
    relief = await campaign(session, member, "2020-01-26", "2020-06-30", emergency_id=response.id)
    yearly = await campaign(session, member, "2020-03-01", "2020-12-31", closed="2020-12-31")
    no_number = await campaign(session, member, "2020-09-09", "2020-10-08", filing_no=None)

    # Month by month as time went on, and then once more.
    for month in range(1, 13):
        await made(session, member, date(2020, month, 15))
    grown = await made(session, member, "2021-07-01")

    # No clock of five days ran then, and the campaign was no longer than six months.
    assert days(grown, relief.id) == {("OB-B6", "CL-2016", 1, "2020-09-30", "A")}
    assert days(grown, yearly.id) == {
        ("OB-B5", "CL-2016", 1, "2020-06-01", "A"),
        ("OB-B5", "CL-2016", 2, "2020-09-01", "B"),
        ("OB-B5", "CL-2016", 3, "2020-12-01", "B"),
        ("OB-B6", "CL-2016", 1, "2021-03-31", "A"),
    }
    assert days(grown, no_number.id) == {
        ("OB-A2", "GM-59", 1, "2020-08-30", "B"),
        ("OB-B6", "CL-2016", 1, "2021-01-08", "A"),
    }
    for_2020 = {one for one in days(grown, member.id) if one[2] == 2020}
    assert for_2020 == {
        ("OB-B3", "XX-61", 2020, "2021-12-31", "B"),
        ("OB-B4", "CL-2016", 2020, "2021-12-31", "B"),
        ("OB-B4a-authority", "STGL-1998", 2020, "2021-05-31", "B"),
        ("OB-B4a-supervisor", "STGL-1998", 2020, "2021-03-31", "B"),
    }
    assert all(BY_VERSION[one.rule_id, one.regulation].holds(one.trigger_on) for one in grown)
    # What rolled over the National Day's week of 2020, under which nobody was late.
    assert (await the(session, member, "OB-B6", subject_id=relief.id)).rolled_on == day("2020-09-30")


async def test_2026_is_judged_by_the_texts_of_2026(session: WriteSession) -> None:
    member = await association(session, books_from="2026-01-01", founded_on=day("2026-01-05"))
    response = await emergency(session, member, "2026-01-07", "2026-01-28")
    relief = await campaign(session, member, "2026-01-08", "2026-02-28", emergency_id=response.id)
    yearly = await campaign(session, member, "2026-01-01", "2026-11-30")

    grown = await made(session, member, "2026-12-20")

    assert days(grown, relief.id) == {
        *(
            ("OB-C1", "XX-81", number, due, "A" if number == 1 else "B")
            for number, due in enumerate(("2026-01-13", "2026-01-18", "2026-01-23", "2026-01-28"), 1)
        ),
        ("OB-B6", "XX-81", 1, "2026-05-28", "A"),
    }
    assert days(grown, yearly.id) == {
        ("OB-B5", "XX-81", 1, "2026-04-01", "A"),
        ("OB-B5", "XX-81", 2, "2026-07-01", "B"),
        ("OB-B5", "XX-81", 3, "2026-10-01", "B"),
        ("OB-B6", "XX-81", 1, "2027-02-28", "A"),
    }
    assert (await the(session, member, "OB-B6", subject_id=yearly.id)).rolled_on == day("2027-03-01")
    assert days(grown, member.id) == {
        ("OB-B2", "XX-81", 1, "2026-02-04", "A"),
        ("OB-B3", "XX-81", 2026, "2027-12-31", "B"),
        ("OB-B4", "XX-81", 2026, "2027-05-31", "A"),
        ("OB-B4b", "KJ-2024-25", 2026, "2027-04-30", "A1"),
        ("OB-B4a-authority", "STGL-1998", 2026, "2027-05-31", "B"),
        ("OB-B4a-supervisor", "STGL-1998", 2026, "2027-03-31", "B"),
        ("OB-B11", "XX-81", 0, "None", "A"),
        ("OB-B13", "XX-81", 2026, "2027-05-31", "A"),
    }


async def test_replaying_history_gives_what_grew_with_it(session: WriteSession) -> None:
    async def federation() -> Organization:
        member = await association(session, books_from="2020-01-01", founded_on=day("2019-03-01"))
        await campaign(session, member, "2020-01-26", "2020-12-31", closed="2020-11-30")
        await campaign(session, member, "2024-08-01", "2025-05-31")
        response = await emergency(session, member, "2025-01-07", "2025-02-07")
        await campaign(session, member, "2025-01-08", None, emergency_id=response.id)
        return member

    grown_in, replayed_in = await federation(), await federation()
    on = day("2020-01-01")
    while on < day("2026-11-27"):
        await making.make(session, grown_in.id, on)
        on += timedelta(days=61)
    grown = await made(session, grown_in, "2026-11-27")
    replayed = await made(session, replayed_in, "2026-11-27")

    def comparable(rows: list[Obligation]) -> list[tuple[object, ...]]:
        own = {"subject_id", "subject"}
        return sorted(
            tuple(str(value) for name, value in row.items() if name not in own) for row in told(rows)
        )

    assert comparable(grown) == comparable(replayed)
    assert len(grown) > 40


async def test_made_again_nothing_changes(session: WriteSession) -> None:
    member = await association(session)
    await campaign(session, member, "2026-01-01", "2026-11-30")
    first = await made(session, member, "2026-11-27")
    before, ids = told(first), [row.id for row in first]

    again = await made(session, member, "2026-11-27")

    assert told(again) == before
    assert [row.id for row in again] == ids
    assert await session.scalar(select(func.count()).select_from(ObligationRound)) >= 1


async def test_what_the_facts_owe_no_more_lapses_and_comes_back(session: WriteSession) -> None:
    member = await association(session)
    appeal = await campaign(session, member, "2026-01-01", "2026-11-30")
    await made(session, member, "2026-07-01")
    final = await the(session, member, "OB-B6")
    final.filed_on = day("2026-06-30")

    appeal.ends_on = None
    await made(session, member, "2026-07-02")
    assert (await the(session, member, "OB-B6")).lapsed_on == day("2026-07-02")

    appeal.ends_on = day("2026-09-30")
    await made(session, member, "2026-07-03")
    back = await the(session, member, "OB-B6")
    assert (back.id, back.lapsed_on, back.due_on) == (final.id, None, day("2026-12-30"))
    # It goes on until September after all: what was filed in June was no account of its end.
    assert back.filed_on is None


async def test_what_depends_on_a_certificate_is_not_sure_without_it(session: WriteSession) -> None:
    member = await association(session, certified=None)
    appeal = await campaign(session, member, "2026-01-01", "2026-06-30")
    endless = await campaign(session, await association(session), "2026-01-01", None)
    rows = await made(session, member, "2026-11-27")
    assert {row.complete for row in rows if row.subject_id == appeal.id} == {False}
    sure = {row.rule_id: row.complete for row in rows if row.subject_kind is SubjectKind.year}
    assert (sure["OB-B4"], sure["OB-B9"]) == (True, True)
    other = await session.get_one(Organization, endless.organization_id)
    found = [row for row in await made(session, other, "2026-11-27") if row.rule_id == "OB-B5"]
    assert found
    assert not any(row.complete for row in found)


def plan(appeal: object, **over: object) -> FundraisingPlan:
    values = {"campaign_id": appeal.id, "organization_id": appeal.organization_id, "prepared_by": "test"}
    return FundraisingPlan(**(values | over))


async def test_a_plan_tells_when_it_was_filed_returned_and_changed(session: WriteSession) -> None:
    member = await association(session)
    appeal = await campaign(session, member, "2026-03-20", "2026-06-30")
    filed = plan(
        appeal,
        state=PlanState.filed,
        submitted_on=day("2026-03-09"),
        returned_on=day("2026-03-06"),
        returned_reason="x",
        filed_on=day("2026-03-12"),
        offsite=True,
        ways=["event"],
    )
    session.add(filed)
    await session.flush()
    change = PlanChange(
        plan_id=filed.id,
        kind=ChangeKind.items,
        changed_on=day("2026-04-30"),
        due_on=day("2026-05-10"),
        reason="x",
        decided_on=day("2026-04-29"),
        decided_by="理事会",
        changes={},
        consent_needed=False,
        actor="test",
    )
    session.add(change)
    await session.flush()

    rows = {(row.rule_id): row for row in await made(session, member, "2026-11-27")}

    assert (rows["OB-A2"].due_on, rows["OB-A2"].done_on) == (day("2026-03-10"), day("2026-03-09"))
    completion = rows["OB-A2-completion"]
    assert (completion.due_on, completion.done_on) == (day("2026-03-11"), day("2026-03-09"))
    assert (rows["OB-A10"].due_on, rows["OB-A10"].done_on) == (day("2026-03-10"), None)
    changed = rows["OB-A6"]
    assert (changed.due_on, changed.rolled_on, changed.done_on) == (
        day("2026-05-10"),
        day("2026-05-11"),
        None,
    )


async def test_whether_a_campaign_runs_long_is_asked_of_the_plan_of_each_day(session: WriteSession) -> None:
    member = await association(session)
    appeal = await campaign(session, member, "2026-01-01", "2026-12-31")
    filed = plan(appeal, state=PlanState.filed, submitted_on=day("2025-12-01"), offsite=False)
    filed.filed_on = day("2025-12-02")
    session.add(filed)
    await session.flush()
    anew = PlanChange(
        plan_id=filed.id,
        kind=ChangeKind.items,
        changed_on=day("2026-05-20"),
        due_on=day("2026-05-30"),
        reason="延长",
        decided_on=day("2026-05-19"),
        decided_by="理事会",
        changes={"ends_on": {"from": "2026-05-31", "to": "2026-12-31"}},
        consent_needed=False,
        actor="test",
    )
    session.add(anew)
    await session.flush()

    rows = await made(session, member, "2026-11-27")

    assert {one for one in days(rows, appeal.id) if one[0] == "OB-B5"} == {
        ("OB-B5", "XX-81", 1, "2026-07-01", "B"),
        ("OB-B5", "XX-81", 2, "2026-10-01", "B"),
    }


async def test_a_trust_is_filed_by_its_trustee_and_told_of_by_its_settlor(session: WriteSession) -> None:
    member = await association(session, legal_form=LegalForm.foundation)

    def trust(code: str, role: TrustRole) -> CharitableTrust:
        return CharitableTrust(
            organization_id=member.id,
            code=code,
            title="助学信托",
            role=role,
            purpose="助学",
            beneficiary_scope="学生",
            property_minor=1,
            signed_on=day("2026-02-10"),
            settlor_public=False,
            actor="test",
        )

    ours, theirs = trust("T-1", TrustRole.trustee), trust("T-2", TrustRole.settlor)
    session.add_all([ours, theirs])
    await session.flush()
    for starts, kind, filed in (
        ("2026-02-10", TrusteeKind.charity, "2026-02-12"),
        ("2026-06-01", TrusteeKind.charity, None),
        ("2026-09-01", TrusteeKind.trust_company, None),
    ):
        session.add(
            Trusteeship(
                trust_id=ours.id,
                trustee="某慈善会",
                kind=kind,
                authority="民政局",
                starts_on=day(starts),
                due_on=day(starts),
                actor="test",
                filed_on=filed and day(filed),
                filing_no=filed and f"XT-{ours.id}",
            )
        )
    await session.flush()

    rows = await made(session, member, "2026-11-27")
    found = {
        (row.rule_id, str(row.due_on), str(row.done_on)) for row in rows if row.rule_id.startswith("OB-G")
    }
    assert found == {
        ("OB-G1", "2026-02-17", "2026-02-12"),
        ("OB-G2", "2026-06-08", "None"),
        ("OB-G4", "2027-03-31", "None"),
        ("OB-G4-publication", "2027-12-31", "None"),
        ("OB-G5", "2026-03-12", "None"),
    }


async def test_making_reads_no_gift(session: WriteSession) -> None:
    appeal = await make.appeal(session)
    member = await association(session)
    statements: list[str] = []

    def note(_c: object, _u: object, statement: str, *_: object) -> None:
        statements.append(statement)

    connection = (await session.connection()).sync_connection
    event.listen(connection, "before_cursor_execute", note)
    try:
        await made(session, member, "2026-11-27")
        few = len(statements)
        await donations.receive(session, [make.gift(appeal) for _ in range(5)])
        statements.clear()
        await made(session, member, "2026-11-27")
    finally:
        event.remove(connection, "before_cursor_execute", note)
    assert few > 5
    assert len(statements) <= few
    assert not [one for one in statements if "donations" in one or "campaign_days" in one]


async def test_a_round_makes_what_is_stale(session: WriteSession, shared: Shared) -> None:
    member = await association(session)
    on = today()
    assert await making.make_due(shared, on) >= 1
    assert await making.make_due(shared, on) == 0
    (await session.get_one(ObligationRound, member.id)).made_on = None
    await session.flush()
    assert await making.make_due(shared, on) == 1
    assert await making.make_due(shared, on + timedelta(days=1)) >= 1


async def test_two_rounds_at_once_make_everything_once(committed: Database) -> None:
    async with committed.writing() as session:
        members = [await association(session) for _ in range(3)]
        for member in members:
            await campaign(session, member, "2026-01-01", "2026-11-30")

    on = day("2026-11-27")
    await asyncio.gather(*(making.make_due(committed, on) for _ in range(6)))

    async with committed.writing() as session:
        for member in members:
            rows = await obligations(session, member)
            keys = [(row.rule_id, row.subject_id, row.number) for row in rows]
            assert len(keys) == len(set(keys)) > 8
        # Each is told of once at most, by whichever came first.
        query = select(OutboxEvent.subject, func.count()).filter_by(topic=reminders.TOPIC)
        counts = (await session.execute(query.group_by(OutboxEvent.subject))).all()
        assert all(count == 1 for _, count in counts)


async def test_what_is_told_makes_an_organization_anew_at_once(committed: Database) -> None:
    on = day("2026-11-27")
    async with committed.writing() as session:
        member = await association(session)
    await making.make_due(committed, on)
    async with committed.writing() as session:
        await campaign(session, member, "2026-01-01", "2026-09-30")
        await outbox.tell(
            session, "campaign.opened", organization_id=member.id, subject="campaign:x", payload={}
        )
    assert await making.make_due(committed, on) == 1
    assert await making.make_due(committed, on) == 0
    async with committed.writing() as session:
        assert (await the(session, member, "OB-B6")).due_on == day("2026-12-30")
