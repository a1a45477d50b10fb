"""Refusals of retention."""

from app.kit.errors import Conflict, Invalid


class NothingToHold(Invalid):
    """No daily round erases records of this kind: there is nothing to hold."""

    title_zh = "该类记录不会自动删除，无须留存"


class HoldReleased(Conflict):
    """This hold has been released already."""

    title_zh = "该留存已解除"
