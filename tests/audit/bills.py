"""A platform's bill in the books under audit."""

from datetime import date
from pathlib import Path

from app.fundraising.settling import comparing, files, payouts
from app.fundraising.settling.bills import Sums
from app.fundraising.settling.files import Declared
from tests.accounting.banking import line_of
from tests.audit.books import Audited
from tests.fundraising.desk import bank
from tests.fundraising.settling.files import Item, kept, wechat

GROSS, REFUNDED, FEE = 500_00, 100_00, 2_40


async def settled(books: Audited, folder: Path) -> bytes:
    """A bill of a gift and its refund, held against the books and paid out; everything is signed."""
    remark = books.ours.campaign.code
    content = wechat(
        Item(their_id="42001", amount=GROSS, fee=FEE, remark=remark),
        Item(their_id="42001", amount=REFUNDED, refund_id="50001"),
        Item(their_id="42002", amount=7_00, refund_id="50002"),
    )
    path = kept(folder, content)
    async with books.database.writing() as session:
        taken = await files.take_in(
            session, books.ours.channel, path, Declared(sums=Sums()), actor="staff:ann"
        )
        account = await bank(session, books.organization)
        paid = await line_of(session, account, GROSS - REFUNDED - 7_00 - FEE, day=date(2026, 5, 3))
    await comparing.settle(books.database, taken.settlement.id)
    async with books.database.writing() as session:
        settlement = await comparing.get(session, taken.settlement.id)
        await payouts.record(session, settlement, paid.id, actor="staff:ann")
    await books.sign()
    return content
