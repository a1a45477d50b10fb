"""Tables of onboarding: which workbook an organization went live with, and what it said of earlier times."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record


class Onboarding(Record, Base):
    """That an organization went live, with which file and on which day."""

    __tablename__ = "onboardings"

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"), unique=True)
    live_on: Mapped[date]
    file_sha256: Mapped[bytes]
    actor: Mapped[str]
    report: Mapped[dict[str, Any]] = mapped_column(JSONB)


class CarriedCampaign(Base):
    """What a running campaign had published before it came here: its clocks go on from there."""

    __tablename__ = "carried_campaigns"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    last_published_on: Mapped[date]
