"""Refusals of agreements and trusts: each names the article by which it refuses."""

from app.kit.errors import Conflict, Invalid


class EvaluationIncomplete(Invalid):
    """The evaluation report must say something in each of its three sections."""

    title_zh = "评估报告须包括三部分内容"


class AgreementIncomplete(Invalid):
    """The agreement must have each of its seven clauses."""

    title_zh = "合作协议须包括七项内容"


class PartnerStateWrong(Conflict):
    """A partner is evaluated first, then bound by an agreement, then supervised."""

    title_zh = "合作方须先评估、再签订协议、后监督"


class PartnerOfFiledPlan(Conflict):
    """The plan is with the authority: a partner must stand in it before it is submitted."""

    title_zh = "募捐方案已报送，合作方须在报送前列入方案"


class PartnerNotBound(Conflict):
    """A partner of this campaign is not bound by an evaluated and signed agreement."""

    title_zh = "合作方尚未完成评估并签订协议"


class PartnerPapersMissing(Conflict):
    """An individual partner's identity, clean record and credit report belong in the archive."""

    title_zh = "个人合作方须提交身份证件、无犯罪记录证明和信用报告"


class CampaignNotPublic(Conflict):
    """Only a campaign that asks the public has partners."""

    title_zh = "只有公开募捐活动才有合作方"


class AgreementNumberTaken(Conflict):
    """The organization has an agreement of this number already."""

    title_zh = "该机构已有同编号的协议"


class AgreementOfAnotherCampaign(Invalid):
    """The campaign belongs to another organization."""

    title_zh = "该募捐活动不属于本机构"


class TobaccoAdvertised(Invalid):
    """A gift must not advertise tobacco."""

    title_zh = "不得利用慈善捐赠宣传烟草制品"


class SalesBegunBefore(Conflict):
    """A business that promises part of its sales agrees before it sells."""

    title_zh = "经营者承诺捐赠部分销售所得的，须在销售前签订捐赠协议"


class ApprovalReferenceMissing(Invalid):
    """A state-owned donor names the approval and filing of its gift."""

    title_zh = "国有企业捐赠须注明审批和备案情况"


class ForeignGiftUnapproved(Invalid):
    """A donor from outside the mainland needs the approval or filing that the state prescribes."""

    title_zh = "境外捐赠须按国家规定履行批准或备案程序"


class NamingWithoutConsent(Invalid):
    """A project is named only with the beneficiary's consent."""

    title_zh = "捐赠项目留名纪念须征得受益人同意"


class InterestUnanswered(Conflict):
    """A reviewer has not confirmed that no interested person of the donor is a beneficiary."""

    title_zh = "复核人尚未确认受益人不是捐赠人的利害关系人"


class AgreementPreparedByYou(Conflict):
    """Whoever prepared the agreement can't answer for it."""

    title_zh = "协议拟稿人不得复核本人拟稿的协议"


class AgreementStateWrong(Conflict):
    """The agreement is not in the state for this step."""

    title_zh = "协议当前状态不能办理此步骤"


class DonorNotAsked(Conflict):
    """A donor is commended in public only after being asked."""

    title_zh = "公开表彰捐赠人须事先征求其意见"


class StepDateWrong(Invalid):
    """The days must come in their order, and none lies ahead."""

    title_zh = "日期先后有误，或晚于今天"


class TrustCodeTaken(Conflict):
    """The organization has a trust of this code already."""

    title_zh = "该机构已有同代码的慈善信托"


class TrustFilingTaken(Conflict):
    """A trust was filed under this number already, or this trusteeship was filed."""

    title_zh = "该备案编号已登记，或该受托人已备案"


class TrusteeKnown(Conflict):
    """The trust has a trustee from that day on already."""

    title_zh = "该日起的受托人已登记"


class TrustReported(Conflict):
    """This year of the trust was reported already."""

    title_zh = "该慈善信托本年度已报告"


class SupermarketKnown(Conflict):
    """The organization has a supermarket of this name, or this one is closed."""

    title_zh = "该机构已有同名爱心超市，或该超市已关闭"
