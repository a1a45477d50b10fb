"""Refusals about an organization's donors."""

from app.kit.errors import Conflict, Invalid


class DonorsTheSame(Invalid):
    """A donor can't be merged with themselves."""

    title_zh = "不能将捐赠人与其自身合并"


class DonorMerged(Conflict):
    """One of the two has been merged into another donor already."""

    title_zh = "其中一位捐赠人已并入他人"


class MergeUndone(Conflict):
    """This merge has been undone already."""

    title_zh = "该合并已被撤销"


class GiftThanked(Conflict):
    """The giver of this gift has been thanked already."""

    title_zh = "该捐赠已登记致谢"


class DocumentsAskedFor(Conflict):
    """Documents on this gift have been asked for and not been answered yet."""

    title_zh = "已申请查阅该笔捐赠的资料，尚待答复"


class DonorRequestClosed(Conflict):
    """This request has been answered already, or is none of documents."""

    title_zh = "该申请已答复，或不是资料查阅申请"


class NothingToErase(Conflict):
    """Nothing is kept here about you as a donor."""

    title_zh = "本系统没有您作为捐赠人的信息"


class ReceiptKept(Conflict):
    """A receipt of theirs is being issued, or is kept by law until a day: they can be erased after it."""

    title_zh = "捐赠票据正在开具或仍在法定保存期内，期满后方可删除"


class GaveElsewhere(Conflict):
    """They gave to other organizations too: only they themselves can ask to be forgotten by all."""

    title_zh = "该捐赠人也向其他机构捐赠，须由本人申请删除"


class ErasureAskedFor(Conflict):
    """You asked to be erased before; it is done as soon as the law allows."""

    title_zh = "您已申请删除，将在法定保存期届满后执行"
