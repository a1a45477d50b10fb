"""Tables of the public log. Leaves and checkpoints are only ever added; tiles and heads only ever grow."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, SmallInteger, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.clock import now
from app.kit.database import Base, Record, Xid8

ENTRY_BYTES_MAX = 65_535


class Log(Base):
    """A log under its origin, with the head of its tree. The latest is current, those before it have ended.

    The sealer goes on behind (`cursor_xid`, `cursor_id`); while it catches up by looking for whatever has no
    leaf, `resume_xid` is where it will go on afterwards.
    """

    __tablename__ = "logs"
    __table_args__ = (
        CheckConstraint("size >= 0 and length(root) = 32", name="head"),
        CheckConstraint("origin ~ '^[^[:space:]+]{1,255}$'", name="origin"),
    )

    id: Mapped[int] = mapped_column(SmallInteger, Identity(always=True), primary_key=True, init=False)
    origin: Mapped[str] = mapped_column(unique=True)
    root: Mapped[bytes]
    size: Mapped[int] = mapped_column(default=0)
    cursor_xid: Mapped[str | None] = mapped_column(Xid8(), default=None)
    cursor_id: Mapped[UUID | None] = mapped_column(default=None)
    resume_xid: Mapped[str | None] = mapped_column(Xid8(), default=None)
    system_identifier: Mapped[int | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(init=False, default_factory=now, insert_default=now)
    sealed_at: Mapped[datetime | None] = mapped_column(default=None)
    alarm: Mapped[str | None] = mapped_column(default=None)
    alarmed_at: Mapped[datetime | None] = mapped_column(default=None)


class Submission(Record, Base):
    """Something other than an entry that waits for its leaf or has one: a publication, an erasure.

    `body` is canonical JSON: what is hashed is what is kept.
    """

    __tablename__ = "log_submissions"
    __table_args__ = (
        Index("log_submissions_xid_id_idx", "xid", "id"),
        CheckConstraint("kind ~ '^[a-z_]{1,40}$'", name="kind"),
    )

    kind: Mapped[str]
    body: Mapped[bytes]
    reference: Mapped[str | None] = mapped_column(unique=True, default=None)
    xid: Mapped[str] = mapped_column(Xid8(), server_default=text("pg_current_xact_id()"), init=False)


class Leaf(Base):
    """What was appended to a log at an index: of an entry of the books, or of something submitted."""

    __tablename__ = "leaves"
    __table_args__ = (
        UniqueConstraint("entry_id", "log_id"),
        UniqueConstraint("submission_id", "log_id"),
        CheckConstraint("num_nulls(entry_id, submission_id) = 1", name="source"),
        CheckConstraint(f"octet_length(body) <= {ENTRY_BYTES_MAX}", name="body"),
    )

    log_id: Mapped[int] = mapped_column(SmallInteger, ForeignKey(Log.id), primary_key=True)
    index: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[bytes]
    sealed_at: Mapped[datetime]
    entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("entries.id"), default=None)
    submission_id: Mapped[UUID | None] = mapped_column(ForeignKey(Submission.id), default=None)


class Tile(Base):
    """Up to 256 hashes of the tree, side by side. It grows to the right until it is full."""

    __tablename__ = "tiles"
    __table_args__ = (
        CheckConstraint("length(hashes) between 32 and 8192 and length(hashes) % 32 = 0", name="hashes"),
    )

    log_id: Mapped[int] = mapped_column(SmallInteger, ForeignKey(Log.id), primary_key=True)
    level: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    hashes: Mapped[bytes]


class PublishedCheckpoint(Base):
    """A head that was signed and made public: one note a size, for ever."""

    __tablename__ = "log_checkpoints"

    log_id: Mapped[int] = mapped_column(SmallInteger, ForeignKey(Log.id), primary_key=True)
    size: Mapped[int] = mapped_column(primary_key=True)
    root: Mapped[bytes]
    note: Mapped[str]
    signed_at: Mapped[datetime]


class LogKey(Base):
    """The public half of a key that signs a log's checkpoints, or once did."""

    __tablename__ = "log_keys"

    vkey: Mapped[str] = mapped_column(primary_key=True)
    log_id: Mapped[int] = mapped_column(SmallInteger, ForeignKey(Log.id))
    created_at: Mapped[datetime] = mapped_column(init=False, default_factory=now, insert_default=now)
    retired_at: Mapped[datetime | None] = mapped_column(default=None)
