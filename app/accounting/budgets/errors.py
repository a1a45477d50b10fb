"""Refusals of yearly budgets."""

from app.kit.errors import Conflict, Forbidden, Invalid, NotFound


class BudgetNotFound(NotFound):
    """There is no such version of a budget for that year."""

    title_zh = "该年度预算版本不存在"


class BudgetBeingWritten(Conflict):
    """A version of this year's budget is being written already."""

    title_zh = "该年度已有编制中的预算版本"


class BudgetFinal(Conflict):
    """This version has been approved; write a new one."""

    title_zh = "该预算版本已批准，请编制新版本"


class BudgetUnfit(Invalid):
    """A budget line does not fit the chart or the organization."""

    title_zh = "预算行与科目或机构不符"


class OwnBudget(Forbidden):
    """Whoever wrote a budget does not approve it."""

    title_zh = "预算编制人不得批准本人编制的预算"
