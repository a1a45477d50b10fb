"""What supports a voucher: files are added, counted and printed, and stay from the review on."""

import io
from datetime import date

import pytest
from fastapi import FastAPI
from pypdf import PdfReader
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.accounting.vouchers import numbers
from app.kit.attachments import retention
from app.kit.database import WriteSession
from app.organizations.access import Role
from app.organizations.models import Scope
from tests.accounting.office import VOUCHERS, Office, credit, debit
from tests.conftest import Shared
from tests.factories import organizations as members


def paid(at: Office, **over: object) -> dict[str, object]:
    return at.voucher(debit("5301", 800), credit("1002", 800, channel_id=at.bank.id), **over)


def papers(voucher: dict[str, object]) -> str:
    return f"{VOUCHERS}/{voucher['id']}/attachments"


async def test_files_are_added_listed_and_counted(at: Office) -> None:
    voucher = await at.write(paid(at))
    files = [await at.upload(), await at.upload(kind="contract")]

    added = await at.attach(voucher, *files)
    again = await at.attach(voucher, files[0])
    listed = (await at.get(papers(voucher))).json()["items"]
    shown = (await at.get(f"{VOUCHERS}/{voucher['id']}")).json()
    [in_list] = (await at.get(VOUCHERS)).json()["items"]

    assert (added.status_code, added.json()) == (201, {"file_count": 2, "attachment_ids": files})
    assert (again.status_code, again.json()["code"]) == (409, "attachment-not-free")
    assert [(one["id"], one["kind"], one["file_name"]) for one in listed] == [
        (files[0], "invoice", "发票.pdf"),
        (files[1], "contract", "发票.pdf"),
    ]
    assert (voucher["file_count"], shown["file_count"], in_list["file_count"]) == (0, 2, 2)
    assert {"attach", "detach"} <= set(shown["allowed_actions"])


async def test_only_who_uploaded_a_file_gives_it_and_all_or_none_are_given(at: Office) -> None:
    voucher = await at.write(paid(at))
    mine, anothers = await at.upload(), await at.upload(by="bo")

    refused = await at.attach(voucher, mine, anothers)

    assert (refused.status_code, refused.json()["attachments"]) == (409, [anothers])
    assert (await at.get(papers(voucher))).json()["items"] == []
    assert (await at.attach(voucher, mine, by="cash")).status_code == 403


async def test_a_file_is_taken_away_before_the_review_and_its_bytes_go(
    app: FastAPI, at: Office, shared: Shared
) -> None:
    voucher = await at.write(paid(at))
    wrong, right = await at.upload(), await at.upload()
    await at.attach(voucher, wrong, right)
    await at.post(f"{VOUCHERS}/{voucher['id']}/submission")
    headers = at.headers["ann"]

    taken = await at.client.delete(f"{papers(voucher)}/{wrong}", headers=headers)
    twice = await at.client.delete(f"{papers(voucher)}/{wrong}", headers=headers)
    await at.post(f"{VOUCHERS}/{voucher['id']}/review", by="ray")
    late = await at.client.delete(f"{papers(voucher)}/{right}", headers=headers)
    await retention.sweep(shared, app.state.store)

    assert (taken.status_code, taken.json()["file_count"]) == (200, 1)
    assert (twice.status_code, twice.json()["code"]) == (404, "attachment-gone")
    assert (late.status_code, late.json()["code"]) == (409, "step-not-possible")
    contents = [await at.get(f"/v1/attachments/{one}/content") for one in (wrong, right)]
    assert [one.status_code for one in contents] == [404, 200]
    # What was taken away is still told: by whom, and when.
    rows = await at.session.execute(
        text("select attachment_id::text, removed_by from voucher_attachments order by removed_at")
    )
    assert [tuple(row) for row in rows] == [
        (wrong, f"staff:{at.people['ann'].id}"),
        (right, None),
    ]


async def test_the_database_keeps_the_papers_of_a_reviewed_voucher(at: Office) -> None:
    await at.reviewed(paid(at), await at.upload())
    for change in (
        "update voucher_attachments set removed_by = 'x', removed_at = now()",
        "update voucher_attachments set added_by = 'x'",
        "delete from voucher_attachments",
    ):
        with pytest.raises(DBAPIError):
            async with at.session.begin_nested():
                await at.session.execute(text(change))


async def test_a_paper_that_comes_late_is_added_to_what_stands_and_to_nothing_else(at: Office) -> None:
    posted = await at.posted(paid(at))
    added = await at.attach(posted, await at.upload())
    await at.post(f"{VOUCHERS}/{posted['id']}/reversal", {"reason": "录错"}, by="ray")
    reversed_ = await at.attach(posted, await at.upload())
    draft = await at.write(paid(at))
    await at.post(f"{VOUCHERS}/{draft['id']}/withdrawal")
    withdrawn = await at.attach(draft, await at.upload())

    assert added.status_code == 201, added.text
    assert [one.json()["code"] for one in (reversed_, withdrawn)] == ["step-not-possible"] * 2


async def test_who_reads_a_voucher_reads_its_files_and_personal_ones_take_who_handles_vouchers(
    app: FastAPI, at: Office, session: WriteSession
) -> None:
    invoice, salaries = await at.upload(), await at.upload(kind="payroll", access="personal")
    await at.reviewed(paid(at), invoice, salaries)
    _, key = await members.key(session, at.organization, Scope.audit)
    stranger = await members.sign_in(app, session, Role.accountant, await members.organization(session))
    viewer = await members.sign_in(app, session, Role.viewer, at.organization)

    async def read(headers: dict[str, str]) -> list[int]:
        paths = [f"/v1/attachments/{one}/content" for one in (invoice, salaries)]
        return [(await at.client.get(path, headers=headers)).status_code for path in paths]

    assert await read(at.headers["ray"]) == [200, 200]
    assert await read(at.headers["bo"]) == [200, 200]
    assert await read(key) == [200, 403]
    assert await read(viewer) == [403, 403]
    assert await read(stranger) == [404, 404]


@pytest.mark.parametrize(("told", "files", "printed"), [(3, 1, 3), (0, 2, 2)])
async def test_the_paper_tells_how_many_are_attached(at: Office, told: int, files: int, printed: int) -> None:
    given = [await at.upload() for _ in range(files)]
    await at.posted(paid(at, attachment_count=told), *given)
    await numbers.assign(at.session, at.organization.id, date(2026, 5, 1), until=date(2026, 5, 31))
    [row] = (await at.get("/v1/accounting/numbered-vouchers", month="2026-05-01")).json()["items"]
    path = f"/v1/accounting/numbered-vouchers/{row['id']}"

    paper = await at.get(f"{path}/pdf")

    assert (await at.get(path)).json()["attachment_count"] == printed
    [page] = PdfReader(io.BytesIO(paper.content)).pages
    assert f"附件{printed}张" in "".join(page.extract_text().split())


async def test_a_service_gift_is_handed_in_with_its_invoice(at: Office) -> None:
    voucher = await at.write(at.made("J6", amount=500, cost_account="5301"))
    submission, review = (f"{VOUCHERS}/{voucher['id']}/{step}" for step in ("submission", "review"))
    await at.attach(voucher, await at.upload(kind="photo"))

    bare = await at.post(submission)
    invoice = await at.upload()
    await at.attach(voucher, invoice)
    handed_in = await at.post(submission)
    await at.client.delete(f"{papers(voucher)}/{invoice}", headers=at.headers["ann"])
    unseen = await at.post(review, by="ray")
    await at.attach(voucher, await at.upload(kind="cost-document"))
    seen = await at.post(review, by="ray")

    assert (bare.status_code, bare.json()["code"]) == (409, "document-missing")
    assert bare.json()["kinds"] == ["cost-document", "invoice"]
    assert (handed_in.status_code, unseen.status_code, seen.status_code) == (200, 409, 200)
    asked = await at.get("/v1/accounting/voucher-templates", q="服务捐赠")
    assert [one["documents"] for one in asked.json()["items"]] == [["cost-document", "invoice"]]
