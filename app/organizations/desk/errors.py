"""Refusals of handovers."""

from app.kit.errors import Conflict, Invalid


class HandoverDrafted(Conflict):
    """There is a list already by which this person hands over here."""

    title_zh = "该人员已有一份待签的交接清单"


class HandoverEnded(Conflict):
    """This handover was carried out or cancelled already."""

    title_zh = "该交接已执行或已取消"


class HandoverOutdated(Conflict):
    """The list is not what this person has in hand now; make another."""

    title_zh = "交接清单与该人员目前经手事项不符，请重新制作"


class HandoverUnsigned(Conflict):
    """Not everybody whom the handover concerns has signed it."""

    title_zh = "交接清单尚未由全部有关人员签字"


class SuccessorUnfit(Invalid):
    """Who takes over is another person with an open account."""

    title_zh = "接手人须为账号有效的其他人员"
