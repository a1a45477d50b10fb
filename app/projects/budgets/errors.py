"""Refusals of projects' budgets."""

from app.kit.errors import Conflict, Invalid


class ProjectBudgetOpen(Conflict):
    """A version of this project's budget is being written or decided already."""

    title_zh = "该项目已有编制中或审批中的预算版本"


class ProjectBudgetFrozen(Conflict):
    """This version has been proposed or decided; write a new one."""

    title_zh = "该预算版本已提交或已有结论，请编制新版本"


class BudgetLineTwice(Invalid):
    """Two lines are of the same year, kind and fund."""

    title_zh = "预算行的年度、类别和资金来源重复"


class FundOfStranger(Invalid):
    """A fund belongs to none of the organizations that carry the project out."""

    title_zh = "资金不属于本项目的实施机构"


class BudgetBeforeProject(Conflict):
    """The first budget is decided with its project; a change waits for that."""

    title_zh = "首个预算随立项一并审批，立项前不能单独提交"


class ShareTwice(Invalid):
    """A source is named twice."""

    title_zh = "资金来源重复"


class NothingLeftOver(Conflict):
    """Nothing of the project's money is left over."""

    title_zh = "该项目没有剩余资金"


class LeftoverBeingDecided(Conflict):
    """A decision about what is left over waits already."""

    title_zh = "剩余资金处理方案已在审批中"


class LeftoverTooEarly(Conflict):
    """What is left over is decided when the work is over."""

    title_zh = "项目实施结束后方可处理剩余资金"


class LeftoverTargetUnfit(Invalid):
    """What is left over goes on to another project that is not over, or to no project at all."""

    title_zh = "剩余资金须转入另一个未结束的项目；其他处理方式不填目标项目"
