"""Refusals of sites and their milestones."""

from app.kit.errors import Conflict, Invalid


class SiteCodeTaken(Conflict):
    """The project has a site of this code already."""

    title_zh = "该项目已有同编号的点位"


class SiteUnfit(Invalid):
    """What is said of the site cannot be so: its size, its place, or a structure that is no bridge's."""

    title_zh = "点位的尺寸、坐标或结构类型不合理（结构类型仅适用于桥梁）"


class SiteAccepted(Conflict):
    """The site has been accepted or dropped; what was accepted stays as it was."""

    title_zh = "该点位已验收或已取消，不能再修改"


class MilestoneDone(Conflict):
    """The milestone has been reached already."""

    title_zh = "该节点已完成"


class MilestoneTooEarly(Conflict):
    """An earlier milestone has not been reached."""

    title_zh = "前序节点尚未完成"


class MilestoneElsewhere(Conflict):
    """Acceptance and plaque are recorded with what they must say, not as bare milestones."""

    title_zh = "验收和立碑须通过各自的登记办理，不能直接标记完成"


class AcceptanceIncomplete(Conflict):
    """A site is accepted after survey, construction and quality check, with a photograph and its cost."""

    title_zh = "验收须在设计选址、施工、质量检查完成后进行，并有照片和决算金额"


class OwnWorkAccepted(Conflict):
    """Who reported the work done does not accept it."""

    title_zh = "报告完工的人不得验收"


class AcceptedAlready(Conflict):
    """The site has passed its acceptance already."""

    title_zh = "该点位已通过验收"


class SiteNotAccepted(Conflict):
    """The site has not been accepted."""

    title_zh = "该点位尚未验收"


class PlaqueAlready(Conflict):
    """The site has its plaque."""

    title_zh = "该点位已立碑"


class PlaqueWithoutConsent(Invalid):
    """What is named after a donor needs the beneficiaries' consent."""

    title_zh = "以捐赠人冠名须经受益人同意"


class UpkeepDayUnfit(Invalid):
    """The next look lies after this one."""

    title_zh = "下次检查日期须晚于本次"


class TargetTwice(Conflict):
    """The programme has a target of this kind for that year already."""

    title_zh = "该年度该类别的目标已登记"
