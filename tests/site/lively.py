"""A campaign with whatever a page may have to show, and a certificate over one of its gifts."""

from sqlalchemy import select

from app.fundraising import corrections
from app.fundraising.gifts import Gift
from app.fundraising.models import Donation
from app.fundraising.receipts import certificates
from app.kit.database import WriteSession
from tests.disclosure.scenes import GIVEN, Scene, scene


async def lively(session: WriteSession) -> tuple[Scene, list[str]]:
    """A campaign with whatever a page may have to show."""
    it = await scene(session, title="慈安桥<b>", target_minor=1_000_00, filing_no="A26001")
    gifts = [
        it.gift(300_00, giver={"show_message": True}, message="加油 & <script>alert(1)</script>"),
        it.gift(100_00, giver={"show_name": False, "name": "王小明"}),
        it.gift(50_00, giver={"anonymous": True, "show_amount": False}),
        it.gift(20_00),
        it.gift(5_00, campaign="NOBODY-KNOWS"),
    ]
    codes = await it.give(*gifts)
    await it.refund(gifts[1], 40_00)
    await it.refund(gifts[2], 10_00)
    await it.spend(320_00)
    voided = await session.scalar(select(Donation).where(Donation.id == gifts[3].id))
    await corrections.void(session, voided, reason="误记", actor="test")
    return it, codes


async def certified(session: WriteSession, it: Scene) -> tuple[str, Gift]:
    """The path to the check of a certificate over the only gift of a giver, and that gift."""
    gift = it.gift(12_34, giver={"external_id": "u_certified", "name": "李小红"})
    await it.give(gift)
    donation = await session.get_one(Donation, gift.id)
    made = await certificates.issue(
        session, it.partner.organization, donation, GIVEN.year, title=None, actor="test"
    )
    code = (await certificates.read(session, made)).said["code"]
    return f"/certificates/{made.number}/{code}", gift
