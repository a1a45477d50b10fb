"""Tables of accounting."""

from app.accounting.models.bank import BankLine, BankRule, BankStatement, LineKind
from app.accounting.models.budgets import BudgetState, YearBudget, YearBudgetLine
from app.accounting.models.cash import CashDeposit, CashSession, CashSessionKind, CashSessionState
from app.accounting.models.channels import Channel, ChannelKind, Signatory
from app.accounting.models.chart_changes import ChartChange
from app.accounting.models.cheques import Cheque, ChequeDirection
from app.accounting.models.letters import LetterText
from app.accounting.models.mappings import AccountMapping, Program
from app.accounting.models.matches import BankDecision, BankMatch, MatchedPosting
from app.accounting.models.months import MonthStep, PublishedYear, StepKind
from app.accounting.models.netassets import FundMove, Ground, Investment, InvestmentKind, MoveKind, MoveState
from app.accounting.models.numbers import VoucherMonth, VoucherNumber, VoucherNumberEntry
from app.accounting.models.openings import OpeningSheet
from app.accounting.models.parties import AgencyMandate, Counterparty, CounterpartyKind, MerchantTerms
from app.accounting.models.reconciliations import BankReconciliation
from app.accounting.models.schedules import Depreciation, FixedAsset, ScheduledVoucher, VoucherSchedule
from app.accounting.models.vouchers import Side, Voucher, VoucherAttachment, VoucherLine, VoucherState

__all__ = [
    "AccountMapping",
    "AgencyMandate",
    "BankDecision",
    "BankLine",
    "BankMatch",
    "BankReconciliation",
    "BankRule",
    "BankStatement",
    "BudgetState",
    "CashDeposit",
    "CashSession",
    "CashSessionKind",
    "CashSessionState",
    "Channel",
    "ChannelKind",
    "ChartChange",
    "Cheque",
    "ChequeDirection",
    "Counterparty",
    "CounterpartyKind",
    "Depreciation",
    "FixedAsset",
    "FundMove",
    "Ground",
    "Investment",
    "InvestmentKind",
    "LetterText",
    "LineKind",
    "MatchedPosting",
    "MerchantTerms",
    "MonthStep",
    "MoveKind",
    "MoveState",
    "OpeningSheet",
    "Program",
    "PublishedYear",
    "ScheduledVoucher",
    "Side",
    "Signatory",
    "StepKind",
    "Voucher",
    "VoucherAttachment",
    "VoucherLine",
    "VoucherMonth",
    "VoucherNumber",
    "VoucherNumberEntry",
    "VoucherSchedule",
    "VoucherState",
    "YearBudget",
    "YearBudgetLine",
]
