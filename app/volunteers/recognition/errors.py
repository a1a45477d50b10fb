"""Refusals about certificates and stars."""

from app.kit.errors import Conflict, Invalid, NotFound


class StarRuleTaken(Conflict):
    """The organization has a rule from this day on already."""

    title_zh = "本机构已有自该日起的星级规则"


class StarHoursUnordered(Invalid):
    """Each star takes more hours than the one before."""

    title_zh = "各星级所需小时数须递增"


class NothingToCertify(Invalid):
    """There is no confirmed record to certify."""

    title_zh = "没有可出具证明的已确认记录"


class RecordsOfOthers(Conflict):
    """A certificate covers confirmed records of one organization and one person, at most 500."""

    title_zh = "证明只能包含本机构对该志愿者已确认的记录，且不超过500条"


class CertificateRevoked(Conflict):
    """The certificate has been revoked or replaced."""

    title_zh = "该证明已撤销或已更换"


class CertificateNotFound(NotFound):
    """There is no certificate with this number and this code."""

    title_zh = "没有与该编号和验证码相符的证明"


class CertificateForgotten(NotFound):
    """What this certificate said was erased with the person."""

    title_zh = "该证明内容已随个人信息删除"


class RequestOpen(Conflict):
    """A request for a certificate of this organization is open already."""

    title_zh = "已有向该机构提出的证明申请在办理中"


class RequestAnswered(Conflict):
    """This request for a certificate has been answered or withdrawn."""

    title_zh = "该证明申请已办结或已撤回"
