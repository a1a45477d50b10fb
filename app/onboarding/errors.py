"""Refusals of onboarding."""

from app.kit.errors import Conflict, Invalid


class OnboardedAlready(Conflict):
    """The organization went live with another workbook already."""

    title_zh = "该机构已用另一份文件完成上线"


class ArrivedTooMuch(Conflict):
    """More arrived than was still on its way."""

    title_zh = "到账金额超过尚未到账的在途金额"


class ArrivedOutOfTime(Invalid):
    """What was on its way when the books went live arrives from that day on, and not ahead of today."""

    title_zh = "到账日期须不早于上线日期，且不得晚于今天"


class WorkbookTooLarge(Invalid):
    """The workbook holds more lines than can be taken at once."""

    title_zh = "工作簿行数过多"
