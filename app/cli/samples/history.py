"""The demo's history: real gifts of 2020, masked, in the books of a demo organization of their own.

Source: the Hubei Red Cross's official daily disclosure of January and February 2020, as collected in the
public repository WeileiZeng/red-cross; individuals' names are masked. The organization is not the Red Cross.
"""

from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from app.accounting import channels
from app.accounting.channels import NewChannel
from app.accounting.models import ChannelKind
from app.fundraising import campaigns
from app.fundraising.campaigns import NewCampaign, NewDesignation
from app.fundraising.imports import runs
from app.fundraising.imports.runs import Order, OverlapRule
from app.fundraising.models import CampaignKind
from app.kit.database import Database
from app.organizations import organizations
from app.organizations.models import Tier
from app.organizations.organizations import Particulars

CODE = "DEMO-2020"
CAMPAIGN = "DEMO-2020-COVID"
CHANNEL = "bank"
FILES = ("donate01.xls", "donate02.xls")
"""The first two of the fourteen files; nearly all of the first stands in the second again."""
SOURCE = "数据来源：湖北省红十字会 2020 年 1—2 月公示（个人姓名已隐去）；账簿按 2026 年科目表演示"


async def load(database: Database) -> None:
    """Open the organization's books of 2020 on the chart of 2026, by declaration, and import the sample."""
    async with database.writing() as session:
        particulars = Particulars(
            code=CODE,
            name="演示机构（2020 年公开数据）",
            name_en="Demo organization (public data of 2020)",
            tier=Tier.province,
            region_code="610000",
            books_from=date(2020, 1, 1),
            ended_on=date(2020, 12, 31),
            demo=True,
        )
        organization = await organizations.create(session, particulars)
        new_channel = NewChannel(
            organization_id=organization.id,
            chart=organization.chart_version,
            code=CHANNEL,
            name="银行账户（演示）",
            kind=ChannelKind.bank,
        )
        await channels.create(session, new_channel)
        use = NewDesignation(code="main", title="抗击疫情", fund_code="COVID2020")
        new = NewCampaign(
            organization_id=organization.id,
            chart=organization.chart_version,
            code=CAMPAIGN,
            title="抗击疫情（2020 年真实公示数据）",
            purpose=SOURCE,
            starts_on=date(2020, 1, 22),
            kind=CampaignKind.historical,
            ends_on=date(2020, 3, 31),
            designations=[use],
        )
        campaign = await campaigns.create(session, new)
        await campaigns.publish(session, campaign, at=datetime(2020, 1, 21, 16, tzinfo=UTC))
        await campaigns.close(session, campaign, at=datetime(2020, 3, 31, 16, tzinfo=UTC))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "donations.csv"
        path.write_text(_shown(), encoding="utf-8")
        order = Order(
            path=path,
            campaign=CAMPAIGN,
            channel=CHANNEL,
            actor="demo",
            headers={"group": "source_file"},
            overlap=OverlapRule.skip,
        )
        await runs.carry_out(database, order)


def _shown() -> str:
    whole = (files("app.cli") / "data" / "hubei_redcross_2020.csv").read_text(encoding="utf-8-sig")
    header, *rows = whole.splitlines(keepends=True)
    return "".join([header, *(row for row in rows if row.startswith(FILES))])
