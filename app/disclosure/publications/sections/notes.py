"""Notes: what explains the statements of a year (会计制度 88): what the books tell, and what people write."""

from collections.abc import Sequence

from sqlalchemy import or_, select, text

from app.accounting.books import charts, statements
from app.disclosure.figures import money, scopes
from app.disclosure.figures.told import Part, PartGroup
from app.disclosure.governance import compiled
from app.disclosure.models import NoteHeading, StatementNote
from app.disclosure.notes import notes as texts
from app.disclosure.notes.headings import HEADINGS
from app.disclosure.publications.asked import Asked
from app.disclosure.publications.contents import Column, Field, Measure, Said, Table, Value
from app.disclosure.publications.sections import governance
from app.disclosure.publications.sections.years import term
from app.fundraising.models import CharitableTrust, TrustRole
from app.kit.database import ReadSession
from app.ledger.balances import Basis
from app.ledger.statements.forms import Name

H = NoteHeading
_FEN = Measure.fen
_SYSTEMS = {
    "2026": "民间非营利组织会计制度（财会〔2024〕25号）",
    "2004": "民间非营利组织会计制度（财会〔2004〕7号）",
}
_ROLES = {TrustRole.settlor: "委托人", TrustRole.trustee: "受托人", TrustRole.protector: "监察人"}
_TITLES = {one.code: one for one in HEADINGS}
_GIVEN = {"money": "货币捐赠", "goods": "实物捐赠", "services": "服务捐赠"}

# Closing moves income and costs into the net assets of the same fund: taken back, each stands where it came
# from, and what a fund held at the end is the same.
_RESTRICTED = text(
    """
    with ours as (
      select a.id, a.fund_id, k.kind from accounts a
      join chart_accounts k on (k.chart, k.code) = (a.chart, a.code)
      join funds f on f.id = a.fund_id and f.restricted
      where a.organization_id = :organization and k.kind in ('income', 'expense', 'net_assets')
    ), moved as (
      select o.fund_id, o.kind, b.month < :first as before, b.credit - b.debit as amount
      from ours o join balances b on b.account_id = o.id where b.month <= :last
      union all
      select o.fund_id, o.kind, false, x.amount from entries e join postings p on p.entry_id = e.id
      cross join lateral (values (p.debit_account_id, p.amount), (p.credit_account_id, -p.amount))
        x (account_id, amount)
      join ours o on o.id = x.account_id
      where e.organization_id = :organization and e.kind = 'closing' and e.booked_on between :first and :until
    )
    select f.code, f.title,
           coalesce(sum(m.amount) filter (where m.before), 0)::bigint,
           coalesce(sum(m.amount) filter (where not m.before and m.kind = 'income'), 0)::bigint,
           coalesce(-sum(m.amount) filter (where not m.before and m.kind = 'expense'), 0)::bigint,
           coalesce(sum(m.amount) filter (where not m.before and m.kind = 'net_assets'), 0)::bigint,
           sum(m.amount)::bigint
    from moved m join funds f on f.id = m.fund_id
    group by f.id having bool_or(m.amount <> 0) order by f.code
    """
)


async def of_statements(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell what stands behind the statements: what books and registers hold, and what people wrote.

    In the order of the system of 2004, as remembered (B), with what came in 2024 where it belongs. A heading
    under which nothing approved stands is said to be missing.
    """
    counting = await texts.counting(session, asked.organization.id, asked.first.year)

    def written(*headings: NoteHeading) -> list[Said]:
        return [_written(heading, counting.get(heading)) for heading in headings]

    return [
        *await _basis(session, asked),
        *written(H.policies, H.policy_changes),
        *await governance.staff(session, asked),
        *await _given(session, asked),
        await _restricted(session, asked),
        *await _agency(session, asked),
        *written(H.impairments, H.nominal_assets, H.commitments, H.contingencies, H.unvalued_services),
        *written(H.later_events),
        *await _dealings(session, asked),
        await _trusts(session, asked),
        *written(H.other),
    ]


def _written(heading: NoteHeading, note: StatementNote | None) -> Field:
    told = _TITLES[heading]
    return Field(heading.value, told.title_zh, told.title, Measure.text, note and note.text)


async def _basis(session: ReadSession, asked: Asked) -> list[Said]:
    chart = await charts.in_force(session, asked.organization, asked.last)
    return [
        Field("system", "执行的会计制度", "Accounting system", Measure.text, _SYSTEMS[chart]),
        Field("currency", "记账本位币", "Currency of the books", Measure.text, "人民币"),
        Field("books_from", "建账日期", "Books since", Measure.day, asked.organization.books_from),
    ]


async def _given(session: ReadSession, asked: Asked) -> list[Said]:
    year = asked.first.year
    scope = await scopes.of(session, asked.organization.id, Basis.entity)
    told = money.raised(scope, await money.books(session, scope, year), year)
    by_nature = {one.key: one for one in told.parts if one.group is PartGroup.nature}
    return [
        Field(f"given_{key}", f"捐赠收入：{title_zh}", f"Given: {key}", _FEN, _part(by_nature.get(key)))
        for key, title_zh in _GIVEN.items()
    ]


def _part(one: Part | None) -> int | None:
    return None if one is None else one.value


async def _restricted(session: ReadSession, asked: Asked) -> Table:
    days = {"first": asked.first, "last": asked.last.replace(day=1), "until": asked.last}
    rows = await session.execute(_RESTRICTED, {"organization": asked.organization.id, **days})
    return Table(
        "restricted",
        "限定性净资产",
        "Restricted net assets",
        (
            Column("fund", "资金代码", "Fund"),
            Column("title", "资金名称", "Name of the fund"),
            Column("opening", "年初余额", "At the beginning", _FEN),
            Column("income", "本年收入", "Income", _FEN),
            Column("used", "本年使用", "Used", _FEN),
            Column("moved", "转入（转出）", "Moved in, less moved out", _FEN),
            Column("closing", "期末余额", "At the end", _FEN),
        ),
        [list(row) for row in rows],
    )


async def _agency(session: ReadSession, asked: Asked) -> list[Said]:
    sheet = await statements.draw(session, asked.organization, Name.balance_sheet, term(asked))
    opening, closing = sheet.amounts("agency_liabilities")
    return [
        Field("agency_opening", "受托代理负债年初余额", "Held for others at the beginning", _FEN, opening),
        Field("agency_closing", "受托代理负债期末余额", "Held for others at the end", _FEN, closing),
    ]


async def _dealings(session: ReadSession, asked: Asked) -> list[Said]:
    year = await compiled.related_parties(session, asked.organization, asked.first.year)
    amounts = [one.amount_minor for one in year.events if one.happened_on <= asked.last]
    return [
        Field("dealing_count", "与重要关联方往来笔数", "Dealings", Measure.number, len(amounts)),
        Field("dealing_amount", "与重要关联方往来金额", "Amount of dealings", _FEN, sum(amounts)),
    ]


async def _trusts(session: ReadSession, asked: Asked) -> Table:
    row = CharitableTrust
    ran = (row.signed_on <= asked.last) & or_(row.ended_on.is_(None), row.ended_on >= asked.first)
    query = select(row).where(row.organization_id == asked.organization.id, ran).order_by(row.code)
    rows: list[list[Value]] = [
        [one.code, _title(one), _ROLES[one.role], one.signed_on, one.property_minor]
        for one in await session.scalars(query)
    ]
    return Table(
        "trusts",
        "慈善信托",
        "Charitable trusts",
        (
            Column("code", "信托代码", "Code"),
            Column("title", "信托名称", "Name"),
            Column("role", "本机构角色", "Role"),
            Column("signed_on", "签订日期", "Signed on", Measure.day),
            Column("property", "信托财产", "Property", _FEN),
        ),
        rows,
    )


def _title(one: CharitableTrust) -> str | None:
    # A trust is often called by its settlor, who may not agree to be named (Charity Law 82).
    return one.title if one.settlor_public or one.role is TrustRole.settlor else None
