"""Tables of notices: what volunteers are told of, and when they read it."""

import enum
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.volunteers.models.activities import SignUp
from app.volunteers.models.requests import RequestedCertificate


class NoticeKind(enum.StrEnum):
    """What a volunteer is told of."""

    sign_up_accepted = "sign_up_accepted"
    sign_up_waiting = "sign_up_waiting"
    sign_up_declined = "sign_up_declined"
    sign_up_promoted = "sign_up_promoted"
    certificate_issued = "certificate_issued"
    certificate_refused = "certificate_refused"


class VolunteerNotice(Record, Base):
    """That something was decided about what a volunteer had asked for; ids alone, told once."""

    __tablename__ = "volunteer_notices"
    __table_args__ = (
        UniqueConstraint("sign_up_id", "kind"),
        UniqueConstraint("certificate_request_id"),
        CheckConstraint(
            "(kind in ('certificate_issued', 'certificate_refused')) = (certificate_request_id is not null)"
            " and num_nonnulls(sign_up_id, certificate_request_id) = 1",
            name="subject",
        ),
        Index("volunteer_notices_volunteer_id_idx", "volunteer_id", "id"),
        Index(
            "volunteer_notices_unread_idx",
            *("volunteer_id", "id"),
            postgresql_where=text("read_at is null"),
        ),
    )

    volunteer_id: Mapped[UUID] = mapped_column(ForeignKey("volunteers.id"))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    kind: Mapped[NoticeKind]
    sign_up_id: Mapped[UUID | None] = mapped_column(ForeignKey(SignUp.id), default=None)
    certificate_request_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(RequestedCertificate.id), default=None
    )
    read_at: Mapped[datetime | None] = mapped_column(default=None)
