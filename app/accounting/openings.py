"""Openings: the balances with which an organization's books go live, which tie or are not booked.

What each fund holds unspent is given; the rest of the net assets is tied in goods and other assets.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.accounting.errors import OpeningUnequal
from app.kit.database import ReadSession, WriteSession
from app.ledger import charts
from app.ledger.accounts import Leaf
from app.ledger.charts import CHARTS, Concept
from app.ledger.errors import AlreadyBooked, EntryUnfit
from app.ledger.journal import Receipt
from app.ledger.models import Fund
from app.ledger.movements import openings
from app.ledger.movements.openings import Standing

_LOOSE = {
    chart: frozenset({"1001", "1002", "1009", "1111", "1121", "1122", "1131"})
    | {charts.code(chart, Concept.agency_assets)}
    for chart in CHARTS
}
"""Assets that are money, claims or other people's: they are nobody's tied assets."""

_CLASSES = {"3101": False, "3102": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What stands on an account when the books go live, in fen, debit positive.

    Net assets may be given as one sum for each class: they are divided among its funds.
    """

    code: str
    amount: int
    sub: str | None = None
    fund_id: UUID | None = None
    channel_id: UUID | None = None
    project_id: UUID | None = None
    counterparty_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """All balances of one organization as a day begins, and what each of its funds holds unspent.

    `gifts` are the parts of what a fund holds, where they are known, in the order in which they are spent.
    """

    organization_id: UUID
    chart: str
    on: date
    balances: Sequence[Balance]
    unspent: Mapping[UUID, int]
    gifts: Mapping[UUID, Sequence[int]] = field(default_factory=dict[UUID, Sequence[int]])


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two sums that ought to be equal and are not, in fen."""

    what: str
    left: int
    right: int


async def book(session: WriteSession, opening: Opening, *, actor: str) -> list[Receipt]:
    """Book all balances or none: raises OpeningUnequal with all differences, AlreadyBooked next time."""
    standing, differences = await weigh(session, opening)
    must_tie(differences)
    name = f"opening:{opening.organization_id}"
    event = openings.event(opening.on, actor, opening.chart, "期初余额")
    try:
        # Whether the books are live already is for the unique reference to say.
        async with session.begin_nested():
            return await openings.bring_forward(session, opening.organization_id, name, standing, event)
    except IntegrityError as error:
        if "entries_reference_key" in str(error.orig):
            raise AlreadyBooked(organization=opening.organization_id) from None
        raise


def must_tie(differences: Sequence[Difference]) -> None:
    """Refuse with every sum that does not tie."""
    if differences:
        raise OpeningUnequal(differences=[asdict(one) for one in differences])


async def weigh(session: ReadSession, opening: Opening) -> tuple[list[Standing], list[Difference]]:
    """Return what would be booked, and every sum that does not tie.

    Debits equal credits; and in each class net assets, with the income and costs of the year so far, equal
    what its funds hold unspent and what is tied in assets.
    """
    funds = {fund.id: fund for fund in await _funds(session, opening.organization_id)}
    general = next(fund for fund in funds.values() if fund.general)
    kinds = {line.code: line.kind for line in CHARTS[opening.chart]}
    _must_fit(opening, funds, kinds)
    given: dict[bool, int] = {False: 0, True: 0}
    equity: defaultdict[UUID, int] = defaultdict(int, opening.unspent)
    standing: list[Standing] = []
    for one in opening.balances:
        if one.code in _CLASSES:
            given[_CLASSES[one.code]] -= one.amount
            continue
        kind, fund_id = kinds[one.code], one.fund_id
        if kind in ("income", "expense", "net_assets"):
            fund_id = fund_id or general.id
            given[funds[fund_id].restricted] -= one.amount
            # What the year's income and costs say already is not said by the net assets again.
            equity[fund_id] += one.amount
        elif kind == "asset" and one.code not in _LOOSE[opening.chart]:
            fund_id = fund_id or general.id
            equity[fund_id] += one.amount
        standing.append(Standing(leaf=_leaf(opening, one, fund_id), amount=one.amount))
    standing += _net_assets(opening, funds, equity)
    return standing, _differences(opening, funds, kinds, given)


def _must_fit(opening: Opening, funds: Mapping[UUID, Fund], kinds: Mapping[str, str]) -> None:
    for one in opening.balances:
        if one.code not in kinds:
            raise EntryUnfit("the chart has no such account", "科目表中没有该科目", code=one.code)
        if one.fund_id is not None and one.fund_id not in funds:
            raise EntryUnfit("the fund is not this organization's", "该基金不属于本机构", fund=one.fund_id)
        if one.fund_id is not None and kinds[one.code] == "liability":
            raise EntryUnfit("no fund holds a liability", "负债不归属任何基金", code=one.code)
    for fund_id, amount in opening.unspent.items():
        if fund_id not in funds or amount < 0:
            raise EntryUnfit(
                "a fund of this organization holds nothing or more", "本机构的基金余额不得为负", fund=fund_id
            )
    for fund_id, parts in opening.gifts.items():
        if sum(parts) != opening.unspent.get(fund_id, 0) or min(parts, default=1) < 1:
            raise EntryUnfit(
                "a fund's gifts add up to what it holds", "基金的各笔捐赠合计应等于其余额", fund=fund_id
            )


def _net_assets(opening: Opening, funds: Mapping[UUID, Fund], equity: Mapping[UUID, int]) -> list[Standing]:
    """Return what stands on each fund's net assets: its unspent money, and the rest of its equity."""
    standing: list[Standing] = []
    for fund_id, whole in equity.items():
        code = "3102" if funds[fund_id].restricted else "3101"
        leaf = _leaf(opening, Balance(code=code, amount=0), fund_id)
        unspent = opening.unspent.get(fund_id, 0)
        parts = opening.gifts.get(fund_id) or ([unspent] if unspent else [])
        standing += [Standing(leaf=leaf, amount=-part, unspent=True) for part in parts]
        if whole != unspent:
            standing.append(Standing(leaf=leaf, amount=unspent - whole))
    return standing


def _differences(
    opening: Opening, funds: Mapping[UUID, Fund], kinds: Mapping[str, str], given: Mapping[bool, int]
) -> list[Difference]:
    debit = sum(one.amount for one in opening.balances if one.amount > 0)
    credit = -sum(one.amount for one in opening.balances if one.amount < 0)
    found = [Difference(what="trial_balance", left=debit, right=credit)]
    tied: dict[bool, int] = {False: 0, True: 0}
    for one in opening.balances:
        if kinds[one.code] == "asset" and one.code not in _LOOSE[opening.chart]:
            tied[one.fund_id is not None and funds[one.fund_id].restricted] += one.amount
    for restricted, name in ((False, "unrestricted"), (True, "restricted")):
        unspent = sum(
            amount for fund_id, amount in opening.unspent.items() if funds[fund_id].restricted is restricted
        )
        held = unspent + tied[restricted]
        found.append(Difference(what=f"{name}_net_assets", left=given[restricted], right=held))
    return [one for one in found if one.left != one.right]


def _leaf(opening: Opening, one: Balance, fund_id: UUID | None) -> Leaf:
    return Leaf(
        organization_id=opening.organization_id,
        chart=opening.chart,
        code=one.code,
        sub=one.sub,
        fund_id=fund_id,
        channel_id=one.channel_id,
        project_id=one.project_id,
        counterparty_id=one.counterparty_id,
    )


async def _funds(session: ReadSession, organization_id: UUID) -> Sequence[Fund]:
    return (await session.scalars(select(Fund).where(Fund.organization_id == organization_id))).all()
