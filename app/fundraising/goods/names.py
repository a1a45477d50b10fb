"""Names: who gave goods and who got them, opened for those who may read donors and masked for the rest."""

from collections.abc import Collection, Sequence
from uuid import UUID

from app.fundraising import givers
from app.fundraising.goods.handouts import RECIPIENT
from app.fundraising.goods.intake import GIVER
from app.fundraising.models.goods import GoodsGift, GoodsHandout, RequestedHandout
from app.kit import vault
from app.kit.database import ReadSession

Names = dict[UUID, str | None]


async def of_gifts(session: ReadSession, gifts: Sequence[GoodsGift], *, clear_in: Collection[UUID]) -> Names:
    """Return who gave each gift, in clear for the organizations of `clear_in`."""
    known = await vault.read(session, [gift.id for gift in gifts], [GIVER])
    return {
        gift.id: _shown(known.get(gift.id, {}).get(GIVER), clear=gift.organization_id in clear_in)
        for gift in gifts
    }


async def of_recipients(
    session: ReadSession, handouts: Sequence[GoodsHandout | RequestedHandout], *, clear_in: Collection[UUID]
) -> Names:
    """Return who got each hand-out, or is to get it; organizations are named to everybody."""
    people = [one.id for one in handouts if one.recipient is None]
    known = await vault.read(session, people, [RECIPIENT]) if people else {}
    return {
        one.id: one.recipient
        or _shown(known.get(one.id, {}).get(RECIPIENT), clear=one.organization_id in clear_in)
        for one in handouts
    }


def _shown(name: str | None, *, clear: bool) -> str | None:
    return name if clear or name is None else givers.mask(name)
