"""Clock: by when a complaint is to be answered. No law says; it is what the organization promises (C)."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from app.disclosure.models import Complaint
from app.disclosure.rules import workdays
from app.disclosure.rules.law import Mark
from app.kit.clock import legal_day
from app.kit.database import ReadSession

CLOCK = "complaint_clock"
"""Under this name the promise of this installation lies in `session.info`."""

MARK = Mark.c
"""Article 108 has authorities look into complaints, and names no days for the organization."""


@dataclass(frozen=True, slots=True)
class Promise:
    """Within how many worked days complaints are answered; None promises nothing."""

    working_days: int | None = 15

    def due(self, received_on: date) -> date | None:
        """Return the last day for what was received on a day."""
        return None if self.working_days is None else workdays.after(received_on, self.working_days)


def is_late(complaint: Complaint, day: date) -> bool:
    """Return whether a complaint was not answered, or closed without an answer, by its last day.

    What was answered late stays late; what waits is late from the day after.
    """
    settled = complaint.answered_at or complaint.closed_at
    until = day if settled is None else legal_day(settled)
    return complaint.due_on is not None and complaint.due_on < until


def of(session: ReadSession) -> Promise:
    """Return the promise of this installation."""
    return cast("Promise", session.info.get(CLOCK, Promise()))
