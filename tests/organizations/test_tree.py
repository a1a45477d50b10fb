"""The federation's tree: who stands above whom, and what the database refuses about it."""

import asyncio
from datetime import date

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.kit.database import Database, WriteSession
from app.ledger import funds
from app.ledger.models import Dimension, DimensionKind, Period
from app.organizations import organizations
from app.organizations.errors import (
    CodeTaken,
    CreditCodeInvalid,
    CreditCodeTaken,
    OutOfSight,
    ParentNotAbove,
    RegionUnknown,
)
from app.organizations.models import Organization, Tier
from tests.factories import organizations as make

USCC = "52620600MJY949356H"


async def put_under(session: WriteSession, child: Organization, parent: Organization) -> None:
    """Set a parent as somebody would who goes round our rules."""
    await session.execute(
        text("update organizations set parent_id = :parent, parent_rank = :rank where id = :child"),
        {"parent": parent.id, "rank": parent.rank, "child": child.id},
    )


async def test_a_member_opens_its_books_with_a_general_fund(session: WriteSession) -> None:
    member = await make.organization(session, books_from=date(2026, 4, 1))

    dimension = await session.get_one(Dimension, member.id)
    assert (dimension.kind, dimension.code) == (DimensionKind.organization, member.code)
    assert (await funds.general(session, member.id)).general
    months = await session.scalars(select(Period.month).where(Period.organization_id == member.id))
    assert list(months) == [date(2026, 4, 1)]


async def test_subtree_and_ancestors_take_one_statement_each(session: WriteSession) -> None:
    province, city, county, beside = await make.tree(session)
    statements: list[str] = []
    listen = (session.bind.sync_connection, "before_cursor_execute", lambda *seen: statements.append(seen[2]))
    event.listen(*listen)
    below = await organizations.subtree_ids(session, province.id)
    above = await organizations.ancestors(session, county.id)
    event.remove(*listen)

    assert len(statements) == 2
    assert set(below) == {province.id, city.id, county.id, beside.id}
    assert [one.id for one in above] == [province.id, city.id]
    assert await organizations.subtree_ids(session, county.id) == [county.id]
    assert await organizations.ancestors(session, province.id) == []


async def test_the_database_refuses_every_cycle(session: WriteSession) -> None:
    province, city, county, beside = await make.tree(session)
    for child, parent in ((province, county), (province, city), (city, county), (city, city), (city, beside)):
        with pytest.raises(IntegrityError, match="acyclic"):
            async with session.begin_nested():
                await put_under(session, child, parent)


async def test_a_false_height_does_not_help_a_cycle(session: WriteSession) -> None:
    province, _, county, _ = await make.tree(session)
    lie = text("update organizations set parent_id = :parent, parent_rank = 0 where id = :child")
    with pytest.raises(IntegrityError, match="organizations_parent_fkey"):
        async with session.begin_nested():
            await session.execute(lie, {"parent": county.id, "child": province.id})


async def test_a_parent_keeps_its_tier(session: WriteSession) -> None:
    _, city, _, _ = await make.tree(session)
    with pytest.raises(DBAPIError):
        async with session.begin_nested():
            await session.execute(
                text("update organizations set tier = 'county' where id = :id"), {"id": city.id}
            )


async def test_moves_that_cross_make_no_cycle(committed: Database) -> None:
    async with committed.writing() as session:
        province = await make.organization(session)
        one, other = [await make.organization(session, parent=province) for _ in range(2)]
        counties = [await make.organization(session, parent=city) for city in (one, other)]

    async def move(child: Organization, parent: Organization) -> bool:
        try:
            async with committed.writing() as session:
                await session.execute(text("select pg_sleep(0.05)"))
                await put_under(session, child, parent)
                await session.execute(text("select pg_sleep(0.05)"))
        except IntegrityError:
            return False
        return True

    moved = await asyncio.gather(
        *(move(one, other), move(other, one), move(one, counties[0]), move(province, one)),
        *(move(counties[0], other), move(counties[1], one)),
    )

    assert moved == [False, False, False, False, True, True]
    async with committed.reading() as session:
        assert len(await organizations.subtree_ids(session, province.id)) == 5


async def test_a_member_moves_with_everything_below_it(session: WriteSession) -> None:
    province, city, county, beside = await make.tree(session)
    await organizations.move(session, county, beside)
    assert await organizations.subtree_ids(session, city.id) == [city.id]
    assert set(await organizations.subtree_ids(session, beside.id)) == {beside.id, county.id}
    with pytest.raises(ParentNotAbove):
        await organizations.move(session, city, beside)
    await session.refresh(city)
    with pytest.raises(ParentNotAbove):
        await organizations.move(session, province, city)


async def test_a_county_level_region_may_have_a_member_of_a_citys_tier(session: WriteSession) -> None:
    province = await make.organization(session)
    hancheng = await make.organization(session, parent=province, tier=Tier.city, region_code="610581")
    assert hancheng.rank == 2


async def test_codes_are_unique_and_never_change(session: WriteSession) -> None:
    member = await make.organization(session, code="610000")
    with pytest.raises(CodeTaken):
        await make.organization(session, code="610000")
    with pytest.raises(DBAPIError, match="permission denied"):
        async with session.begin_nested():
            await session.execute(
                text("update organizations set code = 'x' where id = :id"), {"id": member.id}
            )
    with pytest.raises(DBAPIError, match="permission denied"):
        async with session.begin_nested():
            await session.execute(text("delete from organizations"))


async def test_a_credit_code_proves_itself(session: WriteSession) -> None:
    member = await make.organization(session, uscc=USCC.lower())
    assert member.uscc == USCC
    for wrong in ("52620600MJY949356A", "5262", "52620600MJY94935", "I" * 18):
        with pytest.raises(CreditCodeInvalid):
            await make.organization(session, uscc=wrong)
    with pytest.raises(CreditCodeTaken):
        await make.organization(session, uscc=USCC)


async def test_an_unknown_region_is_refused(session: WriteSession) -> None:
    with pytest.raises(RegionUnknown):
        await make.organization(session, region_code="999999")
    assert await session.scalar(select(func.count()).select_from(Organization)) == 0


async def test_members_are_found_by_code(session: WriteSession) -> None:
    member = await make.organization(session, code="610100")
    assert await organizations.by_code(session, "610100") is member
    with pytest.raises(OutOfSight):
        await organizations.by_code(session, "610101")
