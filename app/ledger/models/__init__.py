"""Tables of the ledger. Entries and postings are only ever added."""

from app.ledger.models.accounts import Account, AccountFloor, AccountKind, Balance, ChartAccount, Period
from app.ledger.models.dimensions import Dimension, DimensionKind
from app.ledger.models.entries import Direction, Entry, EntryKind, FollowKind, Posting
from app.ledger.models.funds import Arrival, ArrivalKind, ArrivalReturn, Fund, FundCounter, FundProject

__all__ = [
    "Account",
    "AccountFloor",
    "AccountKind",
    "Arrival",
    "ArrivalKind",
    "ArrivalReturn",
    "Balance",
    "ChartAccount",
    "Dimension",
    "DimensionKind",
    "Direction",
    "Entry",
    "EntryKind",
    "FollowKind",
    "Fund",
    "FundCounter",
    "FundProject",
    "Period",
    "Posting",
]
