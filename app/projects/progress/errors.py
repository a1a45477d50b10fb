"""Refusals of progress: reports, indicators, inspections and findings."""

from app.kit.errors import Conflict, Invalid


class IndicatorCodeTaken(Conflict):
    """The project has an indicator of this code already."""

    title_zh = "该项目已有同代码的指标"


class IndicatorOfAnotherProject(Invalid):
    """A figure is of an indicator that is not the project's."""

    title_zh = "指标不属于本项目"


class ReportPeriodUnfit(Invalid):
    """The time of a report lies behind us, begins before it ends, and after the project began."""

    title_zh = "报告期须在项目开始之后、已经结束，且起止日期合理"


class ReportedAlready(Conflict):
    """This organization has told of that time already."""

    title_zh = "该机构已提交过该期报告"


class ReporterUnfit(Invalid):
    """Only who carries the project out reports on it."""

    title_zh = "只有项目实施机构可以提交进展报告"


class PersonsUnfit(Invalid):
    """There are never more persons than person-times."""

    title_zh = "受益人次不能少于受益人数"


class ReportDecided(Conflict):
    """The report has been accepted or returned."""

    title_zh = "该报告已有结论"


class OwnReport(Conflict):
    """Who wrote a report does not accept it."""

    title_zh = "报告人不得认可本人提交的报告"


class ReportNotAccepted(Conflict):
    """Only an accepted report is published, once."""

    title_zh = "只有已认可且未公开的报告可以公开"


class InspectorUnfit(Invalid):
    """A project is inspected by its own organization or one above it."""

    title_zh = "只有项目牵头机构或其上级机构可以检查项目"


class SiteOfAnotherProject(Invalid):
    """The site is not one of the project's."""

    title_zh = "该点位不属于本项目"


class FindingNotOpen(Conflict):
    """The finding has been answered or settled."""

    title_zh = "该问题已回复或已销号"


class FindingNotAnswered(Conflict):
    """The finding waits for no second look."""

    title_zh = "该问题不在待复核状态"


class OwnAnswer(Conflict):
    """Who answered a finding does not settle it."""

    title_zh = "整改人不得复核销号"
