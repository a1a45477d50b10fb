"""Refusals about being named."""

from app.kit.errors import Conflict, Invalid


class NamedAlready(Conflict):
    """They agree to be named already, or are named anyway."""

    title_zh = "该人员已同意公开，或本来就公开"


class NamingDayWrong(Invalid):
    """What was said lies in the future, or before what they said last."""

    title_zh = "告知日期尚未到来，或早于最近一次表示"
