"""Purposes as JSON: what a gift is for."""

from typing import Self

from pydantic import BaseModel, Field, model_validator

from app.fundraising.gifts import Allocation
from app.fundraising.purposes import Parts, Wanted
from app.kit.fields import Body, Code, Minor, MoneyOut, wrong


class AllocationIn(Body):
    """A part of a gift for one designation, in fen."""

    designation: Code
    amount: Minor


class PurposeIn(Body):
    """For what a gift is given: one designation, parts for several, or neither: the campaign's default."""

    designation: Code | None = None
    allocations: list[AllocationIn] = Field(
        default_factory=list[AllocationIn], max_length=50, description="Instead of `designation`."
    )

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if self.designation and self.allocations:
            raise wrong("either a designation or allocations, not both", "指定用途与分配明细二者取一")
        return self

    def wanted(self) -> Wanted:
        """Return the same in the words of the rules."""
        return self.parts() or self.designation

    def parts(self) -> list[Allocation]:
        """Return the allocations in the words of the rules."""
        return [Allocation(part.designation, part.amount) for part in self.allocations]


class AllocationOut(BaseModel):
    """A part of a gift and the designation it was given for; the costs' share of it is included."""

    designation: str
    amount: MoneyOut

    @classmethod
    def all_of(cls, parts: Parts) -> list[Self]:
        """Return a gift's parts as JSON shows them."""
        return [cls(designation=at.designation, amount=MoneyOut.of(part)) for at, part in parts]
