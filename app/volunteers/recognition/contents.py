"""Contents: what a certificate says, sealed under the person's key and found by number and code.

Why it no longer holds is sealed with it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.kit import vault
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import read_code
from app.kit.persons import reasons
from app.kit.persons.reasons import About
from app.volunteers.models import Certificate, TimeRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Who answers for a certificate: printed on it."""

    responsible: str
    clerk: str
    contact: str
    notes: str = ""


def written(found: Sequence[TimeRecord], issuer: Issuer) -> dict[str, Any]:
    """Return what a certificate over these records says of them and of who answers for it."""
    ordered = sorted(found, key=lambda one: (one.served_on, one.id))
    return {
        "minutes": sum(one.minutes for one in found),
        "served_from": ordered[0].served_on.isoformat(),
        "served_to": ordered[-1].served_on.isoformat(),
        "lines": [
            {
                "on": one.served_on.isoformat(),
                "title": one.title,
                "place": one.place,
                "served_group": one.served_group,
                "minutes": one.minutes,
            }
            for one in ordered
        ],
        "responsible": issuer.responsible,
        "clerk": issuer.clerk,
        "contact": issuer.contact,
        "notes": issuer.notes,
    }


def field(certificate: Certificate) -> str:
    """Return under which name the vault keeps what a certificate says."""
    return f"certificate:{certificate.id}"


def index(session: ReadSession, number: str, code: str) -> bytes:
    """Return by what a number with its code is found; neither can be read from it."""
    return vault.of(session).index("certificate", f"{number.strip()}\0{read_code(code)}")


async def read(session: ReadSession, certificate: Certificate) -> dict[str, Any] | None:
    """Return what a certificate says, or None if the person has been erased since."""
    known = await vault.read(session, [certificate.volunteer_id], [field(certificate)])
    text = known.get(certificate.volunteer_id, {}).get(field(certificate))
    return json.loads(text) if text else None


async def explain(session: WriteSession, certificate: Certificate, reason: str) -> None:
    """Seal why a certificate no longer holds."""
    await reasons.keep(session, _about(certificate), reason)


async def why(session: ReadSession, certificates: Sequence[Certificate]) -> Mapping[UUID, str]:
    """Return why certificates no longer hold, by certificate; nothing of a person erased since."""
    return await reasons.read(session, [_about(one) for one in certificates])


def _about(certificate: Certificate) -> About:
    return About("certificate", certificate.id, certificate.volunteer_id)
