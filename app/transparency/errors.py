"""What the public log refuses."""

from app.kit.errors import Conflict, NotFound


class LogNotBegun(NotFound):
    """There is no public log of this name yet."""

    title_zh = "公开日志尚未建立"


class LeafNotProven(NotFound):
    """No signed checkpoint holds this leaf yet."""

    title_zh = "尚无已签名的检查点包含该条目"


class TileNotPublished(NotFound):
    """No published checkpoint has such a tile."""

    title_zh = "已发布的检查点中没有该数据块"


class HeadMoved(Conflict):
    """Another sealer has moved the log's head meanwhile."""

    title_zh = "日志头已被另一封存进程推进"


class LogGoesOn(Conflict):
    """The log goes on under another origin."""

    title_zh = "日志已在另一名称下延续"
