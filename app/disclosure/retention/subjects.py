"""Subjects: what there is of a kind of record, each with the day from which its time runs."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, cast, func

from app.kit.clock import LEGAL_ZONE

Subjects = Select[UUID, UUID, Any]
"""What there is of a kind: `subject_id`, `organization_id`, and `ended_on`, a day."""


def legal_date(moment: Any) -> ColumnElement[Any]:  # noqa: ANN401 - a column
    """Return the legal day of a moment, as an expression."""
    return cast(func.timezone(LEGAL_ZONE.key, moment), Date)
