"""Checks: what must be true of gifts, for whoever verifies a live database."""

from functools import partial

from app.fundraising.goods import invariants as goods
from app.fundraising.invariants import commitments
from app.fundraising.invariants.totals import INVARIANTS
from app.ledger import verification

CHECKS = [
    *(partial(verification.examine, invariant=invariant) for invariant in (*INVARIANTS, *goods.INVARIANTS)),
    commitments.opened,
]
