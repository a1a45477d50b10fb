"""Words: to whom a receipt is made out, and what staff noted of it, kept in the vault alone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

import orjson
from sqlalchemy import select

from app.fundraising import givers
from app.fundraising.models import Donation, Receipt, ReceiptGift
from app.fundraising.receipts import losses
from app.fundraising.receipts.errors import ReceiptTitleMissing
from app.kit import vault
from app.kit.database import ReadSession, WriteSession
from app.kit.facts import fact
from app.kit.persons import reasons
from app.kit.persons.reasons import About


@fact(kw_only=True)
class Payer:
    """To whom a receipt is made out, where it is sent, and what the finance system had against it."""

    title: str | None = None
    tax_id: str | None = None
    email: str | None = None
    refused: str | None = None


def field(receipt: Receipt) -> str:
    """Return under which name the vault keeps a receipt's words."""
    return f"receipt:{receipt.id}"


async def asked(session: ReadSession, gifts: Sequence[Donation], said: Payer) -> Payer:
    """Return to whom the receipt over these gifts goes: as said, else as the donor asked with a gift."""
    told = await givers.told(session, gifts)
    heard = [told[gift.id] for gift in gifts]

    def first(name: str) -> str | None:
        return next((str(words[name]) for words in heard if words.get(name)), None)

    title = said.title or first("receipt_title") or first("name")
    if title is None:
        raise ReceiptTitleMissing
    return Payer(
        title=title,
        tax_id=said.tax_id or first("receipt_tax_id"),
        email=said.email or first("receipt_email"),
    )


async def keep(session: WriteSession, receipt: Receipt, payer: Payer) -> None:
    """Seal a receipt's words under its donor's key."""
    words = {name: getattr(payer, name) for name in ("title", "tax_id", "email", "refused")}
    text = orjson.dumps({name: value for name, value in words.items() if value}).decode()
    await vault.keep(session, receipt.person_id, {field(receipt): text})


async def note_refusal(session: WriteSession, receipt: Receipt, why: str) -> None:
    """Keep why the finance system refused a receipt: its words may cite the name, so they are sealed too."""
    payer = (await read(session, [receipt])).get(receipt.id)
    if payer is not None:
        await keep(session, receipt, replace(payer, refused=why))


async def note(session: WriteSession, receipt: Receipt, said: str | None) -> None:
    """Seal what staff noted beside a waiver or a reversal."""
    if said is not None:
        await reasons.keep(session, _about(receipt), said)


async def notes(
    session: ReadSession, receipts: Sequence[Receipt], *, clear_in: Collection[UUID]
) -> Mapping[UUID, str]:
    """Return staff's notes by receipt: at the organizations of `clear_in` alone."""
    return await reasons.read(session, [_about(one) for one in receipts if one.organization_id in clear_in])


async def read(session: ReadSession, receipts: Sequence[Receipt]) -> Mapping[UUID, Payer]:
    """Return the words of many receipts; of a donor who was erased, and of a waiver, there are none."""
    found = await vault.read(session, [one.person_id for one in receipts], [field(one) for one in receipts])
    texts = {one.id: found.get(one.person_id, {}).get(field(one)) for one in receipts}
    return {key: Payer(**orjson.loads(text)) for key, text in texts.items() if text}


async def forget(session: WriteSession, person_id: UUID) -> None:
    """Forget the words of every receipt over a gift of this person, also those under another gift's key."""
    over = (
        select(Receipt)
        .join(ReceiptGift, ReceiptGift.receipt_id == Receipt.id)
        .join(Donation, Donation.id == ReceiptGift.donation_id)
        .where(Donation.person_id == person_id, Receipt.person_id != person_id)
    )
    for receipt in await session.scalars(over):
        of_losses = await losses.fields(session, receipt)
        fields = [field(receipt), _about(receipt).field, *of_losses]
        await vault.forget(session, receipt.person_id, fields)


def _about(receipt: Receipt) -> About:
    return About("receipt", receipt.id, receipt.person_id)


def shown(payer: Payer | None, *, clear: bool) -> Payer:
    """Return a receipt's words as staff may read them: in clear, or a title's first character alone."""
    if payer is None or clear:
        return payer or Payer()
    return Payer(title=givers.mask(payer.title) if payer.title else None)
