"""Refusals of imports."""

from app.kit.errors import Conflict, Invalid


class ColumnNotFound(Invalid):
    """The file has no such column."""

    title_zh = "文件中没有此列"


class ColumnAmbiguous(Invalid):
    """More than one column could be meant; say which one."""

    title_zh = "有多列含义相同，请指明使用哪一列"


class FieldUnknown(Invalid):
    """Rows have no such field."""

    title_zh = "没有此字段"


class FileChanged(Conflict):
    """The file was changed while it was being read."""

    title_zh = "读取过程中文件内容被改动"


class OverlapAppeared(Conflict):
    """Another import has just brought in rows equal to some of these; run it again."""

    title_zh = "另一次导入刚刚写入了相同的记录，请重新运行"
