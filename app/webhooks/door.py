"""The door: where a platform's signed message comes in, and is answered when its money is committed.

A small ASGI endpoint on a Starlette route and not a FastAPI one, which costs twice as much per request
(docs/decisions/0012-the-webhook-door.md).
"""

from collections.abc import Sequence
from datetime import UTC, datetime

import orjson
import structlog
from prometheus_client import Counter
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.fundraising.gifts import Outcome, OutcomeKind
from app.kit import batches, signatures
from app.kit.clock import now
from app.kit.database import Transactions
from app.kit.errors import Refusal, Unauthenticated, Unavailable
from app.kit.group_commit import GroupCommit
from app.kit.http import problems
from app.kit.http.rates import Rates
from app.webhooks import inbox
from app.webhooks.errors import BodyTooLarge, DeliveryNotAuthentic, RateExceeded
from app.webhooks.events import Message
from app.webhooks.senders import Known, Senders

BODY_BYTES_MAX = 64 * 1024
EVENT_ID_LENGTH_MAX = 200

RECEIVED = Counter("zhengxinlu_deliveries", "Messages of platforms, by what became of them.", ["outcome"])
# Looked up once: asking for a label by name costs four times as much as counting.
_COUNTED = {kind: RECEIVED.labels(outcome=kind.value) for kind in OutcomeKind}
log = structlog.get_logger(__name__)


class Door:
    """Verify, understand, book, answer: in this order, and nothing is answered before it is committed."""

    def __init__(self, database: Transactions, *, batch_max: int, queue_max: int, public_url: str) -> None:
        self._database = database
        self._senders = Senders(database)
        self._rates = Rates()
        self._public_url = public_url.rstrip("/")
        self._commits: GroupCommit[Message, Outcome] = GroupCommit(
            self._commit, batch_max=batch_max, queue_max=queue_max
        )

    @property
    def waiting(self) -> int:
        """How many messages wait for their batch."""
        return self._commits.waiting

    async def close(self) -> None:
        """Answer every message that was accepted; refuse what comes after."""
        await self._commits.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one message (api.md, "The donation webhook")."""
        request = Request(scope, receive)
        try:
            response = await self._answer(request)
        except Refusal as refusal:
            RECEIVED.labels(outcome=problems.slug(type(refusal))).inc()
            response = problems.answer(request, refusal)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if request.method != "POST":
            response = problems.answer(request, problems.MethodNotAllowed())
            response.status_code, response.headers["Allow"] = 405, "POST"
            return response
        body = await _body(request)
        known = await self._verify(request, body)
        if not self._rates.allows(known.sender.slug, per_second=known.rate_per_second):
            raise RateExceeded(retry_after_seconds=1)
        message = _message(request, known, body)
        outcome = await self._commits.submit(message)
        if outcome.refusal is not None:
            if outcome.kind is OutcomeKind.conflict:
                # Somebody must look: what we booked and what the platform says are not the same.
                problem = problems.slug(type(outcome.refusal))
                log.warning(
                    "delivery_conflict",
                    platform=known.sender.slug,
                    event_id=message.event_id,
                    problem=problem,
                )
            raise outcome.refusal
        _COUNTED[outcome.kind].inc()
        return Response(self._said(outcome), media_type="application/json")

    async def _verify(self, request: Request, body: bytes) -> Known:
        headers = request.headers
        known = await self._senders.find(request.path_params["platform"])
        try:
            # An unknown platform is checked against nothing, so that its answer is the same in word and time.
            signatures.verify(
                known.secrets if known else [],
                message_id=headers.get("webhook-id", ""),
                timestamp=headers.get("webhook-timestamp", ""),
                signatures=headers.get("webhook-signature", ""),
                body=body,
                now=now(),
            )
        except Unauthenticated:
            raise DeliveryNotAuthentic from None
        if known is None or len(headers["webhook-id"]) > EVENT_ID_LENGTH_MAX:
            raise DeliveryNotAuthentic
        return known

    async def _commit(self, messages: Sequence[Message]) -> Sequence[Outcome | BaseException]:
        return await batches.commit(self._database, messages, inbox.keep)

    def _said(self, outcome: Outcome) -> bytes:
        code = outcome.lookup_code
        trace = f"{self._public_url}/v1/disclosure/donations/{code}/trace" if code else None
        return orjson.dumps(
            {
                "outcome": outcome.kind,
                "donation_id": outcome.donation_id,
                "entry_id": outcome.entry_id,
                "lookup_code": code,
                "trace_url": trace,
            }
        )


async def _body(request: Request) -> bytes:
    announced = request.headers.get("content-length", "0")
    if not announced.isdecimal() or int(announced) > BODY_BYTES_MAX:
        raise BodyTooLarge(limit_bytes=BODY_BYTES_MAX)
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_BYTES_MAX:
                raise BodyTooLarge(limit_bytes=BODY_BYTES_MAX)
    except ClientDisconnect:
        raise Unavailable from None
    return body


def _message(request: Request, known: Known, body: bytes) -> Message:
    return inbox.read(
        known.sender,
        body,
        event_id=request.headers["webhook-id"],
        signed_at=datetime.fromtimestamp(int(request.headers["webhook-timestamp"]), UTC),
    )
