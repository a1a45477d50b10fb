"""Refusals of impact assessments."""

from app.kit.errors import Conflict, Forbidden, Invalid


class AssessmentReviewed(Conflict):
    """This assessment was reviewed already, or a later one has taken its place."""

    title_zh = "该评估已复核，或已被新的评估取代"


class OwnAssessment(Forbidden):
    """Whoever wrote an assessment does not review it."""

    title_zh = "评估人不能自行复核"


class AssessmentAhead(Invalid):
    """An assessment was made today or before."""

    title_zh = "评估日期不能晚于今天"
