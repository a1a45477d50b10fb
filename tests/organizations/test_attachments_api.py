"""Files over HTTP: who may upload and read them, and what a browser is told about them."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.kit.attachments import files, stores
from app.kit.attachments.files import Owner
from app.kit.database import WriteSession
from app.organizations import attachments
from app.organizations.access import Permission, Role
from app.organizations.models import Organization
from tests.factories import organizations as members
from tests.kit.attachments.pictures import photo

PDF = b"%PDF-1.7\nof a person"


class Desk:
    """A member, and somebody there who uploads."""

    def __init__(self, client: AsyncClient, headers: dict[str, str], member: Organization, by: str) -> None:
        self.client, self.headers, self.member, self.by = client, headers, member, by

    async def upload(self, content: bytes = PDF, *, name: str = "合同.pdf", **said: Any) -> Response:
        form = {"organization_id": str(self.member.id), "kind": "contract", "access": "internal"} | said
        return await self.client.post(
            "/v1/attachments", data=form, files={"file": (name, content, "text/html")}, headers=self.headers
        )


@pytest.fixture
async def desk(
    app: FastAPI, client: AsyncClient, session: WriteSession, tmp_path: Path
) -> AsyncIterator[Desk]:
    app.state.store = stores.opened(f"file://{tmp_path}/files")
    app.state.attachment_readers = {
        "campaign": attachments.by_permission(Permission.campaigns_read, personal=Permission.donors_read)
    }
    member = await members.organization(session)
    person = await members.staff(session, member, Role.fundraising_officer)
    return Desk(client, await members.headers(app, session, person), member, f"staff:{person.id}")


async def attach(session: WriteSession, desk: Desk, answer: Response) -> str:
    owner = Owner("campaign", desk.member.id, desk.member.id)
    [file] = await files.attach(session, [answer.json()["id"]], owner, by=desk.by)
    await session.flush()
    return f"/v1/attachments/{file.id}"


async def test_an_uploaded_file_is_told_by_its_content(desk: Desk) -> None:
    answer = await desk.upload(name="../../etc/合同.html")

    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert (told["media_type"], told["file_name"], told["size_bytes"]) == (
        "application/pdf",
        "合同.html",
        len(PDF),
    )
    assert told["owner_kind"] is None
    assert told["uploaded_by"] == desk.by


async def test_a_browser_is_told_to_save_it_and_run_nothing(desk: Desk) -> None:
    made = (await desk.upload()).json()

    answer = await desk.client.get(f"/v1/attachments/{made['id']}/content", headers=desk.headers)

    assert answer.content == PDF
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''%E5%90%88%E5%90%8C.pdf"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "no-store" in answer.headers["cache-control"]


async def test_only_its_uploader_sees_a_file_that_belongs_to_nothing(
    app: FastAPI, session: WriteSession, desk: Desk
) -> None:
    made = (await desk.upload()).json()
    colleague = await members.sign_in(app, session, Role.admin, desk.member)

    for path in ("", "/content"):
        answer = await desk.client.get(f"/v1/attachments/{made['id']}{path}", headers=colleague)
        assert answer.status_code == 404
        assert (await desk.client.get(f"/v1/attachments/{made['id']}{path}")).status_code == 401


async def test_whoever_may_see_the_owner_sees_its_files_but_not_the_personal_ones(
    app: FastAPI, session: WriteSession, desk: Desk
) -> None:
    plain = await attach(session, desk, await desk.upload())
    personal = await attach(session, desk, await desk.upload(access="personal", name="身份证.pdf"))
    viewer = await members.sign_in(app, session, Role.viewer, desk.member)
    stranger = await members.sign_in(app, session, Role.admin, await members.organization(session))

    async def status(path: str, headers: dict[str, str]) -> int:
        return (await desk.client.get(path, headers=headers)).status_code

    assert await status(f"{plain}/content", viewer) == 200
    assert await status(personal, viewer) == 403
    assert await status(f"{personal}/content", viewer) == 403
    assert await status(f"{plain}/content", stranger) == 404
    assert (await desk.client.get(personal, headers=desk.headers)).json()["file_name"] == "身份证.pdf"


async def test_reading_a_personal_file_is_written_down_and_reading_another_is_not(
    app: FastAPI, session: WriteSession, desk: Desk
) -> None:
    plain = await attach(session, desk, await desk.upload())
    personal = await attach(session, desk, await desk.upload(access="personal"))
    for path in (plain, personal):
        assert (await desk.client.get(f"{path}/content", headers=desk.headers)).content == PDF

    admin = await members.sign_in(app, session, Role.admin, desk.member)
    log = await desk.client.get(f"/v1/organizations/{desk.member.id}/accesses", headers=admin)

    [one] = log.json()["items"]
    assert (one["kind"], one["caller"]) == ("attachment", desk.by)
    assert personal.endswith(one["subject"])


async def test_everybody_sees_the_public_copy_and_not_the_original(session: WriteSession, desk: Desk) -> None:
    answer = await desk.upload(photo(), name="桥.jpg", access="public", kind="photo")
    assert answer.json()["latitude_microdegrees"]
    address = f"/v1/attachments/{answer.json()['id']}"
    assert (await desk.client.get(f"{address}/public-copy")).status_code == 404

    await attach(session, desk, answer)
    copy = await desk.client.get(f"{address}/public-copy")

    assert copy.status_code == 200
    assert copy.headers["content-type"] == "image/jpeg"
    assert b"SecretPhone" not in copy.content
    assert (await desk.client.get(f"{address}/content")).status_code == 401
    plain = await attach(session, desk, await desk.upload())
    assert (await desk.client.get(f"{plain}/public-copy")).status_code == 404


async def test_a_file_may_be_larger_than_other_bodies_but_not_without_end(desk: Desk) -> None:
    large = await desk.upload(PDF + bytes(3 << 20))
    too_large = await desk.upload(PDF + bytes(20 << 20))
    endless = await desk.upload(PDF + bytes(22 << 20))

    assert large.status_code == 201
    assert (too_large.status_code, too_large.json()["code"]) == (413, "file-too-large")
    assert endless.status_code == 413


@pytest.mark.parametrize("content", [b"", b"<html>", b"MZ\x90"])
async def test_what_is_not_taken_is_refused(desk: Desk, content: bytes) -> None:
    assert (await desk.upload(content)).status_code == 422


async def test_without_a_store_uploading_is_refused(app: FastAPI, desk: Desk) -> None:
    app.state.store = stores.opened(None)

    assert (await desk.upload()).status_code == 503
