"""Bank accounts and cash boxes: what is known of them, who signs, and when they may be closed."""

from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import text

from app.accounting import channels, numbers
from app.accounting.channels import NewChannel
from app.accounting.models import Channel, ChannelKind
from app.kit.database import WriteSession
from app.kit.ids import new_id
from app.ledger import floors, journal
from app.ledger.errors import AccountShort
from app.ledger.journal import Draft, Line
from app.ledger.models import EntryKind
from app.organizations.access import Role
from tests.accounting.banking import ask, tell
from tests.factories import organizations as members
from tests.fundraising.desk import Desk, desk, fen

NUMBER = "3700 0216 1920 0290 291"


@pytest.fixture
async def clerk(app: FastAPI, client: AsyncClient, session: WriteSession) -> Desk:
    return await desk(app, client, session)


async def opened(at: Desk, code: str = "icbc", **over: Any) -> Response:
    body = {"organization_id": str(at.organization.id), "code": code, "name": "工行", "kind": "bank"} | over
    return await tell(at, "/channels", body)


async def change(at: Desk, channel: dict[str, Any], version: int | None = None, **said: Any) -> Response:
    headers = at.headers | {"If-Match": f'"{version or channel["version"]}"'}
    return await at.client.patch(f"/v1/accounting/channels/{channel['id']}", json=said, headers=headers)


async def test_an_account_number_is_sealed_and_shown_by_its_end(clerk: Desk, session: WriteSession) -> None:
    made = await opened(clerk, bank_name="中国工商银行", branch="南大街支行", number=NUMBER, in_plans=True)
    same = await opened(clerk, "icbc-2", number=NUMBER.replace(" ", ""))

    assert made.status_code == 201, made.text
    shown = made.json()
    assert (shown["number_last"], shown["bank_name"], shown["in_plans"]) == ("0291", "中国工商银行", True)
    assert NUMBER.replace(" ", "") not in made.text.replace(" ", "")
    rows = (await session.scalars(text("select row_to_json(c)::text from channels c"))).all()
    assert not any("37000216" in row for row in rows)
    channel = await session.get_one(Channel, shown["id"])
    assert await numbers.read(session, [channel]) == {channel.id: NUMBER.replace(" ", "")}
    assert (same.status_code, same.json()["code"]) == (409, "number-taken")


async def test_a_cash_box_has_a_limit_and_no_number(clerk: Desk) -> None:
    box = await opened(clerk, "box", kind="cash", cash_limit=fen(100_00))
    wrong = [
        await opened(clerk, "a", kind="cash", number=NUMBER),
        await opened(clerk, "b", cash_limit=fen(1)),
        await opened(clerk, "c", number="12"),
    ]

    await clerk.give(100_00, channel_id=box.json()["id"])
    within = (await ask(clerk, f"/channels/{box.json()['id']}")).json()
    await clerk.give(1, channel_id=box.json()["id"])
    above = (await ask(clerk, f"/channels/{box.json()['id']}")).json()

    assert (within["balance"], within["to_be_deposited"]) == (fen(100_00), False)
    assert (above["balance"], above["to_be_deposited"]) == (fen(100_01), True)
    assert [one.status_code for one in wrong] == [422, 422, 422]


async def test_a_channel_is_changed_on_the_version_that_was_read(clerk: Desk, session: WriteSession) -> None:
    made = (await opened(clerk)).json()
    signer = await members.staff(session, clerk.organization, Role.cashier)
    stranger = await members.staff(session, await members.organization(session))

    changed = await change(clerk, made, purpose="募捐专户", number=NUMBER, signatory_ids=[str(signer.id)])
    stale = await change(clerk, made, purpose="x")
    foreign = await change(clerk, made, version=2, signatory_ids=[str(stranger.id)])
    emptied = await change(clerk, made, version=2, name=None)
    nobody = await change(clerk, made, version=2, signatory_ids=[], purpose=None)
    back = await change(clerk, made, version=3, signatory_ids=[str(signer.id)])

    assert changed.status_code == 200, changed.text
    assert (changed.json()["purpose"], changed.json()["number_last"]) == ("募捐专户", "0291")
    assert changed.json()["signatory_ids"] == [str(signer.id)]
    assert (changed.headers["ETag"], stale.status_code, emptied.status_code) == ('"2"', 412, 422)
    assert (foreign.status_code, foreign.json()["code"]) == (422, "signatory-elsewhere")
    assert (nobody.json()["signatory_ids"], nobody.json()["purpose"]) == ([], None)
    assert back.json()["signatory_ids"] == [str(signer.id)]
    signed = await session.execute(text("select ended_at is null from signatories order by id"))
    assert signed.scalars().all() == [False, True]


async def test_only_an_empty_channel_is_closed(clerk: Desk) -> None:
    gift = (await clerk.give(5)).json()
    full = await tell(clerk, f"/channels/{clerk.bank.id}/closing")
    void = {"kind": "void", "reason": "重复录入"}
    await clerk.post(f"/donations/{gift['id']}/corrections", void)
    empty = await tell(clerk, f"/channels/{clerk.bank.id}/closing")

    assert (full.status_code, full.json()["code"], full.json()["balance"]) == (409, "channel-not-empty", 5)
    assert (empty.status_code, empty.json()["closed_at"] is not None) == (200, True)


async def test_a_channel_tells_what_you_may_do_about_it(
    app: FastAPI, clerk: Desk, session: WriteSession
) -> None:
    shown = (await opened(clerk)).json()
    path = f"/channels/{shown['id']}"

    async def allowed(headers: dict[str, str]) -> list[str]:
        answer = await clerk.client.get(f"/v1/accounting{path}", headers=headers)
        return answer.json()["allowed_actions"]

    reviewer = await members.sign_in(app, session, Role.reviewer, clerk.organization)
    empty = await allowed(clerk.headers)
    await clerk.give(5, channel_id=shown["id"])
    full = await allowed(clerk.headers)
    changed = await change(clerk, shown, purpose="募捐专户")

    assert (empty, full) == (["change", "close"], ["change"])
    assert changed.json()["allowed_actions"] == ["change"]
    assert await allowed(reviewer) == []


async def test_bank_accounts_and_boxes_opened_by_code_are_guarded_as_those_opened_by_hand(
    clerk: Desk, session: WriteSession
) -> None:
    at, guarded = clerk.organization, []
    for number, (kind, told) in enumerate(
        [*((kind, None) for kind in ChannelKind), (ChannelKind.bank, False), (ChannelKind.merchant, True)]
    ):
        new = NewChannel(
            organization_id=at.id, chart="2026", code=f"c{number}", name="x", kind=kind, no_overdraft=told
        )
        made = await channels.create(session, new)
        guarded.append(bool(await floors.standing(session, [made.account_id])))
    assert dict(zip(ChannelKind, guarded, strict=False)) == {"merchant": False, "bank": True, "cash": True}
    assert guarded[3:] == [False, True]


async def test_payments_above_what_lies_there_are_refused_unless_the_setting_says_otherwise(
    clerk: Desk, session: WriteSession
) -> None:
    shown = (await opened(clerk)).json()
    channel, other = await session.get_one(Channel, shown["id"]), clerk.bank

    async def pay(amount: int) -> None:
        draft = Draft(
            organization_id=channel.organization_id,
            chart=channel.chart,
            kind=EntryKind.voucher,
            reference=f"test:{new_id()}",
            occurred_at=datetime(2026, 5, 2, tzinfo=UTC),
            actor="test",
            lines=[Line(debit=other.account_id, credit=channel.account_id, amount=amount)],
        )
        async with session.begin_nested():
            await journal.post(session, [draft])

    assert (await ask(clerk, f"/channels/{shown['id']}")).json()["no_overdraft"] is True
    with pytest.raises(AccountShort):
        await pay(1)

    lifted = await change(clerk, shown, no_overdraft=False)
    await pay(1)

    assert (lifted.status_code, lifted.json()["no_overdraft"]) == (200, False)
    again = await change(clerk, lifted.json(), no_overdraft=True)
    assert (again.json()["no_overdraft"], again.json()["balance"]) == (True, fen(-1))
    with pytest.raises(AccountShort):
        await pay(1)
