"""Archives and notices: what is kept of a campaign, and what stands where the public is asked."""

from app.fundraising.filings import archives
from app.kit.clock import now
from app.kit.database import WriteSession
from app.kit.models import AccessClass, Attachment
from tests.fundraising.filings.office import Office
from tests.fundraising.filings.test_plans import code


async def uploaded(here: Office, session: WriteSession, by: str, kind: str) -> Attachment:
    file = Attachment(
        organization_id=here.officer.organization.id,
        kind=kind,
        access=AccessClass.internal,
        media_type="application/pdf",
        size_bytes=1,
        sha256=bytes(32),
        uploaded_by=by,
        file_name=f"{kind}.pdf",
        stored_at=now(),
    )
    session.add(file)
    await session.flush()
    return file


async def test_an_archive_tells_what_it_holds_and_what_it_lacks(here: Office, session: WriteSession) -> None:
    path = await here.filed()
    prepared_by = (await here.officer.get(f"{path}/plan")).json()["prepared_by"]
    file = await uploaded(here, session, prepared_by, "decision")
    strange = await uploaded(here, session, "staff:somebody-else", "filing")

    empty = (await here.officer.get(f"{path}/archive")).json()
    kept = await here.officer.post(f"{path}/documents", {"attachment_ids": [str(file.id)]})
    refused = await here.officer.post(f"{path}/documents", {"attachment_ids": [str(strange.id)]})
    read = await here.officer.client.get(f"/v1/attachments/{file.id}", headers=here.reviewer)

    assert (empty["documents"], empty["missing"]) == ([], list(archives.NEEDED))
    assert [one["file_name"] for one in kept.json()["documents"]] == ["decision.pdf"]
    assert kept.json()["missing"] == ["filing"]
    assert code(refused) == (409, "attachment-not-free")
    assert read.json()["owner_kind"] == "campaign", read.text


async def test_a_notice_tells_everybody_what_the_law_wants_shown(here: Office) -> None:
    path = await here.filed()
    url = f"/v1/fundraising{path}/notice"

    hidden = await here.officer.client.get(url)
    await here.officer.post(f"{path}/opening")
    shown = await here.officer.client.get(url)

    assert hidden.status_code == 404
    notice = shown.json()
    assert notice["organization_name"] == here.officer.organization.name
    assert notice["certificate_number"].startswith("陕慈募证")
    assert notice["filing_no"] == (await here.officer.get(path)).json()["filing_no"]
    assert (notice["contact"], notice["use_of_money"]) == ("029-00000000", "建桥")
    assert notice["query_page"].startswith("/campaigns/SX-")
    assert here.responsible.name not in shown.text
