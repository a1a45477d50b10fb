"""A file becomes donations, each row once, and every row is accounted for."""

from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from app.accounting.errors import ChannelClosed, ChannelNotFound
from app.fundraising import campaigns, donations
from app.fundraising.campaigns import NewDesignation
from app.fundraising.errors import CampaignNotFound
from app.fundraising.imports import runs
from app.fundraising.imports.errors import FileChanged
from app.fundraising.imports.reports import Report
from app.fundraising.models import Donation, DonationState, Import, ImportRow
from app.kit import vault
from app.kit.clock import LEGAL_ZONE, now
from app.kit.database import WriteSession
from app.ledger import funds
from app.ledger.models import Posting
from tests.conftest import Shared
from tests.factories import fundraising as make
from tests.fundraising.imports.lists import HEADER, Desk, desk, gifts, run, write


async def booked(session: WriteSession) -> list[Donation]:
    first_serial = select(Posting.first_serial).where(Posting.entry_id == Donation.entry_id).scalar_subquery()
    return list((await session.scalars(select(Donation).order_by(first_serial))).all())


async def told(session: WriteSession, donation: Donation) -> dict[str, str]:
    key = (await vault.keys(session, [donation.person_id]))[donation.person_id]
    return orjson.loads(vault.of(session).open(key, donation.person_id, "gift", donation.sealed))


async def test_rows_are_booked_in_their_order(session: WriteSession, shared: Shared, tmp_path: Path) -> None:
    here = await desk(session)

    account = await run(shared, here.order(write(tmp_path / "a.csv", gifts("30.00", "10.00", "20.00"))))

    assert account.kinds() == ["posted"] * 3
    assert account.report.clean
    rows = await booked(session)
    assert [row.amount for row in rows] == [30_00, 10_00, 20_00]
    assert [row.id for row in rows] == [fate.donation_id for fate in account.fates]
    assert rows[0].donated_at == datetime(2020, 1, 26, 12, tzinfo=LEGAL_ZONE)
    assert (await told(session, rows[0]))["name"] == "李*"
    assert not rows[0].show_name
    [main] = await campaigns.designations(session, here.campaign)
    assert await funds.left(session, [main.fund_id]) == {main.fund_id: 60_00}


async def test_what_is_told_of_people_is_sealed(
    session: WriteSession, shared: Shared, tmp_path: Path
) -> None:
    here = await desk(session)
    rows = [
        [1, "2020-01-26", "林** 转来 西藏湖北商会 捐款", "5", "用于采购"],
        [2, "2020-01-26", "匿名", "6", ""],
    ]

    await run(shared, here.order(write(tmp_path / "a.csv", rows)))

    relayed, anonymous = await booked(session)
    assert await told(session, relayed) == {"name": "西藏湖北商会", "payer": "林**", "remark": "用于采购"}
    assert anonymous.anonymous
    assert anonymous.sealed is None


@pytest.mark.parametrize("header", [("原币", "原币金额"), ("original_currency", "original_amount")])
async def test_what_a_foreign_gift_was_is_kept_with_it(
    session: WriteSession, shared: Shared, tmp_path: Path, header: tuple[str, str]
) -> None:
    here = await desk(session)
    told = [("USD", "100"), ("日元", "5,000"), ("", ""), ("美元", "0.001")]
    rows = [[*row, *original] for row, original in zip(gifts(*["715.20"] * 4), told, strict=True)]

    account = await run(shared, here.order(write(tmp_path / "a.csv", rows, [*HEADER, *header])))

    assert account.kinds() == ["posted", "posted", "posted", "rejected"]
    assert account.fates[3].column == header[1]
    kept = [(row.original_currency, row.original_amount, row.amount) for row in await booked(session)]
    assert kept == [("USD", "100.00", 715_20), ("JPY", "5000", 715_20), (None, None, 715_20)]


async def test_equal_rows_of_one_file_are_different_gifts(
    session: WriteSession, shared: Shared, tmp_path: Path
) -> None:
    here = await desk(session)

    account = await run(shared, here.order(write(tmp_path / "a.csv", gifts("10.00", "10.00", "10.00"))))

    assert account.count("posted") == 3


async def test_the_same_file_again_has_no_effect(
    session: WriteSession, shared: Shared, tmp_path: Path
) -> None:
    here = await desk(session)
    await run(shared, here.order(write(tmp_path / "a.csv", gifts("10.00", "10.00"))))

    again = await run(shared, here.order(write(tmp_path / "renamed.csv", gifts("10.00", "10.00"))))

    assert again.kinds() == ["duplicate", "duplicate"]
    assert again.report.clean
    assert len(await booked(session)) == 2
    assert await session.scalar(select(func.count()).select_from(ImportRow)) == 2


async def test_a_row_with_a_number_of_its_own_is_booked_once_whatever_file_it_is_in(
    session: WriteSession, shared: Shared, tmp_path: Path
) -> None:
    here = await desk(session)
    header = ["订单号", *HEADER]
    first = [["N1", *row] for row in gifts("10.00")] + [["N2", *row] for row in gifts("20.00")]
    await run(shared, here.order(write(tmp_path / "a.csv", first, header)))

    # A cumulative statement: it is no reason to stop, because its numbers say which gifts are new.
    cumulative = [*first, ["N3", *gifts("10.00")[0]], ["N1", *gifts("99.00")[0]]]
    again = await run(shared, here.order(write(tmp_path / "b.csv", cumulative, header)))

    assert again.kinds() == ["duplicate", "duplicate", "posted", "rejected"]
    assert again.fates[3].column == "订单号"
    assert not again.report.clean


async def test_a_platforms_statement_and_its_webhook_tell_of_the_same_gifts(
    session: WriteSession, shared: Shared, tmp_path: Path
) -> None:
    appeal = await make.appeal(session)
    await donations.receive(session, [make.gift(appeal, 10_00, their_id="T-1")])
    here = Desk(appeal.campaign, appeal.channel)
    rows = [["T-1", "2026-05-01", "爱心网友", "10.00"], ["T-2", "2026-05-01", "爱心网友", "20.00"]]

    account = await run(
        shared, here.order(write(tmp_path / "a.csv", rows, ["订单号", "日期", "姓名", "金额"]))
    )

    assert account.kinds() == ["duplicate", "posted"]


async def test_rows_that_cannot_be_read_are_rejected_with_line_column_and_reason(
    session: WriteSession, shared: Shared, tmp_path: Path
) -> None:
    here = await desk(session)
    rows = [
        *gifts("10.00"),
        [2, "昨天", "王*", "1", ""],
        [3, "2020-01-26", "王*", "1.005", ""],
        *gifts("20.00"),
    ]

    account = await run(shared, here.order(write(tmp_path / "a.csv", rows)))

    assert account.kinds() == ["posted", "rejected", "rejected", "posted"]
    assert [(f.line, f.column, f.reason) for f in account.fates[1:3]] == [
        (3, "捐赠日期", "not a date"),
        (4, "捐赠金额(元)", "not an amount in yuan with at most two decimals"),
    ]
    assert not account.report.clean


async def test_a_designation_is_chosen_by_code_or_title(
    session: WriteSession, shared: Shared, tmp_path: Path
) -> None:
    here = await desk(
        session,
        NewDesignation(code="main", title="不限定", fund_code="F-main"),
        NewDesignation(code="masks", title="口罩", fund_code="F-masks"),
    )
    uses = {"1": "口罩", "2": "masks", "3": "", "4": "房子"}
    rows = [[1, "2020-01-26", "王*", amount, use] for amount, use in uses.items()]

    order = here.order(write(tmp_path / "a.csv", rows), headers={"designation": "备注(用途)"})
    account = await run(shared, order)

    assert account.kinds() == ["posted", "posted", "posted", "suspense"]
    assert (account.fates[3].column, account.fates[3].reason) == ("备注(用途)", "no such designation")
    main, masks = await campaigns.designations(session, here.campaign)
    assert await funds.left(session, [main.fund_id, masks.fund_id]) == {
        main.fund_id: 3_00,
        masks.fund_id: 3_00,
    }


async def test_money_given_while_the_campaign_was_not_open_waits_in_suspense(
    session: WriteSession, shared: Shared, tmp_path: Path
) -> None:
    here = await desk(session)
    await campaigns.close(session, here.campaign, at=datetime(2020, 1, 27, tzinfo=UTC))
    rows = gifts("1.00") + gifts("2.00", day="2020-01-28")

    dry = await run(shared, here.order(write(tmp_path / "a.csv", rows), dry_run=True))
    account = await run(shared, here.order(tmp_path / "a.csv"))

    assert dry.kinds() == ["ready", "suspense"]
    assert account.kinds() == ["posted", "suspense"]
    assert (await booked(session))[-1].state is DonationState.suspense
    assert account.report.clean


@pytest.mark.parametrize(
    ("expected", "code"),
    [({"expect_count": 3}, "expected_count"), ({"expect_total": 30_01}, "expected_total")],
)
async def test_a_control_total_that_differs_stops_the_import(
    session: WriteSession, shared: Shared, tmp_path: Path, expected: dict[str, int], code: str
) -> None:
    here = await desk(session)

    account = await run(shared, here.order(write(tmp_path / "a.csv", gifts("10.00", "20.00")), **expected))

    assert [stop.code for stop in account.report.stops] == [code]
    assert account.kinds() == ["ready", "ready"]
    assert not account.report.clean
    assert await booked(session) == []
    assert await session.scalar(select(func.count()).select_from(Import)) == 0


async def test_control_totals_that_agree_let_it_pass(
    session: WriteSession, shared: Shared, tmp_path: Path
) -> None:
    here = await desk(session)
    path = write(tmp_path / "a.csv", gifts("10.00", "20.00"))

    account = await run(shared, here.order(path, expect_count=2, expect_total=30_00))

    assert account.count("posted") == 2


async def test_a_dry_run_tells_what_would_happen_and_changes_nothing(
    session: WriteSession, shared: Shared, tmp_path: Path
) -> None:
    here = await desk(session)
    header = ["订单号", *HEADER]
    await run(shared, here.order(write(tmp_path / "a.csv", [["N1", *gifts("10.00")[0]]], header)))
    rows = [["N1", *gifts("10.00")[0]], ["N2", *gifts("20.00")[0]]]

    account = await run(shared, here.order(write(tmp_path / "b.csv", rows, header), dry_run=True))

    assert account.kinds() == ["duplicate", "ready"]
    assert account.report.dry_run
    assert account.report.clean
    assert len(await booked(session)) == 1
    assert await session.scalar(select(func.count()).select_from(Import)) == 1


async def test_what_ends_a_reading_stands_in_the_account_that_was_handed_in(
    session: WriteSession, shared: Shared, tmp_path: Path
) -> None:
    here = await desk(session)
    path = write(tmp_path / "a.csv", gifts(*["1.00"] * 3))
    report = Report(dry_run=False)

    def change(phase: str, _: int) -> None:
        if phase == "reading":
            write(path, gifts("1.00", "2.00", "1.00"))

    with pytest.raises(FileChanged):
        await runs.carry_out(shared, here.order(path), watch=change, report=report)

    assert ([stop.code for stop in report.stops], report.complete) == (["FileChanged"], False)
    assert (report.row_count, report.untold.row_count, report.untold.amount) == (3, 3, 3_00)
    assert await booked(session) == []


async def test_a_workbook_is_imported_like_a_list(
    session: WriteSession, shared: Shared, tmp_path: Path
) -> None:
    here = await desk(session)
    book = Workbook()
    day = datetime(2020, 1, 26)  # noqa: DTZ001 - a spreadsheet's day has no zone
    rows = [["湖北省红十字会"], [], HEADER, [1, day, "王*\t", 0.01, None], [2, 43856, "李*", 5e7]]
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")

    account = await run(shared, here.order(tmp_path / "a.xlsx"))

    assert [(fate.kind.value, fate.line, fate.amount) for fate in account.fates] == [
        ("posted", 4, 1),
        ("posted", 5, 50_000_000_00),
    ]
    assert len({row.donated_at for row in await booked(session)}) == 1


async def test_a_channel_is_known_by_its_name_too(
    session: WriteSession, shared: Shared, tmp_path: Path
) -> None:
    here = await desk(session)
    path = write(tmp_path / "a.csv", gifts("1.00"))

    account = await run(shared, here.order(path, channel=here.channel.name))

    assert account.count("posted") == 1
    with pytest.raises(ChannelNotFound):
        await run(shared, here.order(path, channel="支付宝"))
    with pytest.raises(CampaignNotFound):
        await run(shared, here.order(path, campaign="NONE"))
    here.channel.closed_at = now()  # it holds money, so nobody could close it by the rule
    with pytest.raises(ChannelClosed):
        await run(shared, here.order(path))


async def test_a_file_that_was_booked_to_another_campaign_is_told_as_such(
    session: WriteSession, shared: Shared, tmp_path: Path
) -> None:
    here = await desk(session)
    path = write(tmp_path / "a.csv", gifts("1.00"))
    await run(shared, here.order(path))
    other = await make.campaign(session, here.channel.organization_id, publish=False)
    await campaigns.publish(session, other, at=datetime(2020, 1, 1, tzinfo=UTC))

    there = Desk(other, here.channel)
    for dry_run in (True, False):
        account = await run(shared, there.order(path, dry_run=dry_run))

        assert account.kinds() == ["rejected"]
        assert "campaign" in (account.fates[0].reason or "")
    assert len(await booked(session)) == 1
