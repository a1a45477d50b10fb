"""The door: where a platform's signed message comes in, and is answered when its money is committed.

A small ASGI endpoint and not a FastAPI route, which costs several times as much per request
(docs/decisions/0012-the-webhook-door.md).
"""

from collections.abc import Mapping, Sequence

import orjson
import structlog
from prometheus_client import Counter
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from app.fundraising.gifts import Outcome, OutcomeKind
from app.kit import batches
from app.kit.clock import now
from app.kit.database import Transactions
from app.kit.errors import Refusal, Unavailable
from app.kit.group_commit import GroupCommit
from app.kit.http import problems
from app.kit.http.rates import Rates
from app.organizations.models import PlatformKind
from app.webhooks import dialects, inbox
from app.webhooks.errors import BodyTooLarge, DeliveryNotAuthentic, RateExceeded
from app.webhooks.events import Known, Message, Signed
from app.webhooks.senders import Senders

BODY_BYTES_MAX = 64 * 1024

RECEIVED = Counter("zhengxinlu_deliveries", "Messages of platforms, by what became of them.", ["outcome"])
# Looked up once: asking for a label by name costs four times as much as counting.
_COUNTED = {kind: RECEIVED.labels(outcome=kind.value) for kind in OutcomeKind}
log = structlog.get_logger(__name__)


class Door:
    """Verify, understand, book, answer: in this order, and nothing is answered before it is committed.

    A database that neither answers nor refuses holds nobody longer than `answer_seconds_max` for finding the
    sender and as long for a batch to commit; then the answer is 503. Such a message may still be committed
    afterwards, and is a `duplicate` when it comes again.
    """

    def __init__(
        self,
        database: Transactions,
        *,
        batch_max: int,
        queue_max: int,
        answer_seconds_max: float,
        public_url: str,
    ) -> None:
        self._database = database
        self._senders = Senders(database, seconds_max=answer_seconds_max)
        self._rates = Rates()
        self._public_url = public_url
        self._commits: GroupCommit[Message, Outcome] = GroupCommit(
            self._commit, batch_max=batch_max, queue_max=queue_max, seconds_max=answer_seconds_max
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
        if scope["method"] != "POST":
            response = problems.answer(Request(scope), problems.MethodNotAllowed(), status=405)
            response.headers["Allow"] = "POST"
            await response(scope, receive, send)
            return
        # Until we know who speaks, everybody is answered alike: no form tells which platforms there are.
        translator = dialects.of(PlatformKind.standard)
        try:
            headers: dict[bytes, bytes] = dict(scope["headers"])
            body = await _body(headers, receive)
            known, signed = await self._meet(scope["path_params"]["platform"], headers, body)
            translator = dialects.of(known.sender.kind)
            media_type, answer = translator.thank(await self._answer(scope, known, signed, body))
        except Refusal as refusal:
            RECEIVED.labels(outcome=problems.slug(type(refusal))).inc()
            await translator.refuse(problems.answer(Request(scope), refusal))(scope, receive, send)
        except problems.AWAY as error:
            await translator.refuse(problems.away(Request(scope), error))(scope, receive, send)
        else:
            length = str(len(answer)).encode()
            told = [(b"content-type", media_type), (b"content-length", length)]
            await send({"type": "http.response.start", "status": 200, "headers": told})
            await send({"type": "http.response.body", "body": answer})

    async def _meet(self, slug: str, headers: Mapping[bytes, bytes], body: bytes) -> tuple[Known, Signed]:
        known = await self._senders.find(slug)
        translator = dialects.of(known.sender.kind if known else PlatformKind.standard)
        signed = translator.authenticate(known, headers, body, at=now())
        if known is None:
            raise DeliveryNotAuthentic
        return known, signed

    async def _answer(self, scope: Scope, known: Known, signed: Signed, body: bytes) -> bytes:
        allowance = self._rates.take(known.sender.slug, per_second=known.rate_per_second)
        if not allowance.granted:
            scope["state"]["answer_headers"] = scope["state"].get("answer_headers", {}) | allowance.headers
            raise RateExceeded(retry_after_seconds=allowance.retry_after_seconds)
        message = inbox.read(known.sender, body, event_id=signed.event_id, signed_at=signed.signed_at)
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
        return self._said(outcome)

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


async def _body(headers: Mapping[bytes, bytes], receive: Receive) -> bytes:
    announced = headers.get(b"content-length", b"0")
    if not announced.isdigit() or int(announced[:20]) > BODY_BYTES_MAX:
        raise BodyTooLarge(limit_bytes=BODY_BYTES_MAX)
    body, more = b"", True
    while more:
        part = await receive()
        if part["type"] == "http.disconnect":
            raise Unavailable
        body += part.get("body", b"")
        more = part.get("more_body", False)
        if len(body) > BODY_BYTES_MAX:
            raise BodyTooLarge(limit_bytes=BODY_BYTES_MAX)
    return body
