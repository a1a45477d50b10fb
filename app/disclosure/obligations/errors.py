"""Refusals of obligations."""

from app.kit.errors import Conflict, Invalid


class ObligationOver(Conflict):
    """The obligation does not apply, or has no day yet: nothing can be filed for it."""

    title_zh = "该项义务不适用或尚无期限，不能登记"


class FiledAhead(Invalid):
    """What was filed or published cannot lie in the future."""

    title_zh = "登记日期不能晚于今天"


class FiledBefore(Invalid):
    """It was filed before what it tells of was over."""

    title_zh = "登记日期早于所公开事项结束之日"


class FilingWithdrawn(Conflict):
    """This filing has been withdrawn already."""

    title_zh = "该登记已撤回"


class RuleNotOverridable(Conflict):
    """The rule's text was read: only what is remembered (B) or practice (C) is overruled."""

    title_zh = "该规则有明确条文，不能改写；仅B、C级规则可以"


class RuleWithoutThreshold(Invalid):
    """The rule leaves no threshold to the organization."""

    title_zh = "该规则没有由本组织规定的标准"


class ThresholdDayTaken(Conflict):
    """A threshold of this rule begins on that day already."""

    title_zh = "该规则在该日已有标准"
