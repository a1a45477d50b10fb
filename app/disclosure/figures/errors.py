"""Refusals of figures."""

from app.kit.errors import Invalid


class YearAhead(Invalid):
    """The year has not begun."""

    title_zh = "该年度尚未开始"
