"""Refusals of filings: each names the article by which it refuses."""

from app.kit.errors import Conflict, Invalid, NotFound


class CertificateMissing(Conflict):
    """The organization holds no certificate for public fundraising on that day."""

    title_zh = "该机构当日未持有效公开募捐资格证书"


class CertificateKnown(Conflict):
    """The organization has a certificate in force, or this number was recorded before."""

    title_zh = "该机构已有有效证书，或该证书编号已登记"


class FundraisingCertificateRevoked(Conflict):
    """The certificate has been revoked already."""

    title_zh = "该证书已被吊销"


class CertificateTooSoon(Conflict):
    """A revoked certificate may be applied for again only after five years."""

    title_zh = "公开募捐资格被吊销后五年内不得再次申请"


class StandingOverlaps(Conflict):
    """The platform stands as something else on some of these days."""

    title_zh = "该平台在所述期间已有登记"


class PlatformNotDesignated(Conflict):
    """The platform is not designated for public fundraising on that day."""

    title_zh = "该平台当日不是民政部指定的互联网募捐信息平台"


class PageTitleDiffers(Invalid):
    """The page on the platform must carry the title that is filed."""

    title_zh = "平台页面名称与备案名称不一致"


class EmergencyCodeTaken(Conflict):
    """An emergency has this code already."""

    title_zh = "突发事件代码已被使用"


class EmergencyClosed(Conflict):
    """The response to this emergency has been closed."""

    title_zh = "该突发事件的应急响应已结束"


class PlanNotFound(NotFound):
    """The campaign has no fundraising plan."""

    title_zh = "该募捐活动没有募捐方案"


class PlanExists(Conflict):
    """The campaign has a fundraising plan already: one filing per campaign."""

    title_zh = "该募捐活动已有募捐方案，一次备案只对应一个活动"


class PlanNotNeeded(Conflict):
    """Only campaigns that ask the public file a plan."""

    title_zh = "只有公开募捐活动需要备案募捐方案"


class PlanNotOurs(Conflict):
    """The plan is with the authority, or filed: it is changed by a change that is filed too."""

    title_zh = "募捐方案已报送或已备案，须办理变更备案"


class PlanNotSubmitted(Conflict):
    """The plan is not with the authority."""

    title_zh = "募捐方案尚未报送"


class PlanNotFiled(Conflict):
    """The campaign has no filed plan."""

    title_zh = "募捐方案尚未备案"


class PlanIncomplete(Invalid):
    """The plan lacks what the law wants in it."""

    title_zh = "募捐方案内容不完整"


class PlanTooLong(Invalid):
    """The campaign would last longer than a plan may say."""

    title_zh = "募捐活动期限超过规定"


class ResponsibleNotFullTime(Invalid):
    """The person in charge must be full-time staff of the organization itself."""

    title_zh = "活动负责人须为本机构专职工作人员"


class AccountNotOwn(Invalid):
    """The money must reach a bank account of the organization's own that plans may name."""

    title_zh = "募捐收款账户须为本机构可列入方案的银行账户"


class BeneficiaryNamed(Invalid):
    """Money is not raised in public for a specific individual."""

    title_zh = "公开募捐不得为特定个人募集"


class DecisionMissing(Invalid):
    """There is no internal decision that the legal representative agreed to."""

    title_zh = "缺少经法定代表人同意的内部决策"


class ReviewIncomplete(Conflict):
    """A named reviewer has not agreed to everything that this version of the plan says."""

    title_zh = "复核人尚未对该版募捐方案的全部问题作出同意答复"


class ReviewedOwnPlan(Conflict):
    """Whoever wrote the plan can't answer for it."""

    title_zh = "方案编制人不得复核本人编制的方案"


class QuestionAnswered(Conflict):
    """This question was answered for this version of the plan."""

    title_zh = "该版方案的此问题已答复"


class FiledTooLate(Conflict):
    """It must be filed at least ten days before it begins."""

    title_zh = "须在活动开始十日前报送备案"


class FilingNumberMalformed(Invalid):
    """A filing number is the organization's credit code, then A, the year and three digits."""

    title_zh = "备案编号格式有误：应为统一社会信用代码+A+年份两位+序号三位"


class FilingNumberOfAnother(Invalid):
    """The filing number begins with another organization's credit code."""

    title_zh = "备案编号中的统一社会信用代码不是本机构的"


class FilingDateWrong(Invalid):
    """The days must come in their order, and none lies ahead."""

    title_zh = "日期先后有误，或晚于今天"


class OutsideFiledPeriod(Conflict):
    """The campaign opens within the days that its plan says."""

    title_zh = "开始时间不在备案的起止时间之内"


class PlaceNotFiled(Conflict):
    """What happens outside the registering authority's area is filed at the place too."""

    title_zh = "在登记管辖区域外开展的募捐尚未向当地民政部门备案"


class NobodyInvited(Conflict):
    """A targeted campaign asks those on its list, and nobody is on it."""

    title_zh = "定向募捐尚无邀请对象名单"


class InvitedAlready(Conflict):
    """This name is on the list already."""

    title_zh = "该对象已在邀请名单中"


class CampaignNotTargeted(Conflict):
    """Only a targeted campaign has an invite list."""

    title_zh = "只有定向募捐活动有邀请名单"


class NothingChanged(Invalid):
    """The change says what the plan says already."""

    title_zh = "变更内容与现有方案相同"


class ChangeStepWrong(Conflict):
    """The steps come in this order: resolution, donor's consent where agreed, filing, publication."""

    title_zh = "变更步骤须依次为：决议、（约定的）捐赠人同意、备案、公开"


class ChangePending(Conflict):
    """Another change of use has not been published yet."""

    title_zh = "尚有用途变更未完成公开"
