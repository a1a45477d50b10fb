"""Checks: what a disbursement needs before it goes on; a refusal names everything that is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.kit.database import ReadSession
from app.kit.money import yuan
from app.ledger import funds
from app.ledger.errors import FundNotUsable, PurposeNotAllowed
from app.ledger.models import Fund
from app.projects.budgets import leftovers, versions
from app.projects.disbursements import agreements
from app.projects.disbursements.errors import ChecksUnmet
from app.projects.disbursements.ways import AGREED
from app.projects.models import Disbursement, PayeeAgreement, Project, ProjectState

WORDS: Mapping[str, tuple[str, str]] = {
    "project": ("the project is not carried out at present", "项目不在实施或结项阶段"),
    "agreement": ("no agreement with the payee is in force", "没有有效的协议"),
    "agreement_amount": ("the agreement's amount is used up", "超出协议金额"),
    "report": ("the last report is not accepted", "上一期报告尚未审核通过"),
    "purpose": ("the fund's purpose does not allow the project", "基金用途不包括该项目"),
    "fund_days": ("the fund may not be used on that day", "基金在该日期不可使用"),
    "money": ("the fund does not hold that much", "基金余额不足"),
    "budget": ("the project's budget leaves less of this fund", "超出项目预算中该基金的余额"),
    "payee_account": ("no bank details of the payee are confirmed", "收款账户尚未经两人确认"),
}
"""What can be missing, in both languages."""


PAYING = frozenset({ProjectState.running, ProjectState.closing})
"""While a project is carried out, and while it is closed: the last bill comes after the last day."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """Something that is missing, with the figure behind it if there is one."""

    check: str
    left: int | None = None

    def told(self) -> dict[str, str]:
        """Return the same as a member of a problem document's `errors`."""
        english, chinese = WORDS[self.check]
        if self.left is not None:
            english, chinese = f"{english}: {yuan(self.left)} left", f"{chinese}：余 {yuan(self.left)} 元"
        return {"check": self.check, "detail": english, "detail_zh": chinese}


async def must_meet(session: ReadSession, disbursement: Disbursement, *, on: date, more: list[Unmet]) -> None:
    """Refuse with everything that is missing on a day, beside what the caller has found missing."""
    unmet = await missing(session, disbursement, on=on) + more
    if unmet:
        raise ChecksUnmet(disbursement=disbursement.code, errors=[one.told() for one in unmet])


async def missing(session: ReadSession, disbursement: Disbursement, *, on: date) -> list[Unmet]:
    """Return everything that a disbursement lacks on a day, whatever its state."""
    project = await session.get_one(Project, disbursement.project_id)
    unmet = [] if project.state in PAYING else [Unmet("project")]
    return unmet + await _of_agreement(session, disbursement, on) + await _of_fund(session, disbursement, on)


async def _of_agreement(session: ReadSession, disbursement: Disbursement, on: date) -> list[Unmet]:
    if disbursement.agreement_id is None:
        return [Unmet("agreement")] if disbursement.kind in AGREED else []
    agreement = await session.get_one(PayeeAgreement, disbursement.agreement_id)
    unmet = [] if agreements.in_force(agreement, on) else [Unmet("agreement")]
    left = await agreements.left(session, agreement, without=disbursement.id)
    if left is not None and left < disbursement.amount:
        unmet.append(Unmet("agreement_amount", max(left, 0)))
    if await agreements.owes_report(session, agreement):
        unmet.append(Unmet("report"))
    return unmet


async def _of_fund(session: ReadSession, disbursement: Disbursement, on: date) -> list[Unmet]:
    fund = await session.get_one(Fund, disbursement.fund_id)
    unmet: list[Unmet] = []
    try:
        await funds.check_use(session, fund, project_id=disbursement.project_id, on=on)
    except PurposeNotAllowed:
        unmet.append(Unmet("purpose"))
    except FundNotUsable:
        unmet.append(Unmet("fund_days"))
    left = (await funds.left(session, [fund.id])).get(fund.id, 0)
    if left < disbursement.amount:
        return [*unmet, Unmet("money", left)]
    return unmet + await _of_budget(session, disbursement)


async def _of_budget(session: ReadSession, disbursement: Disbursement) -> list[Unmet]:
    """Look at what the budget in force leaves of the fund; a project without one spends by its funds."""
    if await versions.approved(session, disbursement.project_id) is None:
        return []
    left = (await leftovers.by_fund(session, disbursement.project_id)).get(disbursement.fund_id, 0)
    return [] if left >= disbursement.amount else [Unmet("budget", left)]
