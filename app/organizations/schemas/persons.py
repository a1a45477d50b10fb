"""Persons: what is said about anybody alike, whoever they are to us."""

from typing import Annotated, Literal

from pydantic import Field

from app.kit.fields import Body, Line, PastMoment
from app.kit.persons.guardians import Guardian

Gender = Literal["female", "male"]
Phone = Annotated[Line, Field(max_length=30)]


class GuardianIn(Body):
    """A parent or guardian, and when they agreed: needed for whoever is under 14."""

    name: Line = Field(repr=False)
    phone: Phone = Field(repr=False)
    relation: Line = Field(examples=["母亲"])
    agreed_at: PastMoment

    def as_guardian(self) -> Guardian:
        """Return the same in the words of the rules."""
        return Guardian(**dict(self))
