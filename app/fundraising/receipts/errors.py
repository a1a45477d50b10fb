"""Refusals of receipts."""

from app.kit.errors import Conflict, Invalid, NotFound


class GiftReceipted(Conflict):
    """One of these gifts is on a receipt already."""

    title_zh = "其中有捐赠已开具或已申请票据"


class GiftsOfSeveralDonors(Invalid):
    """The gifts on one receipt are of one organization and one donor."""

    title_zh = "同一张票据上的捐赠必须属于同一机构和同一捐赠人"


class NothingToReceipt(Conflict):
    """A gift that is not booked to a purpose, or of which nothing is left, gets no receipt."""

    title_zh = "该捐赠尚未入账或已全部退还，不能开具票据"


class ReceiptTitleMissing(Invalid):
    """Nobody has told to whom the receipt is to be made out."""

    title_zh = "缺少票据抬头"


class ReceiptStateOther(Conflict):
    """The receipt is in another state than this needs."""

    title_zh = "票据当前状态不允许此操作"


class ReceiptSent(Conflict):
    """The receipt is at the finance system: wait for its answer."""

    title_zh = "票据申请已提交财政票据系统，请等待结果"


class ReceiptsNoneWaiting(Conflict):
    """No receipt waits to be issued or reversed."""

    title_zh = "没有待开具或待红冲的票据"


class ReceiptNotReversed(Conflict):
    """The gift is on a receipt that has to be reversed first."""

    title_zh = "该捐赠已开具票据，须先红冲"


class NothingGivenThatYear(Conflict):
    """Of this year there is nothing to certify: nothing given that was not given back."""

    title_zh = "该年度没有可证明的捐赠"


class GiftsTooMany(Invalid):
    """These are more gifts than one certificate holds."""

    title_zh = "捐赠笔数超过一份证明的上限"


class DonationCertificateNotFound(NotFound):
    """No donation certificate has this number and this code."""

    title_zh = "查无此捐赠证明：编号或验证码有误"


class DonationCertificateForgotten(Conflict):
    """The giver has been erased, and with them what the certificate said."""

    title_zh = "捐赠人信息已删除，证明内容不再保存"


class ReceiptLossKnown(Conflict):
    """This receipt is recorded as lost already."""

    title_zh = "该票据的遗失已登记"


class ReceiptLossOver(Conflict):
    """This receipt was declared void, or its loss was withdrawn, already."""

    title_zh = "该票据已声明作废，或遗失登记已撤回"


class ReceiptLossDayWrong(Invalid):
    """A loss lies in the past, and the declaration between the loss and today."""

    title_zh = "遗失日期不能晚于今天，声明作废日期须在遗失日期与今天之间"
