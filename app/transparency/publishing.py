"""Publishing: what the worker does every second: seal what is new, then sign it."""

import structlog
from prometheus_client import Counter

from app.kit.database import Transactions
from app.kit.errors import Refusal
from app.transparency import log as public_log
from app.transparency import signer
from app.transparency.errors import HeadMoved
from app.transparency.signer import Office

EVERY_SECONDS = 1

NOT_SIGNED = Counter(
    "zhengxinlu_log_not_signed_total", "Rounds in which the log's head was refused a signature"
)
log = structlog.get_logger(__name__)


async def seal(database: Transactions, origin: str, *, batch_max: int = public_log.BATCH_MAX) -> int:
    """Seal everything that is there, a batch a transaction; return how much it was."""
    total = 0
    while True:
        try:
            async with database.writing() as session:
                sealed = await public_log.seal(session, origin, batch_max=batch_max)
        except HeadMoved:
            # Another sealer was quicker: what was left is its business.
            return total
        total += sealed
        if not sealed:
            return total


async def publish(database: Transactions, office: Office) -> int:
    """Seal what is new and sign it; return the size that is public now, 0 if nothing was signed.

    A head that does not continue what was signed before gets no signature: an alert is told, once.
    """
    try:
        await seal(database, office.origin)
        signed = await signer.sign(database, office)
    except Refusal as refusal:
        NOT_SIGNED.inc()
        async with database.writing() as session:
            news = await signer.alarm(session, type(refusal).__name__)
        if news:
            facts = {"reason": type(refusal).__name__, "origin": office.origin, **refusal.facts}
            log.error("log_not_signed", **facts)  # noqa: TRY400 - it is no fault of the program
        return 0
    return signed.size if signed else 0
