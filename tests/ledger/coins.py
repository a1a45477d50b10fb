"""A reference model of the funds: queues of single fen that people hold claims to.

It knows no serial numbers. Each inflow hands out one token per fen, which is held by a coin in a queue. Who
pays takes the oldest coins. Who takes a gift back eats the oldest coins too; the token of an eaten coin gets
the coin of the gift that was taken back, wherever that coin is by now.
"""

from collections import deque
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

Token = tuple[Any, int]
Spot = tuple[str, Any, int]


@dataclass(eq=False)
class Coin:
    token: Token
    out: tuple[UUID, int] | None = None


@dataclass
class Coins:
    queues: dict[UUID, deque[Coin]] = field(default_factory=dict)
    holder: dict[Token, Coin] = field(default_factory=dict)
    where: dict[Coin, UUID] = field(default_factory=dict)
    ended: dict[Token, Spot] = field(default_factory=dict)
    outs: dict[UUID, list[Coin]] = field(default_factory=dict)
    kinds: dict[UUID, str] = field(default_factory=dict)
    returned: dict[tuple[UUID, int], Token] = field(default_factory=dict)
    came_from: dict[Token, tuple[UUID, int]] = field(default_factory=dict)
    received: dict[UUID, UUID] = field(default_factory=dict)
    sent_by: dict[UUID, UUID] = field(default_factory=dict)

    def left(self, fund: UUID) -> int:
        return len(self.queues.setdefault(fund, deque()))

    def take_in(self, fund: UUID, posting: UUID, amount: int) -> None:
        for offset in range(amount):
            coin = Coin((posting, offset))
            self.holder[coin.token] = coin
            self.where[coin] = fund
            self.queues.setdefault(fund, deque()).append(coin)

    def pay(self, fund: UUID, posting: UUID, amount: int, kind: str = "spent") -> None:
        coins = [self.queues[fund].popleft() for _ in range(amount)]
        self.outs[posting], self.kinds[posting] = coins, kind
        for offset, coin in enumerate(coins):
            coin.out = (posting, offset)

    def exchange(self, fund: UUID, posting: UUID, tokens: list[Token], kind: str) -> None:
        for offset, token in enumerate(tokens):
            eaten = self.queues[fund].popleft()
            coin = self.holder.pop(token)
            self.ended[token] = (kind, posting, offset)
            if coin is not eaten:
                coin.token = eaten.token
                self.holder[eaten.token] = coin

    def owe(self, posting: UUID, tokens: list[Token]) -> None:
        for offset, token in enumerate(tokens):
            coin = self.holder.pop(token)
            coin.token = (("due", posting), offset)
            self.holder[coin.token] = coin
            self.ended[token] = ("refunded_uncovered", posting, offset)

    def clear(self, fund: UUID, posting: UUID, due: UUID, begin: int, amount: int) -> None:
        places = range(begin, begin + amount)
        self.exchange(fund, posting, [(("due", due), offset) for offset in places], "cleared")
        for token, (_, by, offset) in list(self.ended.items()):
            if by == due and offset in places:
                self.ended[token] = ("refunded", due, offset)

    def come_back(self, fund: UUID, posting: UUID, outflow: UUID, begin: int, amount: int) -> None:
        self.take_in(fund, posting, amount)
        for offset in range(amount):
            self.returned[outflow, begin + offset] = (posting, offset)
            self.came_from[posting, offset] = (outflow, begin + offset)

    def arrive(self, fund: UUID, posting: UUID, outflow: UUID) -> None:
        self.take_in(fund, posting, len(self.outs[outflow]))
        self.received[outflow], self.sent_by[posting] = posting, outflow

    def place(self, token: Token) -> Spot:
        """Where a fen of an inflow is now."""
        if token in self.ended:
            kind, posting, offset = self.ended[token]
            back = self.returned.get((posting, offset))
            return self.place(back) if back else (kind, posting, offset)
        coin = self.holder[token]
        if coin.out is None:
            return ("unspent", self.where[coin], 0)
        posting, offset = coin.out
        if back := self.returned.get(coin.out):
            return self.place(back)
        if posting in self.received:
            return self.place((self.received[posting], offset))
        return (self.kinds[posting], posting, offset)

    def owner(self, token: Token) -> Spot:
        """Whose fen a token is in the end: of a gift, or of a refund that nobody has covered."""
        posting, offset = token
        if isinstance(posting, tuple):
            return ("due", posting[1], offset)
        if posting in self.sent_by:
            return self.owner(self.outs[self.sent_by[posting]][offset].token)
        if token in self.came_from:
            outflow, before = self.came_from[token]
            if outflow in self.outs:
                return self.owner(self.outs[outflow][before].token)
            for gift, (_, by, at) in self.ended.items():
                if (by, at) == (outflow, before):
                    return self.owner(gift)
        return ("gift", posting, offset)
