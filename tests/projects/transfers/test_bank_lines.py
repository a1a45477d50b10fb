"""Bank lines: a bank's own word is a transfer's payment, its arrival, or money that came back."""

from typing import Any

from app.accounting.models import BankLine, Channel
from app.kit.clock import today
from app.kit.ids import new_code
from app.ledger.models import Fund
from app.organizations.access import Role
from tests.accounting.banking import line_of
from tests.factories import organizations as make
from tests.projects.till import DAY, Till, money
from tests.projects.transfers.test_transfers import Pair, asked, pair, reach, received, sent

__all__ = ["pair"]


async def told(at: Till, app: Any, line: BankLine, path: str, body: dict[str, Any]) -> Any:
    """Post to a bank line as an accountant of the member."""
    headers = await make.sign_in(app, at.session, Role.accountant, at.organization)
    url = f"/v1/projects/bank-lines/{line.id}/{path}"
    return await at.client.post(url, json=body, headers=headers | {"Idempotency-Key": new_code()})


async def line(at: Till, amount: int, channel: Channel | None = None) -> BankLine:
    return await line_of(at.session, channel or at.bank, amount, day=today())


async def test_both_banks_tell_of_a_transfer(pair: Pair, app: Any) -> None:
    province, county = pair
    fund, theirs = await province.fund(40_00), await county.fund(0)
    transfer = await asked(pair, fund, 40_00)
    await province.decide()
    out, came = await line(province, -40_00), await line(county, 40_00)
    body = {"transfer_id": transfer["id"]}

    early = await told(county, app, came, "transfer", body | {"fund_id": str(theirs.id)})
    gone = await told(province, app, out, "transfer", body)
    assert await reach(province, transfer) == {"in_transit": 40_00}
    arrived = await told(county, app, came, "transfer", body | {"fund_id": str(theirs.id)})
    again = await told(county, app, came, "transfer", body | {"fund_id": str(theirs.id)})

    assert early.json()["code"] == "transfer-not-in-state"
    assert gone.status_code == arrived.status_code == 200, (gone.text, arrived.text)
    assert (arrived.json()["kind"], again.json()["code"]) == ("member_transfer", "line-decided")
    assert await county.left(theirs) == 40_00
    for one in (out, came):
        await province.session.refresh(one)
        assert one.matched_minor == 40_00


async def test_a_line_of_what_is_booked_already_is_matched_with_it(pair: Pair, app: Any) -> None:
    province, county = pair
    fund, theirs = await province.fund(40_00), await county.fund(0)
    transfer = await sent(pair, fund, 40_00)
    await received(pair, transfer, theirs)
    body = {"transfer_id": transfer["id"]}

    known = await told(county, app, await line(county, 40_00), "transfer", body)
    twice = await told(county, app, await line(county, 40_00), "transfer", body)
    other = await told(county, app, await line(county, 39_00), "transfer", body)
    back = await told(county, app, await line(county, -40_00), "transfer", body)

    assert known.status_code == 200, known.text
    assert await county.left(theirs) == 40_00
    assert {one.json()["code"] for one in (twice, other, back)} == {"line-is-not-this-transfer"}


async def test_money_given_back_by_a_member_is_taken_from_the_bank_line(pair: Pair, app: Any) -> None:
    province, county = pair
    fund, theirs = await province.fund(40_00), await county.fund(0)
    transfer = await sent(pair, fund, 40_00)
    await received(pair, transfer, theirs)
    body = {"channel_id": str(county.bank.id), "sent_on": DAY.isoformat(), "reason": "结余"}
    back = await county.made(
        f"/transfers/{transfer['id']}/returns", body | {"amount": money(15_00)}, by=county.cashier
    )

    named = {"transfer_id": transfer["id"], "return_id": back["id"]}
    taken = await told(province, app, await line(province, 15_00), "transfer", named)

    assert taken.status_code == 200, taken.text
    assert await reach(province, transfer) == {"unspent": 25_00, "returned": 15_00}
    assert await province.left(fund) == 15_00


async def test_money_that_a_payee_gave_back_is_taken_from_the_bank_line(pair: Pair, app: Any) -> None:
    at, elsewhere = pair
    project, payee = await at.running(), await at.payee()
    await at.account(payee)
    agreement = await at.agreement(project, payee)
    fund: Fund = await at.fund(100_00, project)
    paid = await at.paid(at.asked(project, fund, payee, 100_00, kind="partner", agreement_id=agreement["id"]))
    body = {"disbursement_id": paid["id"], "reason": "结余"}

    wrong_way = await told(at, app, await line(at, -30_00), "return", body)
    strange = await told(elsewhere, app, await line(elsewhere, 30_00), "return", body)
    came = await line(at, 30_00)
    taken = await told(at, app, came, "return", body)
    again = await told(at, app, came, "return", body)

    assert wrong_way.json()["code"] == "line-goes-the-other-way"
    assert strange.status_code == 404
    assert taken.status_code == 200, taken.text
    assert again.json()["code"] == "line-decided"
    assert await at.left(fund) == 30_00
    assert (await at.get(f"/disbursements/{paid['id']}")).json()["returned"] == money(30_00)
