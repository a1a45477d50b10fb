"""Refusals of disclosure."""

from app.kit.errors import Conflict, Invalid, NotFound


class GiftNotFound(NotFound):
    """No gift is known by this code, or by this number and amount."""

    title_zh = "未找到该捐赠，请核对查询码，或平台、订单号与金额"


class DatasetNotFound(NotFound):
    """There is no dataset of this name; the data dictionary lists them."""

    title_zh = "没有此名称的数据集，请查阅数据字典"


class ProjectNotPublic(NotFound):
    """No project of this code is known to the public: there is none, or it has not been approved."""

    title_zh = "没有此编号的公开项目"


class SpanUnfit(Invalid):
    """The days end before they begin, or are too many for one answer."""

    title_zh = "日期区间颠倒或过长"


class StatementsOpen(Conflict):
    """The books of this time are not closed, so there are no statements of it yet."""

    title_zh = "该期间账簿尚未结账，暂无报表"
