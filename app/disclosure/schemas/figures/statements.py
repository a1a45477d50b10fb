"""What the public reads of an organization's statements, as JSON."""

from collections.abc import Sequence
from typing import Self

from pydantic import BaseModel, ConfigDict

from app.accounting.schemas.book_examples import STATEMENT
from app.accounting.schemas.statements import StatementOut
from app.disclosure.schemas.figures import examples
from app.disclosure.schemas.figures.annual import FiguresAboutOut
from app.kit.fields import shown
from app.ledger.statements.papers import Paper
from app.organizations.models import Organization


class PublicStatementsOut(BaseModel):
    """The three statements of a closed month or year, on the form of the chart that was in force."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {"organization": examples.ABOUT, "period": "2026-05", "statements": [STATEMENT]}
        )
    )

    organization: FiguresAboutOut
    period: str
    statements: list[StatementOut]

    @classmethod
    def of(cls, organization: Organization, papers: Sequence[Paper]) -> Self:
        """Return statements as JSON shows them."""
        return cls(
            organization=FiguresAboutOut.about(organization),
            period=str(papers[0].term),
            statements=[StatementOut.of(organization, paper) for paper in papers],
        )
