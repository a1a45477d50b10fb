"""Refusals about needs, offers and their matches."""

from app.kit.errors import Conflict, Invalid


class NeedNotOpen(Conflict):
    """Nobody waits for this need any more."""

    title_zh = "该需求已结束"


class NeedUncounted(Conflict):
    """How much is needed was not told as a number of a unit; only people can match it."""

    title_zh = "该需求未写明可计数的数量，须人工对接"


class OfferNotOpen(Conflict):
    """The offer has been withdrawn, or its last day is over."""

    title_zh = "该捐赠意向已撤回或已过期"


class QuantityUnclear(Invalid):
    """A quantity is a whole number with its unit, such as 12台."""

    title_zh = "数量须为整数并带单位，例如 12台"


class NeedAndOfferApart(Invalid):
    """The offer is counted in another unit, or may not go to where the need is."""

    title_zh = "捐赠意向与需求的计量单位不同，或不在其可送达的区域内"


class MatchKnown(Conflict):
    """This offer stands beside this need already."""

    title_zh = "该捐赠意向与该需求已有对接"


class NothingLeftOfIt(Conflict):
    """So much is no longer needed, or no longer offered: others have agreed meanwhile."""

    title_zh = "剩余数量不足，已由其他对接占用"


class MatchNotInState(Conflict):
    """The match is in a state in which this cannot be."""

    title_zh = "该对接当前状态不允许此操作"


class MatchesStand(Conflict):
    """Something has been agreed and not delivered; that ends first."""

    title_zh = "尚有已约定未送达的对接，须先办结"


class DeliveryDayAhead(Invalid):
    """The day of the delivery has not come, or lies before the match."""

    title_zh = "送达日期尚未到来，或早于对接日期"
