"""Refusals of populations."""

from app.kit.errors import Invalid


class RegionElsewhere(Invalid):
    """The region lies outside the organization's own."""

    title_zh = "该行政区划不在本机构所在区域内"


class CountAhead(Invalid):
    """Nobody has counted the people of a day that has not come."""

    title_zh = "人口时点不能晚于今天"
