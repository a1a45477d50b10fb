"""Refusals of the embedded server: why it can't run here."""

from app.kit.errors import Unavailable


class NoBinaries(Unavailable):
    """No PostgreSQL 15 or later was found."""

    title_zh = "未找到 PostgreSQL 15 或更高版本的程序"


class OtherMajor(Unavailable):
    """The folder holds data of another major version of PostgreSQL."""

    title_zh = "数据目录属于另一个 PostgreSQL 主版本"


class FolderUnreachable(Unavailable):
    """The database server cannot use this folder."""

    title_zh = "数据库服务无法使用该目录"


class PasswordsLost(Unavailable):
    """The folder holds a database but not the passwords to it."""

    title_zh = "目录中有数据库，但缺少其口令文件"


class DurabilityRequired(Unavailable):
    """Settings that could lose acknowledged commits are not accepted."""

    title_zh = "不接受可能丢失已确认数据的设置"


class DidNotStart(Unavailable):
    """PostgreSQL did not start."""

    title_zh = "PostgreSQL 未能启动"
