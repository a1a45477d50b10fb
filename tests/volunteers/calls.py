"""Calls for volunteers: activities as a coordinator makes them."""

from datetime import timedelta
from typing import Any

from app.kit.clock import now
from app.kit.ids import new_code
from tests.volunteers.office import Office


def moment(hours: float) -> str:
    """A moment some hours from now."""
    return (now() + timedelta(hours=hours)).isoformat()


def told(desk: Office, *needs: dict[str, Any], **over: Any) -> dict[str, Any]:
    """An activity that began an hour ago and goes on for three more."""
    said = {
        "organization_id": str(desk.organization.id),
        "code": f"A{new_code(8)}",
        "title": "社区老人陪护",
        "category": "elderly",
        "starts_at": moment(-1),
        "ends_at": moment(3),
        "place": "某社区",
        "content": "陪伴老人",
        "risks": "路面湿滑",
        "served_group": "社区独居老人",
        "responsible": "负责人",
        "contact": "029-00000000",
        "needs": list(needs) or [{"role": "陪护", "capacity": 10}],
    }
    return said | over


async def activity(desk: Office, *needs: dict[str, Any], publish: bool = True, **over: Any) -> dict[str, Any]:
    answer = await desk.post("/activities", told(desk, *needs, **over))
    assert answer.status_code == 201, answer.text
    if publish:
        answer = await desk.post(f"/activities/{answer.json()['id']}/publication")
        assert answer.status_code == 200, answer.text
    return answer.json()


async def sign_up(desk: Office, call: dict[str, Any], who: dict[str, Any], *, need: int = 0) -> Any:
    body = {"need_id": call["needs"][need]["id"], "volunteer_id": who["id"]}
    return await desk.post(f"/activities/{call['id']}/sign-ups", body)


async def served(desk: Office, who: dict[str, Any], minutes: int = 120, **over: Any) -> dict[str, Any]:
    """A record that was reported and confirmed."""
    body = {
        "organization_id": str(desk.organization.id),
        "volunteer_id": who["id"],
        "category": "elderly",
        "title": "社区老人陪护",
        "served_on": "2026-03-05",
        "minutes": minutes,
    }
    made = await desk.post("/records", body | over)
    assert made.status_code == 201, made.text
    confirmed = await desk.post("/records/confirmations", {"record_ids": [made.json()["id"]]})
    assert confirmed.status_code == 200, confirmed.text
    return made.json()
