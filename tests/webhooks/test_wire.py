"""What the door makes of requests as they come over the wire, whatever a client's library makes of them."""

import gzip
import json
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from http.client import HTTPResponse
from typing import Any

import psycopg
import pytest

from app.kit.database import Database
from app.kit.vault import Vault
from tests.databases import Cluster
from tests.journeys.services import INDEX_KEY, MASTER_KEY, running
from tests.webhooks.platforms import Partner, partner

PATIENCE_SECONDS = 60
LIMIT_BYTES = 64 * 1024
Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Wire:
    """A service that listens, and a platform that writes its requests byte by byte."""

    here: Partner
    port: int
    database_url: str

    def gift(self) -> bytes:
        return json.dumps(self.here.event(), ensure_ascii=False).encode()

    def head(self, body: bytes, *more: tuple[str, str], version: str = "1.1", **over: Any) -> bytes:
        lines = [f"POST /v1/webhooks/{self.here.platform.slug} HTTP/{version}", "host: localhost"]
        lines += [f"{name}: {value}" for name, value in [*self.here.headers(body, **over).items(), *more]]
        return "\r\n".join([*lines, "", ""]).encode("latin-1")

    def whole(self, body: bytes, *more: tuple[str, str], **over: Any) -> bytes:
        return self.head(body, ("content-length", str(len(body))), *more, **over) + body

    def ask(self, *pieces: bytes, answers: int = 1) -> list[tuple[int, Any]]:
        """Send these pieces one by one; return so many answers, each with what became of it."""
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE_SECONDS) as wire:
            for piece in pieces:
                wire.sendall(piece)
            return [self._answer(wire) for _ in range(answers)]

    @staticmethod
    def _answer(wire: socket.socket) -> tuple[int, Any]:
        answer = HTTPResponse(wire)
        answer.begin()
        said = answer.read()
        if answer.headers.get_content_type() not in {"application/json", "application/problem+json"}:
            return answer.status, None
        told = json.loads(said)
        return answer.status, told.get("outcome") or told["code"]

    def booked(self) -> int:
        with psycopg.connect(self.database_url) as connection:
            [(count,)] = connection.execute("select count(*) from donations").fetchall()
            return count


@pytest.fixture(scope="module")
async def wire(cluster: Cluster, template: str) -> AsyncIterator[Wire]:
    name = "zxl_wire"
    cluster.drop(name)
    cluster.create(name, template=template)
    keys = Vault({"test": MASTER_KEY}, current="test", index_key=INDEX_KEY)
    database = Database(cluster.url(name), pool_size=1, info={"vault": keys})
    async with database.writing() as session:
        here = await partner(session)
    await database.close()
    with running(cluster.url(name)) as service:
        yield Wire(here, service.port, cluster.url(name))
    cluster.drop(name)


def chunked(*parts: bytes, trailer: bytes = b"") -> list[bytes]:
    return [*(b"%x\r\n%b\r\n" % (len(part), part) for part in parts), b"0\r\n" + trailer + b"\r\n"]


CHUNKED = ("transfer-encoding", "chunked")


def test_a_body_in_pieces_is_signed_as_a_whole(wire: Wire) -> None:
    before, body = wire.booked(), wire.gift()
    # Cut through the middle of characters, too.
    pieces = chunked(*(body[at : at + 7] for at in range(0, len(body), 7)), trailer=b"x-more: 1\r\n")
    assert wire.ask(wire.head(body, CHUNKED), *pieces) == [(200, "posted")]
    assert wire.booked() == before + 1


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_a_plain_request_of_either_version_is_booked(wire: Wire, version: str) -> None:
    assert wire.ask(wire.whole(wire.gift(), version=version)) == [(200, "posted")]


def test_requests_that_come_one_behind_the_other_are_answered_in_their_order(wire: Wire) -> None:
    good, bad = wire.whole(wire.gift()), wire.whole(b"{")
    told = wire.ask(good + bad + wire.whole(wire.gift()), answers=3)
    assert told == [(200, "posted"), (400, "event-unreadable"), (200, "posted")]


def test_whoever_asks_whether_to_go_on_is_told_and_answered(wire: Wire) -> None:
    body = wire.gift()
    head = wire.head(body, ("content-length", str(len(body))), ("expect", "100-continue"))
    assert wire.ask(head, body) == [(200, "posted")]


def test_too_much_is_refused_before_the_rest_is_read(wire: Wire) -> None:
    large = b"x" * (LIMIT_BYTES + 1)
    announced = wire.head(large, ("content-length", str(len(large))))
    # Nothing of it is ever sent, and there is an answer all the same.
    assert wire.ask(announced) == [(413, "body-too-large")]
    assert wire.ask(wire.head(large, CHUNKED), chunked(large)[0]) == [(413, "body-too-large")]
    exactly = wire.gift().ljust(LIMIT_BYTES)
    assert wire.ask(wire.whole(exactly)) == [(200, "posted")]


def test_what_two_readers_could_cut_differently_is_no_request(wire: Wire) -> None:
    before, body = wire.booked(), wire.gift()
    length = ("content-length", str(len(body)))
    for more in (
        [length, ("content-length", "3")],
        [length, CHUNKED],
        [("content-length", "+5")],
        [("content-length", "-1")],
        [("content-length", "1" + "0" * 30)],
    ):
        assert wire.ask(wire.head(body, *more) + body) == [(400, None)], more
    assert wire.booked() == before


def test_no_encoding_of_the_body_is_undone(wire: Wire) -> None:
    """The signature covers what came; whoever packs it signs something that is no JSON."""
    packed, gzipped = gzip.compress(wire.gift()), ("content-encoding", "gzip")
    assert wire.ask(wire.whole(packed, gzipped)) == [(400, "event-unreadable")]
    assert wire.ask(wire.whole(wire.gift(), gzipped)) == [(200, "posted")]


def test_an_event_id_is_any_line_up_to_200_characters(wire: Wire) -> None:
    for event_id in ("a" * 200, "a b\tc.d", "../../etc", "é"):
        status = 200 if event_id.isascii() else 401
        [(told, _)] = wire.ask(wire.whole(wire.gift(), event_id=event_id))
        assert told == status, event_id
    assert wire.ask(wire.whole(wire.gift(), event_id="a" * 201)) == [(401, "delivery-not-authentic")]
    for character in "\x00\x01\x7f":
        assert wire.ask(wire.whole(wire.gift(), event_id=f"a{character}b")) == [(400, None)]


def test_a_sender_who_leaves_in_the_middle_leaves_nothing_behind(wire: Wire) -> None:
    before, body = wire.booked(), wire.gift()
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", wire.port), PATIENCE_SECONDS) as left:
            left.sendall(wire.whole(body)[:-10])
    assert wire.ask(wire.whole(wire.gift())) == [(200, "posted")]
    assert wire.booked() == before + 1
