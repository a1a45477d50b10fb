"""A gift is followed to the fen: to what was paid, into other organizations, past other people's refunds."""

from app.kit.database import WriteSession
from app.ledger import tracing
from app.ledger.journal import Receipt
from tests.factories import ledger as make


async def follow(session: WriteSession, *gifts: Receipt) -> list[list[tuple[str, int, int]]]:
    trace = await tracing.follow(session, [gift.postings[0].id for gift in gifts])
    assert trace.complete
    return [
        [(p.kind.value, p.start, p.amount) for p in trace.places if p.origin == gift.postings[0].id]
        for gift in gifts
    ]


async def test_of_three_unspent_gifts_the_middle_one_is_refunded(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    first, middle, last = [await make.gift(session, books, fund, 100) for _ in range(3)]

    await make.refund(session, books, middle, 100)

    assert await follow(session, first, middle, last) == [
        [("unspent", 0, 100)],
        [("refunded", 0, 100)],
        [("unspent", 0, 100)],
    ]


async def test_what_was_spent_of_a_refunded_gift_passes_to_the_next_numbers(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    first, middle, last = [await make.gift(session, books, fund, 100) for _ in range(3)]
    await make.spend(session, books, fund, 140)

    await make.refund(session, books, middle, 100)

    # The 40 that had been spent of the middle gift are now 40 of the last one, and no more than those.
    assert await follow(session, first, middle, last) == [
        [("spent", 0, 100)],
        [("refunded", 0, 100)],
        [("spent", 0, 20), ("spent", 20, 20), ("unspent", 40, 60)],
    ]
