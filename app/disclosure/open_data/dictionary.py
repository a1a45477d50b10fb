"""Dictionary: which datasets there are, and what each of their columns is, in Chinese and in English."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


class ColumnType(enum.StrEnum):
    """What a column holds; an absent value is an empty cell, and null in JSON."""

    text = "text"
    code = "code"
    integer = "integer"
    day = "day"
    moment = "moment"
    flag = "flag"


@dataclass(frozen=True, slots=True)
class DataColumn:
    """A column: its name in files, its titles, what it holds in which unit, and where it comes from."""

    name: str
    title_zh: str
    title: str
    type: ColumnType
    source: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset: what one of its rows is, and its columns in the order of the file."""

    name: str
    title_zh: str
    title: str
    row: str
    columns: Sequence[DataColumn]

    @property
    def names(self) -> list[str]:
        """The names of its columns, in the order of the file."""
        return [column.name for column in self.columns]


T = ColumnType
_BOOKS, _CAMPAIGN, _PROJECT, _GIFT = "ledger", "campaign", "project", "donation"


def _fen(name: str, title_zh: str, title: str, source: str = _BOOKS) -> DataColumn:
    return DataColumn(f"{name}_fen", title_zh, title, T.integer, source, "fen")


def _count(name: str, title_zh: str, title: str, source: str = _BOOKS) -> DataColumn:
    return DataColumn(name, title_zh, title, T.integer, source, "1")


_MEMBER = (
    DataColumn("organization_code", "机构代码", "Organization's code", T.code, "organization"),
    DataColumn("organization_name", "机构名称", "Organization's name", T.text, "organization"),
)
_DEMO = DataColumn("demo", "演示数据", "For demonstration only", T.flag, "organization")

CAMPAIGNS = Dataset(
    "campaigns",
    "募捐活动",
    "Campaigns",
    "A campaign that is or was open to the public.",
    (
        DataColumn("code", "活动代码", "Code", T.code, _CAMPAIGN),
        DataColumn("title", "活动名称", "Title", T.text, _CAMPAIGN),
        *_MEMBER,
        DataColumn("filing_no", "备案编号", "Filing number", T.text, _CAMPAIGN),
        DataColumn("state", "状态", "State", T.code, _CAMPAIGN),
        DataColumn("starts_on", "开始日期", "First day", T.day, _CAMPAIGN),
        DataColumn("ends_on", "结束日期", "Last day", T.day, _CAMPAIGN),
        _fen("target", "目标金额", "Target", _CAMPAIGN),
        _fen("raised", "募集总额", "Raised (gross)"),
        _fen("refunded", "已退还", "Given back"),
        _fen("spent", "已使用", "Spent"),
        _fen("balance", "余额", "Balance"),
        _count("gift_count", "捐赠人次", "Gifts"),
        _count("donor_count", "识别捐赠人数", "Identified donors", _GIFT),
        _DEMO,
    ),
)
PROJECTS = Dataset(
    "projects",
    "慈善项目",
    "Projects",
    "A project that was approved.",
    (
        DataColumn("code", "项目编号", "Code", T.code, _PROJECT),
        DataColumn("title", "项目名称", "Title", T.text, _PROJECT),
        DataColumn("category", "类别", "Category", T.code, _PROJECT),
        *_MEMBER,
        DataColumn("programme_code", "品牌项目代码", "Programme's code", T.code, "programme"),
        DataColumn("region_code", "行政区划代码", "Region's code", T.code, _PROJECT),
        DataColumn("region", "行政区划", "Region", T.text, "region"),
        DataColumn("town", "乡镇", "Town", T.text, _PROJECT),
        DataColumn("village", "村（社区）", "Village", T.text, _PROJECT),
        DataColumn("state", "状态", "State", T.code, _PROJECT),
        DataColumn("planned_from", "计划开始日期", "Planned from", T.day, _PROJECT),
        DataColumn("planned_to", "计划结束日期", "Planned to", T.day, _PROJECT),
        DataColumn("executed_from", "实施首日", "First day of execution", T.day, _PROJECT),
        DataColumn("executed_to", "实施末日", "Last day of execution", T.day, _PROJECT),
        _fen("planned", "预算金额", "Budget that holds", "budget"),
        _fen("spent", "已支出", "Spent"),
        _count("site_count", "点位数量", "Sites", "site"),
        _count("accepted_site_count", "已验收点位数量", "Accepted sites", "site"),
        _DEMO,
    ),
)
DONATIONS = Dataset(
    "donations",
    "捐赠明细",
    "Donations",
    "A gift to a public campaign, with only what its giver agreed to show.",
    (
        DataColumn("campaign_code", "活动代码", "Campaign's code", T.code, _CAMPAIGN),
        DataColumn("donated_at", "捐赠时间", "Given at", T.moment, _GIFT),
        DataColumn("name", "捐赠人", "Giver, masked without consent", T.text, _GIFT),
        DataColumn("naming", "署名方式", "Why the name reads so", T.code, _GIFT),
        _fen("amount", "金额", "Amount, absent if the giver hides it", _GIFT),
        _fen("refunded", "已退还", "Given back, absent with the amount", _GIFT),
        DataColumn("refund", "退款情况", "How much went back", T.code, _GIFT),
        DataColumn("state", "状态", "State", T.code, _GIFT),
        DataColumn("message", "留言", "Message, with consent", T.text, _GIFT),
        DataColumn("channel", "捐赠渠道", "Channel", T.text, "channel"),
    ),
)
DISBURSEMENTS = Dataset(
    "disbursements",
    "项目拨付",
    "Disbursements",
    "Money that was paid out for a project. Who was paid is not told: it may be a person.",
    (
        DataColumn("code", "拨付编号", "Code", T.code, "disbursement"),
        DataColumn("project_code", "项目编号", "Project's code", T.code, _PROJECT),
        *_MEMBER,
        DataColumn("fund_code", "资金代码", "Fund's code", T.code, "fund"),
        DataColumn("kind", "拨付类型", "Kind", T.code, "disbursement"),
        DataColumn("payee_kind", "收款方类型", "What the payee is", T.code, "counterparty"),
        _fen("amount", "金额", "Amount", "disbursement"),
        _fen("returned", "已退回", "Given back", "disbursement"),
        _fen("arrived", "已到达受益人", "Reached its beneficiaries"),
        DataColumn("paid_on", "付款日期", "Paid on", T.day, "disbursement"),
        DataColumn("state", "状态", "State", T.code, "disbursement"),
    ),
)
DATASETS: Mapping[str, Dataset] = {one.name: one for one in (CAMPAIGNS, PROJECTS, DONATIONS, DISBURSEMENTS)}
