"""Headings: what the notes must say that is in no book, with how sure we are that a text asks for it.

民间非营利组织会计制度 88 lists twenty items. What of them is read here names assets at a nominal amount and
gifts of services (A1); the others stand as the system of 2004 had them, in its order, as remembered (B). That
changes of policies, and contingencies, are headings of their own, is ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.disclosure.models import NoteHeading
from app.disclosure.rules.law import Mark

H = NoteHeading
ARTICLE = "民间非营利组织会计制度 第八十八条"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the notes, as it is printed."""

    code: NoteHeading
    title_zh: str
    title: str
    mark: Mark


HEADINGS: Sequence[Heading] = (
    Heading(H.policies, "重要会计政策和会计估计", "Accounting policies and estimates", Mark.b),
    Heading(
        H.policy_changes,
        "会计政策、会计估计变更和差错更正",
        "Changes of policies and estimates, and corrected errors",
        Mark.b,
    ),
    Heading(H.impairments, "重大资产减值情况", "Major impairments of assets", Mark.b),
    Heading(H.nominal_assets, "以名义金额计量的资产", "Assets at a nominal amount", Mark.a1),
    Heading(H.commitments, "对外承诺事项", "Commitments", Mark.b),
    Heading(H.contingencies, "或有事项", "Contingencies", Mark.b),
    Heading(H.unvalued_services, "未入账的服务捐赠", "Gifts of services that are not in the books", Mark.a1),
    Heading(H.later_events, "资产负债表日后事项", "Events after the balance sheet date", Mark.b),
    Heading(H.other, "其他需要说明的事项", "Whatever else helps to understand the statements", Mark.b),
)
"""Every heading, in the order of the notes. Where there is nothing to tell, that is what is written: 无."""
