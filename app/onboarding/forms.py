"""Forms: the sheets of the workbook with which an association goes live."""

import re

from app.accounting.models import ChannelKind
from app.kit.sheets.cells import Kind
from app.kit.sheets.forms import Field, Form
from app.organizations.models import Role

LINES_MAX = 20_000

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_ACCOUNT = re.compile(r"\d{4}")


def _code(text: str) -> str:
    if not _CODE.fullmatch(text):
        raise ValueError("letters, digits, dots, dashes and underscores, at most 64")
    return text


def _account(text: str) -> str:
    if not _ACCOUNT.fullmatch(text):
        raise ValueError("the four digits of a first-level account")
    return text


def _roles(text: str) -> list[Role]:
    words = [word for word in re.split(r"[,，、;；\s]+", text) if word]
    unknown = [word for word in words if word not in ROLES]
    if unknown:
        raise ValueError(f"{unknown[0]} is none of {', '.join(ROLES)}")
    return [ROLES[word] for word in words]


_ZH = {
    "管理员": Role.admin,
    "会计": Role.accountant,
    "复核": Role.reviewer,
    "出纳": Role.cashier,
    "募捐专员": Role.fundraising_officer,
    "项目专员": Role.project_officer,
    "志愿者专员": Role.volunteer_coordinator,
    "信息公开专员": Role.disclosure_officer,
    "审计": Role.auditor,
    "查看": Role.viewer,
}
ROLES: dict[str, Role] = _ZH | {role.value: role for role in Role}
_KINDS = {
    "银行": "bank",
    "现金": "cash",
    "商户": "merchant",
    "bank": "bank",
    "cash": "cash",
    "merchant": "merchant",
}
KINDS = {name: ChannelKind(name) for name in ("bank", "cash", "merchant")}

_FUND = Field(name="fund", zh="基金代码", en="Fund code", required=True, read=_code, example="F-BRIDGE")
_AMOUNT = Field(name="amount", zh="金额", en="Amount", kind=Kind.money, required=True, example="1200.00")

BALANCES = Form(
    name="balances",
    zh="科目余额",
    en="Balances",
    fields=[
        Field(
            name="code",
            zh="科目编码",
            en="Account code",
            required=True,
            read=_account,
            hint_zh="一级科目；3101、3102 各填一个合计数",
            hint_en="First-level accounts; one sum each for 3101 and 3102",
            example="1002",
        ),
        Field(name="debit", zh="借方余额", en="Debit", kind=Kind.money, example="98000.00"),
        Field(name="credit", zh="贷方余额", en="Credit", kind=Kind.money),
        Field(name="sub", zh="明细", en="Sub-account", read=_code),
        Field(
            name="fund",
            zh="基金代码",
            en="Fund code",
            read=_code,
            hint_zh="限定性物资、资产及当年收支所属的基金",
            hint_en="The fund of restricted goods and assets, and of the year's income and costs",
        ),
    ],
)
FUNDS = Form(
    name="funds",
    zh="基金",
    en="Funds",
    fields=[
        _FUND,
        Field(name="title", zh="名称", en="Title", required=True, example="慈安桥"),
        Field(
            name="restricted", zh="是否限定性", en="Restricted", kind=Kind.flag, required=True, example="是"
        ),
        Field(
            name="unspent",
            zh="未使用余额",
            en="Unspent",
            kind=Kind.money,
            required=True,
            hint_zh="捐赠人不逐笔列示；非限定资金的代码为 GENERAL",
            hint_en="Its donors are not itemised; the general fund's code is GENERAL",
            example="60000.00",
        ),
    ],
)
ACCOUNTS = Form(
    name="accounts",
    zh="资金账户",
    en="Accounts",
    fields=[
        Field(name="code", zh="账户代码", en="Code", required=True, read=_code, example="icbc-0291"),
        Field(name="name", zh="账户名称", en="Name", required=True, example="工商银行南大街支行"),
        Field(name="kind", zh="类型", en="Kind", required=True, choices=_KINDS, example="银行"),
        Field(name="amount", zh="余额", en="Balance", kind=Kind.money, required=True, example="98000.00"),
    ],
)
ADVANCES = Form(
    name="advances",
    zh="预付款",
    en="Advances",
    required=False,
    fields=[
        Field(name="party", zh="对方代码", en="Party code", required=True, read=_code, example="builder-01"),
        _AMOUNT,
        Field(name="fund", zh="基金代码", en="Fund code", required=True, read=_code, example="F-BRIDGE"),
    ],
)
IN_TRANSIT = Form(
    name="in_transit",
    zh="在途资金",
    en="Money in transit",
    required=False,
    fields=[
        Field(name="words", zh="说明", en="What", required=True, example="支付平台未到账结算款"),
        _AMOUNT,
        Field(name="expected_on", zh="预计到账日", en="Expected on", kind=Kind.day),
    ],
)
PEOPLE = Form(
    name="people",
    zh="人员",
    en="People",
    required=False,
    fields=[
        Field(name="username", zh="用户名", en="Username", required=True, example="wang.fang"),
        Field(name="name", zh="姓名", en="Name", required=True, example="王芳"),
        Field(name="roles", zh="岗位", en="Roles", required=True, read=_roles, example="会计"),
        Field(
            name="reason",
            zh="兼岗原因",
            en="Reason for two duties",
            hint_zh="会计、复核、出纳兼任时必填",
            hint_en="Wanted where one person holds two of accountant, reviewer, cashier",
        ),
    ],
)
CAMPAIGNS = Form(
    name="campaigns",
    zh="募捐活动",
    en="Campaigns",
    required=False,
    fields=[
        Field(name="code", zh="活动代码", en="Code", required=True, read=_code, example="SX-2026-BRIDGE"),
        Field(name="title", zh="活动名称", en="Title", required=True, example="慈安桥"),
        Field(name="purpose", zh="募捐目的", en="Purpose", required=True, example="为山区修建便民桥"),
        Field(name="filing_no", zh="备案编号", en="Filing number"),
        Field(name="starts_on", zh="开始日期", en="Starts on", kind=Kind.day, required=True),
        Field(name="ends_on", zh="结束日期", en="Ends on", kind=Kind.day),
        Field(name="target", zh="募捐目标", en="Target", kind=Kind.money),
        Field(
            name="fund",
            zh="基金代码",
            en="Fund code",
            required=True,
            read=_code,
            hint_zh="每个用途一行，同一活动可有多行；第一行为默认用途",
            hint_en="A line for each designation, several for one campaign; the first is the default",
            example="F-BRIDGE",
        ),
        Field(name="last_published_on", zh="上次公开日期", en="Last published on", kind=Kind.day),
    ],
)
FORMS = (BALANCES, FUNDS, ACCOUNTS, ADVANCES, IN_TRANSIT, PEOPLE, CAMPAIGNS)
