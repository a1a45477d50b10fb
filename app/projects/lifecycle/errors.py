"""Refusals at the end of a project's life."""

from app.kit.errors import Conflict


class SitesUnfinished(Conflict):
    """A site is neither accepted nor dropped."""

    title_zh = "还有点位未验收也未取消"


class FindingsUnsettled(Conflict):
    """A finding of an inspection is not settled."""

    title_zh = "还有检查问题未销号"


class LeftoverUndecided(Conflict):
    """What becomes of the money that is left over has not been decided."""

    title_zh = "剩余资金处理方案尚未批准"


class ReportsUndecided(Conflict):
    """A progress report waits to be accepted or returned."""

    title_zh = "还有进展报告未认可"
