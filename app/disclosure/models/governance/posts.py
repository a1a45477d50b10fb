"""Tables of officers and of the posts that they hold."""

import enum
from datetime import date
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.disclosure.models.governance.councils import CouncilElection, CouncilTerm
from app.kit.database import Base, Record
from app.organizations.models import Organization


class PostKind(enum.StrEnum):
    """What somebody is in an organization. A commissioner's post is an honour, and of no body."""

    president = "president"
    exec_vice_president = "exec_vice_president"
    vice_president = "vice_president"
    secretary_general = "secretary_general"
    director = "director"
    supervisor = "supervisor"
    legal_representative = "legal_representative"
    commissioner = "commissioner"


COUNCIL_POSTS = frozenset(
    {PostKind.president, PostKind.exec_vice_president, PostKind.vice_president, PostKind.director}
)
"""The posts that seat somebody in the council."""

_BODY = (
    "case when post in ('president', 'exec_vice_president', 'vice_president', 'director') then 'council'"
    " when post = 'supervisor' then 'supervisory_board' end"
)
_RANK = (
    "case post when 'president' then 1 when 'exec_vice_president' then 2 when 'vice_president' then 3"
    " when 'secretary_general' then 4 when 'director' then 5 when 'supervisor' then 6"
    " when 'legal_representative' then 7 else 8 end"
)


class Officer(Record, Base):
    """A person who holds or held a post. Name, contact and what else is known of them lie in the vault."""

    __tablename__ = "officers"
    __table_args__ = (
        UniqueConstraint("id", "organization_id"),
        Index("officers_name_idx", "organization_id", "name_index"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    name_index: Mapped[bytes] = mapped_column(repr=False)
    recorded_by: Mapped[str]
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"), default=None)
    # Since when they agree to be named where the law does not name them.
    consented_on: Mapped[date | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)


class Appointment(Record, Base):
    """That an officer holds a post from a day until a day, that one too; why it ended is in the vault."""

    __tablename__ = "appointments"
    __table_args__ = (
        ForeignKeyConstraint(["officer_id", "organization_id"], [Officer.id, Officer.organization_id]),
        # The term is one of the body to which the post belongs.
        ForeignKeyConstraint(
            ["term_id", "organization_id", "body"],
            [CouncilTerm.id, CouncilTerm.organization_id, CouncilTerm.body],
        ),
        ForeignKeyConstraint(
            ["election_id", "organization_id"], [CouncilElection.id, CouncilElection.organization_id]
        ),
        CheckConstraint("ends_on >= starts_on", name="dates"),
        CheckConstraint("(body is null) = (term_id is null)", name="term"),
        ExcludeConstraint(
            ("officer_id", "="),
            ("post", "="),
            (text("daterange(starts_on, ends_on, '[]')"), "&&"),
            using="gist",
            name="appointments_same_post_excl",
        ),
        ExcludeConstraint(
            ("organization_id", "="),
            ("post", "="),
            (text("daterange(starts_on, ends_on, '[]')"), "&&"),
            using="gist",
            where=text("post in ('president', 'secretary_general', 'legal_representative')"),
            name="appointments_one_holder_excl",
        ),
        # Who supervises does not sit in what they supervise.
        ExcludeConstraint(
            ("officer_id", "="),
            ("body", "<>"),
            (text("daterange(starts_on, ends_on, '[]')"), "&&"),
            using="gist",
            where=text("body is not null"),
            name="appointments_both_bodies_excl",
        ),
        Index("appointments_roster_idx", "organization_id", "rank", "starts_on", "id"),
        Index("appointments_term_id_idx", "term_id"),
    )
    __mapper_args__ = {"eager_defaults": True}  # noqa: RUF012 - SQLAlchemy reads it from the class

    organization_id: Mapped[UUID]
    officer_id: Mapped[UUID]
    post: Mapped[PostKind]
    starts_on: Mapped[date]
    paid: Mapped[bool]
    recorded_by: Mapped[str]
    term_id: Mapped[UUID | None] = mapped_column(default=None)
    election_id: Mapped[UUID | None] = mapped_column(default=None)
    ends_on: Mapped[date | None] = mapped_column(default=None)
    # What the post is called there: 名誉会长, 驻会副会长.
    title: Mapped[str | None] = mapped_column(default=None)
    ended_by: Mapped[str | None] = mapped_column(default=None)
    body: Mapped[str | None] = mapped_column(String(40), Computed(_BODY, persisted=True), init=False)
    rank: Mapped[int] = mapped_column(SmallInteger, Computed(_RANK, persisted=True), init=False)
