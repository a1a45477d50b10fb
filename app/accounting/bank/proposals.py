"""Proposals: what a line of a statement probably is, and why; a person decides."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from uuid import UUID

from sqlalchemy import select

from app.accounting import numbers
from app.accounting.bank import rules
from app.accounting.bank.movements import Movement
from app.accounting.bank.rules import Patterns
from app.accounting.models import BankRule, Channel, ChannelKind, LineKind
from app.kit import vault
from app.kit.database import ReadSession
from app.kit.vault import normalised
from app.organizations.models import Organization

Recognise = Callable[[str], str | None]
Recogniser = Callable[[ReadSession, UUID], Awaitable[Recognise]]

RECOGNISERS: dict[str, Recogniser] = {}
"""What features above know by its words, by what it is ("campaign"): handed down at start by app/wiring.py.

Asked for an organization, each returns a function from a remark to the code of what it names.
"""

_FEES = (
    "手续费",
    "工本费",
    "账户管理费",
    "管理费",
    "年费",
    "服务费",
    "汇款费",
    "回单费",
    "bank charge",
    "fee",
)
_INTEREST = ("利息", "结息", "存息", "interest")
_BACK = ("退回", "退汇", "退款", "冲正", "返还", "returned")
_DUES = ("会费", "membership fee", "membership dues")
_CASH = ("现金存入", "存现", "现存", "现金缴款", "无卡存款", "cash deposit")
_PLATFORMS = {
    "财付通": "tencent",
    "微信支付": "tencent",
    "腾讯公益": "tencent",
    "支付宝": "alipay",
    "蚂蚁": "alipay",
    "银联": "unionpay",
    "易宝支付": "yeepay",
    "水滴": "shuidi",
    "轻松筹": "qingsong",
}
_RELAYED = ("转来", "转入", "转交", "代转")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A kind, its reason as `what:which`, and the code of the channel, member or campaign concerned."""

    kind: LineKind
    because: str
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What an organization knows of its bank's lines."""

    secrets: vault.Vault
    rules: Sequence[tuple[BankRule, Patterns]]
    own: Mapping[bytes, str]
    """Codes of the organization's other accounts, by the blind index of their numbers."""
    merchants: Mapping[str, str]
    """Codes of its merchant accounts, by words that a platform's payouts carry."""
    members: Mapping[str, str]
    """Codes of the federation's members by name."""
    recognise: Mapping[str, Recognise]

    def on(self, told: Movement) -> Proposal | None:
        """Return what the line probably is; None if nothing tells."""
        words = {name: normalised(word) for name, word in told.words.items()}
        who, why = words.get("name", ""), " ".join(words.get(name, "") for name in ("summary", "remark"))
        ruled = next(
            (rule for rule, wanted in self.rules if _fits(rule, wanted, told.amount, who, why)), None
        )
        if ruled is not None:
            return Proposal(ruled.kind, f"rule:{ruled.title}", ruled.code)
        own = self._own_account(told)
        if own is not None:
            return Proposal(LineKind.own_transfer, f"own-account:{own}", own)
        if told.amount < 0:
            fee = _first(_FEES, why)
            return Proposal(LineKind.fee, f"word:{fee}") if fee else Proposal(LineKind.payment, "money-out")
        return self._income(who, why, told.words)

    def _own_account(self, told: Movement) -> str | None:
        number = told.words.get("account")
        return self.own.get(numbers.index(self.secrets, number)) if number else None

    def _income(self, who: str, why: str, words: Mapping[str, str]) -> Proposal | None:
        if word := _first(_INTEREST, why):
            return Proposal(LineKind.interest, f"word:{word}")
        if word := _first(_BACK, why):
            return Proposal(LineKind.returned_money, f"word:{word}")
        if word := _first(_DUES, why):
            return Proposal(LineKind.membership_fee, f"word:{word}")
        if word := _first(_CASH, why):
            return Proposal(LineKind.cash_deposit, f"word:{word}")
        if word := _first(self.merchants, who):
            return Proposal(LineKind.settlement, f"platform:{self.merchants[word]}", self.merchants[word])
        if code := self.members.get(who):
            return Proposal(LineKind.member_transfer, f"member:{code}", code)
        said = " ".join(words.get(name, "") for name in ("remark", "summary"))
        for what, find in self.recognise.items():
            if code := find(said):
                return Proposal(LineKind.gift, f"{what}:{code}", code)
        if word := _first(_RELAYED, f"{who} {why}"):
            return Proposal(LineKind.gift, f"relayed:{word}")
        return Proposal(LineKind.gift, "named-payer") if who else None


def _first(wanted: Sequence[str] | Mapping[str, str], text: str) -> str | None:
    return next((word for word in wanted if word in text), None)


def _fits(rule: BankRule, wanted: Patterns, amount: int, who: str, why: str) -> bool:
    low, high = rule.amount_from, rule.amount_to
    return (
        (low is None or amount >= low)
        and (high is None or amount <= high)
        and (not wanted.counterparty or fnmatchcase(who, f"*{normalised(wanted.counterparty)}*"))
        and (not wanted.remark or fnmatchcase(why, f"*{normalised(wanted.remark)}*"))
    )


async def prepare(session: ReadSession, channel: Channel) -> Advice:
    """Return what is known about the lines of an account, looked up once for a whole statement."""
    at = channel.organization_id
    channels = (await session.scalars(select(Channel).where(Channel.organization_id == at))).all()
    members = await session.execute(select(Organization.name, Organization.code).where(Organization.id != at))
    merchants = [one for one in channels if one.kind is ChannelKind.merchant]
    known = {normalised(one.name): one.code for one in merchants}
    codes = {one.code for one in merchants}
    known |= {normalised(word): code for word, code in _PLATFORMS.items() if code in codes}
    return Advice(
        secrets=vault.of(session),
        rules=await rules.standing(session, at),
        own={one.number_index: one.code for one in channels if one.number_index and one.id != channel.id},
        merchants=known,
        members={normalised(row.name): row.code for row in members},
        recognise={what: await find(session, at) for what, find in RECOGNISERS.items()},
    )
