"""Refusals about notes to the statements."""

from app.kit.errors import Conflict, Forbidden, Invalid


class NoteYearAhead(Invalid):
    """Nothing is written of a year that has not begun."""

    title_zh = "该年度尚未开始，不能编写附注"


class NoteReviewed(Conflict):
    """This version was reviewed already."""

    title_zh = "该版本已复核"


class NoteOutdated(Conflict):
    """A later version of this text has been written: that one is reviewed."""

    title_zh = "该附注已有更新的版本，请复核最新版本"


class OwnNote(Forbidden):
    """Whoever wrote a text does not review it."""

    title_zh = "编写人不能复核自己编写的附注"


class NoteReasonMissing(Invalid):
    """A text that is sent back is sent back with the reason."""

    title_zh = "退回附注须说明原因"
