"""Money moves only through the journal, and PostgreSQL checks it again."""

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.kit.database import WriteSession
from app.ledger import funds, journal
from app.ledger.errors import EntryUnfit, FundShort
from app.ledger.journal import Line
from app.ledger.models import Balance, ChartAccount, Direction, EntryKind, Posting
from tests.factories import ledger as make


async def test_the_chart_of_2026_has_its_56_statutory_accounts(session: WriteSession) -> None:
    query = select(func.count()).where(ChartAccount.chart == "2026", ChartAccount.kind != "clearing")
    assert await session.scalar(query) == 56


async def test_gifts_take_serial_numbers_without_gaps(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)

    drafts = [await make.gift_draft(session, books, fund, amount) for amount in (100, 1, 250)]
    receipts = await journal.post(session, drafts)

    assert [receipt.postings[0].first_serial for receipt in receipts] == [0, 100, 101]
    assert await funds.left(session, [fund.id]) == {fund.id: 351}


async def test_balances_are_folded_in_with_the_postings(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    await make.gift(session, books, fund, 100)
    await make.gift(session, books, fund, 50)

    income = await make.account(session, books, "4101", fund_id=fund.id)
    balance = (await session.scalars(select(Balance).where(Balance.account_id == income))).one()

    assert (balance.debit, balance.credit, balance.posting_count) == (0, 150, 2)


async def test_a_decision_beyond_the_fund_is_refused(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    await make.gift(session, books, fund, 100)

    with pytest.raises(FundShort) as refusal:
        await journal.post(session, [await spend_draft(session, books, fund, 101)])

    assert (refusal.value.facts["asked"], refusal.value.facts["left"]) == (101, 100)


async def test_a_fact_beyond_the_fund_is_booked_and_the_rest_is_due_from_it(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    await make.gift(session, books, fund, 100)
    due = await make.account(session, books, "1122", fund_id=fund.id)

    [receipt] = await journal.post(session, [await spend_draft(session, books, fund, 130, due_from=due)])

    assert [(p.amount, p.fund_id, p.debit == due) for p in receipt.postings] == [
        (100, fund.id, False),
        (30, None, True),
    ]
    assert receipt.postings[1].stands_for == receipt.postings[0].debit
    assert await funds.left(session, [fund.id]) == {fund.id: 0}


async def test_an_entry_has_at_most_200_postings(session: WriteSession) -> None:
    books = await make.books(session)
    line = Line(
        debit=await make.account(session, books, "1002", channel_id=books.bank_id),
        credit=await make.account(session, books, "2209"),
        amount=1,
    )

    [receipt] = await journal.post(session, [make.draft(books, EntryKind.voucher, *[line] * 200)])
    assert len(receipt.postings) == 200
    for lines in ([], [line] * 201):
        with pytest.raises(EntryUnfit):
            await journal.post(session, [make.draft(books, EntryKind.voucher, *lines)])


async def test_nothing_is_booked_twice_under_one_reference(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    draft = await make.gift_draft(session, books, fund, 100)
    await journal.post(session, [draft])

    with pytest.raises(IntegrityError, match=r"entries_reference_key|entries_pkey"):
        await journal.post(session, [draft])


@pytest.mark.parametrize(
    "statement",
    [
        "update postings set amount = amount + 1",
        "delete from postings",
        "truncate postings cascade",
        "update entries set kind = 'voucher'",
        "delete from entries",
        "update fund_counters set received = received - 1",
        "update fund_counters set spent = received + 1",
        "delete from fund_counters",
        "update accounts set label = 'x'",
        "delete from balances",
        "update funds set restricted = false",
        "update periods set organization_id = organization_id",
        "delete from dimensions",
    ],
)
async def test_the_services_role_can_not_rewrite_the_books(session: WriteSession, statement: str) -> None:
    books = await make.books(session)
    await make.gift(session, books, await make.fund(session, books), 100)

    with pytest.raises(DBAPIError) as refusal:
        await session.execute(text(statement))

    assert refusal.value.orig.sqlstate in {"42501", "23514", "23001"}


async def test_the_owner_can_not_rewrite_the_books_either(cluster, fresh_database, committed) -> None:
    import psycopg

    async with committed.writing() as session:
        books = await make.books(session)
        await make.gift(session, books, await make.fund(session, books), 100)
    with psycopg.connect(cluster.url(fresh_database, "owner"), autocommit=True) as owner:
        for statement in (
            "update postings set amount = 1",
            "delete from entries",
            "truncate arrivals cascade",
            "delete from balances",
        ):
            with pytest.raises(psycopg.errors.RestrictViolation):
                owner.execute(statement)


@pytest.mark.parametrize("amount", [0, -1, 10**15 + 1])
async def test_the_database_refuses_amounts_that_are_none(session: WriteSession, amount: int) -> None:
    books = await make.books(session)
    line = Line(
        debit=await make.account(session, books, "1002", channel_id=books.bank_id),
        credit=await make.account(session, books, "2209"),
        amount=amount,
    )
    with pytest.raises(IntegrityError, match="postings_amount_check"):
        await journal.post(session, [make.draft(books, EntryKind.voucher, line)])


async def test_a_posting_can_not_reach_into_other_books(session: WriteSession) -> None:
    ours, theirs = await make.books(session), await make.books(session)
    line = Line(
        debit=await make.account(session, ours, "1002", channel_id=ours.bank_id),
        credit=await make.account(session, theirs, "2209"),
        amount=1,
    )
    with pytest.raises(IntegrityError, match="postings_credit_account_fkey"):
        await journal.post(session, [make.draft(ours, EntryKind.voucher, line)])


async def test_a_posting_moves_the_fund_of_its_account(session: WriteSession) -> None:
    books = await make.books(session)
    fund, other = await make.fund(session, books), await make.fund(session, books)
    bank = await make.account(session, books, "1002", channel_id=books.bank_id)
    income = await make.account(session, books, "4101", fund_id=fund.id)
    wrong = Line(debit=bank, credit=income, amount=1, fund_id=other.id, direction=Direction.inflow)
    none = Line(debit=bank, credit=income, amount=1)

    with pytest.raises(IntegrityError, match="not agree with the funds"):
        async with session.begin_nested():
            await journal.post(session, [make.draft(books, EntryKind.donation, wrong)])
    with pytest.raises(IntegrityError, match="does not agree with the funds"):
        async with session.begin_nested():
            await journal.post(session, [make.draft(books, EntryKind.donation, none)])


async def test_an_entry_without_a_posting_does_not_commit(session: WriteSession) -> None:
    books = await make.books(session)
    await make.gift(session, books, await make.fund(session, books), 1)
    columns = "organization_id, chart, kind, occurred_at, booked_on, actor, currency, created_at"
    await session.execute(
        text(
            f"insert into entries (id, reference, {columns}) select gen_random_uuid(), 'empty', {columns}"
            " from entries limit 1"
        )
    )
    with pytest.raises(IntegrityError, match="entries_first_line_fkey"):
        await session.execute(text("set constraints all immediate"))


async def test_serial_numbers_can_not_be_skipped(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    await make.gift(session, books, fund, 100)
    await session.execute(text("update fund_counters set received = received + 5"))
    with pytest.raises(IntegrityError, match="do not join"):
        await make.gift(session, books, fund, 100)


async def test_restricted_money_goes_only_to_its_purpose(session: WriteSession) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    await make.gift(session, books, fund, 100)
    line = Line(
        debit=await make.account(session, books, "5101", fund_id=fund.id),
        credit=await make.account(session, books, "1002", channel_id=books.bank_id),
        amount=10,
        fund_id=fund.id,
        direction=Direction.outflow,
    )
    with pytest.raises(IntegrityError, match="outside its purpose"):
        await journal.post(session, [make.draft(books, EntryKind.disbursement, line)])


async def test_the_clearing_account_is_zero_in_every_entry(session: WriteSession) -> None:
    books = await make.books(session)
    line = Line(
        debit=await make.account(session, books, "0000"),
        credit=await make.account(session, books, "2209"),
        amount=10,
    )
    with pytest.raises(IntegrityError, match="clearing account is not zero"):
        await journal.post(session, [make.draft(books, EntryKind.voucher, line)])


async def test_commitments_stand_in_for_what_is_not_published(session: WriteSession) -> None:
    books = await make.books(session)
    line = Line(
        debit=await make.account(session, books, "1002", channel_id=books.bank_id),
        credit=await make.account(session, books, "2209"),
        amount=10,
    )
    [receipt] = await journal.post(session, [make.draft(books, EntryKind.voucher, line)])
    row = (
        await session.execute(
            text("select commit_body, body_salt, xid from entries where id = :id"), {"id": receipt.entry_id}
        )
    ).one()
    assert len(row.commit_body) == len(row.body_salt) == 32
    assert (await session.scalars(select(Posting.amount))).all() == [10]


async def spend_draft(session, books, fund, amount, *, due_from=None):
    line = Line(
        debit=await make.account(session, books, "5101", fund_id=fund.id, project_id=books.project_id),
        credit=await make.account(session, books, "1002", channel_id=books.bank_id),
        amount=amount,
        fund_id=fund.id,
        direction=Direction.outflow,
        due_from=due_from,
    )
    return make.draft(books, EntryKind.disbursement, line)
