"""Tables of experiences: trainings, qualifications, commendations, and what both sides thought of it."""

import enum
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record


class Training(Record, Base):
    """A training that a volunteer took part in."""

    __tablename__ = "trainings"
    __table_args__ = (
        CheckConstraint("minutes between 1 and 100000", name="minutes"),
        Index("trainings_volunteer_id_idx", "volunteer_id", "id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    volunteer_id: Mapped[UUID] = mapped_column(ForeignKey("volunteers.id"))
    content: Mapped[str]
    organizer: Mapped[str]
    trained_on: Mapped[date]
    place: Mapped[str]
    minutes: Mapped[int]
    actor: Mapped[str]


class Qualification(Record, Base):
    """That a volunteer may do what the law or an activity asks a qualification for; its number is sealed."""

    __tablename__ = "qualifications"
    __table_args__ = (
        CheckConstraint("valid_to >= valid_from", name="valid"),
        Index("qualifications_volunteer_id_idx", "volunteer_id", "code"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    volunteer_id: Mapped[UUID] = mapped_column(ForeignKey("volunteers.id"))
    code: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    checked_by: Mapped[str]


class Commendation(Record, Base):
    """That a volunteer was commended."""

    __tablename__ = "commendations"
    __table_args__ = (Index("commendations_volunteer_id_idx", "volunteer_id", "id"),)

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    volunteer_id: Mapped[UUID] = mapped_column(ForeignKey("volunteers.id"))
    title: Mapped[str]
    commended_on: Mapped[date]
    granted_by: Mapped[str]
    actor: Mapped[str]


class Side(enum.StrEnum):
    """Who says how it was."""

    organization = "organization"
    volunteer = "volunteer"


class Evaluation(Record, Base):
    """What one side thought of the other after an activity; the words lie in the volunteer's vault."""

    __tablename__ = "evaluations"
    __table_args__ = (
        UniqueConstraint("sign_up_id", "side"),
        CheckConstraint("score between 1 and 5", name="score"),
    )

    sign_up_id: Mapped[UUID] = mapped_column(ForeignKey("sign_ups.id"))
    side: Mapped[Side]
    score: Mapped[int]
    actor: Mapped[str]
