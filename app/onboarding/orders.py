"""Orders: whose workbook is taken over, and what has come to be of it so far."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.accounting.openings import Balance
from app.organizations.models import Organization


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Whose workbook, on which day its books begin here, on which chart, and who hands it in."""

    organization: Organization
    live_on: date
    chart: str
    actor: str


@dataclass(slots=True)
class Made:
    """What has come to be so far, by the codes that the workbook calls it."""

    funds: dict[str, UUID] = field(default_factory=dict[str, UUID])
    channels: list[Balance] = field(default_factory=list[Balance])
    accounts: int = 0
    parties: dict[str, UUID] = field(default_factory=dict[str, UUID])
    itemised: int = 0
    people: int = 0
    campaigns: int = 0
    entries: int = 0
