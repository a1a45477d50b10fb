"""Refusals of publications."""

from app.kit.errors import Conflict, Forbidden, Invalid, NotFound


class PublicationNotFound(NotFound):
    """There is no such publication."""

    title_zh = "没有该公开信息"


class SubjectUnfit(Invalid):
    """This kind of publication is about something else, or about something that never asks the public."""

    title_zh = "所选对象不适用于该类公开信息"


class PeriodUnfit(Invalid):
    """The period is not one that this kind of publication can be about."""

    title_zh = "期间不适用于该类公开信息"


class DraftThere(Conflict):
    """There is a draft of this for the same period already."""

    title_zh = "同一事项、同一期间已有草稿"


class PublishedAlready(Conflict):
    """This has been published for the same period: a correction says what is different now."""

    title_zh = "同一事项、同一期间已经公开；如有变化请发布更正"


class DraftOver(Conflict):
    """The draft has been published or withdrawn."""

    title_zh = "该草稿已公开或已撤销"


class DraftNotReviewed(Conflict):
    """Another person has not approved the draft as it is now."""

    title_zh = "该草稿尚未经他人复核"


class DraftOutdated(Conflict):
    """Somebody who stands in the draft's lists hides their amount by now: it has to be compiled anew."""

    title_zh = "草稿编制后有捐赠人选择不公开金额，请重新编制"


class DraftReviewed(Conflict):
    """The draft has been approved already."""

    title_zh = "该草稿已复核"


class ReviewerCompiled(Forbidden):
    """Whoever began or compiled a draft does not review it: another person does."""

    title_zh = "编制人不能复核自己的草稿，应由他人复核"


class ReviewerNotAPerson(Forbidden):
    """A review is a person's: a machine's key can't give it."""

    title_zh = "复核须由人员作出，不能以密钥作出"


class PublicationCorrected(Conflict):
    """This publication has been corrected: the latest one is corrected in its turn."""

    title_zh = "该公开信息已被更正，请就最新一版提出更正"


class NothingDiffers(Conflict):
    """Today's books say the same: there is nothing to correct."""

    title_zh = "与现账一致，无须更正"
