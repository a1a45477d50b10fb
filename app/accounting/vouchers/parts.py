"""Parts: the inputs and rows that templates share."""

from app.accounting.models import Side
from app.accounting.vouchers.templates import Ask, AskKind, Row

AMOUNT = Ask(name="amount", kind=AskKind.amount)
CHANNEL = Ask(name="channel_id", kind=AskKind.channel)
FUND = Ask(name="fund_id", kind=AskKind.fund, required=False)
PROJECT = Ask(name="project_id", kind=AskKind.project, required=False)
WHOM = Ask(name="counterparty_id", kind=AskKind.counterparty, required=False)


def choice(name: str, *codes: str) -> Ask:
    """Return the input that chooses one of some accounts."""
    return Ask(name=name, kind=AskKind.account, choices=codes)


MONEY = choice("money_account", "1002", "1009", "1001")


def debited(code: str, **places: str) -> Row:
    """Return a row that debits an account."""
    return Row(side=Side.debit, code=code, **places)


def credited(code: str, **places: str) -> Row:
    """Return a row that credits an account."""
    return Row(side=Side.credit, code=code, **places)


OUT = credited("money_account", channel="channel_id")
INTO = debited("money_account", channel="channel_id")
FUNDED = {"fund": "fund_id", "project": "project_id"}
