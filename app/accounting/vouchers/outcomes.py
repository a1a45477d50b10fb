"""Outcomes: many vouchers taken through one step at once, each with a result of its own."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.accounting.models import Voucher
from app.accounting.vouchers import drafts
from app.kit.database import WriteSession
from app.kit.errors import Refusal

Step = Callable[[WriteSession, Voucher], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one voucher: the voucher as it is now, or why it was left as it was."""

    voucher_id: UUID
    voucher: Voucher | None
    refusal: Refusal | None


async def each(session: WriteSession, voucher_ids: Sequence[UUID], step: Step) -> list[Outcome]:
    """Take each voucher through a step, in the order given; one that is refused leaves the others alone."""
    outcomes: list[Outcome] = []
    for voucher_id in voucher_ids:
        try:
            async with session.begin_nested():
                voucher = await drafts.lock(session, voucher_id)
                await step(session, voucher)
            outcomes.append(Outcome(voucher_id, voucher, None))
        except Refusal as refusal:
            outcomes.append(Outcome(voucher_id, None, refusal))
    return outcomes
