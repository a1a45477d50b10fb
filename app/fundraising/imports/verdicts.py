"""Verdicts: what the answer to a row means for the report."""

from collections.abc import Collection, Iterator, Sequence

from app.fundraising.gifts import Outcome, OutcomeKind
from app.fundraising.imports.bookings import Item
from app.fundraising.imports.columns import Columns
from app.fundraising.imports.fates import Fate, FateKind, Tell
from app.fundraising.imports.parts import Step
from app.fundraising.imports.reports import Report, Stop, title

Answer = Outcome | BaseException | None
"""What booking said of an item; None if it was left alone."""

_KINDS = {
    OutcomeKind.posted: FateKind.posted,
    OutcomeKind.suspense: FateKind.suspense,
    OutcomeKind.duplicate: FateKind.duplicate,
    OutcomeKind.pending: FateKind.ready,
    OutcomeKind.conflict: FateKind.rejected,
}


class Verdicts:
    """Tells and counts the fate of every row, once each and in order."""

    def __init__(self, report: Report, columns: Columns, designations: Collection[str], tell: Tell) -> None:
        self._report = report
        self._columns = columns
        self._designations = designations
        self._tell = tell
        self.broken_off = False
        self.row_count = 0

    def break_off(self, error: BaseException) -> None:
        """Note why nothing more is booked; what is committed stays, and the next run goes on from there."""
        self.broken_off = True
        self._report.stops.append(Stop.by(error))

    def pass_over(self, batch: Sequence[tuple[Step, Item | None]], answers: Sequence[Answer]) -> None:
        """Tell and count the rows of a batch."""
        left = iter(answers)
        for step, item in batch:
            fate = self._of_item(step, item, left) if item else self._of_row(step)
            self._report.count(fate)
            self.row_count += 1
            self._tell(fate)

    def _of_row(self, step: Step) -> Fate:
        fault = step.row.fault
        if fault:
            return self._fate(
                step, FateKind.rejected, column=self._columns.header_of(fault.field), reason=fault.reason
            )
        parts = self._report.parts
        repeats = parts[step.part].repeats
        same = parts[repeats].name if repeats is not None else ""
        return self._fate(step, FateKind.duplicate, reason=f"repeats {same}")

    def _of_item(self, step: Step, item: Item, left: Iterator[Answer]) -> Fate:
        answer = next(left)
        if item.gift is None:
            return self._fate(step, FateKind.suspect, reason=f"equal to a row of {self._other(item)}")
        if answer is None or (self.broken_off and not isinstance(answer, Outcome)):
            return self._fate(step, FateKind.ready, reason="not reached")
        if not isinstance(answer, Outcome):
            return self._fate(step, FateKind.rejected, reason=title(answer))
        kind = _KINDS[answer.kind]
        column, reason = None, None
        if kind is FateKind.suspense:
            unknown = step.row.designation is not None and step.row.designation not in self._designations
            column = self._columns.header_of("designation" if unknown else "donated_on")
            reason = "no such designation" if unknown else "the campaign was not open then"
        if answer.refusal:
            column = self._columns.header_of("number") if step.row.number else None
            reason = title(answer.refusal)
        return self._fate(step, kind, column=column, reason=reason, answer=answer)

    def _other(self, item: Item) -> str:
        overlaps = self._report.parts[item.step.part].overlaps
        return next(one.with_name for one in overlaps if one.other == item.remembered.suspected_of)

    def _fate(
        self,
        step: Step,
        kind: FateKind,
        *,
        column: str | None = None,
        reason: str | None = None,
        answer: Outcome | None = None,
    ) -> Fate:
        return Fate(
            part=step.part,
            line=step.row.line,
            row_number=step.row_number,
            kind=kind,
            amount=step.row.amount or 0,
            column=column,
            reason=reason,
            donation_id=answer.donation_id if answer else None,
        )
