"""Judging: a year's amounts held against the law of their class; pure arithmetic in whole fen."""

import enum
from collections.abc import Mapping, Sequence
from datetime import date

from app.disclosure.rules.law import Mark
from app.disclosure.rules.ratios import PER_MILLE, OrganizationClass, RatioLaw, RatioMeasure
from app.kit.facts import fact


class RatioId(enum.StrEnum):
    """What is held against a limit."""

    charitable_spending = "charitable_spending"
    administration = "administration"
    fundraising_cost = "fundraising_cost"


class RatioVerdict(enum.StrEnum):
    """Whether a limit is kept; `exempt` where it does not apply, `unknown` where its base is not known.

    `excepted`: it is not kept, on a ground that the law names and that was told to the authority.
    """

    kept = "kept"
    missed = "missed"
    excepted = "excepted"
    exempt = "exempt"
    unknown = "unknown"


@fact(kw_only=True)
class Amounts:
    """A year in fen: what was spent and cost, and the measures; None where the books do not reach back.

    Not `whole` if the books began in its midst: then nothing of it can be judged. Not `followed` if more of
    what was passed on may have arrived than was found.
    """

    spending: int
    administration: int
    fundraising: int
    measures: Mapping[RatioMeasure, int | None]
    averages: Mapping[RatioMeasure, int | None]
    """Of the three years before, which may be taken instead (ZC 11)."""
    whole: bool = True
    followed: bool = True


@fact(kw_only=True)
class Ratio:
    """An amount against its limit. `limit` is that by the base that suits it best, if there are two."""

    id: RatioId
    article: str
    mark: Mark
    at_least: bool
    per_mille: int
    measure: RatioMeasure
    amount: int
    measure_amount: int | None
    average_amount: int | None
    limit: int | None
    verdict: RatioVerdict

    @property
    def actual_per_mille(self) -> int | None:
        """Return the share in thousandths, half up; None without a measure."""
        if not self.measure_amount or self.measure_amount < 0:
            return None
        return (2 * PER_MILLE * self.amount + self.measure_amount) // (2 * self.measure_amount)

    @property
    def left(self) -> int | None:
        """Return what must still be spent, or may still cost; below zero what is over the limit."""
        return None if self.limit is None else self.limit - self.amount


def judge(law: RatioLaw, of: OrganizationClass, amounts: Amounts, *, excepted: bool = False) -> list[Ratio]:
    """Return every ratio that binds a class, each with its verdict.

    Administration may cost more where it is `excepted`: on a ground that was told to the authority (ZC 14).
    """
    found = [
        _held(
            (RatioId.charitable_spending, of.article, of.mark),
            amounts.spending,
            (share.measure, share.per_mille),
            amounts,
            at_least=True,
        )
        for share in of.spending
    ]
    exempt = amounts.administration < law.administration_exemption.below_minor
    found.append(
        _held(
            (RatioId.administration, of.article, of.mark),
            amounts.administration,
            (RatioMeasure.total_spending, of.administration_per_mille),
            amounts,
            leave=RatioVerdict.exempt if exempt else RatioVerdict.excepted if excepted else None,
        )
    )
    if (cap := law.fundraising_cap) is not None:
        found.append(
            _held(
                (RatioId.fundraising_cost, cap.article, cap.mark),
                amounts.fundraising,
                (RatioMeasure.donations_average, cap.per_mille),
                amounts,
            )
        )
    return found


def _held(
    named: tuple[RatioId, str, Mark],
    amount: int,
    share: tuple[RatioMeasure, int],
    amounts: Amounts,
    *,
    at_least: bool = False,
    leave: RatioVerdict | None = None,
) -> Ratio:
    measure, per_mille = share
    own, average = amounts.measures.get(measure), amounts.averages.get(measure)
    known = [one for one in (own, average) if one is not None]
    # Of what must be spent a fen more is due than a part of it, of what may be spent none.
    limits = [-(-one * per_mille // PER_MILLE) if at_least else one * per_mille // PER_MILLE for one in known]
    limit = (min(limits) if at_least else max(limits)) if limits else None
    return Ratio(
        id=named[0],
        article=named[1],
        mark=named[2],
        at_least=at_least,
        per_mille=per_mille,
        measure=measure,
        amount=amount,
        measure_amount=own,
        average_amount=average,
        limit=limit,
        verdict=_verdict(amount, limit, amounts, at_least=at_least, leave=leave),
    )


def _verdict(
    amount: int, limit: int | None, amounts: Amounts, *, at_least: bool, leave: RatioVerdict | None
) -> RatioVerdict:
    if not amounts.whole:
        return RatioVerdict.unknown
    if leave is RatioVerdict.exempt:
        return leave
    if limit is None:
        return RatioVerdict.unknown
    if amount >= limit if at_least else amount <= limit:
        return RatioVerdict.kept
    # What was not followed to its end may have been enough.
    if at_least and not amounts.followed:
        return RatioVerdict.unknown
    return leave or RatioVerdict.missed


def forecast(amount: int, year: int, as_of: date) -> int:
    """Return what an amount comes to by the year's end if it goes on as until a day, half up."""
    first = date(year, 1, 1)
    passed, whole = (as_of - first).days + 1, (date(year + 1, 1, 1) - first).days
    return (2 * amount * whole + passed) // (2 * passed)


def mean(values: Sequence[int | None], count: int) -> int | None:
    """Return the average of so many years, half up; None unless all of them are known."""
    known = [one for one in values if one is not None]
    if len(known) < count:
        return None
    return (2 * sum(known) + count) // (2 * count)
