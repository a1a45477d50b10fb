"""Ratios as JSON."""

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.ratios.annual import RatioYear
from app.disclosure.ratios.exceptions import Applies
from app.disclosure.ratios.inputs import RatioInput
from app.disclosure.ratios.judging import Ratio, RatioId, RatioVerdict
from app.disclosure.rules.law import Mark
from app.disclosure.rules.ratios import RatioMeasure
from app.disclosure.schemas.figures import examples
from app.disclosure.schemas.figures.annual import FiguresAboutOut
from app.kit.fields import MoneyOut, shown


def _money(minor: int | None) -> MoneyOut | None:
    return None if minor is None else MoneyOut.of(minor)


class RatioOut(BaseModel):
    """An amount against its limit, by one rule."""

    id: RatioId
    article: str
    mark: Mark = Field(description="A and A1: the text was read; B: remembered or our reading.")
    at_least: bool = Field(description="Whether the limit is the least, or the most.")
    limit_per_mille: int
    measure: RatioMeasure
    measure_amount: MoneyOut | None = Field(description="Null where the books do not reach back so far.")
    average_amount: MoneyOut | None = Field(description="Of three years, which may be taken instead.")
    amount: MoneyOut
    actual_per_mille: int | None
    limit_amount: MoneyOut | None = Field(description="By the base that suits it best, if there are two.")
    left: MoneyOut | None = Field(
        description="What must still be spent, or may still cost; below zero what is beyond the limit."
    )
    verdict: RatioVerdict

    @classmethod
    def of(cls, ratio: Ratio) -> Self:
        """Return a ratio as JSON shows it."""
        return cls(
            id=ratio.id,
            article=ratio.article,
            mark=ratio.mark,
            at_least=ratio.at_least,
            limit_per_mille=ratio.per_mille,
            measure=ratio.measure,
            measure_amount=_money(ratio.measure_amount),
            average_amount=_money(ratio.average_amount),
            amount=MoneyOut.of(ratio.amount),
            actual_per_mille=ratio.actual_per_mille,
            limit_amount=_money(ratio.limit),
            left=_money(ratio.left),
            verdict=ratio.verdict,
        )


class RatioClassOut(BaseModel):
    """The class of organizations by which one is judged."""

    id: str
    title: str
    title_zh: str
    article: str
    mark: Mark


class RatioExceptionOut(BaseModel):
    """A ground on which administration may cost more; it is reported to the authority, and published."""

    id: str
    title: str
    title_zh: str
    article: str
    mark: Mark
    applies: Applies
    explanation: str | None = Field(description="How the organization explains it, if it claims it.")


class RatioMadeOut(BaseModel):
    """One of the amounts that ratios are reckoned from."""

    key: RatioInput
    amount: MoneyOut


class RatiosOut(BaseModel):
    """A year's ratios, with the version of the provisions, the class, and what they are reckoned from."""

    model_config = ConfigDict(json_schema_extra=shown(examples.RATIOS))

    organization: FiguresAboutOut
    year: int
    as_of: date
    final: bool
    regulation: str
    regulation_title: str
    regulation_title_zh: str
    regulation_number: str
    last_mile: bool = Field(description="Whether what is passed on counts only when it has arrived.")
    qualified: bool = Field(description="Whether it held a certificate for public fundraising at the end.")
    organization_class: RatioClassOut | None = Field(
        description="Null where the size by which it goes is not known: then nothing is judged."
    )
    ratios: list[RatioOut]
    made_of: list[RatioMadeOut]
    complete: bool = Field(description="Whether all money that was passed on could be followed to its end.")
    exceptions: list[RatioExceptionOut]
    exceptions_reported_on: date | None = Field(
        description="When the authority was told of the grounds that are claimed; null if none is."
    )
    exceptions_reported_to: str | None

    @classmethod
    def of(cls, told: RatioYear) -> Self:
        """Return a year's ratios as JSON shows them."""
        return cls.model_validate(facts(told))


class RatioForecastOut(RatiosOut):
    """A running year's ratios so far, and how they come out if the rest of it is like what has passed."""

    model_config = ConfigDict(json_schema_extra=shown(examples.RATIO_FORECAST))

    forecast: list[RatioOut]

    @classmethod
    def of(cls, told: RatioYear) -> Self:
        """Return a running year's ratios as JSON shows them."""
        return cls.model_validate(facts(told) | {"forecast": [RatioOut.of(one) for one in told.forecast()]})


def facts(told: RatioYear) -> dict[str, object]:
    """Return what both answers say."""
    text, kind = told.law.regulation, told.of
    return {
        "organization": FiguresAboutOut.about(told.organization),
        "year": told.year,
        "as_of": told.as_of,
        "final": told.final,
        "regulation": text.code,
        "regulation_title": text.title,
        "regulation_title_zh": text.title_zh,
        "regulation_number": text.number,
        "last_mile": told.law.last_mile,
        "qualified": told.qualified,
        "organization_class": kind
        and RatioClassOut(
            id=kind.id, title=kind.title, title_zh=kind.title_zh, article=kind.article, mark=kind.mark
        ),
        "ratios": [RatioOut.of(one) for one in told.ratios],
        "made_of": [
            RatioMadeOut(key=key, amount=MoneyOut.of(amount)) for key, amount in told.inputs.made.items()
        ],
        "complete": told.inputs.complete,
        "exceptions": [
            RatioExceptionOut(
                id=one.exception.id,
                title=one.exception.title,
                title_zh=one.exception.title_zh,
                article=one.exception.article,
                mark=one.exception.mark,
                applies=one.applies,
                explanation=one.explanation,
            )
            for one in told.exceptions
        ],
        "exceptions_reported_on": told.reported and told.reported.reported_on,
        "exceptions_reported_to": told.reported and told.reported.authority,
    }
