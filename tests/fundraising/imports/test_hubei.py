"""The real lists of 2020 come through to the cent, with every defect told."""

import csv
from collections import Counter
from datetime import UTC, date, datetime

import orjson
from sqlalchemy import func, select

from app.fundraising.imports.runs import OverlapRule
from app.fundraising.models import CampaignDay, Donation
from app.kit import vault
from app.kit.database import Database, WriteSession
from app.kit.money import read_yuan
from tests.conftest import Shared
from tests.fundraising.imports.lists import SAMPLE, WHOLE, Account, desk, run

PUBLISHED = {
    "donate01.xls": (60, "3,482,232.11"),
    "donate02.xls": (1_633, "38,422,322.24"),
    "donate03.xls": (1_995, "153,967,316.14"),
    "donate04.xls": (1_995, "153,967,316.14"),
    "donate05.xls": (6_661, "80,516,593.00"),
    "donate06.xls": (4_164, "53,672,528.38"),
    "donate07.xls": (5_161, "119,612,525.90"),
    "donate08-2020-02-01.xls": (2_860, "29,763,117.98"),
    "donate09-2020-02-02.xls": (2_101, "36,933,014.91"),
    "donate10-2020-02-03.xls": (2_025, "48,885,948.04"),
    "donate11-2020-02-04.xls": (1_845, "9,360,600.02"),
    "donate12-2020-02-05.xls": (2_328, "35,010,977.50"),
    "donate13-2020-02-06.xls": (2_190, "63,413,926.32"),
    "donate14-2020-02-07.xls": (2_223, "28,360,161.37"),
}
"""Rows and yuan, as the disclosures themselves add up (app/cli/data/README.md)."""

GROUPED = {"headers": {"group": "source_file"}, "overlap": OverlapRule.skip}


def notes(account: Account) -> dict[str, list[tuple[str, int, int]]]:
    return {
        part.name: [(one.with_name, one.row_count, one.with_row_count) for one in part.overlaps]
        for part in account.report.parts
        if part.overlaps
    }


async def test_the_published_totals_are_reproduced_to_the_cent(committed: Database) -> None:
    async with committed.writing() as session:
        here = await desk(session)
    whole = {"expect_count": 37_241, "expect_total": sum(read_yuan(yuan) for _, yuan in PUBLISHED.values())}

    account = await run(committed, here.order(WHOLE, **GROUPED, **whole))
    again = await run(committed, here.order(WHOLE, **GROUPED, **whole))

    report = account.report
    assert {part.name: (part.row_count, part.amount) for part in report.parts} == {
        name: (count, read_yuan(yuan)) for name, (count, yuan) in PUBLISHED.items()
    }
    assert report.clean
    assert {part.name: report.repeats(part) for part in report.parts if report.repeats(part)} == {
        "donate04.xls": "donate03.xls"
    }
    # Names are masked, so some strangers of one day look alike between 02 and 03.
    assert notes(account) == {
        "donate02.xls": [("donate01.xls", 59, 60)],
        "donate03.xls": [("donate02.xls", 237, 1_633)],
    }
    assert Counter(account.kinds()) == {"posted": 34_950, "duplicate": 1_995, "suspect": 296}
    assert Counter(again.kinds()) == {"duplicate": 36_945, "suspect": 296}
    async with committed.reading() as session:
        booked = await session.execute(select(func.count(), func.sum(Donation.amount)))
        raised, first, last = (
            await session.execute(
                select(func.sum(CampaignDay.raised), func.min(CampaignDay.day), func.max(CampaignDay.day))
            )
        ).one()
    posted = report.total("posted")
    assert tuple(booked.one()) == (posted.row_count, posted.amount)
    assert (raised, first, last) == (posted.amount, date(2020, 1, 22), date(2020, 2, 7))
    assert posted.amount + report.total("duplicate").amount + report.total("suspect").amount == report.amount


async def test_by_default_the_real_lists_stop_before_anything_is_booked(
    session: WriteSession, shared: Shared
) -> None:
    here = await desk(session)

    account = await run(shared, here.order(SAMPLE, headers={"group": "source_file"}))

    assert [stop.code for stop in account.report.stops] == ["overlap"]
    assert account.count("suspect") == 59
    assert await session.scalar(select(func.count()).select_from(Donation)) == 0


async def test_the_samples_defects_come_through_right(session: WriteSession, shared: Shared) -> None:
    here = await desk(session)
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    account = await run(shared, here.order(SAMPLE, **GROUPED))

    report = account.report
    assert report.row_count == len(rows)
    assert report.amount == sum(read_yuan(row["amount_cny"]) for row in rows)
    assert report.clean
    assert notes(account) == {"donate02.xls": [("donate01.xls", 59, 60)]}
    assert [report.repeats(part) for part in report.parts if part.name == "donate04.xls"] == ["donate03.xls"]
    found = (await session.scalars(select(Donation))).all()
    gifts = {gift.id: gift for gift in found}
    keys = await vault.keys(session, [gift.person_id for gift in found])
    opened = {
        gift.id: orjson.loads(
            vault.of(session).open(keys[gift.person_id], gift.person_id, "gift", gift.sealed)
        )
        for gift in found
        if gift.sealed
    }
    by_written = {
        row["donor_name"]: (opened.get(fate.donation_id, {}), gifts[fate.donation_id])
        for row, fate in zip(rows, account.fates, strict=True)
        if fate.kind == "posted" and fate.donation_id
    }
    assert by_written["柏*\t"][0]["name"] == "柏*"
    assert by_written["\u3000梅**"][0]["name"] == "梅**"
    assert by_written["陈\u3000*\t\t"][0]["name"] == "陈*"
    assert by_written["湖北沧军起重吊装有限公司\t\t"][0]["name"] == "湖北沧军起重吊装有限公司"
    relayed = by_written["贾*** 转来 西藏湖北商会 捐款"][0]
    assert (relayed["name"], relayed["payer"]) == ("西藏湖北商会", "贾***")
    assert by_written["匿名"][1].anonymous
    assert "name" not in by_written["匿名"][0]
    amounts = {gift.amount for gift in found}
    assert {1, 3, 50_000_000_00} <= amounts
    noon = datetime(2020, 1, 22, 4, tzinfo=UTC)
    assert min(gift.donated_at for gift in found) == noon
