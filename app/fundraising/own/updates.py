"""Updates: what a giver says later of a gift through the platform where they gave; money is never touched."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select

from app.fundraising import givers
from app.fundraising.gifts import GiftUpdate, Outcome, OutcomeKind
from app.fundraising.models import Donation
from app.fundraising.own import consents, sayings
from app.fundraising.own.consents import Consent
from app.kit.database import WriteSession


async def receive(session: WriteSession, told: GiftUpdate) -> Outcome:
    """Let a gift say what its giver now says: message, consent, receipt; `pending` until the gift is there.

    The same again changes nothing, and neither does what a later word has overtaken, however long it waited.
    Of whom was erased nothing is kept any more.
    """
    query = select(Donation).filter_by(source_id=told.source_id, their_id=told.their_id).with_for_update()
    gift = await session.scalar(query.execution_options(populate_existing=True))
    if gift is None:
        return Outcome(kind=OutcomeKind.pending)
    changed = await _follow(session, gift, told)
    return Outcome(
        kind=OutcomeKind.posted if changed else OutcomeKind.duplicate,
        donation_id=gift.id,
        entry_id=gift.entry_id,
        lookup_code=gift.lookup_code,
        person_id=gift.person_id,
    )


async def _follow(session: WriteSession, gift: Donation, told: GiftUpdate) -> bool:
    names = await sayings.newest(session, gift, {**told.words, **told.shown}, at=told.said_at)
    if not names:
        return False
    words = {name: value for name, value in told.words.items() if name in names}
    shown = {name: value for name, value in told.shown.items() if name in names}
    before = (await givers.told(session, [gift]))[gift.id]
    # Noted even where it changes nothing: an older word that says otherwise may still be on its way.
    await sayings.note(session, gift, names, at=told.said_at, words=words)
    return await _shown(session, gift, shown) or before != {
        name: value for name, value in (before | words).items() if value != ""
    }


async def _shown(session: WriteSession, gift: Donation, said: Mapping[str, bool]) -> bool:
    # That a gift is no longer anonymous its giver tells us themselves (`consents.change`), and no platform.
    hidden = {"show_name": False, "show_photo": False} if gift.anonymous else {}
    before = Consent.of(gift)
    after = replace(before, **{**said, **hidden})
    if after == before:
        return False
    await consents.show(session, gift, after)
    return True
