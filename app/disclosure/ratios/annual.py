"""Annual: an organization's ratios of a fiscal year, judged by the law of that year and of its class."""

import enum
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from app.disclosure import statements
from app.disclosure.figures import scopes
from app.disclosure.obligations.sources import members
from app.disclosure.ratios import inputs, judging
from app.disclosure.ratios.errors import RatiosNotBinding, RatioYearOpen
from app.disclosure.ratios.inputs import Inputs
from app.disclosure.ratios.judging import Ratio
from app.disclosure.rules import ratios as law_of
from app.disclosure.rules.ratios import CostException, OrganizationClass, RatioLaw, RatioMeasure
from app.kit.calendars.terms import MONTHS_A_YEAR, months_after
from app.kit.database import ReadSession
from app.kit.facts import fact
from app.ledger.balances import Basis
from app.organizations.models import LegalForm, Organization


class Applies(enum.StrEnum):
    """Whether an exception applies; the books do not tell of every one."""

    yes = "yes"
    no = "no"
    not_told = "not_told"


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
    exceptions: Sequence[tuple[CostException, Applies]]

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
        return judging.judge(self.law, self.of, amounts)


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
    years = [one for one in range(until, organization.books_from.year - 1, -1) if law_of.of(one)]
    return [await of(session, organization.id, year) for year in years[:count]]


async def of(session: ReadSession, organization_id: UUID, year: int) -> RatioYear:
    """Return the ratios of a year as far as it has come; raises RatiosNotBinding, YearAhead."""
    scope = await scopes.of(session, organization_id, Basis.entity)
    as_of, organization = scopes.until(year), scope.organization
    law = law_of.of(year)
    if law is None:
        raise RatiosNotBinding(year=year)
    found = await inputs.of(session, organization, year, law)
    member = await members.of(session, organization)
    qualified = member.qualified(as_of)
    kind = law.class_of(
        qualified=qualified,
        foundation=organization.legal_form is LegalForm.foundation,
        net_assets_minor=found.amounts.measures[RatioMeasure.net_assets_before],
    )
    return RatioYear(
        organization=organization,
        year=year,
        as_of=as_of,
        final=await scopes.closed(session, scope, year),
        law=law,
        qualified=qualified,
        of=kind,
        inputs=found,
        ratios=judging.judge(law, kind, found.amounts) if kind else (),
        exceptions=[(one, _applies(one, organization, year)) for one in law.exceptions],
    )


def _applies(one: CostException, organization: Organization, year: int) -> Applies:
    # Whether costs rose suddenly is for people to say: the law names no figure for it.
    if one.id != "young" or organization.founded_on is None:
        return Applies.not_told
    a_year_on = months_after(organization.founded_on, MONTHS_A_YEAR)
    return Applies.yes if date(year, 12, 31) < a_year_on else Applies.no
