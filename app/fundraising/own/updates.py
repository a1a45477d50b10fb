"""Updates: what a giver says later of a gift through the platform where they gave; money is never touched."""

import orjson
from sqlalchemy import select

from app.fundraising import givers
from app.fundraising.gifts import GiftUpdate, Outcome, OutcomeKind
from app.fundraising.models import Donation
from app.fundraising.own import consents
from app.fundraising.own.consents import Consent
from app.kit import vault
from app.kit.database import WriteSession


async def receive(session: WriteSession, told: GiftUpdate) -> Outcome:
    """Let a gift say what its giver now says: message, consent, receipt; `pending` until the gift is there.

    The same again changes nothing. Of whom was erased nothing is kept any more.
    """
    query = select(Donation).filter_by(source_id=told.source_id, their_id=told.their_id).with_for_update()
    gift = await session.scalar(query.execution_options(populate_existing=True))
    if gift is None:
        return Outcome(kind=OutcomeKind.pending)
    changed = await _words(session, gift, told) | await _shown(session, gift, told)
    return Outcome(
        kind=OutcomeKind.posted if changed else OutcomeKind.duplicate,
        donation_id=gift.id,
        entry_id=gift.entry_id,
        lookup_code=gift.lookup_code,
        person_id=gift.person_id,
    )


async def _words(session: WriteSession, gift: Donation, told: GiftUpdate) -> bool:
    key = (await vault.keys(session, [gift.person_id])).get(gift.person_id)
    if key is None:
        return False
    secrets = vault.of(session)
    before = givers.words(secrets, key, gift.person_id, gift.sealed)
    after = {**before, **told.words}
    if after == before:
        return False
    gift.sealed = secrets.seal(key, gift.person_id, "gift", orjson.dumps(after))
    await session.flush()
    return True


async def _shown(session: WriteSession, gift: Donation, told: GiftUpdate) -> bool:
    if not told.shown or all(getattr(gift, name) == value for name, value in told.shown.items()):
        return False
    await consents.change(session, gift, Consent(**told.shown))
    return True
