"""Tables of projects."""

from app.projects.models.register import (
    AidStandard,
    AidStandardNotice,
    Programme,
    Project,
    ProjectCategory,
    ProjectPartner,
    ProjectState,
    ProjectStep,
)

__all__ = [
    "AidStandard",
    "AidStandardNotice",
    "Programme",
    "Project",
    "ProjectCategory",
    "ProjectPartner",
    "ProjectState",
    "ProjectStep",
]
