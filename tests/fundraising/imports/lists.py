"""Lists of gifts in files, and an organization of 2020 that imports them."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from app.accounting import channels
from app.accounting.channels import NewChannel
from app.accounting.models import Channel, ChannelKind
from app.fundraising import campaigns
from app.fundraising.campaigns import NewDesignation
from app.fundraising.imports import runs
from app.fundraising.imports.fates import Fate, FateKind
from app.fundraising.imports.reports import Report
from app.fundraising.imports.runs import Order
from app.fundraising.models import Campaign
from app.kit.database import Transactions, WriteSession
from tests.factories import fundraising as make

HEADER = ("序号", "捐赠日期", "捐赠(单位/姓名)", "捐赠金额(元)", "备注(用途)")
ROOT = Path(__file__).parents[3]
WHOLE = ROOT / "app/cli/data/hubei_redcross_2020.csv"
SAMPLE = ROOT / "tests/data/hubei_redcross_2020_sample.csv"


@dataclass(frozen=True)
class Desk:
    """Where files are imported: a campaign of 2020 and the bank account that its gifts came to."""

    campaign: Campaign
    channel: Channel

    def order(self, path: Path, **over: Any) -> Order:
        values = {"campaign": self.campaign.code, "channel": self.channel.code, "actor": "test"} | over
        return Order(path=path, **values)


@dataclass
class Account:
    """A report with the fates that led to it."""

    report: Report
    fates: list[Fate] = field(default_factory=list)

    def count(self, kind: str) -> int:
        assert sum(fate.kind == kind for fate in self.fates) == self.report.total(FateKind(kind)).row_count
        return self.report.total(FateKind(kind)).row_count

    def kinds(self) -> list[str]:
        return [fate.kind.value for fate in self.fates]


async def desk(session: WriteSession, *designations: NewDesignation) -> Desk:
    organization_id = await make.member(session, books_from=date(2020, 1, 1))
    channel = await channels.create(
        session,
        NewChannel(
            organization_id=organization_id,
            chart=make.CHART,
            code="bank",
            name="中国银行湖北省分行",
            kind=ChannelKind.bank,
        ),
    )
    campaign = await make.campaign(session, organization_id, *designations, publish=False)
    await campaigns.publish(session, campaign, at=datetime(2020, 1, 1, tzinfo=UTC))
    return Desk(campaign, channel)


async def run(database: Transactions, order: Order) -> Account:
    fates: list[Fate] = []
    report = await runs.carry_out(database, order, tell=fates.append)
    assert len(fates) == report.row_count
    return Account(report, fates)


def write(path: Path, rows: Sequence[Sequence[object]], header: Sequence[str] = HEADER, **how: Any) -> Path:
    with path.open("w", newline="", **({"encoding": "utf-8"} | how)) as file:
        csv.writer(file).writerows([header, *rows])
    return path


def gifts(*amounts: str, day: str = "2020-01-26", name: str = "李*") -> list[list[object]]:
    return [[place, day, name, amount, ""] for place, amount in enumerate(amounts, 1)]
