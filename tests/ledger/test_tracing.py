"""A gift is followed to the fen: to what was paid, into other organizations, past other people's refunds."""

from dataclasses import replace
from itertools import groupby

import pytest

from app.kit.database import WriteSession
from app.ledger import journal, reversals, sources, tracing
from app.ledger.journal import Receipt
from app.ledger.models import EntryKind
from app.ledger.sources import SourceKind
from app.ledger.tracing import PlaceKind, TraceBasis
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


async def test_a_gift_is_told_designated_until_its_fund_receives_anything_else(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    gift = await make.gift(session, books, fund, 100)
    await make.spend(session, books, fund, 40)

    before = await tracing.follow(session, [gift.postings[0].id])
    await make.gift(session, books, fund, 1)
    after = await tracing.follow(session, [gift.postings[0].id])

    assert [place.basis for place in before.places] == [TraceBasis.designated] * 2
    assert [place.basis for place in after.places] == [TraceBasis.fifo] * 2


async def test_the_spent_part_names_its_project_and_what_has_arrived(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    gift = await make.gift(session, books, fund, 100)
    await make.gift(session, books, fund, 100)
    spent = await make.spend(session, books, fund, 150)
    await make.arrival(session, spent.postings[0].id, start=80, amount=40)

    [place] = (await tracing.follow(session, [gift.postings[0].id])).places

    assert (place.kind, place.amount, place.arrived) == (PlaceKind.spent, 100, 20)
    assert (place.entry_id, place.project_id) == (spent.entry_id, books.project_id)
    assert (place.organization_id, place.fund_id) == (books.organization_id, fund.id)


async def test_a_trace_goes_on_in_the_next_organization(session: WriteSession) -> None:
    ours, theirs = await make.books(session), await make.books(session)
    fund, other = await make.fund(session, ours), await make.fund(session, theirs)
    gift = await make.gift(session, ours, fund, 100)
    transfer_id, _ = await make.transfer(session, ours, theirs, fund, 60)
    assert await follow(session, gift) == [[("in_transit", 0, 60), ("unspent", 60, 40)]]
    await make.receive(session, theirs, other, transfer_id)
    spent = await make.spend(session, theirs, other, 50)

    trace = await tracing.follow(session, [gift.postings[0].id])

    assert [(p.kind.value, p.amount, p.depth, p.organization_id) for p in trace.places] == [
        ("spent", 50, 1, theirs.organization_id),
        ("unspent", 10, 1, theirs.organization_id),
        ("unspent", 40, 0, ours.organization_id),
    ]
    [source] = await sources.of(session, spent.postings[0].id)
    assert (source.posting_id, source.start, source.amount) == (gift.postings[0].id, 0, 50)


async def test_a_walk_beyond_the_callers_limits_says_so(session: WriteSession) -> None:
    ours, theirs = await make.books(session), await make.books(session)
    fund, other = await make.fund(session, ours), await make.fund(session, theirs)
    gift = await make.gift(session, ours, fund, 100)
    transfer_id, _ = await make.transfer(session, ours, theirs, fund, 60)
    await make.receive(session, theirs, other, transfer_id)
    for _ in range(30):
        await make.spend(session, ours, fund, 1)

    shallow = await tracing.follow(session, [gift.postings[0].id], depth_max=0)
    narrow = await tracing.follow(session, [gift.postings[0].id], pieces_max=10)

    assert not shallow.complete
    assert not narrow.complete
    assert shallow.places[0].kind is PlaceKind.not_followed
    assert (
        sum(place.amount for place in narrow.places) == sum(place.amount for place in shallow.places) == 100
    )


@pytest.mark.parametrize("away", [False, True])
async def test_a_gift_that_went_to_many_places_is_followed_page_by_page(
    session: WriteSession, away: bool
) -> None:
    ours, theirs = await make.books(session), await make.books(session)
    fund, other = await make.fund(session, ours), await make.fund(session, theirs)
    total = sum(range(1, 41))
    gift = await make.gift(session, ours, fund, total + 100)
    for amount in range(1, 41):
        if away:
            # Each through another association's books: a page of such ways is cut before any ends.
            transfer_id, _ = await make.transfer(session, ours, theirs, fund, amount)
            await make.receive(session, theirs, other, transfer_id)
        else:
            await make.spend(session, ours, fund, amount)

    told, start = [], 0
    while start is not None:
        part = await tracing.page(session, [gift.postings[0].id], start, pieces_max=7)
        assert 0 < len(part.places) <= 8
        assert not part.complete or part.next_start is None
        told += part.places
        start = part.next_start

    ends = [0, *(place.start + place.amount for place in told)]
    assert [place.start for place in told] == ends[:-1]
    assert ends[-1] == total + 100
    whole = (await tracing.follow(session, [gift.postings[0].id])).places
    assert {place.kind for place in told} == {place.kind for place in whole}
    assert PlaceKind.not_followed not in {place.kind for place in told}


async def test_what_is_too_far_away_is_not_asked_for_again(session: WriteSession) -> None:
    members = [await make.books(session) for _ in range(tracing.DEPTH_MAX + 2)]
    funds = [await make.fund(session, books) for books in members]
    gift = await make.gift(session, members[0], funds[0], 100)
    for number in range(len(members) - 1):
        transfer_id, _ = await make.transfer(
            session, members[number], members[number + 1], funds[number], 100
        )
        await make.receive(session, members[number + 1], funds[number + 1], transfer_id)

    part = await tracing.page(session, [gift.postings[0].id])

    assert [(place.kind, place.amount) for place in part.places] == [(PlaceKind.not_followed, 100)]
    assert (part.complete, part.next_start) == (False, None)


@pytest.mark.parametrize("away", [False, True])
async def test_what_hundreds_paid_for_is_traced_back_page_by_page(session: WriteSession, away: bool) -> None:
    ours, theirs = await make.books(session), await make.books(session)
    fund, other = await make.fund(session, ours), await make.fund(session, theirs)
    for amount in range(1, 41):
        await make.gift(session, ours, fund, amount)
    total = sum(range(1, 41))
    if away:
        # Through another association's books: all ways lead back through one transfer.
        transfer_id, _ = await make.transfer(session, ours, theirs, fund, total)
        await make.receive(session, theirs, other, transfer_id)
        spent = await make.spend(session, theirs, other, total)
    else:
        spent = await make.spend(session, ours, fund, total)
    posting_id = spent.postings[0].id

    told, start = [], 0
    while start is not None:
        reach = await sources.page(session, posting_id, start, pieces_max=7)
        assert 0 < len(reach.sources) <= 8
        told += reach.sources
        start = reach.next_start

    assert {source.kind for source in told} == {SourceKind.gift}
    ends = [0, *(source.at + source.amount for source in told)]
    assert [source.at for source in told] == ends[:-1]
    # A page may end in the middle of a gift, and the next goes on there.
    gifts = [sum(s.amount for s in parts) for _, parts in groupby(told, lambda source: source.posting_id)]
    assert gifts == list(range(1, 41))


async def test_a_corrected_gift_reads_moved_and_a_voided_one_voided(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    wrong = await make.gift_draft(session, books, fund, 100)
    wrong = replace(wrong, reference="donation:7")
    [gift, other] = await journal.post(session, [wrong, await make.gift_draft(session, books, fund, 100)])
    reversal = await reversals.reverse(session, gift.entry_id, make.event("typed twice"))

    [before] = (await tracing.follow(session, [gift.postings[0].id])).places
    right = replace(await make.gift_draft(session, books, fund, 90), reference="correction:7:1")
    [correction] = await journal.post(session, [replace(right, kind=EntryKind.correction)])
    [after] = (await tracing.follow(session, [gift.postings[0].id])).places

    assert (before.kind, before.entry_id) == (PlaceKind.voided, reversal.entry_id)
    assert (after.kind, after.entry_id) == (PlaceKind.moved, correction.entry_id)
    assert await follow(session, other) == [[("unspent", 0, 100)]]


async def test_a_trace_reads_as_many_postings_however_many_gifts_there_are(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    read: list[int] = []
    gifts: list[Receipt] = []

    for _ in range(2):
        drafts = [await make.gift_draft(session, books, fund, 10) for _ in range(300)]
        gifts += await journal.post(session, drafts)
        spent = [await make.spend(session, books, fund, 25) for _ in range(8)]
        before = await make.postings_read(session)
        await tracing.follow(session, [gifts[-295].postings[0].id])
        await sources.of(session, spent[-1].postings[0].id)
        read.append(await make.postings_read(session) - before)

    assert 0 < read[1] <= read[0] + 4
