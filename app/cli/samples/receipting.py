"""The demo's receipts: one in each state, numbered by a finance system that is a few lines of this file.

No region's codes begin with 99: nobody can take these numbers for real ones.
"""

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from sqlalchemy import select

from app.cli.samples import donors
from app.fundraising.models import Campaign, Donation, DonationState, Receipt, ReceiptState, ReversalReason
from app.fundraising.receipts import batches, requests, results, reversals
from app.fundraising.receipts.words import Payer
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.kit.sheets import workbooks
from app.kit.sheets.cells import Column
from app.kit.sheets.workbooks import Sheet

ACTOR = "demo"
CODE = "99000026"
NAMED = 8


async def load(session: WriteSession, campaign_code: str) -> None:
    """Bring receipts over gifts of a campaign into every state, by the same files as anybody's."""
    campaign = (await session.scalars(select(Campaign).where(Campaign.code == campaign_code))).one()
    gifts = await _gifts(session, campaign.id, anonymous=False)
    numbers = count(1)
    stays, reversed_one, replaced, flagged = [await _ask(session, gift) for gift in gifts[:4]]
    await _exchange(session, campaign.organization_id, numbers)
    for receipt in (reversed_one, replaced):
        await reversals.ask(session, receipt, ReversalReason.wrong_title, note=None, actor=ACTOR)
    await _exchange(session, campaign.organization_id, numbers)
    await reversals.replace(session, replaced, Payer(title="示例贸易有限公司"), actor=ACTOR)
    await _exchange(session, campaign.organization_id, numbers)
    assert stays.state is ReceiptState.issued  # noqa: S101 - what a visitor is to find
    await _ask(session, gifts[4])
    await batches.make(session, campaign.organization_id, actor=ACTOR)
    await reversals.ask(session, flagged, ReversalReason.wrong_tax_id, note=None, actor=ACTOR)
    await _ask(session, gifts[5])
    await requests.withdraw(session, await _ask(session, gifts[6]))
    [nobody] = await _gifts(session, campaign.id, anonymous=True)
    for gift, state in ((gifts[7], ReceiptState.waived), (nobody, ReceiptState.anonymous)):
        held = await requests.hold(session, [gift.id])
        await requests.waive(session, held, state, note=None, actor=ACTOR)
    await donors.load(session, campaign_code)


async def _gifts(session: ReadSession, campaign_id: UUID, *, anonymous: bool) -> Sequence[Donation]:
    query = select(Donation).where(
        Donation.campaign_id == campaign_id,
        Donation.state == DonationState.posted,
        Donation.refunded == 0,
        Donation.anonymous == anonymous,
    )
    return (await session.scalars(query.order_by(Donation.id).limit(1 if anonymous else NAMED))).all()


async def _ask(session: WriteSession, gift: Donation) -> Receipt:
    held = await requests.hold(session, [gift.id])
    return await requests.request(session, held, Payer(), actor=ACTOR)


async def _exchange(session: WriteSession, organization_id: UUID, numbers: Iterator[int]) -> None:
    """Hand a batch over and take its answer in, as files."""
    batch = await batches.make(session, organization_id, actor=ACTOR)
    lines = await batches.lines(session, batch)
    columns = [Column(one.zh, one.kind) for one in results.FORM.fields]
    answers = [_answer(line, next(numbers)) for line in lines]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "results.xlsx"
        path.write_bytes(workbooks.write([Sheet(results.FORM.zh, columns, answers)]))
        await results.take_in(session, organization_id, path)


def _answer(line: Sequence[object], number: int) -> Sequence[object]:
    reference, kind, amount = line[0], line[1], line[6]
    return reference, kind, CODE, f"{number:010d}", f"{number:06d}", today(), amount, None
