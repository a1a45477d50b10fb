"""Refusals about who somebody is and where they belong."""

from app.kit.errors import Conflict, Forbidden, Invalid, NotFound, Unauthenticated


class TeamCodeTaken(Conflict):
    """The organization has a team of this code already."""

    title_zh = "本机构已有同代码的志愿服务队"


class TeamDissolved(Conflict):
    """The team has been dissolved."""

    title_zh = "该志愿服务队已解散"


class TeamParentInvalid(Invalid):
    """A team stands below another team of its organization, which is not below itself."""

    title_zh = "上级服务队须属同一机构，且不能是本队或其下级"


class TeamHasFund(Conflict):
    """The team has a named fund already, or the fund belongs to another team."""

    title_zh = "该服务队已设立微星基金，或该基金已属其他服务队"


class FundOfAnotherOrganization(Invalid):
    """The fund is not one of the team's organization."""

    title_zh = "该基金不属于服务队所在机构"


class MemberAlready(Conflict):
    """The volunteer is a member of this team already, or has asked to be."""

    title_zh = "该志愿者已是本队成员或已申请加入"


class MembershipEnded(Conflict):
    """The membership has ended."""

    title_zh = "队员关系已结束"


class MembershipNotAsked(Conflict):
    """The membership does not wait for an answer."""

    title_zh = "该申请不在待批状态"


class NotTheLeader(NotFound):
    """There is no such team that you lead."""

    title_zh = "您没有带领该服务队"


class LeavesBeforeJoining(Invalid):
    """The membership would end before it began."""

    title_zh = "退出日期早于加入日期"


class TeamFundCodeTaken(Conflict):
    """The organization has a fund of this code; name that one, or choose another code."""

    title_zh = "本机构已有同代码的基金，请直接指定该基金或更换代码"


class DissolvedBeforeFounded(Invalid):
    """The team would be dissolved before it was founded."""

    title_zh = "解散日期早于成立日期"


class IdentityDiffers(Conflict):
    """This document is registered under another name or telephone number."""

    title_zh = "该证件已登记，但姓名或电话与登记不符"


class IdentityUnchecked(Conflict):
    """Nobody has compared this volunteer with the document yet."""

    title_zh = "该志愿者尚未完成实名核验"


class VolunteerErased(Conflict):
    """This volunteer has been erased; only their hours remain, in totals."""

    title_zh = "该志愿者信息已删除，仅保留服务时长统计"


class NotAVolunteer(Forbidden):
    """This door is for volunteers who have signed in."""

    title_zh = "此入口仅供已登录的志愿者使用"


class SeveralVolunteers(Forbidden):
    """Several volunteers have this telephone; sign in with a volunteer's number instead."""

    title_zh = "该手机号登记了多名志愿者，请改用志愿者编号登录"


class CodeWrong(Unauthenticated):
    """The code is wrong, was used, or is older than ten minutes."""

    title_zh = "验证码错误、已使用或已过期"


class NationalNumberTaken(Conflict):
    """Another volunteer has this number of the national system."""

    title_zh = "该全国志愿者编号已属他人"
