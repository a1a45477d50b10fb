"""Random histories: the same events in the real books and in the model of coins."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from app.kit.database import WriteSession
from app.ledger import exchanges, reversals
from app.ledger.journal import Receipt
from app.ledger.models import Fund
from app.ledger.movements import dues
from tests.factories import ledger as make
from tests.factories.ledger import Books
from tests.ledger.coins import Coins


@dataclass(frozen=True)
class World:
    """Three members; the first has two funds, the others one each, and all a general one."""

    books: list[Books]
    funds: list[tuple[Books, Fund]]


async def world(session: WriteSession) -> World:
    books = [await make.books(session) for _ in range(3)]
    funds = [(book, await make.fund(session, book)) for book in (books[0], *books)]
    return World(books, [*funds, *((book, book.general) for book in books)])


@dataclass
class History:
    """What happened so far; every method does nothing where it makes no sense."""

    session: WriteSession
    world: World
    coins: Coins = field(default_factory=Coins)
    gifts: list[tuple[Books, Fund, Receipt]] = field(default_factory=list)
    spends: list[tuple[Books, Fund, Receipt]] = field(default_factory=list)
    refunds: list[tuple[Books, Fund, Receipt]] = field(default_factory=list)
    transfers: list[dict] = field(default_factory=list)
    moves: list[tuple[Fund, Fund, Receipt]] = field(default_factory=list)
    givebacks: list[dict] = field(default_factory=list)
    back: dict[UUID, int] = field(default_factory=dict)

    @property
    def funds(self) -> list[tuple[Books, Fund]]:
        """All funds to choose from, those of the first two members more often, so that things meet."""
        return [*self.world.funds, *self.world.funds[:3], *self.world.funds[:3]]

    async def gift(self, a: int, b: int) -> None:
        books, fund = pick(self.funds, a)
        receipt = await make.gift(self.session, books, fund, 1 + b % 9)
        self.coins.take_in(fund.id, receipt.postings[0].id, receipt.postings[0].amount)
        self.gifts.append((books, fund, receipt))

    async def spend(self, a: int, b: int) -> None:
        books, fund = pick(self.funds, a)
        if left := self.coins.left(fund.id):
            receipt = await make.spend(self.session, books, fund, 1 + b % left)
            self.coins.pay(fund.id, receipt.postings[0].id, receipt.postings[0].amount)
            self.spends.append((books, fund, receipt))

    async def refund(self, a: int, b: int, *, fact: bool = True, own_fault: bool = False) -> None:
        if not self.gifts:
            return
        books, fund, gift = pick(self.gifts, a)
        [[part]] = (await exchanges.standing(self.session, [gift.entry_id])).values()
        payer = books.general if own_fault else fund
        amount = min(1 + b % 9, part.left if fact else min(part.left, self.coins.left(payer.id)))
        if not amount:
            return
        paid_by = payer if own_fault else None
        receipt = await make.refund(self.session, books, gift, amount, fact=fact, paid_by=paid_by)
        for posting in receipt.postings:
            begin = posting.follows.offset
            tokens = [(part.posting_id, offset) for offset in range(begin, begin + posting.amount)]
            if posting.fund_id:
                self.coins.exchange(payer.id, posting.id, tokens, "refunded")
            else:
                self.coins.owe(posting.id, tokens)
        self.refunds.append((books, payer, receipt))

    async def decide_refund(self, a: int, b: int) -> None:
        await self.refund(a, b, fact=False)

    async def refund_own_fault(self, a: int, b: int) -> None:
        await self.refund(a, b, fact=bool(b % 2), own_fault=True)

    async def clear(self, a: int, b: int) -> None:
        organizations = [books.organization_id for books in self.world.books]
        waiting = await dues.waiting(self.session, organizations)
        if not waiting:
            return
        due = pick(waiting, a)
        books = next(one for one in self.world.books if one.organization_id == due.organization_id)
        fund = next(fund for _, fund in self.world.funds if fund.id == due.fund_id)
        payer = pick([fund, books.general], b)
        if amount := min(due.left, self.coins.left(payer.id), 1 + b):
            receipt = await dues.clear(self.session, due, payer, make.event(), amount=amount)
            self.coins.clear(payer.id, receipt.postings[0].id, due.posting_id, due.cleared, amount)

    async def void(self, a: int, b: int) -> None:
        if not self.gifts:
            return
        _, fund, gift = pick(self.gifts, a)
        [[part]] = (await exchanges.standing(self.session, [gift.entry_id])).values()
        if not 0 < part.left <= self.coins.left(fund.id) or gift.entry_id in self.back:
            return
        receipt = await reversals.reverse(self.session, gift.entry_id, make.event())
        self.back[gift.entry_id] = 1
        tokens = [(part.posting_id, offset) for offset in range(part.exchanged, part.amount)]
        self.coins.exchange(fund.id, receipt.postings[0].id, tokens, "voided")

    async def come_back(self, a: int, b: int) -> None:
        if not self.spends:
            return
        books, fund, spent = pick(self.spends, a)
        [posting] = spent.postings
        stands = posting.amount - self.back.get(posting.id, 0)
        if not stands:
            return
        amount = stands if b % 3 == 0 else 1 + b % stands
        if b % 3 == 0:
            receipt = await reversals.reverse(self.session, spent.entry_id, make.event())
        else:
            receipt = await make.returned(self.session, books, posting.id, amount)
        self.back[posting.id] = posting.amount - stands + amount
        self.coins.come_back(fund.id, receipt.postings[0].id, posting.id, stands - amount, amount)

    async def bounce(self, a: int, b: int) -> None:
        """A refund that came back: the donor's account was gone."""
        if not self.refunds:
            return
        _, payer, refund = pick(self.refunds, a)
        [posting, *rest] = refund.postings
        if rest or posting.fund_id is None or posting.id in self.back:
            return
        receipt = await reversals.reverse(self.session, refund.entry_id, make.event())
        self.back[posting.id] = posting.amount
        self.coins.come_back(payer.id, receipt.postings[0].id, posting.id, 0, posting.amount)

    async def transfer(self, a: int, b: int) -> None:
        books, fund = pick(self.funds, a)
        other = pick([one for one in self.world.books if one is not books], b)
        if left := self.coins.left(fund.id):
            amount = 1 + b % left
            transfer_id, receipt = await make.transfer(self.session, books, other, fund, amount)
            self.coins.pay(fund.id, receipt.postings[0].id, amount, "in_transit")
            it = {"id": transfer_id, "from": (books, fund), "to": other, "out": receipt.postings[0]}
            self.transfers.append(it)

    async def receive(self, a: int, b: int) -> None:
        waiting = [one for one in self.transfers if "in" not in one]
        if waiting:
            it = pick(waiting, a)
            fund = pick([fund for books, fund in self.world.funds if books is it["to"]], b)
            receipt = await make.receive(self.session, it["to"], fund, it["id"])
            it |= {"in": receipt.postings[0], "fund": fund, "given": 0}
            self.coins.arrive(fund.id, receipt.postings[0].id, it["out"].id)

    async def give_back(self, a: int, b: int) -> None:
        received = [one for one in self.transfers if "in" in one]
        if not received:
            return
        it = pick(received, a)
        stands = it["in"].amount - it["given"]
        if amount := min(stands, self.coins.left(it["fund"].id), 1 + b):
            giving, receipt = await make.give_back(self.session, it["to"], it["id"], amount)
            begin = stands - amount
            tokens = [(it["in"].id, offset) for offset in range(begin, stands)]
            self.coins.exchange(it["fund"].id, receipt.postings[0].id, tokens, "in_transit")
            it["given"] += amount
            self.givebacks.append({"id": giving, "of": it, "begin": begin, "amount": amount})

    async def take_back(self, a: int, b: int) -> None:
        if self.givebacks:
            it = self.givebacks.pop(0)
            books, fund = it["of"]["from"]
            receipt = await make.take_back(self.session, books, it["of"]["id"], it["id"])
            outflow = it["of"]["out"].id
            self.coins.come_back(fund.id, receipt.postings[0].id, outflow, it["begin"], it["amount"])

    async def move(self, a: int, b: int) -> None:
        books, source = pick(self.funds, a)
        targets = [fund for one, fund in self.world.funds if one is books and fund is not source]
        target = pick(targets, b)
        if left := self.coins.left(source.id):
            receipt = await make.move(self.session, source, target, 1 + b % left)
            out, into = receipt.postings
            self.coins.pay(source.id, out.id, out.amount)
            self.coins.arrive(target.id, into.id, out.id)
            self.moves.append((source, target, receipt))

    async def move_back(self, a: int, b: int) -> None:
        if not self.moves:
            return
        source, target, moved = pick(self.moves, a)
        out, into = moved.postings
        if moved.entry_id in self.back or self.coins.left(target.id) < out.amount:
            return
        receipt = await reversals.reverse(self.session, moved.entry_id, make.event())
        self.back[moved.entry_id] = 1
        tokens = [(into.id, offset) for offset in range(into.amount)]
        self.coins.exchange(target.id, receipt.postings[1].id, tokens, "voided")
        self.coins.come_back(source.id, receipt.postings[0].id, out.id, 0, out.amount)


VERBS = [
    *(
        "gift",
        "gift",
        "gift",
        "spend",
        "spend",
        "spend",
        "refund",
        "refund",
        "decide_refund",
        "refund_own_fault",
    ),
    *("clear", "void", "come_back", "bounce", "transfer", "transfer", "receive", "receive"),
    *("give_back", "take_back", "move", "move_back"),
]


def pick(things: Sequence, number: int):
    return things[number % len(things)]
