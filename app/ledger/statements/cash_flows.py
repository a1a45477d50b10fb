"""Cash flows: where an organization's cash came from and went to in a term (direct method)."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from app.kit.database import ReadSession
from app.ledger.statements import cash, figures
from app.ledger.statements.cash import Movement
from app.ledger.statements.forms import CASH, Form, Name
from app.ledger.statements.papers import Amounts, Column, Paper, Proof, add_up, laid_out
from app.ledger.statements.terms import Term


async def draw(session: ReadSession, organization_id: UUID, form: Form, term: Term) -> Paper:
    """Return the statement of cash flows: a month beside the year so far, or a year beside the one before."""
    terms = [(term, Column("period", "本年金额", "This year"))]
    if not term.whole_year:
        terms = [
            (term, Column("period", "本月金额", "This month")),
            (term.so_far(), Column("compared", "本年累计金额", "Year to date")),
        ]
    elif term.first.year not in form.no_prior_year:
        terms.append((term.year_before(), Column("compared", "上年金额", "Year before")))
    moved = [await cash.moved(session, organization_id, form.chart, which) for which, _ in terms]
    columns = [_column(form, movements) for movements in moved]
    found = await figures.of(session, organization_id, form.chart, term)
    return Paper(
        Name.cash_flow,
        form,
        term,
        tuple(column for _, column in terms),
        tuple(laid_out(form.cash_flow, columns)),
        (
            Proof(
                "cash",
                "现金净增加额等于现金、银行存款与其他货币资金的变动",
                "The net increase equals the change of cash on hand, in banks and with payment platforms",
                columns[0]["change"],
                sum(one.moved for one in found if one.code in CASH),
            ),
            Proof(
                "every_flow",
                "每笔现金收支均已归类",
                "Every movement of cash has its line",
                sum(abs(one.amount) for one in moved[0] if _line(form, one) is None),
                0,
            ),
        ),
    )


def _column(form: Form, movements: Sequence[Movement]) -> Amounts:
    amounts: defaultdict[str, int] = defaultdict(int)
    for movement in movements:
        if line := _line(form, movement):
            amounts[line] += movement.amount if movement.came else -movement.amount
    return add_up(form.cash_flow, lambda line: amounts[line.key])


def _line(form: Form, movement: Movement) -> str | None:
    """Return the line that shows a movement; a rule for its sub-account comes before one for its code."""
    for name in (f"{movement.code}/{movement.sub}", movement.code):
        for flow in form.flows:
            if name in flow.codes:
                return flow.came if movement.came else flow.went
    return None
