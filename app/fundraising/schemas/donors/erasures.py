"""Erasures that staff ask for, as JSON."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from app.kit.fields import Body, shown
from app.organizations.models import ApprovalState

_ID = "01997d5d-ac96-774b-bcce-b302099a8017"


class DonorErasureIn(Body):
    """At which organization a donor asked to be forgotten."""

    model_config = ConfigDict(json_schema_extra=shown({"organization_id": _ID}))

    organization_id: UUID


class DonorErasureOut(BaseModel):
    """That an erasure waits for somebody else to decide it."""

    model_config = ConfigDict(json_schema_extra=shown({"approval_id": _ID, "state": "waiting"}))

    approval_id: UUID
    state: ApprovalState
