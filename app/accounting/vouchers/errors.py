"""Refusals of vouchers."""

from app.kit.errors import Conflict, Forbidden, Invalid, NotFound


class VoucherNotFound(NotFound):
    """There is no such voucher."""

    title_zh = "凭证不存在"


class VoucherUnbalanced(Invalid):
    """The debits do not equal the credits."""

    title_zh = "借贷不平衡"


class VoucherTooLong(Invalid):
    """The voucher makes more postings than one entry holds."""

    title_zh = "凭证分录过多"


class LineUnfit(Invalid):
    """A line does not fit the chart or the organization's books."""

    title_zh = "凭证行与科目或账簿不符"


class MovedElsewhere(Conflict):
    """This is booked through another door, not by a voucher."""

    title_zh = "该业务由其他入口记账，不能以凭证录入"


class TemplateUnknown(NotFound):
    """There is no such template."""

    title_zh = "凭证模板不存在"


class InputUnfit(Invalid):
    """What the template asks for is missing or does not fit."""

    title_zh = "模板所需信息缺失或不符"


class StepNotPossible(Conflict):
    """The voucher is in a state that does not allow this step."""

    title_zh = "凭证当前状态不允许此操作"


class SamePerson(Forbidden):
    """Preparing, reviewing and posting a voucher take different people."""

    title_zh = "制单、审核、记账须由不同人员办理"


class PersonNeeded(Forbidden):
    """This step takes a person, not a machine."""

    title_zh = "此步骤须由人员办理"


class DocumentMissing(Conflict):
    """The voucher lacks the document without which it is not handed in."""

    title_zh = "缺少必需的原始凭证"


class RangeTooLong(Invalid):
    """So many vouchers are not printed at once."""

    title_zh = "一次打印的凭证过多"


class ScheduleNotFound(NotFound):
    """There is no such recurring voucher."""

    title_zh = "定期凭证不存在"


class AssetNotFound(NotFound):
    """There is no such fixed asset."""

    title_zh = "固定资产不存在"


class AssetCodeTaken(Conflict):
    """The organization has a fixed asset of this code already."""

    title_zh = "该机构已有同编号的固定资产"


class AssetUnfit(Invalid):
    """What is told of the fixed asset cannot be so."""

    title_zh = "固定资产信息不符"


class PaymentNotApproved(Conflict):
    """A payment of this amount waits for its approval, or did not get it."""

    title_zh = "该金额付款尚未获得批准"
