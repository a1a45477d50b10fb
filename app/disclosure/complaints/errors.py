"""Refusals of complaints."""

from app.kit.errors import Conflict, Invalid, NotFound


class ComplaintNotFound(NotFound):
    """No complaint is known by this code."""

    title_zh = "未找到该投诉，请核对查询码"


class ComplaintSubjectUnknown(Invalid):
    """The organization has nothing public under this code."""

    title_zh = "该机构没有此代码的公开事项"


class ComplaintClosed(Conflict):
    """The complaint is closed."""

    title_zh = "该投诉已办结"


class ComplaintNotAnswered(Conflict):
    """Whether a complaint is justified is said after it was answered."""

    title_zh = "投诉尚未答复，不能认定结果"


class AssigneeUnfit(Conflict):
    """This person may not look into the complaint: they hold no such role, or it is about them."""

    title_zh = "该人员无权办理此投诉，或应当回避"


class ComplaintForgotten(Conflict):
    """The words of this complaint are no longer kept."""

    title_zh = "该投诉的内容已按期限删除"
