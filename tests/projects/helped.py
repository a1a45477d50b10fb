"""People who are helped, and what they get: bodies filled in for a test."""

from itertools import count
from typing import Any

from stdnum.cn import ric

from tests.projects.office import Office

_numbers = count(1)


def id_number(born: str = "19900307", *, region: str = "610924") -> str:
    """A citizen's number of the right shape that nobody holds: generated."""
    digits = f"{region}{born}{next(_numbers) % 1000:03d}"
    return digits + ric.calc_check_digit(digits + "0")


def person(**over: Any) -> dict[str, Any]:
    told = {
        "name": f"受益人{next(_numbers):04d}",
        "document_kind": "resident_id",
        "document_number": id_number(),
        "agreed_at": "2026-03-01T10:00:00+08:00",
    }
    return {name: value for name, value in (told | over).items() if value is not None}


async def beneficiary(desk: Office, **over: Any) -> dict[str, Any]:
    body = {"organization_id": str(desk.organization.id), "person": person(**over)}
    return await desk.made("/beneficiaries", body)


def money(yuan: int) -> dict[str, Any]:
    return {"amount": yuan * 100, "currency": "CNY"}


def given(who: dict[str, Any] | None = None, **over: Any) -> dict[str, Any]:
    told = {
        "beneficiary_id": who and who["id"],
        "kind": "money",
        "given_on": "2026-05-01",
        "title": "助学金",
        "amount": money(2000),
    }
    return {name: value for name, value in (told | over).items() if value is not None}


async def give(desk: Office, project: dict[str, Any], *items: dict[str, Any]) -> list[str]:
    answer = await desk.made(f"/{project['id']}/benefits", {"items": list(items)})
    return answer["benefit_ids"]


async def figures(desk: Office, **asked: Any) -> dict[str, Any]:
    asked = {"organization_id": str(desk.organization.id)} | asked
    answer = await desk.get("/beneficiary-statistics", **asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def people(desk: Office, **asked: Any) -> int:
    return (await figures(desk, **asked))["identified_person_count"]
