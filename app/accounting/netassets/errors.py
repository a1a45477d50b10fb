"""Refusals about net assets."""

from app.kit.errors import Conflict, Forbidden, Invalid, NotFound


class FundMoveNotFound(NotFound):
    """There is no such move between funds."""

    title_zh = "资金划转申请不存在"


class FundMoveUnfit(Invalid):
    """These funds, this kind and this ground do not go together."""

    title_zh = "基金、类型与依据不相符"


class FundMoveDecided(Conflict):
    """The move has been decided already."""

    title_zh = "该划转申请已处理"


class OwnFundMove(Forbidden):
    """Whoever asked for a move does not decide it."""

    title_zh = "申请人不得处理本人的划转申请"


class DueNotFound(NotFound):
    """Nothing is due by this posting, or not any more."""

    title_zh = "该笔基金垫付不存在或已清偿"


class RestrictionStands(Conflict):
    """The restriction has not ended: its time is still to come."""

    title_zh = "限定条件尚未解除"


class InvestmentProhibited(Conflict):
    """The law forbids a charity this kind of investment."""

    title_zh = "法律禁止慈善组织从事该类投资"


class InvestmentFundUnfit(Conflict):
    """Only unrestricted money, and restricted money that is not due yet, may be invested."""

    title_zh = "仅可投资非限定性资产和尚未到期的限定性资产"


class TwoThirdsMissing(Conflict):
    """A major investment plan takes two thirds of the deciding body."""

    title_zh = "重大投资方案须经决策机构三分之二以上成员同意"
