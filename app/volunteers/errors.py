"""Refusals about activities and the time that is given at them."""

from app.kit.errors import Conflict, Invalid


class ActivityCodeTaken(Conflict):
    """The organization has an activity of this code already."""

    title_zh = "本机构已有同代码的活动"


class ActivityNotDraft(Conflict):
    """The activity has been published; what volunteers relied on stays."""

    title_zh = "该活动已发布，不能修改志愿者据以报名的内容"


class ActivityIncomplete(Invalid):
    """An activity is published with content, risks, whom it serves, who is responsible, and its needs."""

    title_zh = "发布活动须写明内容、可能的风险、服务对象、负责人、联系方式和岗位需求"


class ActivityNotPublished(Conflict):
    """The activity is not open: it is a draft, was cancelled, or is over."""

    title_zh = "该活动未发布、已取消或已结束"


class ActivityTimesReversed(Invalid):
    """The times are reversed, or lie outside the activity's."""

    title_zh = "起止时间颠倒，或超出活动时间范围"


class TeamOfAnotherOrganization(Invalid):
    """The team is not one of this organization."""

    title_zh = "该服务队不属于本机构"


class CapacityBelowTaken(Conflict):
    """More volunteers have a place already."""

    title_zh = "名额不能少于已确认人数"


class InsuranceMissing(Conflict):
    """Dangerous service needs an accident insurance of this organization that covers its days."""

    title_zh = "有人身危险的服务须有覆盖活动日期的人身意外伤害保险"


class NotInsured(Conflict):
    """The activity's insurance does not name this volunteer."""

    title_zh = "该活动的保险未包含此志愿者"


class PolicyNoTaken(Conflict):
    """This policy is registered already."""

    title_zh = "该保险单已登记"


class PolicyPeriodReversed(Invalid):
    """It would end before it begins."""

    title_zh = "有效期结束早于开始"


class AgeOutOfBounds(Conflict):
    """The volunteer is too young or too old for this task."""

    title_zh = "志愿者年龄不符合该岗位要求"


class SkillMissing(Conflict):
    """The volunteer lacks a skill that this task needs."""

    title_zh = "志愿者缺少该岗位所需技能"


class NotQualified(Conflict):
    """The volunteer holds no qualification, valid that day, that this task needs."""

    title_zh = "志愿者没有该岗位要求的有效资质"


class AlreadySignedUp(Conflict):
    """The volunteer has signed up for this already."""

    title_zh = "该志愿者已报名此岗位"


class OverlappingCommitment(Conflict):
    """The volunteer has promised this time already."""

    title_zh = "志愿者在该时段已有其他已确认的服务"


class SignUpNotAsked(Conflict):
    """The sign-up does not wait for an answer."""

    title_zh = "该报名不在待审核状态"


class SignUpOver(Conflict):
    """The sign-up has been cancelled or declined, or its time is over."""

    title_zh = "该报名已取消、被拒绝或已过期"


class SignUpNotConfirmed(Conflict):
    """Only who has a place can check in."""

    title_zh = "仅已确认的报名可以签到"


class OutOfTime(Conflict):
    """Checking in is possible from two hours before the task until its end."""

    title_zh = "不在可签到时间范围内"


class OutOfPlace(Conflict):
    """This is too far from the activity's place, or the activity has none on the map."""

    title_zh = "不在活动地点范围内，或活动未设定位"


class CheckedInAlready(Conflict):
    """The volunteer has checked in already."""

    title_zh = "志愿者已签到"


class CheckedOutAlready(Conflict):
    """The volunteer has checked out already."""

    title_zh = "志愿者已签退"


class NotCheckedIn(Conflict):
    """The volunteer has not checked in."""

    title_zh = "志愿者尚未签到"


class CheckOutForgotten(Conflict):
    """The check-out was forgotten; a coordinator settles it with a reason."""

    title_zh = "已超时未签退，须由工作人员核实并说明理由"


class PassInvalid(Invalid):
    """The code on the screen is not this activity's, or is no longer good."""

    title_zh = "签到码无效或已过期"


class MinutesImpossible(Invalid):
    """Nothing is left after travel and breaks, or it is more than a day."""

    title_zh = "扣除往返和休息后无服务时间，或超过一天"


class RecordNotReported(Conflict):
    """The record does not wait to be confirmed."""

    title_zh = "该记录不在待确认状态"


class RecordCertified(Conflict):
    """The record stands in a certificate; revoke it first."""

    title_zh = "该记录已列入证明，须先撤销证明"


class RecordVoided(Conflict):
    """The record has been declined or voided."""

    title_zh = "该记录已被退回或作废"


class RecordTwice(Conflict):
    """The organization has a record with this reference already."""

    title_zh = "本机构已有同编号的服务记录"


class NothingToSetRight(Invalid):
    """The correction changes nothing."""

    title_zh = "更正内容与原记录相同"


class ServedAhead(Invalid):
    """Time is recorded once it has been given."""

    title_zh = "不能记录尚未发生的服务"


class ObjectionOpen(Conflict):
    """An objection to this record waits for an answer already."""

    title_zh = "该记录已有待处理的异议"


class ObjectionAnswered(Conflict):
    """The objection has been answered."""

    title_zh = "该异议已处理"


class EvaluatedAlready(Conflict):
    """This side has said already how it was."""

    title_zh = "该方已作出评价"


class NotServed(Conflict):
    """Only what has been served is evaluated."""

    title_zh = "尚未签到服务，不能评价"
