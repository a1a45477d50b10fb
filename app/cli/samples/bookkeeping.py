"""The demo's bookkeeping: an ordinary month's vouchers, each through the hands of three people."""

from datetime import date, timedelta

from app.accounting.models import Channel, Voucher
from app.accounting.vouchers import catalogue, drafts, steps, templates
from app.accounting.vouchers.drafts import Written
from app.accounting.vouchers.templates import Inputs
from app.kit.clock import today
from app.kit.database import WriteSession
from app.organizations import grants, people
from app.organizations.access import Role
from app.organizations.models import Organization, Staff

OFFICE = (
    ("demo.accountant", "演示会计甲", Role.accountant),
    ("demo.reviewer", "演示主管", Role.reviewer),
    ("demo.bookkeeper", "演示会计乙", Role.accountant),
)


async def keep_books(session: WriteSession, organization: Organization, bank: Channel) -> list[Staff]:
    """Book last month's fees, salaries, rent and interest as an office would; return who works in it."""
    office = [await _hire(session, organization, *one) for one in OFFICE]
    in_bank = {"money_account": "1002", "channel_id": str(bank.id)}
    last_month = today().replace(day=1) - timedelta(days=1)
    month: list[tuple[int, str, str, Inputs]] = [
        (5, "J23", "收到单位会员会费", {"amount": 200_000_00, **in_bank}),
        (8, "RENT", "支付办公室房租", {"amount": 8_000_00, **in_bank}),
        (25, "J20", "计提行政人员工资", {"amount": 9_800_00, "cost_account": "5301"}),
        (
            26,
            "SALARY-PAID",
            "发放工资并代扣个人所得税",
            {"amount": 9_500_00, "tax_amount": 300_00, **in_bank},
        ),
        (28, "J24", "收到银行存款利息", {"amount": 126_35, **in_bank}),
    ]
    for day, template, summary, inputs in month:
        await book(session, organization, office, last_month.replace(day=day), (template, summary, inputs))
    return office


async def _hire(
    session: WriteSession, organization: Organization, username: str, name: str, role: Role
) -> Staff:
    person = await people.create(session, organization, username=username, name=name)
    await grants.give(session, person, organization, role=role, given_by="demo")
    return person


async def book(
    session: WriteSession,
    organization: Organization,
    office: list[Staff],
    day: date,
    told: tuple[str, str, Inputs],
) -> None:
    """Take a template's voucher through the hands of who prepares, reviews and posts."""
    template, summary, inputs = told
    written = Written(
        happened_on=day,
        summary=summary,
        lines=templates.fill(catalogue.find(template), inputs, chart=organization.chart_version),
        template=template,
        attachment_count=1,
    )
    made_by = f"staff:{office[0].id}"
    voucher = await drafts.create(
        session, organization.id, organization.chart_version, written, made_by=made_by
    )
    await carry(session, office, voucher)


async def carry(session: WriteSession, office: list[Staff], voucher: Voucher) -> None:
    """Take a draft through the hands of who prepares, reviews and posts."""
    preparer, reviewer, poster = office
    await steps.submit(session, voucher, by=preparer.id)
    await steps.review(session, voucher, by=reviewer.id)
    await steps.post(session, voucher, by=poster.id)
