"""Kinds: what requests can be about, and what the end of each sets off in the feature that asks.

The features stand above this one: the mapping of kinds is handed down at start (app/wiring.py) and travels
with every session.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from typing import cast

from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import ApprovalKindUnknown
from app.organizations.models import Approval, Role

KINDS = "approval_kinds"
"""Under this name the mapping lies in `session.info`."""


@dataclass(frozen=True, slots=True)
class Tier:
    """The roles that decide, in their order, up to and with an amount; None is the tier without an end."""

    up_to_minor: int | None
    roles: tuple[Role, ...]


STEPS = (Tier(10_000_00, (Role.reviewer,)), Tier(None, (Role.reviewer, Role.admin)))
"""Up to ten thousand yuan one reviewer; above, a reviewer and then an admin."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of request.

    `ended` is called once, in the transaction that ends a request, with the request as it then is:
    approved, rejected or withdrawn. What it refuses, the decision is refused for. `steps` are those of a
    member that has set none of its own: who decides, up to which amount. `keep_away` refuses, at every step,
    whoever is too near to the matter (by label: the one who decides, and for whom).
    """

    title: str
    title_zh: str
    ended: Callable[[WriteSession, Approval], Awaitable[None]]
    moves_money: bool = False
    steps: tuple[Tier, ...] = STEPS
    keep_away: Callable[[WriteSession, Approval, Collection[str]], Awaitable[None]] | None = None


def known(session: ReadSession) -> Mapping[str, Kind]:
    """Return every kind that this process was handed."""
    return cast("Mapping[str, Kind]", session.info.get(KINDS, {}))


def get(session: ReadSession, name: str) -> Kind:
    """Return a kind; refuse one that nobody registered: its approval would set off nothing."""
    kind = known(session).get(name)
    if kind is None:
        raise ApprovalKindUnknown(kind=name)
    return kind
