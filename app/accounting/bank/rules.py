"""Rules: what an organization has learned about its bank's lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.accounting.bank.errors import BankRuleEmpty, BankRuleEnded
from app.accounting.models import BankRule, LineKind
from app.kit import vault
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import OutOfSight


@dataclass(frozen=True, slots=True)
class Patterns:
    """Words that the other side's name and the bank's or payer's remark hold; `*` stands for any words."""

    counterparty: str | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRule:
    """A rule as it is made; `code` names the channel or campaign that such lines are about."""

    organization_id: UUID
    kind: LineKind
    title: str
    patterns: Patterns
    amount_from: int | None = None
    amount_to: int | None = None
    code: str | None = None


async def make(session: WriteSession, new: NewRule, *, actor: str) -> BankRule:
    """Add a rule; from the next statement on it goes before whatever we would propose ourselves."""
    if not any((new.patterns.counterparty, new.patterns.remark, new.amount_from, new.amount_to)):
        raise BankRuleEmpty
    rule = BankRule(
        organization_id=new.organization_id,
        kind=new.kind,
        title=new.title,
        amount_from=new.amount_from,
        amount_to=new.amount_to,
        code=new.code,
        made_by=actor,
    )
    session.add(rule)
    await session.flush()
    told = {"counterparty": new.patterns.counterparty, "remark": new.patterns.remark}
    await vault.keep(session, rule.id, {name: word for name, word in told.items() if word})
    return rule


async def get(session: ReadSession, rule_id: UUID) -> BankRule:
    """Return a rule, or refuse."""
    rule = await session.get(BankRule, rule_id)
    if rule is None:
        raise OutOfSight
    return rule


async def end(session: WriteSession, rule: BankRule) -> None:
    """Follow a rule no more; what it led to stays."""
    if rule.ended_at is not None:
        raise BankRuleEnded(rule=rule.id)
    rule.ended_at = now()
    await session.flush()


async def patterns(session: ReadSession, found: Sequence[BankRule]) -> dict[UUID, Patterns]:
    """Return the words of these rules, opened."""
    opened = await vault.read(session, [rule.id for rule in found], ["counterparty", "remark"])
    return {rule.id: Patterns(**opened.get(rule.id, {})) for rule in found}


async def standing(session: ReadSession, organization_id: UUID) -> list[tuple[BankRule, Patterns]]:
    """Return the rules that an organization follows, the latest first."""
    query = select(BankRule).where(BankRule.organization_id == organization_id, BankRule.ended_at.is_(None))
    found = (await session.scalars(query.order_by(BankRule.id.desc()))).all()
    opened = await patterns(session, found)
    return [(rule, opened[rule.id]) for rule in found]
