"""Refusals of disbursements."""

from app.kit.errors import Conflict, Forbidden, Invalid


class ChecksUnmet(Conflict):
    """Something that this disbursement needs is missing; `errors` names each."""

    title_zh = "该拨付尚不具备条件，详见 errors"


class DisbursementNotInState(Conflict):
    """The disbursement is in a state in which this cannot be."""

    title_zh = "拨付当前状态不允许此操作"


class DisbursementMoved(Conflict):
    """Somebody else moved the disbursement on at this moment; read it again."""

    title_zh = "拨付状态刚被他人变更，请重新读取"


class RelatedToPayee(Forbidden):
    """Whoever is related to the payee keeps away from what is paid to it (慈善法 art. 14)."""

    title_zh = "与收款方有关联的人员应当回避"


class RelationDeclared(Conflict):
    """This relation has been declared already."""

    title_zh = "该关联关系已申报"


class PersonWorksElsewhere(Invalid):
    """The person does not work at this organization."""

    title_zh = "该人员不在本机构任职"


class PayeeAccountWaiting(Conflict):
    """Bank details of this payee wait for a second person already."""

    title_zh = "该收款方已有待复核的账户信息"


class PayeeAccountDecided(Conflict):
    """These bank details have been decided already."""

    title_zh = "该账户信息已处理"


class SamePersonTwice(Forbidden):
    """A second person decides this, not whoever put it forward."""

    title_zh = "须由另一人复核，提交人不能自行处理"


class AgreementCodeTaken(Conflict):
    """The organization has an agreement of this code already."""

    title_zh = "本机构已有同编号的协议"


class AgreementDatesReversed(Invalid):
    """The agreement would end before it begins."""

    title_zh = "协议终止日期早于生效日期"


class AgreementEnded(Conflict):
    """The agreement has been ended already."""

    title_zh = "该协议已终止"


class DisbursementPartsApart(Invalid):
    """Project, fund, payee and agreement of a disbursement belong to one organization and to one another."""

    title_zh = "项目、基金、收款方与协议须属于同一机构且相互对应"


class VillageAsksFirst(Conflict):
    """A Happy Home village is paid what its committee asked for, by its request."""

    title_zh = "幸福家园村社须经村级决议申请用款后拨付"


class BeingPaid(Conflict):
    """Another disbursement pays this case or this request already."""

    title_zh = "该个案或用款申请已有拨付在办或已拨付"


class OrderOfAnotherOrganization(Invalid):
    """An order pays disbursements of one organization from one of its bank accounts or cash boxes."""

    title_zh = "一张付款单只能从本机构的银行账户或现金支付本机构的拨付"


class PaidAlready(Conflict):
    """A payment of this disbursement is on its way or done."""

    title_zh = "该拨付已在付款或已付款"


class ResultsUnreadable(Invalid):
    """The file names no payments and what became of them."""

    title_zh = "文件中没有付款编号和处理结果"


class NothingLeftToReach(Conflict):
    """More would have arrived than was paid and not returned."""

    title_zh = "到达金额超过已付且未退回的金额"


class CountsWhenSpent(Conflict):
    """What the organization spends itself counted when it was spent; nothing arrives later."""

    title_zh = "本机构直接支出在支付时即已计入，无须另行登记到达"


class BenefitUnfit(Invalid):
    """A row signs for a benefit of another project, amount or kind, of several people, or taken back."""

    title_zh = "签收行所对应的受益记录不属于该项目、金额不符、并非个人资金受益或已作废"


class BenefitSigned(Conflict):
    """Somebody has signed for this benefit already."""

    title_zh = "该受益记录已有签收"


class PayeeReportDecided(Conflict):
    """The report has been decided already."""

    title_zh = "该报告已审核"


class DayToCome(Invalid):
    """The day has not come yet, or lies before the payment."""

    title_zh = "日期尚未到来或早于付款日"
