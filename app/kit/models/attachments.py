"""Tables of attachments: what is known of each file, and who holds on to it."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record


class AccessClass(enum.StrEnum):
    """Who may see a file: everybody, whoever may see its owner, or only who may see people's data."""

    public = "public"
    internal = "internal"
    personal = "personal"


class Attachment(Record, Base):
    """A file with the facts about it. Its bytes lie in the store; the row stays when they are gone."""

    __tablename__ = "attachments"
    __table_args__ = (
        CheckConstraint("(owner_kind is null) = (owner_id is null)", name="owner"),
        CheckConstraint("size_bytes > 0", name="size_bytes"),
        CheckConstraint("octet_length(sha256) = 32", name="sha256"),
        CheckConstraint("(access = 'personal') = (sealed_key is not null)", name="sealed"),
        CheckConstraint("(access = 'personal') = (file_name is null)", name="file_name"),
        CheckConstraint("(access = 'personal') = (file_name_sealed is not null)", name="file_name_sealed"),
        CheckConstraint("(access = 'personal') = (holder_id is not null)", name="holder"),
        CheckConstraint("public_sha256 is null or access = 'public'", name="public_copy"),
        CheckConstraint("hold_count >= 0", name="hold_count"),
        CheckConstraint("deleted_at is null or hold_count = 0", name="held"),
        CheckConstraint("removed_at is null or deleted_at is not null", name="removed"),
        Index("attachments_owner_idx", "owner_kind", "owner_id"),
        Index(
            "attachments_loose_idx",
            "created_at",
            postgresql_where=text("owner_kind is null and removed_at is null"),
        ),
        Index("attachments_retain_until_idx", "retain_until", postgresql_where=text("removed_at is null")),
    )

    organization_id: Mapped[UUID]
    kind: Mapped[str]
    access: Mapped[AccessClass]
    media_type: Mapped[str]
    size_bytes: Mapped[int]
    sha256: Mapped[bytes]
    uploaded_by: Mapped[str]
    file_name: Mapped[str | None] = mapped_column(default=None)
    file_name_sealed: Mapped[bytes | None] = mapped_column(default=None)
    # The person under whose key the file's own key is sealed; the file itself if it is about nobody known.
    holder_id: Mapped[UUID | None] = mapped_column(default=None)
    sealed_key: Mapped[bytes | None] = mapped_column(default=None)
    public_media_type: Mapped[str | None] = mapped_column(default=None)
    public_sha256: Mapped[bytes | None] = mapped_column(default=None)
    taken_at: Mapped[datetime | None] = mapped_column(default=None)
    latitude_microdegrees: Mapped[int | None] = mapped_column(default=None)
    longitude_microdegrees: Mapped[int | None] = mapped_column(default=None)
    retain_until: Mapped[date | None] = mapped_column(default=None)
    owner_kind: Mapped[str | None] = mapped_column(default=None)
    owner_id: Mapped[UUID | None] = mapped_column(default=None)
    attached_at: Mapped[datetime | None] = mapped_column(default=None)
    stored_at: Mapped[datetime | None] = mapped_column(default=None)
    deleted_at: Mapped[datetime | None] = mapped_column(default=None)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)
    # Counted in the row itself: a deletion and a new hold meet on it, and one of them sees the other.
    hold_count: Mapped[int] = mapped_column(default=0)


class AttachmentHold(Base):
    """Something for whose sake a file must stay, whatever its retention says."""

    __tablename__ = "attachment_holds"

    attachment_id: Mapped[UUID] = mapped_column(ForeignKey(Attachment.id), primary_key=True)
    holder: Mapped[str] = mapped_column(primary_key=True)
