"""Words about a volunteer: why staff did something is sealed with the person, and erased with them."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from alembic import command
from httpx import Response
from sqlalchemy import select

from app import worker
from app.cli import migrate as program
from app.kit.clock import now
from app.kit.database import Database, ReadSession, WriteSession
from app.kit.models import UnsealedValue
from app.volunteers import check_ins, corrections, erasures, records, volunteers
from app.volunteers.corrections import Right
from app.volunteers.models import Activity, Certificate, CheckIn, RequestedCertificate
from app.volunteers.recognition import certificates, contents, requests
from migrations.sealing import UNREADABLE
from tests.databases import Cluster, alembic_config
from tests.factories import organizations as make
from tests.factories.volunteering import surroundings
from tests.fundraising.test_reasons import WHY, places_in_clear
from tests.volunteers.calls import activity, moment, served, sign_up
from tests.volunteers.office import Office
from tests.volunteers.test_certificates import ISSUER, issue

BEFORE = "sealed_words_of_volunteers-1"
COLUMNS = {
    "record_corrections": "reason",
    "check_ins": "settled_reason",
    "certificate_requests": "refused_reason",
    "certificates": "revoked_reason",
}

Deed = tuple[str, dict[str, Any], str, Callable[[dict[str, Any]], Any]]
"""What is said where, where it is read again, and what of the answer it is."""


async def correction(desk: Office, who: dict[str, Any]) -> Deed:
    record = await served(desk, who)
    path = f"/records/{record['id']}"
    return f"{path}/corrections", {"minutes": 5}, path, lambda shown: shown["corrections"][0]["reason"]


async def settlement(desk: Office, who: dict[str, Any]) -> Deed:
    made = (await sign_up(desk, await activity(desk), who)).json()
    came = await desk.post(f"/sign-ups/{made['id']}/check-in", {"checked_in_at": moment(-1)})
    path, body = f"/check-ins/{came.json()['id']}/settlement", {"checked_out_at": moment(-0.5)}
    return path, body, "/check-ins", lambda shown: shown["items"][0]["settled_reason"]


async def refusal(desk: Office, who: dict[str, Any]) -> Deed:
    own = await desk.sign_in(who["phone"])
    await served(desk, who)
    asked = await own.post("/me/certificate-requests", {"organization_id": str(desk.organization.id)})
    path = f"/certificate-requests/{asked.json()['id']}/refusal"
    return path, {}, "/certificate-requests", lambda shown: shown["items"][0]["refused_reason"]


async def revocation(desk: Office, who: dict[str, Any]) -> Deed:
    await served(desk, who)
    path = f"/certificates/{(await issue(desk, who)).json()['id']}"
    return f"{path}/revocation", {}, path, lambda shown: shown["revoked_reason"]


async def replacement(desk: Office, who: dict[str, Any]) -> Deed:
    path, _, read, shown = await revocation(desk, who)
    return path.replace("revocation", "replacement"), ISSUER, read, shown


DEEDS: Mapping[str, Callable[[Office, dict[str, Any]], Awaitable[Deed]]] = {
    one.__name__: one for one in (correction, settlement, refusal, revocation, replacement)
}


async def said(desk: Office, path: str, body: dict[str, Any]) -> Response:
    headers = desk.headers | {"Idempotency-Key": "once-and-again-1"}
    return await desk.client.post(
        f"/v1/volunteers{path}", json=body | {"reason": f"{WHY} {path}"}, headers=headers
    )


@pytest.mark.parametrize("deed", DEEDS)
async def test_why_is_read_by_who_may_and_stands_in_no_table_and_goes_with_the_volunteer(
    desk: Office, session: WriteSession, deed: str
) -> None:
    who = await desk.volunteer()
    path, body, read, shown = await DEEDS[deed](desk, who)

    answer = await said(desk, path, body)

    assert answer.is_success, answer.text
    await session.flush()
    assert await places_in_clear(session) == []
    assert shown((await desk.get(read)).json()) == f"{WHY} {path}"
    own = await desk.sign_in(who["phone"])
    export = (await own.get("/me/export")).json()
    assert f"{WHY} {path}" in export["person"].values()
    if deed != "correction":
        assert f"{WHY} {path}" in str([found for name, found in export.items() if name != "person"])

    await own.post("/me/erasure")
    after = await desk.get(read)
    assert after.status_code == 200
    assert shown(after.json()) is None
    # Nor does the answer that was kept for whoever asks twice tell it.
    again = await said(desk, path, body)
    assert WHY not in again.text


@pytest.mark.parametrize("deed", ["correction", "settlement", "revocation"])
async def test_what_concerns_somebody_erased_goes_on_and_why_is_about_nobody_known(
    desk: Office, session: WriteSession, deed: str
) -> None:
    who = await desk.volunteer()
    path, body, read, shown = await DEEDS[deed](desk, who)
    await erasures.erase(session, await volunteers.get(session, UUID(who["id"])), actor="test")

    answer = await said(desk, path, body)

    assert answer.is_success, answer.text
    assert shown((await desk.get(read)).json()) == f"{WHY} {path}"
    assert await places_in_clear(session) == []


async def test_words_of_an_earlier_version_are_sealed_after_the_migration_and_none_is_lost(
    cluster: Cluster, fresh_database: str, committed: Database
) -> None:
    url = cluster.url(fresh_database, "owner")
    sealed, waiting, erased = [await _explained(committed) for _ in range(3)]
    async with committed.writing() as session:
        gone = await volunteers.get(session, UUID(erased["volunteer_id"]), lock=True)
        await erasures.erase(session, gone, actor="test")
    command.downgrade(alembic_config(url), BEFORE)
    with psycopg.connect(url, autocommit=True) as owner:
        for table, column in COLUMNS.items():
            kept = owner.execute(f"select distinct {column} from {table} where {column} <> ''").fetchall()
            assert kept == ([(UNREADABLE,)] if table != "check_ins" else [])
            ids = [one[table] for one in (waiting, erased)]
            owner.execute(f"alter table {table} disable trigger user")
            owner.execute(f"update {table} set {column} = %s where id = any(%s)", [WHY + table, ids])
            owner.execute(f"alter table {table} enable trigger user")

    program.to(url)
    command.downgrade(alembic_config(url), BEFORE)
    with psycopg.connect(url) as owner:
        for table, column in COLUMNS.items():
            back = owner.execute(f"select id::text from {table} where {column} = %s", [WHY + table])
            assert back.fetchall() == [(waiting[table],)]
            assert owner.execute("select count(*) from unsealed_values").fetchone() == (0,)
    program.to(url)

    taken = worker.sweeps(worker.ANSWERS_KEPT)
    assert await worker.once(committed, {"unsealed_words": taken["unsealed_words"]}) == []
    async with committed.reading() as session:
        assert (await session.scalars(select(UnsealedValue))).all() == []
        assert await _reasons(session, sealed) == dict.fromkeys(COLUMNS, "封存过")
        assert await _reasons(session, waiting) == {table: WHY + table for table in COLUMNS}
        assert await _reasons(session, erased) == dict.fromkeys(COLUMNS)
        assert await places_in_clear(session) == []


async def _explained(database: Database) -> dict[str, str]:
    """A volunteer of whom everything was done that has a reason; the ids of it by table."""
    async with database.writing() as session:
        place = await make.organization(session)
        ids = await surroundings(session, place)
        record = await records.get(session, UUID(ids["record_id"]))
        told = {"reason": "封存过", "actor": "test"}
        corrected = await corrections.correct(session, record, Right(minutes=5), **told)
        check_in = await check_ins.get(session, UUID(ids["check_in_id"]))
        call = await session.get_one(Activity, UUID(ids["activity_id"]))
        gone_at = now() + timedelta(minutes=30)
        await check_ins.settle(session, call, check_in, at=gone_at, told=("封存过", "test", 0))
        await requests.refuse(session, await requests.get(session, UUID(ids["request_id"])), **told)
        paper = await certificates.get(session, UUID(ids["certificate_id"]))
        await certificates.revoke(session, place, paper, **told)
        found = {
            "record_corrections": corrected.id,
            "check_ins": check_in.id,
            "certificate_requests": ids["request_id"],
            "certificates": paper.id,
        }
        return ids | {table: str(one) for table, one in found.items()}


async def _reasons(session: ReadSession, ids: Mapping[str, str]) -> dict[str, str | None]:
    record = await records.get(session, UUID(ids["record_id"]))
    of_record = await corrections.of_record(session, record.id)
    found = [
        await corrections.why(session, record, of_record),
        await check_ins.why(session, [await session.get_one(CheckIn, UUID(ids["check_ins"]))]),
        await requests.why(
            session, [await session.get_one(RequestedCertificate, UUID(ids["certificate_requests"]))]
        ),
        await contents.why(session, [await session.get_one(Certificate, UUID(ids["certificates"]))]),
    ]
    return {table: why.get(UUID(ids[table])) for table, why in zip(COLUMNS, found, strict=True)}
