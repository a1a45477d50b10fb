"""Refusals of audit."""

from app.kit.errors import NotFound


class IndexNotSigned(NotFound):
    """No signed checkpoint reaches this index yet."""

    title_zh = "尚无已签名的检查点到达该序号"
