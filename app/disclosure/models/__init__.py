"""Tables of disclosure."""

from app.disclosure.models.obligations import (
    DisclosureThreshold,
    Obligation,
    ObligationFiling,
    ObligationOverride,
    ObligationReminder,
    ObligationRound,
    OverrideKind,
    SubjectKind,
)

__all__ = [
    "DisclosureThreshold",
    "Obligation",
    "ObligationFiling",
    "ObligationOverride",
    "ObligationReminder",
    "ObligationRound",
    "OverrideKind",
    "SubjectKind",
]
