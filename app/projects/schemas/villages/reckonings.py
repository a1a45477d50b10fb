"""A county's books beside a village's as JSON."""

from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import MoneyOut, shown
from app.projects.claims.reckonings import Reckoning
from app.projects.models import Village
from app.projects.schemas.villages import examples


class VillageReckoning(BaseModel):
    """What a county paid a village by its own books, what the village's book says, and what became of it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.RECKONING))

    village_id: UUID
    paid: MoneyOut = Field(description="By the county's books, each by a disbursement.")
    returned: MoneyOut = Field(description="Of that, what came back to the county.")
    arrived: MoneyOut = Field(description="Of that, what is shown to have reached beneficiaries.")
    received: MoneyOut = Field(description="By the village's book, what the county paid.")
    given_back: MoneyOut = Field(description="By the village's book, what went back.")
    other_income: MoneyOut = Field(description="What the village's fund took in from others.")
    spent: MoneyOut = Field(description="What the village's fund paid for.")
    balance: MoneyOut
    agrees: bool = Field(description="Whether both books say the same of what the county paid.")

    @classmethod
    def of(cls, village: Village, told: Reckoning) -> Self:
        """Return both sides as JSON shows them."""
        names = cls.model_fields.keys() - {"village_id", "agrees"}
        money: dict[str, Any] = {name: MoneyOut.of(getattr(told, f"{name}_minor")) for name in names}
        return cls(village_id=village.id, agrees=told.agrees, **money)
