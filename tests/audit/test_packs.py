"""A project's audit pack holds its journal, vouchers, files and approvals, and a manifest of their hashes."""

import hashlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from pypdf import PdfReader
from sqlalchemy import select

from app.accounting.vouchers import numbers
from app.audit import packs
from app.fundraising.filings import archives
from app.fundraising.goods import papers
from app.fundraising.models import Designation
from app.fundraising.models.goods import GoodsHandout, RecipientKind
from app.kit.attachments import files, stores
from app.kit.attachments.files import Owner
from app.kit.clock import today
from app.kit.database import Database, ReadSession
from app.kit.ids import new_id
from app.kit.models import Attachment
from app.kit.vault import Vault
from app.ledger import funds
from app.ledger.models import Fund
from app.main import create_app
from app.organizations.access import Role
from app.settings import Settings
from app.transparency import signer
from app.wiring import handed_down
from tests.accounting.office import VOUCHERS, Office, credit, debit, office
from tests.audit.books import auditor
from tests.databases import Cluster
from tests.factories import fundraising
from tests.factories import organizations as members
from tests.transparency import logs

SPENT = 12_345_67
"""More than a reviewer alone may let go: it is approved by two."""


@dataclass(kw_only=True)
class Site:
    """An office with a project that money was spent on, and the key of its auditor."""

    at: Office
    project: Any
    headers: dict[str, str]
    spent: dict[str, Any]
    of_project: dict[str, Any]

    async def pull(self, status: int = 200, **asked: Any) -> zipfile.ZipFile:
        path = f"/v1/audit/projects/{self.project.id}/audit-pack"
        answer = await self.at.client.get(path, params=asked, headers=self.headers)
        assert answer.status_code == status, answer.text
        return zipfile.ZipFile(io.BytesIO(answer.content))


@pytest.fixture
async def site(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient, tmp_path: Path
) -> Site:
    committed_app.state.store = stores.opened(f"file://{tmp_path}/files")
    signing = logs.office_in(tmp_path)
    await signer.open_office(committed, signing)
    async with committed.writing() as session:
        at = await office(committed_app, committed_client, session, endowed=10_000_00)
        chair = await members.staff(session, at.organization, Role.admin)
        at.headers["chair"] = await members.headers(committed_app, session, chair)
        fund, project = await at.restricted()
        await at.endow(50_000_00, fund)
    of_project = {"fund_id": fund.id, "project_id": project.id}
    body = at.voucher(debit("5101", SPENT, **of_project), credit("1002", SPENT, channel_id=at.bank.id))
    invoices = [await at.upload(), await at.upload(kind="salary-sheet", access="personal")]
    spent = await at.reviewed(body, *invoices)
    [asked] = (await at.get("/v1/approvals", subject_id=spent["id"])).json()["items"]
    for who in ("ray", "chair"):
        answer = await at.post(f"/v1/approvals/{asked['id']}/approval", {"reason": "合同与发票相符"}, by=who)
        assert answer.status_code == 200, answer.text
    answer = await at.post(f"{VOUCHERS}/{spent['id']}/posting", {}, by="bo")
    assert answer.status_code == 200, answer.text
    spent = answer.json()
    other = at.voucher(debit("5301", 77_00), credit("1002", 77_00, channel_id=at.bank.id))
    await at.posted(other)
    async with committed.writing() as session:
        await numbers.assign(session, at.organization.id, date(2026, 5, 1), until=today())
    await logs.sign(committed, signing)
    headers = await auditor(committed, at.organization)
    spent |= {"files": invoices}
    return Site(at=at, project=project, headers=headers, spent=spent, of_project=of_project)


async def test_it_holds_everything_about_the_project_and_nothing_else(site: Site) -> None:
    with await site.pull() as pack:
        names = pack.namelist()
        lines = [orjson.loads(line) for line in pack.read("journal.ndjson").splitlines()]
        [voucher] = [name for name in names if name.startswith("vouchers/")]
        paper = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pack.read(voucher))).pages)
        [attached] = [name for name in names if name.startswith("attachments/")]
        content = pack.read(attached)
        [approved] = orjson.loads(pack.read("approvals.json"))
        manifest = orjson.loads(pack.read("manifest.json"))
    assert [line["postings"][0]["amount"] for line in lines] == [SPENT]
    assert lines[0]["entry"]["id"] == site.spent["entry_id"]
    assert "12,345.67" in paper
    assert site.at.organization.name in paper
    assert site.spent["files"][0] in attached
    assert content == b"%PDF-1.7\nof an invoice"
    assert (approved["state"], approved["subject_id"]) == ("approved", site.spent["id"])
    assert [step["reason"] for step in approved["steps"]] == ["合同与发票相符"] * 2
    assert names[-1] == "manifest.json"
    assert manifest["project"] == {"id": str(site.project.id), "code": site.project.code}
    assert (manifest["count"], manifest["organizations"]) == (1, [str(site.at.organization.id)])
    # What tells of people is not for an auditor: the pack says that it is there.
    [withheld] = manifest["withheld"]
    assert (withheld["id"], withheld["because"]) == (site.spent["files"][1], "personal")


async def test_entries_that_have_no_voucher_number_yet_are_listed_in_the_manifest(site: Site) -> None:
    at = site.at
    with await site.pull() as pack:
        assert orjson.loads(pack.read("manifest.json"))["without_voucher_number"] == []
    body = at.voucher(debit("5101", 5_00, **site.of_project), credit("1002", 5_00, channel_id=at.bank.id))
    late = await at.posted(body)
    with await site.pull() as pack:
        [listed] = orjson.loads(pack.read("manifest.json"))["without_voucher_number"]
        assert len([name for name in pack.namelist() if name.startswith("vouchers/")]) == 1
    assert listed["entry_id"] == late["entry_id"]
    assert listed.keys() == {"entry_id", "kind", "booked_on"}


async def test_the_manifest_has_the_hash_of_each_file(site: Site) -> None:
    with await site.pull() as pack:
        listed = {file["name"]: file for file in orjson.loads(pack.read("manifest.json"))["files"]}
        assert listed.keys() == {*pack.namelist()} - {"manifest.json"}
        for name, file in listed.items():
            content = pack.read(name)
            assert file["sha256"] == hashlib.sha256(content).hexdigest()
            assert file["size_bytes"] == len(content)


async def test_days_are_asked_for_as_everywhere_and_the_mandate_keeps_its_years(
    site: Site, committed: Database
) -> None:
    with await site.pull(booked_on_to="2026-05-07") as pack:
        assert pack.read("journal.ndjson") == b""
        assert {name.partition("/")[0] for name in pack.namelist()} == {
            "journal.ndjson",
            "approvals.json",
            "manifest.json",
        }
    site.headers = await auditor(committed, site.at.organization, years=(2025, 2025))
    path = f"/v1/audit/projects/{site.project.id}/audit-pack"
    answer = await site.at.client.get(path, params={"booked_on_to": "2026-05-07"}, headers=site.headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "outside-mandate")
    with await site.pull() as pack:
        assert orjson.loads(pack.read("manifest.json"))["count"] == 0


async def test_what_is_no_project_in_sight_has_no_pack(site: Site, committed: Database) -> None:
    async with committed.writing() as session:
        stranger = await members.organization(session)
    theirs = await auditor(committed, stranger)
    for project_id, headers in (
        (new_id(), site.headers),
        (site.at.organization.id, site.headers),
        (site.project.id, theirs),
    ):
        answer = await site.at.client.get(f"/v1/audit/projects/{project_id}/audit-pack", headers=headers)
        assert answer.status_code == 404, answer.text


async def test_features_above_the_books_add_their_documents(
    site: Site, cluster: Cluster, fresh_database: str, vault: Vault, settings: Settings, tmp_path: Path
) -> None:
    """Which ones, is handed down at start: here the photographs of a building site."""
    photo = UUID(await site.at.upload(kind="photo", access="internal"))

    async def photos(session: ReadSession, project_id: UUID, ids: Sequence[UUID]) -> Sequence[Attachment]:
        assert (project_id, ids) == (site.project.id, (site.at.organization.id,))
        return [await files.get(session, photo)]

    info = {"vault": vault} | handed_down() | {packs.SOURCES: {"photos": photos}}
    database = Database(cluster.url(fresh_database), pool_size=4, info=info)
    app = create_app(settings, database=database)
    app.state.store = stores.opened(f"file://{tmp_path}/files")
    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
        site.at.client = client
        with await site.pull() as pack:
            [name] = [name for name in pack.namelist() if name.startswith("photos/")]
    await database.close()
    assert str(photo) in name


async def test_it_holds_what_campaigns_and_hand_outs_keep_for_the_project(
    site: Site, committed: Database
) -> None:
    at = site.at
    uploaded = [UUID(await at.upload(kind=kind)) for kind in ("agreement", "decision", "signed-list")]
    people = UUID(await at.upload(kind="signed-list", access="personal"))
    async with committed.writing() as session:
        by = (await files.get(session, people)).uploaded_by
        ours, other = [await fundraising.campaign(session, at.organization.id) for _ in range(2)]
        fund = await session.scalar(select(Designation.fund_id).where(Designation.campaign_id == ours.id))
        await funds.allow(session, await session.get_one(Fund, fund), site.project.id)
        for campaign, file in zip((ours, other), uploaded, strict=False):
            await archives.add(session, campaign, [file], by=by)
        handout = GoodsHandout(
            organization_id=at.organization.id,
            reference="H-1",
            handed_on=date(2026, 5, 3),
            recipient_kind=RecipientKind.organization,
            recipient="某社区",
            value_minor=0,
            actor=by,
            project_id=site.project.id,
        )
        session.add(handout)
        await session.flush()
        owner = Owner(papers.HANDOUT, handout.id, at.organization.id)
        await papers.add(session, owner, [uploaded[2], people], by=by)

    with await site.pull() as pack:
        names = pack.namelist()
        manifest = orjson.loads(pack.read("manifest.json"))

    kept = [name for name in names if name.startswith(("campaigns/", "handouts/"))]
    assert [name.rpartition("/")[2][:36] for name in kept] == [str(uploaded[0]), str(uploaded[2])]
    assert str(uploaded[1]) not in "".join(names), "of a campaign whose money is for something else"
    assert str(people) in {one["id"] for one in manifest["withheld"]}
