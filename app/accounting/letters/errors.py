"""Refusals of letters."""

from app.kit.errors import Conflict, Invalid, NotFound


class LetterNotFound(NotFound):
    """There is no such letter, or no such version of it."""

    title_zh = "文书模板或其版本不存在"


class MergeFieldUnknown(Invalid):
    """The text asks for a field that there is not."""

    title_zh = "文书含有未知的合并字段"


class MergeFieldsUnequal(Invalid):
    """The values given are not exactly those that the text asks for."""

    title_zh = "所填字段与文书要求不一致"


class LetterWrittenMeanwhile(Conflict):
    """Somebody else wrote a version of this letter at the same moment; read it first."""

    title_zh = "他人刚刚保存了该文书的新版本，请重新读取"
