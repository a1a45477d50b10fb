"""What a voucher may debit and credit, and what is booked through other doors."""

import pytest

from app.ledger import funds
from tests.accounting.office import VOUCHERS, Office, credit, debit
from tests.fundraising.desk import books_agree


async def refused(at: Office, *lines: dict[str, object]) -> tuple[int, str, object]:
    answer = await at.post(VOUCHERS, at.voucher(*lines))
    assert answer.status_code >= 400, answer.text
    return answer.status_code, answer.json()["code"], answer.json().get("line")


async def test_a_line_needs_what_its_account_needs(at: Office) -> None:
    bank, cash = {"channel_id": at.bank.id}, {"channel_id": at.cash.id}
    stranger = {"project_id": at.bank.id}
    general = await funds.general(at.session, at.organization.id)
    unfit = [
        (debit("9999", 1), credit("1002", 1, **bank)),
        (debit("0000", 1), credit("1002", 1, **bank)),
        (debit("5301", 1), credit("1002", 1)),
        (debit("5301", 1), credit("1002", 1, **cash)),
        (debit("5301", 1, **bank), credit("2202", 1)),
        (debit("5101", 1, **stranger), credit("2202", 1)),
        (debit("5301", 1), credit("2202", 1, fund_id=general.id)),
        (debit("5301", 1), credit("5301", 1)),
        (debit("5301", 1, fund_id=at.bank.id), credit("2202", 1)),
    ]
    for lines in unfit:
        status, code, line = await refused(at, *lines)
        assert (status, code) == (422, "line-unfit"), lines
        assert line in {1, 2}


@pytest.mark.parametrize("code", ["4101", "3101", "3102", "2601"])
async def test_what_has_a_door_of_its_own_is_no_free_voucher(at: Office, code: str) -> None:
    bank = {"channel_id": at.bank.id}
    assert await refused(at, debit("1002", 1, **bank), credit(code, 1)) == (409, "moved-elsewhere", 2)
    assert await refused(at, debit(code, 1), credit("1002", 1, **bank)) == (409, "moved-elsewhere", 1)


async def test_gifts_in_suspense_and_refunds_on_their_way_are_not_touched(at: Office) -> None:
    for sub in ("suspense", "refunds"):
        found = await refused(at, debit("2209", 1, sub=sub), credit("1002", 1, channel_id=at.bank.id))
        assert found == (409, "moved-elsewhere", 1)


async def test_restricted_money_pays_only_for_its_project_and_no_costs(at: Office) -> None:
    fund, project = await at.restricted()
    await at.endow(500_00, fund)
    bank = credit("1002", 100_00, channel_id=at.bank.id)

    cost = await refused(at, debit("5301", 100_00, fund_id=fund.id), bank)
    astray = await refused(at, debit("5101", 100_00, fund_id=fund.id), bank)
    good = await at.posted(at.voucher(debit("5101", 100_00, fund_id=fund.id, project_id=project.id), bank))
    more = await at.reviewed(
        at.voucher(
            debit("5101", 900_00, fund_id=fund.id, project_id=project.id),
            credit("1002", 900_00, channel_id=at.bank.id),
        )
    )
    short = await at.post(f"{VOUCHERS}/{more['id']}/posting", {}, by="bo")

    assert cost == (422, "line-unfit", 1)
    assert astray[:2] == (409, "purpose-not-allowed")
    assert good["state"] == "posted"
    assert (await funds.left(at.session, [fund.id]))[fund.id] == 400_00
    assert (short.status_code, short.json()["code"]) == (409, "fund-short")
    assert (await at.get(f"{VOUCHERS}/{more['id']}")).json()["state"] == "reviewed"
    await books_agree(at.session)


async def test_two_funds_meet_in_the_clearing_account(at: Office) -> None:
    fund, project = await at.restricted()
    await at.endow(500_00, fund)
    told = at.voucher(
        debit("5101", 70_00, fund_id=fund.id, project_id=project.id),
        debit("5301", 30_00),
        credit("4901", 40_00),
        credit("1002", 60_00, channel_id=at.bank.id),
    )

    voucher = await at.posted(told)

    general = await funds.general(at.session, at.organization.id)
    left = await funds.left(at.session, [fund.id, general.id])
    assert (left[fund.id], left[general.id]) == (430_00, 10_010_00)
    # The bookkeeper sees four lines; the clearing between them is nobody's business.
    assert [one["code"] for one in voucher["lines"]] == ["5101", "5301", "4901", "1002"]
    await books_agree(at.session)


async def test_a_strangers_books_are_out_of_reach(at: Office) -> None:
    from app.kit.ids import new_id

    body = at.voucher(debit("5301", 1), credit("2202", 1), organization_id=str(new_id()))
    assert (await at.post(VOUCHERS, body)).status_code == 404
    assert (await at.get(f"{VOUCHERS}/{new_id()}")).status_code == 404
