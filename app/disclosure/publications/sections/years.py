"""Years: what an organization says of its year: statements, gifts and uses, projects, costs and pay."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select, text

from app.accounting.books import statements
from app.disclosure.publications.asked import Asked
from app.disclosure.publications.contents import Column, Field, Measure, Said, Table, Value
from app.fundraising.models import Campaign, CampaignDay
from app.kit.database import ReadSession
from app.ledger.statements.forms import Name
from app.ledger.statements.papers import Paper
from app.ledger.statements.terms import Term
from app.projects.models import Project

_FEN = Measure.fen
_ACTIVITIES = {
    "income": "收入合计",
    "donations": "其中：捐赠收入",
    "membership": "其中：会费收入",
    "grants": "其中：政府补助收入",
    "expenses": "费用合计",
    "programmes": "其中：业务活动成本",
    "administration": "其中：管理费用",
    "fundraising": "其中：筹资费用",
}
_HELD = {"assets": "资产总计", "liabilities": "负债合计", "net_assets": "净资产合计"}

# What was booked as owed to staff: pay, allowances and welfare of the year, whenever it is paid out.
_PAY = text(
    """
    select coalesce(sum(b.credit), 0)::bigint from accounts a join balances b on b.account_id = a.id
    where a.organization_id = :organization and (a.chart, a.code) in (('2026', '2204'), ('2004', '2204'))
      and b.month between :first and :last
    """
)
_ON_PROJECTS = text(
    """
    with ours as (
      select a.id, a.project_id from accounts a
      join chart_accounts k on (k.chart, k.code) = (a.chart, a.code)
      where a.organization_id = :organization and a.project_id is not null and k.kind = 'expense'
    ), moved as (
      select o.project_id, b.debit - b.credit as amount from ours o join balances b on b.account_id = o.id
      where b.month between :first and :last
      union all
      select o.project_id, p.amount from entries e join postings p on p.entry_id = e.id
      join ours o on o.id = p.credit_account_id
      where e.organization_id = :organization and e.kind = 'closing' and e.booked_on between :first and :until
    )
    select d.code, j.title, sum(m.amount)::bigint from moved m
    join dimensions d on d.id = m.project_id left join projects j on j.id = m.project_id
    group by 1, 2 having sum(m.amount) <> 0 order by 1
    """
)


def term(asked: Asked) -> Term:
    """Return the term that the statements are drawn for: the year, or its latest month while it runs."""
    month = asked.last.replace(day=1)
    return Term(asked.first if asked.last.month == 12 and asked.last.day == 31 else month, month)


def _of_year(paper: Paper) -> int:
    # While a year runs the statements show its latest month first, then the year so far.
    totals = [at for at, one in enumerate(paper.columns) if one.key.endswith("total")]
    return totals[0] if paper.term.whole_year else totals[-1]


async def _draw(session: ReadSession, asked: Asked, name: Name) -> Paper:
    return await statements.draw(session, asked.organization, name, term(asked))


async def three_statements(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell the three statements of the law, line by line, and whether they tie."""
    found: list[Said] = []
    for name in (Name.balance_sheet, Name.activities, Name.cash_flow):
        paper = await _draw(session, asked, name)
        number, title_zh, title = paper.form.names[name]
        columns = [Column("line", "项目", "Item"), Column("number", "行次", "No.", Measure.number)]
        columns += [Column(one.key, one.title_zh, one.title, _FEN) for one in paper.columns]
        code = name.value.replace("-", "_")
        rows = [[one.label_zh, one.number, *one.amounts] for one in paper.lines]
        found.append(Table(code, f"{number}　{title_zh}", title, columns, rows))
        ties = Field(
            f"{code}_ties", f"{title_zh}勾稽", f"{title} ties", Measure.text, "相符" if paper.ties else "不符"
        )
        found.append(ties)
    return found


async def donations(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell what was given in the year: donation income by the books, and what each campaign raised."""
    paper = await _draw(session, asked, Name.activities)
    rows = await session.execute(
        select(
            Campaign.code,
            Campaign.title,
            *(func.sum(one) for one in (CampaignDay.raised, CampaignDay.refunded, CampaignDay.gift_count)),
        )
        .join(CampaignDay, CampaignDay.campaign_id == Campaign.id)
        .where(
            Campaign.organization_id == asked.organization.id,
            CampaignDay.day.between(asked.first, asked.last),
        )
        .group_by(Campaign.id)
        .order_by(Campaign.code)
    )
    found = rows.all()
    campaigns: list[list[Value]] = [[row[0], row[1], int(row[2]), int(row[3]), int(row[4])] for row in found]
    return [
        Field(
            "donation_income",
            "捐赠收入",
            "Donation income",
            _FEN,
            paper.amounts("donations")[_of_year(paper)],
        ),
        Field(
            "gift_count",
            "募捐活动捐赠人次",
            "Gifts to campaigns",
            Measure.person_times,
            sum(int(row[4]) for row in found),
        ),
        Table(
            "campaigns",
            "募捐活动",
            "Campaigns",
            (
                Column("code", "活动代码", "Code"),
                Column("title", "活动名称", "Name"),
                Column("received", "募得款项", "Raised", _FEN),
                Column("refunded", "退还款项", "Given back", _FEN),
                Column("gift_count", "人次", "Gifts", Measure.person_times),
            ),
            campaigns,
        ),
    ]


async def property_use(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell what came in, what was used, and what the organization has at the end."""
    activities = await _draw(session, asked, Name.activities)
    held = await _draw(session, asked, Name.balance_sheet)
    column = _of_year(activities)
    titles = {line.key: line.label for line in (*activities.lines, *held.lines)}
    return [
        *(
            Field(key, title_zh, titles[key], _FEN, activities.amounts(key)[column])
            for key, title_zh in _ACTIVITIES.items()
        ),
        *(
            Field(key, f"期末{title_zh}", titles[key], _FEN, held.amounts(key)[-1])
            for key, title_zh in _HELD.items()
        ),
    ]


async def projects(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell how many projects were carried out, and what the organization's books spent on each."""
    carried_out = select(func.count()).where(
        Project.organization_id == asked.organization.id,
        Project.executed_from <= asked.last,
        func.coalesce(Project.executed_to, date.max) >= asked.first,
    )
    rows = await session.execute(_ON_PROJECTS, _asked(asked))
    return [
        Field(
            "project_count",
            "实施慈善项目数",
            "Projects carried out",
            Measure.number,
            await session.scalar(carried_out) or 0,
        ),
        Table(
            "projects",
            "项目支出",
            "Spent by project",
            (
                Column("project", "项目代码", "Project"),
                Column("title", "项目名称", "Name of the project"),
                Column("amount", "本年支出", "Spent in the year", _FEN),
            ),
            [list(row) for row in rows],
        ),
    ]


async def fundraising_cost(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell what it cost to raise donations, as the books keep it apart."""
    paper = await _draw(session, asked, Name.activities)
    lines = {line.key: line.amounts[_of_year(paper)] for line in paper.lines}
    return [
        Field("fundraising", "筹资费用", "Fundraising expense", _FEN, lines["fundraising"]),
        # The chart of 2004 keeps no such part.
        Field(
            "fundraising_cost", "其中：募捐成本", "Of it on donations", _FEN, lines.get("fundraising_cost")
        ),
    ]


async def pay(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell what staff earned in the year."""
    amount = await session.scalar(_PAY, _asked(asked))
    return [Field("staff_pay", "本年计提的工资福利", "Pay and welfare of the year", _FEN, amount or 0)]


def _asked(asked: Asked) -> dict[str, object]:
    return {
        "organization": asked.organization.id,
        "first": asked.first,
        "last": asked.last.replace(day=1),
        "until": asked.last,
    }
