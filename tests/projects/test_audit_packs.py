"""Audit packs: what shows how far a project has come is handed to its auditors."""

from uuid import UUID

from app.kit.database import WriteSession
from app.kit.ids import new_id
from app.wiring import AUDIT_PACK_SOURCES
from tests.projects.office import Office
from tests.projects.test_progress import told


async def test_photographs_of_sites_and_files_of_reports_are_found_for_a_projects_pack(
    desk: Office, session: WriteSession
) -> None:
    photos, papers = [await desk.upload() for _ in range(2)], [await desk.upload() for _ in range(2)]
    projects = [await desk.running() for _ in range(2)]
    for project, photo, paper in zip(projects, photos, papers, strict=True):
        await desk.reach(await desk.site(project), "survey", attachment_ids=[photo])
        await desk.made(f"/{project['id']}/progress", told(desk, attachment_ids=[paper]))

    async def found(organization_id: UUID) -> dict[str, list[str]]:
        mine = UUID(projects[0]["id"])
        return {
            folder: [str(file.id) for file in await find(session, mine, [organization_id])]
            for folder, find in AUDIT_PACK_SOURCES.items()
        }

    there = await found(desk.organization.id)
    assert (there["milestones"], there["reports"]) == ([photos[0]], [papers[0]])
    assert not any((await found(new_id())).values())
