"""Refusals of the register of projects."""

from app.kit.errors import Conflict, Invalid


class ProgrammeCodeTaken(Conflict):
    """The organization has a programme of this code already."""

    title_zh = "本机构已有同代码的品牌项目（计划）"


class ProgrammeOutOfReach(Invalid):
    """The programme is neither the organization's own nor that of one above it."""

    title_zh = "该品牌项目不属于本机构或上级机构"


class ProgrammeDatesReversed(Invalid):
    """The programme would end before it begins."""

    title_zh = "结束日期早于开始日期"


class ProjectCodeTaken(Conflict):
    """There is a project of this code already."""

    title_zh = "项目编号已被使用"


class ProjectDatesReversed(Invalid):
    """The project would end before it begins."""

    title_zh = "计划结束日期早于开始日期"


class OwnerUnfit(Invalid):
    """The owner of a project works at its organization."""

    title_zh = "项目负责人须在本机构任职"


class ProjectNotInState(Conflict):
    """The project is in a state in which this cannot be."""

    title_zh = "项目当前状态不允许此操作"


class ProjectMoved(Conflict):
    """Somebody else moved the project on at this moment; read it again."""

    title_zh = "项目状态刚被他人变更，请重新读取"


class PartnerAlready(Conflict):
    """They carry the project out already."""

    title_zh = "该单位已是项目实施单位"


class PartnerIsLead(Invalid):
    """The project's own organization is its lead, not a partner of it."""

    title_zh = "牵头机构不能再列为协作单位"


class StandardDayTaken(Conflict):
    """A version of the aid standard begins on that day already."""

    title_zh = "该日已有生效的资助标准版本"


class StandardNotAfterLast(Invalid):
    """A new version of the aid standard begins after the last one."""

    title_zh = "新版本资助标准的生效日期须晚于上一版本"


class DayAhead(Invalid):
    """The day has not come yet."""

    title_zh = "该日期尚未到来"
