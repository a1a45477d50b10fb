"""Payouts: what platforms tell that they settled and paid out, held against the books."""
