"""Refusals about aid cases."""

from app.kit.errors import Conflict, Forbidden, Invalid


class AidCaseNotInState(Conflict):
    """The aid case is in a state in which this cannot be."""

    title_zh = "救助个案当前状态不允许此操作"


class NotOnTheCase(Forbidden):
    """Only those who work on an aid case see it."""

    title_zh = "仅经办该救助个案的人员可以查看"


class OnTheCaseAlready(Conflict):
    """They work on this case already, or have stepped back from it."""

    title_zh = "该人员已参与或已回避该个案"


class NotYourTask(Forbidden):
    """Somebody else was asked to do this with the case."""

    title_zh = "该环节由其他经办人负责"


class VerifiedByYou(Conflict):
    """You verified this case already; the other verification is somebody else's."""

    title_zh = "您已核实该个案，另一次核实须由他人完成"


class DecidedByYou(Conflict):
    """You decided this case already; an appeal is decided by somebody else."""

    title_zh = "您已审批该个案，申诉须由他人审批"


class DocumentsMissing(Conflict):
    """An application without documents is not verified."""

    title_zh = "申请材料缺失，不能核实"


class DuplicatesUnchecked(Conflict):
    """Nobody has looked yet whether somebody else helps already."""

    title_zh = "尚未进行重复救助核查"


class StandardMissing(Conflict):
    """The project has no aid standard that holds on that day."""

    title_zh = "项目当日无有效资助标准"


class StandardUntold(Conflict):
    """Beneficiaries were not told the aid standard before that day."""

    title_zh = "资助标准尚未告知受益人"


class AidCapExceeded(Conflict):
    """The amount is more than the aid standard still allows for this illness or this year."""

    title_zh = "超过资助标准的单次或年度上限"


class MoreThanNeeded(Invalid):
    """The amount is more than was asked for, or more than the illness cost the person."""

    title_zh = "救助金额超过申请金额或自付费用"


class NoticeRunning(Conflict):
    """The days of the notice are not over."""

    title_zh = "公示期未满"


class AidObjectionOpen(Conflict):
    """Somebody objected, and that is not settled."""

    title_zh = "尚有未处理的异议"


class AidObjectionSettled(Conflict):
    """The objection has been settled already."""

    title_zh = "该异议已处理"


class NoticeBeforeDecision(Invalid):
    """A notice begins on the day of the decision or later."""

    title_zh = "公示开始日期早于审批日期"


class EpisodeOfAnother(Invalid):
    """The earlier case is another person's, or another project's."""

    title_zh = "所关联的既往个案不属于同一受益人和项目"


class AidDayAhead(Invalid):
    """The day lies ahead, or before the step that it follows."""

    title_zh = "日期尚未到来或早于前一环节"


class AidPersonUnfit(Invalid):
    """Who works on a case works at its organization."""

    title_zh = "经办人须在本机构任职"
