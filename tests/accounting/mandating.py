"""Mandates over HTTP: whose money is handed on, and the vouchers that three people bring into the books."""

from typing import Any

from httpx import Response

from app.accounting.models import Channel
from tests.accounting.office import VOUCHERS, Office
from tests.fundraising.desk import fen

PARTIES, MANDATES = "/v1/accounting/counterparties", "/v1/accounting/agency-mandates"


async def made(at: Office, **over: Any) -> Response:
    said = {"code": "builder-01", "kind": "supplier", "name": "某建筑公司"} | over
    return await at.post(PARTIES, {"organization_id": str(at.organization.id)} | said)


async def mandate(at: Office, **over: Any) -> dict[str, Any]:
    said = {"code": "DL-001", "title": "转付助学款", "document": "委托协议一号", "signed_on": "2026-05-01"}
    said |= {"organization_id": str(at.organization.id), "counterparty_id": (await made(at)).json()["id"]}
    answer = await at.post(MANDATES, said | over)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def moved(
    at: Office, to: dict[str, Any], direction: str, minor: int, *, channel: Channel | None = None
) -> dict[str, Any]:
    """The draft of a mandate's voucher, prepared by `ann` and reviewed by `ray`."""
    body = {"direction": direction, "amount": fen(minor), "channel_id": str((channel or at.bank).id)}
    body |= {"happened_on": "2026-05-08", "summary": "受托代理款"}
    draft = await at.post(f"{MANDATES}/{to['id']}/vouchers", body)
    assert draft.status_code == 201, draft.text
    path = f"{VOUCHERS}/{draft.json()['voucher_id']}"
    for step, who in (("submission", "ann"), ("review", "ray")):
        answer = await at.post(f"{path}/{step}", by=who)
        assert answer.status_code == 200, answer.text
    return answer.json()


async def post(at: Office, voucher: dict[str, Any]) -> Response:
    return await at.post(f"{VOUCHERS}/{voucher['id']}/posting", {}, by="bo")
