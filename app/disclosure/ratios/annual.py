"""Annual: an organization's ratios of a fiscal year, judged by the law of that year and of its class."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from app.disclosure import statements
from app.disclosure.figures import scopes
from app.disclosure.models import ExceptionReport
from app.disclosure.obligations.facts import Member
from app.disclosure.obligations.sources import members
from app.disclosure.ratios import exceptions, inputs, judging
from app.disclosure.ratios.errors import RatiosNotBinding, RatioYearOpen
from app.disclosure.ratios.exceptions import Ground
from app.disclosure.ratios.inputs import Inputs
from app.disclosure.ratios.judging import Ratio
from app.disclosure.rules import ratios as law_of
from app.disclosure.rules.ratios import OrganizationClass, RatioLaw, RatioMeasure
from app.kit.calendars.terms import MONTHS_A_YEAR
from app.kit.database import ReadSession
from app.kit.facts import fact
from app.ledger.balances import Basis
from app.organizations.models import LegalForm, Organization


@fact(kw_only=True)
class RatioYear:
    """A year's ratios: by which law, as which class, from what, and how they come out."""

    organization: Organization
    year: int
    as_of: date
    final: bool
    law: RatioLaw
    qualified: bool
    of: OrganizationClass | None
    inputs: Inputs
    ratios: Sequence[Ratio]
    exceptions: Sequence[Ground]
    reported: ExceptionReport | None = None
    """What was told to the authority of costs above the cap, if any ground was claimed."""

    def forecast(self) -> Sequence[Ratio]:
        """Return how they come out if the rest of the year is like what has passed of it."""
        if self.of is None:
            return ()
        so_far = self.inputs.amounts

        def whole(amount: int) -> int:
            return judging.forecast(amount, self.year, self.as_of)

        total = whole(so_far.measures[RatioMeasure.total_spending] or 0)
        amounts = replace(
            so_far,
            spending=whole(so_far.spending),
            administration=whole(so_far.administration),
            fundraising=whole(so_far.fundraising),
            measures={**so_far.measures, RatioMeasure.total_spending: total},
        )
        return judging.judge(self.law, self.of, amounts, excepted=self.reported is not None)


async def closed(session: ReadSession, organization_id: UUID, year: int) -> RatioYear:
    """Return the ratios of a closed year; raises RatioYearOpen, RatiosNotBinding, YearAhead."""
    found = await of(session, organization_id, year)
    if not found.final:
        raise RatioYearOpen(year=year)
    return found


async def published(session: ReadSession, organization: Organization, count: int) -> list[RatioYear]:
    """Return the ratios of an organization's latest closed years that provisions bind, the newest first."""
    last = await statements.closed_months(session, organization, 1)
    if not last:
        return []
    # Closed months have no gap: the latest one tells of every year before it.
    until = last[0].year if last[0].month == MONTHS_A_YEAR else last[0].year - 1
    first = organization.books_from.year
    years = [one for one in range(until, first - 1, -1) if law_of.of(one)][:count]
    if not years:
        return []
    # Read once: the years share their books, and each needs those of the three before.
    told = await inputs.read(session, organization, years)
    member = await members.of(session, organization)
    return [await _judged(session, told, member, year, final=True) for year in years]


async def of(session: ReadSession, organization_id: UUID, year: int) -> RatioYear:
    """Return the ratios of a year as far as it has come; raises RatiosNotBinding, YearAhead."""
    scope = await scopes.of(session, organization_id, Basis.entity)
    scopes.until(year)
    if law_of.of(year) is None:
        raise RatiosNotBinding(year=year)
    told = await inputs.read(session, scope.organization, [year])
    member = await members.of(session, scope.organization)
    final = await scopes.closed(session, scope, year)
    return await _judged(session, told, member, year, final=final)


async def _judged(
    session: ReadSession, told: inputs.Told, member: Member, year: int, *, final: bool
) -> RatioYear:
    law, as_of, organization = law_of.of(year), scopes.until(year), told.organization
    if law is None:
        raise RatiosNotBinding(year=year)
    found = await inputs.of(session, told, year, law)
    qualified = member.qualified(as_of)
    kind = law.class_of(
        qualified=qualified,
        foundation=organization.legal_form is LegalForm.foundation,
        net_assets_minor=found.amounts.measures[RatioMeasure.net_assets_before],
    )
    reported = await exceptions.claimed(session, organization.id, year)
    return RatioYear(
        organization=organization,
        year=year,
        as_of=as_of,
        final=final,
        law=law,
        qualified=qualified,
        of=kind,
        inputs=found,
        ratios=judging.judge(law, kind, found.amounts, excepted=reported is not None) if kind else (),
        exceptions=exceptions.grounds(law, organization, year, reported),
        reported=reported,
    )
