"""Forms: the sheets of the workbook with which an association goes live."""

from app.kit.sheets import values
from app.kit.sheets.cells import Kind
from app.kit.sheets.forms import Field, Form
from app.onboarding import words

LINES_MAX = 20_000

_FUND = Field(name="fund", zh="基金代码", en="Fund code", required=True, read=values.code, example="F-BRIDGE")
_AMOUNT = Field(name="amount", zh="金额", en="Amount", kind=Kind.money, required=True, example="1200.00")

ORGANIZATION = Form(
    name="organization",
    zh="机构",
    en="Organization",
    required=False,
    fields=[
        Field(
            name="code",
            zh="机构代码",
            en="Organization code",
            required=True,
            read=values.code,
            example="610100",
        ),
        Field(
            name="live_on",
            zh="上线日期",
            en="Live on",
            kind=Kind.day,
            required=True,
            hint_zh="启用账套之日，各表均为该日期初数",
            hint_en="The day on which the books begin here; every sheet tells what stood as it began",
            example="2026-07-01",
        ),
    ],
)
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
            read=words.account,
            hint_zh="一级科目；3101、3102 各填一个合计数",
            hint_en="First-level accounts; one sum each for 3101 and 3102",
            example="1002",
        ),
        Field(name="debit", zh="借方余额", en="Debit", kind=Kind.money, example="98000.00"),
        Field(name="credit", zh="贷方余额", en="Credit", kind=Kind.money),
        Field(name="sub", zh="明细", en="Sub-account", read=values.code),
        Field(
            name="fund",
            zh="基金代码",
            en="Fund code",
            read=values.code,
            hint_zh="限定性物资、资产及当年收支所属的基金",
            hint_en="The fund of restricted goods and assets, and of the year's income and costs",
        ),
        Field(
            name="party",
            zh="对方代码",
            en="Party code",
            read=values.code,
            hint_zh="2601 受托代理负债按协议逐行填列：明细填协议代码，对方填委托方代码",
            hint_en="2601 takes a line for each mandate: its code as the sub-account, and whose money it is",
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
            hint_zh="非限定资金的代码为 GENERAL；“捐赠明细”未列该基金的，捐赠人不逐笔列示",
            hint_en="The general fund's code is GENERAL; donors are itemised only by the sheet Donors",
            example="60000.00",
        ),
    ],
)
DONORS = Form(
    name="donors",
    zh="捐赠明细",
    en="Donors",
    required=False,
    fields=[
        _FUND,
        Field(name="given_on", zh="捐赠日期", en="Given on", kind=Kind.day, required=True),
        Field(
            name="amount",
            zh="未使用金额",
            en="Unspent of it",
            kind=Kind.money,
            required=True,
            hint_zh="每笔捐赠尚未使用的部分；同一基金合计须等于其未使用余额",
            hint_en="What is unspent of each gift; a fund's gifts add up to what it holds unspent",
            example="500.00",
        ),
        Field(name="donor", zh="捐赠人", en="Donor", hint_zh="加密保存；匿名者留空", hint_en="Kept sealed"),
        Field(name="number", zh="原编号", en="Earlier number", example="2025-000123"),
    ],
)
ACCOUNTS = Form(
    name="accounts",
    zh="资金账户",
    en="Accounts",
    fields=[
        Field(name="code", zh="账户代码", en="Code", required=True, read=values.code, example="icbc-0291"),
        Field(name="name", zh="账户名称", en="Name", required=True, example="工商银行南大街支行"),
        Field(name="kind", zh="类型", en="Kind", required=True, choices=words.KIND_WORDS, example="银行"),
        Field(name="amount", zh="余额", en="Balance", kind=Kind.money, required=True, example="98000.00"),
        Field(
            name="agency",
            zh="其中受托代理",
            en="Agency money in it",
            kind=Kind.money,
            hint_zh="银行账户中属于受托代理、待转付的部分；与受托代理资产合计须等于 2601",
            hint_en="What of a bank account is only handed on; with the agency assets it equals 2601",
        ),
    ],
)
ADVANCES = Form(
    name="advances",
    zh="预付款",
    en="Advances",
    required=False,
    fields=[
        Field(
            name="party",
            zh="对方代码",
            en="Party code",
            required=True,
            read=values.code,
            example="builder-01",
        ),
        _AMOUNT,
        Field(
            name="fund", zh="基金代码", en="Fund code", required=True, read=values.code, example="F-BRIDGE"
        ),
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
        Field(name="roles", zh="岗位", en="Roles", required=True, read=words.roles, example="会计"),
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
        Field(
            name="code", zh="活动代码", en="Code", required=True, read=values.code, example="SX-2026-BRIDGE"
        ),
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
            read=values.code,
            hint_zh="每个用途一行，同一活动可有多行；第一行为默认用途",
            hint_en="A line for each designation, several for one campaign; the first is the default",
            example="F-BRIDGE",
        ),
        Field(name="last_published_on", zh="上次公开日期", en="Last published on", kind=Kind.day),
    ],
)
FORMS = (ORGANIZATION, BALANCES, FUNDS, DONORS, ACCOUNTS, ADVANCES, IN_TRANSIT, PEOPLE, CAMPAIGNS)

_NOT_YET = (
    (
        "本工作簿暂不收：物资明细（1201 存货按基金在“科目余额”填列合计数）、月捐计划、认捐、已开票据、项目、"
        "前三年已公布的年度数据及其文件。"
    ),
    (
        "Not taken by this workbook yet: goods one by one (put 1201 on the sheet Balances, a line for each"
        " fund), monthly plans, pledges, receipts issued, projects, declared figures of earlier years."
    ),
)
_TIES = (
    "各表之间勾稽相符方可导入；任何一处有误，全部不导入。先用试运行（dry run）核对。",
    "Every part has to tie or nothing is taken. Try it first (dry run).",
)
NOTES = (_NOT_YET, _TIES)
"""What the template says before it explains its columns, in Chinese and English."""
