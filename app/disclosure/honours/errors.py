"""Refusals of honours, ambassadors and commendations."""

from app.kit.errors import Conflict, Forbidden, Invalid


class HonourWithdrawn(Conflict):
    """This honour was withdrawn already."""

    title_zh = "该荣誉已撤销"


class HonourAhead(Invalid):
    """What has been awarded or withdrawn cannot lie in the future, nor the end before the beginning."""

    title_zh = "授予或撤销日期有误"


class AmbassadorReviewed(Conflict):
    """Whether it is an advertisement has been answered already."""

    title_zh = "该事项已审查"


class AmbassadorNotReviewed(Conflict):
    """Somebody else has to answer first whether it is a disguised advertisement."""

    title_zh = "须先由他人审查是否变相广告"


class OwnAmbassador(Forbidden):
    """Whoever recorded this does not answer the question themselves."""

    title_zh = "登记人不能自行审查"


class AmbassadorOver(Conflict):
    """The term is over, was never allowed, or their consent was taken back already."""

    title_zh = "任期已结束、未获准或已撤回同意"


class SchemeCodeTaken(Conflict):
    """The organization has a commendation of this category for that year."""

    title_zh = "该机构本年度已有此类表彰"


class ApprovalMissing(Conflict):
    """Nothing begins without the approval's number, the item of the project list and a rating of 4A or 5A."""

    title_zh = "未取得评比表彰批复文号、目录项目编号或4A以上等级，不得开展"


class HeldBehindTheGate(Invalid):
    """What is decided since 1 August 2026 goes step by step behind its approval, and is not written down."""

    title_zh = "2026年8月1日起决定的评比表彰须先取得批准、逐环节办理，不能补录"


class StepNotDue(Conflict):
    """The commendation is not at this step."""

    title_zh = "表彰尚未进入或已过此环节"


class PartyOrGovernmentBody(Invalid):
    """Party and government bodies, and those who lead them, are not commended by social organizations."""

    title_zh = "社会组织不得面向党政机关及其领导干部开展评比表彰"


class OwnNomination(Forbidden):
    """Whoever nominated does not review, and whoever reviewed does not decide."""

    title_zh = "提名人不能评审，评审人不能决定"


class PublicityShort(Invalid):
    """The list is shown for five worked days at least, and not before today."""

    title_zh = "公示期不得早于今天，且不少于五个工作日"


class PublicityRunning(Conflict):
    """The list is still shown, or an objection waits for its answer."""

    title_zh = "公示期未满，或尚有异议未处理"


class PublicityOver(Conflict):
    """The list is not shown now."""

    title_zh = "不在公示期内"


class NobodyShortlisted(Conflict):
    """Every nominee is reviewed, and somebody is left, before the list is shown."""

    title_zh = "尚有提名未评审，或无人入围"


class ObjectionSettled(Conflict):
    """This objection was answered already."""

    title_zh = "该异议已处理"
