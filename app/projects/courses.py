"""Courses: how a disbursement or a transfer comes from one state to the next, each step with who did it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import func, select

from app.kit import constraints, outbox
from app.kit.database import ReadSession, WriteSession
from app.kit.errors import Conflict
from app.organizations import approvals
from app.organizations.errors import OutOfSight
from app.organizations.models import Approval, ApprovalState
from app.projects.models import Disbursement, DisbursementStep, Transfer, TransferStep

Payment = TypeVar("Payment", Disbursement, Transfer)
Step = TypeVar("Step", DisbursementStep, TransferStep)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course(Generic[Payment, Step]):
    """The states of one kind of payment that is decided by approval, and which may follow which.

    `kind` names its approvals and its events, the column by which steps name it, and their constraint.
    `told` returns which organizations hear of a step, and what of the payment they hear.
    """

    kind: str
    payment: type[Payment]
    step: type[Step]
    next: Mapping[StrEnum, Collection[StrEnum]]
    not_in_state: type[Conflict]
    overtaken: type[Conflict]
    told: Callable[[Payment], tuple[Sequence[UUID], dict[str, Any]]]

    async def get(self, session: ReadSession, payment_id: UUID, *, lock: bool = False) -> Payment:
        """Return a payment, or refuse; with `lock` nobody else changes it until the transaction ends."""
        for_update = {"key_share": True} if lock else None
        found = await session.get(
            self.payment, payment_id, with_for_update=for_update, populate_existing=lock
        )
        if found is None:
            raise OutOfSight
        return found

    async def begin(self, session: WriteSession, payment: Payment, *, by: str) -> None:
        """Write down that a payment was asked for."""
        await self._write(session, payment, None, by=by)

    async def withdraw(self, session: WriteSession, payment: Payment, *, by: str) -> None:
        """Take a payment back of which no money is on its way (its row not locked: the approval comes first).

        Also what was approved already, or failed at the bank: what nobody needs any more must not stay open.
        """
        asked = await approvals.waiting(session, self.kind, payment.id)
        if asked is not None:
            await approvals.withdraw(session, asked, by=by)
            return
        held = await self.get(session, payment.id, lock=True)
        await self.move(session, held, self._state(held, ApprovalState.withdrawn), by=by)

    async def ended(self, session: WriteSession, approval: Approval) -> None:
        """Let a payment go the way of its request."""
        payment = await self.get(session, approval.subject_id, lock=True)
        await self.move(session, payment, self._state(payment, approval.state), by=approval.ended_by)

    async def move(
        self,
        session: WriteSession,
        payment: Payment,
        to: StrEnum,
        *,
        by: str,
        **facts: Any,  # noqa: ANN401 - columns that belong to the new state
    ) -> Step:
        """Bring a payment (locked by the caller) into its next state, and write down who did."""
        before = payment.state
        if to not in self.next[before]:
            raise self.not_in_state(**{self.kind: payment.code}, state=before, wanted=to)
        for name, value in {"state": to, **facts}.items():
            setattr(payment, name, value)
        return await self._write(session, payment, before, by=by)

    @staticmethod
    def _state(payment: Payment, state: ApprovalState) -> StrEnum:
        """Return the state of a payment that bears the name of its request's."""
        return type(payment.state)(state.value)

    async def _write(
        self, session: WriteSession, payment: Payment, before: StrEnum | None, *, by: str
    ) -> Step:
        parent = f"{self.kind}_id"
        last = select(func.max(self.step.number)).where(getattr(self.step, parent) == payment.id)
        values: dict[str, Any] = {
            parent: payment.id,
            "number": (await session.scalar(last) or 0) + 1,
            "from_state": before,
            "to_state": payment.state,
            "actor": by,
        }
        # Of two who move a payment at once one writes the next number.
        known = {f"{self.kind}_steps_{parent}_number_key": self.overtaken()}
        async with constraints.told(session, known):
            session.add(step := self.step(**values))
        organizations, payload = self.told(payment)
        for organization_id in organizations:
            await outbox.tell(
                session,
                f"{self.kind}.{payment.state}",
                organization_id=organization_id,
                subject=f"{self.kind}:{payment.id}",
                payload={"code": payment.code, **payload, "amount": payment.amount, "by": by},
            )
        return step
