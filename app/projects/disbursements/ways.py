"""Ways: by which way each kind of disbursement reaches its beneficiary, and so when it counts."""

import enum
from collections.abc import Mapping

from app.projects.models import DisbursementKind


class Way(enum.StrEnum):
    """Straight to a beneficiary, spent by the organization itself, or through somebody who passes it on."""

    direct = "direct"
    own = "own"
    routed = "routed"


WAYS: Mapping[DisbursementKind, Way] = {
    DisbursementKind.aid: Way.direct,
    DisbursementKind.purchase: Way.own,
    DisbursementKind.household_purchase: Way.own,
    DisbursementKind.works: Way.own,
    DisbursementKind.partner: Way.routed,
    DisbursementKind.collective: Way.routed,
}

AGREED = frozenset({DisbursementKind.works, DisbursementKind.partner, DisbursementKind.collective})
"""Kinds that are paid by an agreement only; aid may have one (慈善法 art. 60)."""
