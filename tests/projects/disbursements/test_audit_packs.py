"""What a project's payees signed, what shows that they were paid, and who decided it, go to its auditors."""

from uuid import UUID

from app.audit import packs
from app.wiring import AUDIT_PACK_SOURCES
from tests.projects.disbursements.test_reaching import DAY
from tests.projects.till import Till


async def test_agreements_evidence_and_approvals_are_found_for_a_projects_pack(at: Till) -> None:
    project, payee = await at.running(), await at.payee()
    fund = await at.fund(0, project)
    await at.gift(fund, 100_00)
    await at.account(payee)
    signed, receipt = await at.file(), await at.file()
    agreement = await at.agreement(project, payee, attachment_ids=[signed])
    paid = await at.paid(
        at.asked(project, fund, payee, 100_00, kind="collective", agreement_id=agreement["id"])
    )
    await at.made(
        f"/disbursements/{paid['id']}/confirmation", {"confirmed_on": DAY.isoformat(), "note": "收据"}
    )
    await at.made(f"/disbursements/{paid['id']}/evidence", {"attachment_ids": [receipt]})

    project_id, members = UUID(project["id"]), [UUID(project["organization_id"])]
    found = {
        folder: [str(file.id) for file in await AUDIT_PACK_SOURCES[folder](at.session, project_id, members)]
        for folder in ("agreements", "disbursements")
    }
    assert found == {"agreements": [signed], "disbursements": [receipt]}
    assert UUID(paid["id"]) in await packs.decisions(at.session, project_id)
