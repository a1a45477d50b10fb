"""Tables of accounting."""

from app.accounting.models.bank import BankLine, BankRule, BankStatement, LineKind
from app.accounting.models.cash import CashDeposit, CashSession, CashSessionKind, CashSessionState
from app.accounting.models.channels import Channel, ChannelKind, Signatory
from app.accounting.models.matches import BankDecision, BankMatch, MatchedPosting
from app.accounting.models.reconciliations import BankReconciliation

__all__ = [
    "BankDecision",
    "BankLine",
    "BankMatch",
    "BankReconciliation",
    "BankRule",
    "BankStatement",
    "CashDeposit",
    "CashSession",
    "CashSessionKind",
    "CashSessionState",
    "Channel",
    "ChannelKind",
    "LineKind",
    "MatchedPosting",
    "Signatory",
]
