"""Policies: the steps that a kind of request takes at a member, by its amount."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, insert, select

from app.kit import constraints, outbox
from app.kit.database import ReadSession, WriteSession
from app.kit.errors import VersionStale
from app.organizations.approvals import kinds
from app.organizations.approvals.kinds import Tier
from app.organizations.errors import TiersUnordered
from app.organizations.models import ApprovalPolicy, ApprovalTier, Role


@dataclass(frozen=True, slots=True)
class Policy:
    """The tiers in force for a kind at a member; version 0 is the one nobody has set."""

    kind: str
    version: int
    tiers: tuple[Tier, ...]
    made_by: str | None = None


def steps(tiers: Sequence[Tier], amount_minor: int | None) -> tuple[Role, ...]:
    """Return who decides a request of this amount; one without an amount takes the first tier."""
    for tier in tiers:
        if amount_minor is None or tier.up_to_minor is None or amount_minor <= tier.up_to_minor:
            return tier.roles
    raise TiersUnordered


def checked(tiers: Sequence[Tier]) -> None:
    """Refuse tiers that do not rise, or that leave amounts without anybody who decides them."""
    bounds = [tier.up_to_minor for tier in tiers]
    if not bounds or bounds[-1] is not None:
        raise TiersUnordered
    rising = [bound for bound in bounds[:-1] if bound is not None]
    if len(rising) != len(bounds) - 1 or rising != sorted(set(rising)):
        raise TiersUnordered


async def in_force(session: ReadSession, organization_id: UUID, kind: str) -> Policy:
    """Return the policy of a kind at a member: the one set last, else the kind's own steps."""
    found = await _of(session, organization_id, [kind])
    return found[0]


async def read(session: ReadSession, organization_id: UUID, kind: str) -> Policy:
    """Return the policy of a kind that somebody asks for by its name."""
    kinds.get(session, kind)
    return await in_force(session, organization_id, kind)


async def listed(session: ReadSession, organization_id: UUID) -> list[Policy]:
    """Return the policy of every kind that this installation knows, in the kinds' order."""
    return await _of(session, organization_id, sorted(kinds.known(session)))


async def replace(
    session: WriteSession, organization_id: UUID, kind: str, tiers: Sequence[Tier], *, version: int, by: str
) -> Policy:
    """Set a kind's tiers at a member in place of `version`; what was asked before keeps its steps."""
    kinds.get(session, kind)
    checked(tiers)
    made = ApprovalPolicy(organization_id=organization_id, kind=kind, version=version + 1, made_by=by)
    async with constraints.told(session, {"approval_policies_pkey": VersionStale()}):
        session.add(made)
    rows = [
        {
            "organization_id": organization_id,
            "kind": kind,
            "version": made.version,
            "number": number,
            "roles": [role.value for role in tier.roles],
            "up_to_minor": tier.up_to_minor,
        }
        for number, tier in enumerate(tiers, 1)
    ]
    await session.execute(insert(ApprovalTier), rows)
    await outbox.tell(
        session,
        "approval_policy.changed",
        organization_id=organization_id,
        subject=f"approval_policy:{kind}",
        payload={"version": made.version, "by": by},
    )
    return Policy(kind, made.version, tuple(tiers), by)


async def _of(session: ReadSession, organization_id: UUID, names: Sequence[str]) -> list[Policy]:
    latest = (
        select(ApprovalPolicy.kind, func.max(ApprovalPolicy.version).label("version"))
        .where(ApprovalPolicy.organization_id == organization_id, ApprovalPolicy.kind.in_(names))
        .group_by(ApprovalPolicy.kind)
        .subquery()
    )
    found = await session.execute(
        select(ApprovalTier, ApprovalPolicy.made_by)
        .join(latest, (latest.c.kind == ApprovalTier.kind) & (latest.c.version == ApprovalTier.version))
        .join(
            ApprovalPolicy,
            (ApprovalPolicy.organization_id == ApprovalTier.organization_id)
            & (ApprovalPolicy.kind == ApprovalTier.kind)
            & (ApprovalPolicy.version == ApprovalTier.version),
        )
        .where(ApprovalTier.organization_id == organization_id)
        .order_by(ApprovalTier.kind, ApprovalTier.number)
    )
    set_by_hand: dict[str, Policy] = {}
    for row, made_by in found:
        before = set_by_hand.get(row.kind)
        tier = Tier(row.up_to_minor, tuple(Role(role) for role in row.roles))
        tiers = (*before.tiers, tier) if before else (tier,)
        set_by_hand[row.kind] = Policy(row.kind, row.version, tiers, made_by)
    known = kinds.known(session)
    return [set_by_hand.get(name) or Policy(name, 0, _unset(known.get(name))) for name in names]


def _unset(kind: kinds.Kind | None) -> tuple[Tier, ...]:
    return kinds.STEPS if kind is None else kind.steps
