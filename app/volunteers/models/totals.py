"""Tables of totals: what statistics read, folded in with each fact so that no report counts rows."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base
from app.volunteers.models.volunteers import Category


class RegistryMonth(Base):
    """Who was registered for the first time, and which teams were founded and dissolved, in a month."""

    __tablename__ = "registry_months"
    __table_args__ = ({"postgresql_with": {"fillfactor": "50"}},)

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    volunteer_count: Mapped[int]
    team_count: Mapped[int]
    dissolved_count: Mapped[int]


class HoursMonth(Base):
    """The confirmed minutes of service in a month of one category at one organization."""

    __tablename__ = "hours_months"
    __table_args__ = ({"postgresql_with": {"fillfactor": "50"}},)

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    category: Mapped[Category] = mapped_column(primary_key=True)
    minutes: Mapped[int]
    record_count: Mapped[int]


class TeamMonth(Base):
    """The confirmed minutes that a team's people gave in a month."""

    __tablename__ = "team_months"
    __table_args__ = ({"postgresql_with": {"fillfactor": "50"}},)

    team_id: Mapped[UUID] = mapped_column(ForeignKey("teams.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    minutes: Mapped[int]
    record_count: Mapped[int]


class VolunteerTotal(Base):
    """The confirmed minutes that a volunteer gave with one organization, ever."""

    __tablename__ = "volunteer_totals"
    __table_args__ = ({"postgresql_with": {"fillfactor": "50"}},)

    volunteer_id: Mapped[UUID] = mapped_column(ForeignKey("volunteers.id"), primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"), primary_key=True)
    minutes: Mapped[int]
    record_count: Mapped[int]
