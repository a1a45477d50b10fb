"""Refusals of dissolutions."""

from app.kit.errors import Conflict, Invalid


class DissolutionKnown(Conflict):
    """This organization's dissolution is recorded already."""

    title_zh = "该机构的终止事由已登记"


class DissolutionStepOther(Conflict):
    """The dissolution is at another step: a group first, then the liquidation's end, then the register."""

    title_zh = "终止程序不在此步骤：须先成立清算组，再完成清算，最后办理注销登记"


class RemainderHomeless(Invalid):
    """What is left goes to a charity of like purpose; where nothing is left, nothing goes anywhere."""

    title_zh = "有剩余财产的须写明转给的慈善组织及依据；没有剩余财产的不得填写"
