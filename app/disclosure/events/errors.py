"""Refusals of events."""

from app.kit.errors import Conflict, Forbidden, Invalid, NotFound


class EventCodeTaken(Conflict):
    """The organization has an event or an initiative with this code."""

    title_zh = "该机构已有此代码的活动或专题"


class EventTimesReversed(Invalid):
    """An event ends after it begins, and its sessions lie within it."""

    title_zh = "活动时间颠倒，或环节不在活动时间内"


class EventNotDraft(Conflict):
    """The event has been published or called off."""

    title_zh = "该活动已发布或已取消"


class EventNotOpen(Conflict):
    """The event takes no sign-ups: it is not published, is over, or staff write down who comes."""

    title_zh = "该活动未开放报名或已结束"


class EventFull(Conflict):
    """All seats are taken."""

    title_zh = "名额已满"


class SeatsTaken(Conflict):
    """More seats are taken than that."""

    title_zh = "已报名人数超过该名额"


class TicketUnknown(NotFound):
    """No seat of this event has this ticket."""

    title_zh = "未找到该报名，请核对报名码"


class SeatGivenBack(Conflict):
    """The seat has been given back."""

    title_zh = "该报名已取消"


class SignedInAlready(Conflict):
    """They are signed in already."""

    title_zh = "已签到"


class SignInEarly(Conflict):
    """Signing in begins two hours before the event and ends with it."""

    title_zh = "不在签到时间内"


class SignInCodeInvalid(Forbidden):
    """The code shown at the place is another event's, or no longer good."""

    title_zh = "签到码无效或已过期"


class SpeakerSilent(Conflict):
    """They have not agreed to be named, or have said so already."""

    title_zh = "该嘉宾未同意公开，或已撤回"


class MaterialNotPublic(Invalid):
    """Materials are files uploaded for everybody."""

    title_zh = "活动资料须以公开文件上传"
