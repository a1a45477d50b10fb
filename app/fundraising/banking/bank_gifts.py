"""Bank gifts: lines of a bank's statement that turn out to be gifts, each once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import or_, select

from app.accounting.bank import decisions, lines
from app.accounting.bank.decisions import Decision
from app.accounting.bank.errors import LineGoesTheOtherWay
from app.accounting.bank.lines import Words
from app.accounting.models import BankLine, Channel, LineKind
from app.fundraising import donations, purposes
from app.fundraising.errors import ChannelOfAnotherOrganization
from app.fundraising.gifts import Gift, Giver, Outcome, OutcomeKind
from app.fundraising.imports import givers
from app.fundraising.models import Campaign, CampaignState, Donation
from app.fundraising.purposes import Wanted
from app.kit import batches
from app.kit.clock import today
from app.kit.database import ReadSession, Transactions, WriteSession
from app.kit.vault import normalised

TAKEN_AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class BankGift:
    """What a person says of a line that is a gift: for a campaign, or for the general fund without one."""

    line_id: UUID
    campaign: Campaign | None = None
    wanted: Wanted = None
    giver: Giver | None = None
    message: str | None = None


async def record(session: WriteSession, told: BankGift, *, actor: str) -> tuple[Donation, OutcomeKind]:
    """Book a line as the gift that it is: Dr 1002 / Cr 4101, matched with the line at once.

    Of two people who take a line at once, one is refused with LineDecided; a line that is matched with the
    books already, with LineMatched: its gift was recorded elsewhere. A gift that came when its campaign
    was not open waits in suspense, like a platform's: the money is there.
    """
    line, channel = await decisions.hold(session, told.line_id)
    decisions.must_be_open(line)
    decisions.must_be_unmatched(line)
    if line.amount < 0:
        raise LineGoesTheOtherWay(line=line.id, kind=LineKind.gift)
    if told.campaign is not None:
        if told.campaign.organization_id != line.organization_id:
            raise ChannelOfAnotherOrganization(channel=channel.id)
        await purposes.choose(session, told.campaign, line.amount, told.wanted)
    words = (await lines.words(session, [line], clear_in={line.organization_id}))[line.id]
    # Each time a line is opened again its gift is another one.
    number = await decisions.reference(session, line)
    [outcome] = await donations.receive(session, [_gift(line, channel, told, words, number, actor)])
    if outcome.refusal is not None:
        raise outcome.refusal
    await _seal(session, line, outcome)
    decision = Decision(kind=LineKind.gift)
    await decisions.conclude(session, line, channel, decision, actor=actor, entry_id=outcome.entry_id)
    return await session.get_one(Donation, outcome.donation_id), outcome.kind


async def _seal(session: WriteSession, line: BankLine, outcome: Outcome) -> None:
    if outcome.person_id is not None and outcome.person_key is not None:
        await lines.belongs_to(session, line, outcome.person_id, outcome.person_key)


def _gift(line: BankLine, channel: Channel, told: BankGift, words: Words, number: str, actor: str) -> Gift:
    named = givers.read(words.name or "", "")
    relayed = givers.read(words.remark or "", "")
    if relayed.payer and not named.payer:
        # "X 转来 Y 捐款" in the remark: Y gave, whoever the bank says has paid.
        named = relayed
    own = told.giver or Giver(name=named.giver, anonymous=named.anonymous)
    payer = named.payer or (words.name if told.giver and told.giver.name != words.name else None)
    wanted = told.wanted
    return Gift(
        source_id=channel.id,
        channel=channel,
        their_id=number,
        campaign=told.campaign.code if told.campaign else "",
        general=told.campaign is None,
        amount=line.amount,
        donated_at=decisions.event(line, channel, actor).occurred_at,
        actor=actor,
        source=channel.code,
        designation=wanted if isinstance(wanted, str) else None,
        allocations=() if isinstance(wanted, str) or wanted is None else wanted,
        giver=own,
        message=told.message or words.remark,
        details={"payer_name": payer} if payer else {},
    )


async def recogniser(session: ReadSession, organization_id: UUID) -> Callable[[str], str | None]:
    """Return what finds the code of an open campaign of the organization by the code or title in a remark."""
    query = select(Campaign.code, Campaign.title).where(
        Campaign.organization_id == organization_id, Campaign.state == CampaignState.open
    )
    known = [(normalised(word), row.code) for row in await session.execute(query) for word in row]
    # The longest first: one title may be the beginning of another.
    known.sort(key=lambda pair: -len(pair[0]))

    def find(said: str) -> str | None:
        text = normalised(said)
        return next((code for word, code in known if word in text), None)

    return find


async def take_unclaimed(database: Transactions, *, days: int) -> int:
    """Book what nobody placed within so many days, and what says no purpose, as unrestricted gifts.

    What a person put to suspense is taken out of it again. Returns how many lines that were.
    """
    before = today() - timedelta(days=days)
    async with database.reading() as session:
        found = (await session.scalars(_unclaimed(before))).all()
    ids = [line.id for line in found]
    return await batches.apart(
        database, ids, lambda session, one: _take(session, one, actor=f"unclaimed:{days}d")
    )


def _unclaimed(before: date):  # noqa: ANN202
    money_in = BankLine.amount > 0
    # What is matched with a gift recorded elsewhere is in the books; so is what was only named.
    untouched = BankLine.kind.is_(None) & (BankLine.matched_minor == 0)
    open_gift = untouched & or_(
        BankLine.proposed_kind.is_(None),
        (BankLine.proposed_kind == LineKind.gift) & BankLine.proposed_code.is_(None),
    )
    in_suspense = (BankLine.kind == LineKind.unknown) & BankLine.entry_id.is_not(None)
    query = select(BankLine).where(money_in, or_(open_gift, in_suspense), BankLine.happened_on <= before)
    return query.order_by(BankLine.id).limit(TAKEN_AT_ONCE)


async def _take(session: WriteSession, line_id: UUID, *, actor: str) -> bool:
    line, _ = await decisions.hold(session, line_id)
    words = (await lines.words(session, [line], clear_in={line.organization_id}))[line.id]
    booked = line.kind is LineKind.unknown and line.entry_id is not None
    if words.remark or not (booked or (line.kind is None and not line.matched_minor)):
        return False
    if line.kind is LineKind.unknown:
        await decisions.reopen(session, line.id, because="no purpose was told in time", actor=actor)
    await record(session, BankGift(line_id=line.id), actor=actor)
    return True
