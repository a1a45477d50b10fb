"""What staff write about a donor beside pledges, receipts and agreements is sealed, and erased with them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
import pytest
from alembic import command
from fastapi import FastAPI
from httpx import AsyncClient
from psycopg.sql import SQL, Identifier
from sqlalchemy import select

from app import worker
from app.cli import migrate as program
from app.fundraising.models import Donation, Pledge
from app.kit import vault
from app.kit.database import Database, ReadSession, WriteSession
from app.kit.models import UnsealedValue
from app.organizations.access import Role, Scope
from app.webhooks import erasures
from migrations.sealing import UNREADABLE
from tests.databases import Cluster, alembic_config
from tests.factories import organizations as members
from tests.fundraising.desk import Desk, desk
from tests.fundraising.receipting import issued
from tests.fundraising.test_reasons import places_in_clear
from tests.fundraising.ways.test_pledges import wish

WORDS = "金丝雀王先生来电 13577778888"
Headers = dict[str, str]


@dataclass(frozen=True)
class Here:
    """An accountant's desk, and two colleagues who draft agreements and answer for them."""

    at: Desk
    drafter: Headers
    reviewer: Headers


async def _here(app: FastAPI, client: AsyncClient, session: WriteSession) -> Here:
    at = await desk(app, client, session)
    roles = (Role.fundraising_officer, Role.reviewer)
    return Here(at, *[await members.sign_in(app, session, role, at.organization) for role in roles])


class Written:
    """Words as the API answered them: in which list they stand, under which name, about whom."""

    def __init__(self, answer: dict[str, Any], path: str, field: str, person: UUID) -> None:
        self.answer, self.path, self.field, self.person = answer, path, field, person

    async def read(self, at: Desk, headers: Headers | None = None) -> list[str | None]:
        """Return the words as the list tells them, and the thing itself if it is told alone."""
        paths = [self.path] if "/losses" in self.path else [self.path, f"{self.path}/{self.answer['id']}"]
        found: list[str | None] = []
        for path in paths:
            url = f"/v1/fundraising{path}"
            answer = await at.client.get(url, headers=headers or at.headers)
            assert answer.status_code == 200, answer.text
            told = answer.json()
            [one] = [x for x in told.get("items", [told]) if x["id"] == self.answer["id"]]
            found.append(one[self.field])
        return found


async def _given(session: ReadSession, gift: dict[str, Any]) -> UUID:
    return (await session.get_one(Donation, gift["id"])).person_id


async def _post(at: Desk, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = await at.post(path, body)
    assert answer.is_success, answer.text
    return answer.json()


async def _pledge(here: Here, session: ReadSession) -> Written:
    at = here.at
    made = await _post(at, "/pledges", wish(at))
    answer = await _post(at, f"/pledges/{made['id']}/write-off", {"reason": WORDS})
    person = (await session.get_one(Pledge, made["id"])).person_id
    return Written(answer, "/pledges", "written_off_reason", person)


async def _waiver(here: Here, session: ReadSession) -> Written:
    at = here.at
    gift = (await at.give()).json()
    body = {"donation_ids": [gift["id"]], "state": "waived", "note": WORDS}
    return Written(
        await _post(at, "/receipts/waivers", body), "/receipts", "note", await _given(session, gift)
    )


async def _reversal(here: Here, session: ReadSession) -> Written:
    at = here.at
    gift = (await at.give()).json()
    receipt = await issued(at, gift)
    body = {"reason": "wrong_title", "note": WORDS}
    answer = await _post(at, f"/receipts/{receipt['id']}/reversal", body)
    return Written(answer, "/receipts", "note", await _given(session, gift))


async def _several(here: Here, session: ReadSession) -> Written:
    """A note on a receipt over two gifts of one donor, who is known under the key of either."""
    at = here.at
    gifts = [(await at.give()).json() for _ in range(2)]
    body = {"donation_ids": [gift["id"] for gift in gifts], "state": "waived", "note": WORDS}
    answer = await _post(at, "/receipts/waivers", body)
    return Written(answer, "/receipts", "note", await _given(session, gifts[1]))


async def _loss(here: Here, session: ReadSession) -> Written:
    at = here.at
    gift = (await at.give()).json()
    receipt = await issued(at, gift)
    body = {"organization_id": str(at.organization.id), "kind": "written", "lost_on": "2026-05-05"}
    body |= {"code": receipt["code"], "number": receipt["number"], "circumstances": WORDS}
    answer = await _post(at, "/receipts/losses", body)
    return Written(answer, "/receipts/losses", "circumstances", await _given(session, gift))


async def _found(here: Here, session: ReadSession) -> Written:
    lost = await _loss(here, session)
    answer = await _post(here.at, f"/receipts/losses/{lost.answer['id']}/withdrawal", {"reason": WORDS})
    return Written(answer, lost.path, "withdrawn_reason", lost.person)


async def _agreement(here: Here, session: ReadSession) -> Written:
    made = await _drafted(here)
    said = {"disinterested": True, "reason": WORDS}
    answer = await here.at.client.post(f"{_URL}/{made}/review", json=said, headers=here.reviewer)
    assert answer.status_code == 200, answer.text
    return Written(answer.json(), "/agreements", "review_reason", UUID(made))


async def _drafted(here: Here) -> str:
    body = {"organization_id": str(here.at.organization.id), "names_beneficiaries": True}
    made = await here.at.client.post(_URL, json=_AGREEMENT | body, headers=here.drafter)
    assert made.status_code == 201, made.text
    return made.json()["id"]


_URL = "/v1/fundraising/agreements"
_AGREEMENT: dict[str, Any] = {
    "number": "XY-001",
    "donor_name": "某公司",
    "donor_kind": "organization",
    "domicile": "mainland",
    "property_kind": "货币资金",
    "quantity": "人民币100万元",
    "quality": "不适用",
    "use_of_property": "建桥",
    "delivery_on": "2026-12-31",
}
_KINDS: Mapping[str, Callable[[Here, ReadSession], Awaitable[Written]]] = {
    "why a pledge was given up": _pledge,
    "a note beside a waiver": _waiver,
    "a note beside a reversal": _reversal,
    "a note of several gifts": _several,
    "how a receipt got lost": _loss,
    "how a receipt was found": _found,
    "what a reviewer said of an agreement": _agreement,
}


@pytest.mark.parametrize("kind", _KINDS)
async def test_what_staff_write_of_a_donor_is_for_those_who_may_read_donors_until_these_are_erased(
    app: FastAPI, client: AsyncClient, session: WriteSession, kind: str
) -> None:
    here = await _here(app, client, session)
    at, written = here.at, await _KINDS[kind](here, session)
    await session.flush()
    _, machine = await members.key(session, at.organization, Scope.audit)
    others = [await members.sign_in(app, session, Role.auditor, at.organization), machine]

    assert written.answer[written.field] == WORDS
    assert set(await written.read(at)) == {WORDS}
    assert [set(await written.read(at, one)) for one in others] == [{None}] * 2
    assert await places_in_clear(session) == []

    await erasures.erase(session, written.person)

    assert set(await written.read(at)) == {None}


async def test_how_a_blank_receipt_got_lost_names_nobody_and_auditors_read_it(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    at = await desk(app, client, session)
    body = {"organization_id": str(at.organization.id), "kind": "blank", "lost_on": "2026-05-05"}
    body |= {"code": "61060126", "number": "0000012399", "circumstances": "清点缺号"}
    lost = Written(
        await _post(at, "/receipts/losses", body), "/receipts/losses", "circumstances", UUID(int=0)
    )
    _, machine = await members.key(session, at.organization, Scope.audit)

    assert await lost.read(at, machine) == ["清点缺号"]


async def test_a_reviewers_answer_for_a_donor_who_was_erased_counts_all_the_same(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    here = await _here(app, client, session)
    made = await _drafted(here)
    await vault.erase(session, UUID(made))

    said = {"disinterested": True, "reason": "已核对"}
    answer = await client.post(f"{_URL}/{made}/review", json=said, headers=here.reviewer)

    assert (answer.status_code, answer.json()["disinterested"]) == (200, True), answer.text


_COLUMNS = (
    ("pledges", "written_off_reason"),
    ("receipts", "note"),
    ("receipt_losses", "circumstances"),
    ("receipt_losses", "withdrawn_reason"),
    ("donation_agreements", "review_reason"),
)


async def test_words_of_an_earlier_version_are_sealed_after_the_migration_and_none_is_lost(
    cluster: Cluster,
    fresh_database: str,
    committed: Database,
    committed_app: FastAPI,
    committed_client: AsyncClient,
) -> None:
    url = cluster.url(fresh_database, "owner")
    async with committed.writing() as session:
        here = await _here(committed_app, committed_client, session)
    written: list[Written] = []
    for kind, write in _KINDS.items():
        async with committed.reading() as session:
            if kind != "how a receipt got lost":
                written.append(await write(here, session))
    command.downgrade(alembic_config(url), "sealed_notes-1")
    with psycopg.connect(url, autocommit=True) as owner:
        for table, column in _COLUMNS:
            clear = SQL("update {} set {} = %s where {} = %s")
            owner.execute(clear.format(*map(Identifier, (table, column, column))), [WORDS, UNREADABLE])
    program.to(url)
    command.downgrade(alembic_config(url), "sealed_notes-1")
    said = SQL("select distinct {} from {} where {} is not null")
    with psycopg.connect(url) as owner:
        back = [
            owner.execute(said.format(*map(Identifier, (column, table, column)))).fetchall()
            for table, column in _COLUMNS
        ]
    assert back == [[(WORDS,)]] * len(_COLUMNS)
    program.to(url)

    taken = worker.sweeps(worker.ANSWERS_KEPT)
    assert await worker.once(committed, {"unsealed_words": taken["unsealed_words"]}) == []
    async with committed.reading() as session:
        assert (await session.scalars(select(UnsealedValue))).all() == []
        assert await places_in_clear(session) == []
    assert [set(await one.read(here.at)) for one in written] == [{WORDS}] * len(written)
