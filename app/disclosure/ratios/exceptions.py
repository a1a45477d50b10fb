"""Exceptions: grounds on which administration may cost more, told to authority and public (ZC 14)."""

import enum
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from app.disclosure import names
from app.disclosure.governance.errors import HappenedAhead
from app.disclosure.governance.years import versions
from app.disclosure.models import ExceptionReport
from app.disclosure.ratios.errors import ExceptionUnfit, RatiosNotBinding
from app.disclosure.rules import ratios as law_of
from app.disclosure.rules.ratios import CostException, RatioLaw
from app.kit.calendars.terms import MONTHS_A_YEAR, months_after
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.kit.facts import fact
from app.organizations.models import Organization

YOUNG = "young"


class Applies(enum.StrEnum):
    """Whether an exception applies; the books do not tell of every one."""

    yes = "yes"
    no = "no"
    not_told = "not_told"


@fact(kw_only=True)
class Ground:
    """A ground that the law names: whether it applies, and its explanation if it is claimed."""

    exception: CostException
    applies: Applies
    explanation: str | None = None


async def report(session: WriteSession, organization: Organization, said: ExceptionReport) -> ExceptionReport:
    """Record on which grounds costs of a year were above their cap, as the authority was told.

    Said again, the later version counts; without a line nothing is claimed any more. Raises HappenedAhead,
    RatiosNotBinding, and ExceptionUnfit for a ground that the year's provisions do not name, or that the
    organization is too old for.
    """
    if said.year > today().year or said.reported_on > today():
        raise HappenedAhead(year=said.year, day=said.reported_on)
    law = law_of.of(said.year)
    if law is None:
        raise RatiosNotBinding(year=said.year)
    claimed = [str(line["exception_id"]) for line in said.lines]
    known = {one.id for one in law.exceptions}
    old = YOUNG in claimed and _young(organization, said.year) is Applies.no
    if old or len(set(claimed)) < len(claimed) or not known >= set(claimed):
        raise ExceptionUnfit(known=sorted(known), founded_on=organization.founded_on)
    return await versions.add(session, said)


async def claimed(session: ReadSession, organization_id: UUID, year: int) -> ExceptionReport | None:
    """Return what was told last of a year's costs; None where no ground is claimed."""
    last = await versions.latest(session, ExceptionReport, organization_id, year)
    return last if last is not None and last.lines else None


def grounds(
    law: RatioLaw, organization: Organization, year: int, reported: ExceptionReport | None
) -> Sequence[Ground]:
    """Return every ground that the law names, and whether it applies: claimed, or as the founding tells.

    Whether costs rose suddenly is for people to say: the law names no figure for it.
    """
    said = {line["exception_id"]: str(line["explanation"]) for line in reported.lines} if reported else {}
    return [
        Ground(
            exception=one,
            applies=Applies.yes if one.id in said else _applies(one, organization, year),
            # What staff write for everybody: a person's number gets into it by mistake.
            explanation=names.without_contacts(said[one.id]) if one.id in said else None,
        )
        for one in law.exceptions
    ]


def _applies(one: CostException, organization: Organization, year: int) -> Applies:
    return _young(organization, year) if one.id == YOUNG else Applies.not_told


def _young(organization: Organization, year: int) -> Applies:
    if organization.founded_on is None:
        return Applies.not_told
    a_year_on = months_after(organization.founded_on, MONTHS_A_YEAR)
    return Applies.yes if date(year, 12, 31) < a_year_on else Applies.no
