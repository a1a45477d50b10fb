"""What may be done about projects as they stand, in the words of `allowed_actions`."""

from app.organizations.access import Caller, Permission
from app.projects.models import Project, ProjectState

_CHANGE = Permission.projects_change
_OF_A_PROJECT = {
    ProjectState.draft: ("change", "add_partner", "add_standard", "propose", "stop"),
    ProjectState.proposed: ("add_partner", "add_standard", "withdraw"),
    ProjectState.approved: ("add_partner", "add_standard", "start", "stop"),
    ProjectState.running: ("add_partner", "add_standard", "end", "stop"),
    ProjectState.closing: ("add_partner", "add_standard", "reopen", "close"),
    ProjectState.closed: (),
    ProjectState.stopped: (),
}


def of_project(project: Project, caller: Caller) -> list[str]:
    """Return what a caller may do about a project."""
    admitted = dict.fromkeys(_OF_A_PROJECT[project.state], _CHANGE)
    # Who carried it out does not judge it.
    admitted |= {"close": Permission.projects_review} if "close" in admitted else {}
    return caller.allowed(admitted, at=project.organization_id)
