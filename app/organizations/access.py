"""Access: who is asking, and what they may do in which organization."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.organizations.errors import NotAllowed, OutOfSight, OutsideMandate
from app.organizations.models import Role, Scope
from app.organizations.permissions import ROLE_PERMISSIONS, SCOPE_PERMISSIONS, Permission

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
"""Before and after everything that is booked: the days of whoever has no mandate of certain years."""

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "ROLE_PERMISSIONS",
    "SCOPE_PERMISSIONS",
    "Asking",
    "Caller",
    "CallerKind",
    "NeverAsked",
    "Permission",
    "Reach",
    "Role",
    "Scope",
]


class CallerKind(enum.StrEnum):
    """What is asking: a person or some machine."""

    staff = "staff"
    auditor = "auditor"
    service = "service"
    partner = "partner"
    volunteer = "volunteer"
    visitor = "visitor"


@dataclass(frozen=True, slots=True)
class Reach:
    """A role or scope at one place (an organization, or a partner's platform); `below` its holder's own."""

    at: UUID
    role: Role | Scope
    below: bool = False

    @property
    def permissions(self) -> frozenset[Permission]:
        """What it allows there: below one's own organization, only to look."""
        of = ROLE_PERMISSIONS[self.role] if isinstance(self.role, Role) else SCOPE_PERMISSIONS[self.role]
        return frozenset(permission for permission in of if permission.reading) if self.below else of


@dataclass(frozen=True, slots=True)
class Caller:
    """A person or a machine, with everything that their roles or scopes add up to."""

    id: UUID
    kind: CallerKind
    label: str
    name: str
    reaches: tuple[Reach, ...]
    platform_id: UUID | None = None
    login_id: UUID | None = None
    years: tuple[int, int] | None = None
    """The years of the books that an auditor's mandate covers; None: all."""
    second_factor: bool = False
    must_enrol: bool = False
    """Whether a role of theirs demands a second factor with which they did not sign in."""

    def holds(self, permission: Permission) -> frozenset[UUID]:
        """Return the places in which this caller holds `permission`."""
        return frozenset(reach.at for reach in self.reaches if permission in reach.permissions)

    def sees(self, at: UUID) -> bool:
        """Return whether this caller may know that the place exists."""
        return any(reach.at == at for reach in self.reaches)

    def allowed(self, actions: Mapping[str, Permission], *, at: UUID) -> list[str]:
        """Return which of some actions this caller may take at a place, as a resource's `allowed_actions`.

        The resource says which actions its state admits and what each takes; here is only who is asking.
        """
        return [name for name, permission in actions.items() if at in self.holds(permission)]

    def own(self) -> Mapping[UUID, frozenset[Role | Scope]]:
        """Return the roles or scopes held at each place itself, without what they reach below."""
        places: dict[UUID, set[Role | Scope]] = {}
        for reach in self.reaches:
            if not reach.below:
                places.setdefault(reach.at, set()).add(reach.role)
        return {at: frozenset(roles) for at, roles in places.items()}


class NeverAsked(RuntimeError):  # noqa: N818 - it states what happened
    """A route answered without asking whether its caller may have the answer: a fault of ours."""


@dataclass(slots=True)
class Asking:
    """A caller with the one permission that the route declared, and must ask for before it answers."""

    caller: Caller
    permission: Permission
    places: set[UUID] = field(default_factory=set[UUID], init=False)
    """Of which places it asked; without any it may not answer."""

    @property
    def id(self) -> UUID:
        """The caller's id."""
        return self.caller.id

    @property
    def label(self) -> str:
        """The caller as the records name them: `staff:<uuid>` or `key:<prefix>`."""
        return self.caller.label

    @property
    def platform_id(self) -> UUID | None:
        """The platform whose key this is, if it is a partner's."""
        return self.caller.platform_id

    def must(self, *, at: UUID) -> None:
        """Refuse unless the declared permission is held at `at`; what is out of sight does not exist."""
        self.places.add(at)
        if at in self.caller.holds(self.permission):
            return
        if self.caller.sees(at):
            raise NotAllowed(permission=self.permission, organization_id=at)
        raise OutOfSight

    def visible(self, organization_id: UUID | None = None) -> frozenset[UUID]:
        """Return where the declared permission is held; refuse whoever holds it nowhere.

        With an organization that is asked for, what is left of them: it alone, or none.
        """
        held = self.caller.holds(self.permission)
        if not held:
            raise NotAllowed(permission=self.permission)
        self.places |= held
        return held if organization_id is None else held & {organization_id}

    def covered(self, since: date | None = None, until: date | None = None) -> tuple[date, date]:
        """Return the days of the books that are asked for, an end that is not named being the mandate's.

        Raises OutsideMandate if they reach beyond the years that an auditor's mandate covers.
        """
        years = self.caller.years
        first, last = (date(years[0], 1, 1), date(years[1], 12, 31)) if years else (FIRST_DAY, LAST_DAY)
        if any(not first <= day <= last for day in (since, until) if day is not None):
            raise OutsideMandate(years=f"{first.year}-{last.year}")
        return since or first, until or last
