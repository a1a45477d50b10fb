"""What the public log refuses, and why a head is not signed."""

from app.kit.errors import Conflict, NotFound, Unavailable


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


class LogRolledBack(Conflict):
    """The log is shorter than what was signed before: the database was put back to an earlier day."""

    title_zh = "日志短于已签名的版本：数据库被恢复到更早的状态"


class HistoryRewritten(Conflict):
    """The log does not continue what was signed before: its history was rewritten."""

    title_zh = "日志与已签名的版本不相接续：历史被改写"


class FileExposed(Unavailable):
    """A file that only the signer may read can be read by others."""

    title_zh = "签名文件的权限过宽，他人可读"


class KeyMissing(Unavailable):
    """There is no key that signs the log."""

    title_zh = "没有可用于签署日志的密钥"


class MemoryMissing(Unavailable):
    """Nothing remembers what was signed last."""

    title_zh = "缺少最近一次签名的记录"
