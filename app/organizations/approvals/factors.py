"""Factors: which decisions ask for a sign-in with a second factor, as this installation was set up."""

from dataclasses import dataclass
from typing import cast

from app.kit.database import ReadSession
from app.organizations.access import Caller
from app.organizations.approvals import kinds
from app.organizations.errors import SecondFactorNeeded
from app.organizations.models import Approval

DEMAND = "second_factor_demand"
"""Under this name the demand lies in `session.info`."""


@dataclass(frozen=True, slots=True)
class Demand:
    """That kinds which move money are decided with a second factor, and whatever is above an amount."""

    above_minor: int

    def meets(self, kind: kinds.Kind, amount_minor: int | None) -> bool:
        """Return whether a decision of this kind and amount falls under it."""
        return kind.moves_money or (amount_minor is not None and amount_minor > self.above_minor)


def check(session: ReadSession, approval: Approval, caller: Caller) -> None:
    """Refuse a decision that asks for more than a password from whoever gave no more."""
    demand = cast("Demand | None", session.info.get(DEMAND))
    if demand is None or caller.second_factor:
        return
    if demand.meets(kinds.get(session, approval.kind), approval.amount_minor):
        raise SecondFactorNeeded(kind=approval.kind)
