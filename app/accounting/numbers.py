"""Numbers: account numbers, sealed; found again by a blind index, shown by their last four digits."""

from collections.abc import Sequence
from uuid import UUID

from app.accounting.models import Channel
from app.kit import vault
from app.kit.database import ReadSession, WriteSession

LAST = 4
_FIELD = "account_number"


def plain(number: str) -> str:
    """Return an account number without the spaces and dashes that group its digits."""
    return "".join(number.split()).replace("-", "")


def index(secrets: vault.Vault, number: str) -> bytes:
    """Return by what an account number is found again."""
    return secrets.index("account-number", plain(number))


async def keep(session: WriteSession, channel: Channel, number: str) -> None:
    """Seal a channel's account number under the channel's own id."""
    await vault.keep(session, channel.id, {_FIELD: plain(number)})
    channel.number_last = plain(number)[-LAST:]
    channel.number_index = index(vault.of(session), number)


async def read(session: ReadSession, channels: Sequence[Channel]) -> dict[UUID, str]:
    """Return the account numbers of these channels in clear, for those who may read them."""
    opened = await vault.read(session, [channel.id for channel in channels], [_FIELD])
    return {channel_id: values[_FIELD] for channel_id, values in opened.items()}
