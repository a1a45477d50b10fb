"""Refusals of briefs."""

from app.kit.errors import Invalid


class BriefSpanUnfit(Invalid):
    """The brief's days are missing, reversed, still to come, or too many."""

    title_zh = "简报日期缺失、颠倒、尚未到来或跨度过长"
