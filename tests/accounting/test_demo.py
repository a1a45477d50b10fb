"""The demo's office books an ordinary month as a real one would."""

from datetime import timedelta

from sqlalchemy import func, select

from app.accounting.models import Voucher, VoucherState
from app.cli.samples import bookkeeping
from app.kit.clock import today
from app.ledger import balances
from tests.accounting.office import Office
from tests.fundraising.desk import books_agree


async def test_a_month_of_vouchers_by_three_people(at: Office) -> None:
    await bookkeeping.keep_books(at.session, at.organization, at.bank)

    month = today().replace(day=1) - timedelta(days=1)
    count = select(func.count()).where(
        Voucher.organization_id == at.organization.id,
        Voucher.state == VoucherState.posted,
        Voucher.happened_on.between(month.replace(day=1), month),
        Voucher.prepared_by != Voucher.posted_by,
    )
    assert await at.session.scalar(count) == 5
    rows = balances.by_code(await balances.trial_balance(at.session, [at.organization.id]))
    found = {row.code: row.balance for row in rows}
    assert (found["4201"], found["5301"], found["2204"], found["2206"]) == (
        -200_000_00,
        17_800_00,
        0,
        -300_00,
    )
    await books_agree(at.session)
