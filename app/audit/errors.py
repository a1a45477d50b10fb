"""Refusals of audit."""

from app.kit.errors import Forbidden, NotFound


class OutsideMandate(Forbidden):
    """Your mandate does not cover these years."""

    title_zh = "委托范围不包括该年度"


class IndexNotSigned(NotFound):
    """No signed checkpoint reaches this index yet."""

    title_zh = "尚无已签名的检查点到达该序号"
