"""Refusals of onboarding."""

from app.kit.errors import Conflict, Invalid


class OnboardedAlready(Conflict):
    """The organization went live with another workbook already."""

    title_zh = "该机构已用另一份文件完成上线"


class WorkbookTooLarge(Invalid):
    """The workbook holds more lines than can be taken at once."""

    title_zh = "工作簿行数过多"
