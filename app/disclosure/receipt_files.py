"""Receipt files: what a donor keeps to prove, without us and for ever, that the gift is in the books."""

from app.fundraising import givers
from app.fundraising.models import Donation
from app.kit import vault
from app.kit.database import ReadSession
from app.kit.vault import PersonErased
from app.transparency import heads
from app.transparency.errors import LeafNotProven
from app.transparency.leaves import said as said_by
from app.transparency.receipts import Opened, Receipt


async def of(session: ReadSession, donation: Donation) -> Receipt:
    """Return the receipt file of a gift, for whoever holds its lookup code.

    It opens the number that stands on the donor's bill, and the name only where the giver agreed to show it:
    a lookup code is passed on more easily than a name. Raises PersonErased once the key is gone: what was
    handed out before stays valid, but nothing is opened anew.
    """
    leaf = await heads.leaf_of(session, entry_id=donation.entry_id)
    if leaf is None:
        raise LeafNotProven
    key = (await vault.keys(session, [donation.person_id])).get(donation.person_id)
    if key is None:
        raise PersonErased
    opened = {"reference": Opened(donation.their_id, vault.salt(key, donation.entry_id, "reference"))}
    if donation.show_name and not donation.anonymous:
        words = (await givers.told(session, [donation]))[donation.id]
        if name := words.get("name"):
            opened["donor"] = Opened(name, vault.salt(key, donation.entry_id, "donor"))
    said = (await said_by(session, [donation.entry_id]))[donation.entry_id]
    opened = {name: one for name, one in opened.items() if said.commit.get(name) is not None}
    proof = await heads.proof(session, leaf.index)
    keys = await heads.keys(session, leaf.log_id)
    return Receipt(leaf.body, opened, str(proof), [str(key) for key in keys])
