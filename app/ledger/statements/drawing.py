"""Drawing: any of the three statements by its name, on the form of the chart that was in force."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from app.kit.database import ReadSession
from app.ledger.statements import activities, balance_sheets, cash_flows
from app.ledger.statements.forms import Form, Name
from app.ledger.statements.papers import Paper
from app.ledger.statements.registry import FORMS
from app.ledger.statements.terms import Term

Draw = Callable[[ReadSession, UUID, Form, Term], Awaitable[Paper]]
_DRAWN: dict[Name, Draw] = {
    Name.balance_sheet: balance_sheets.draw,
    Name.activities: activities.draw,
    Name.cash_flow: cash_flows.draw,
}


async def draw(session: ReadSession, organization_id: UUID, chart: str, name: Name, term: Term) -> Paper:
    """Return a statement of one organization for a month or a year."""
    return await _DRAWN[name](session, organization_id, FORMS[chart], term)
