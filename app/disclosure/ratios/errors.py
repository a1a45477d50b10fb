"""Refusals of ratios."""

from app.kit.errors import Conflict, Invalid, NotFound


class RatiosNotBinding(NotFound):
    """No provisions on ratios are about this year."""

    title_zh = "该年度没有适用的支出与费用比例规定"


class RatioYearOpen(Conflict):
    """The year's books are not closed yet; until then only the organization's own people read its ratios."""

    title_zh = "该年度账簿尚未结账，结账前仅本机构工作人员可查看"


class ExceptionUnfit(Invalid):
    """The year's provisions know no such ground, it is named twice, or the organization is too old for it."""

    title_zh = "该年度规定没有此项例外情形、重复填报，或机构成立已满一年"
