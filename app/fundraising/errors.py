"""Refusals of fundraising."""

from app.kit.errors import Conflict, Invalid, NotFound


class CampaignNotFound(NotFound):
    """There is no such campaign."""

    title_zh = "募捐活动不存在"


class CampaignCodeTaken(Conflict):
    """A campaign has this code or this filing number already."""

    title_zh = "募捐活动代码或备案编号已被使用"


class CampaignNotOpen(Conflict):
    """The campaign does not accept gifts now."""

    title_zh = "募捐活动当前不接受捐赠"


class CampaignNotDraft(Conflict):
    """The campaign is no longer a draft."""

    title_zh = "募捐活动已不是草稿状态"


class CampaignClosed(Conflict):
    """The campaign is closed."""

    title_zh = "募捐活动已结束"


class CampaignDatesReversed(Invalid):
    """The campaign would end before it begins."""

    title_zh = "募捐活动结束日期早于开始日期"


class CampaignNotHistorical(Invalid):
    """A campaign that began on 5 September 2024 or later is judged by the rules of its day."""

    title_zh = "2024年9月5日及以后开始的募捐活动须按当时规则备案，不能按历史活动登记"


class CampaignPlanSubmitted(Conflict):
    """The campaign's plan is with the authority: change it there first."""

    title_zh = "募捐方案已报送，须先办理方案变更"


class EmergencyNotFound(Invalid):
    """There is no such emergency."""

    title_zh = "突发事件不存在"


class FundCodeTaken(Conflict):
    """The organization has a fund of this code already."""

    title_zh = "该机构已有同代码的基金"


class DesignationCodeTaken(Conflict):
    """The campaign has a designation of this code already."""

    title_zh = "该募捐活动已有同代码的指定用途"


class DesignationNotFound(Invalid):
    """The campaign has no such designation."""

    title_zh = "该募捐活动没有此指定用途"


class AllocationsUnequal(Invalid):
    """The parts of the gift do not add up to its amount."""

    title_zh = "各指定用途金额之和与捐赠金额不符"


class ChannelOfAnotherOrganization(Invalid):
    """A campaign takes gifts through its own organization's channels only."""

    title_zh = "募捐活动只能使用本机构的收款渠道"


class ChannelNotAtTheCounter(Invalid):
    """Gifts through this channel are told by its platform, not entered by hand."""

    title_zh = "该渠道的捐赠由平台推送，不能手工录入"


class DonationNotInSuspense(Conflict):
    """The donation is not waiting in suspense."""

    title_zh = "该捐赠不在待认领状态"


class DonationNotPosted(Conflict):
    """The donation is not booked to a campaign."""

    title_zh = "该捐赠未记入募捐活动"


class GiftDiffers(Conflict):
    """This gift was delivered before with another amount, currency or campaign."""

    title_zh = "同一捐赠号先前的金额、币种或募捐活动不同"


class RefundExceedsGift(Conflict):
    """The refund is more than what is left of the gift."""

    title_zh = "退款金额超过该捐赠的剩余金额"


class RefundDiffers(Conflict):
    """This refund was delivered before with another amount or gift."""

    title_zh = "同一退款号先前的金额或捐赠号不同"


class DisputeDiffers(Conflict):
    """This dispute was delivered before with another amount or gift, or has ended otherwise."""

    title_zh = "同一争议号先前的内容不同"


class NothingToCorrect(Invalid):
    """The correction changes nothing."""

    title_zh = "更正内容与原记录相同"


class DonationVoided(Conflict):
    """The donation has been voided."""

    title_zh = "该捐赠已作废"


class DonationRefunded(Conflict):
    """The donation has been refunded, wholly or in part, and can no longer be corrected."""

    title_zh = "该捐赠已发生退款，不能再更正"


class SettlementNeedsMerchant(Invalid):
    """Payouts come from a platform's merchant account."""

    title_zh = "结算款只能来自平台商户账户"


class SettlementExceedsBalance(Conflict):
    """The platform does not hold that much for us."""

    title_zh = "结算金额超过平台待结算余额"


class BoxOpenedAtOnce(Conflict):
    """A donation box is one gift: its session takes no single ones."""

    title_zh = "捐款箱款项合并登记为一笔捐赠，不能逐笔登记"
