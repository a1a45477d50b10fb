"""Checks: what must be true of messages, for whoever verifies a live database."""

from functools import partial

from app.ledger import verification
from app.webhooks.invariants.answers import INVARIANTS

CHECKS = [partial(verification.examine, invariant=invariant) for invariant in INVARIANTS]
