"""Rules: what must be true of every row of the books."""

from typing import NamedTuple


class Invariant(NamedTuple):
    """A promise, the query that counts what it is about, and the one that names its offenders."""

    name: str
    title: str
    title_zh: str
    counted: str
    offenders: str


APPEND_ONLY = (
    *("accounts", "arrival_returns", "arrivals", "dimensions", "entries", "funds", "periods", "postings"),
)
"""Tables whose rows nobody deletes; the columns that may advance are granted one by one."""

GUARDS = (
    *(f"{table}_append_only" for table in APPEND_ONLY),
    *(
        "balances_append_only",
        "fund_counters_append_only",
        "fund_counters_grow",
        "entries_in_open_months",
        "postings_fit",
    ),
)
"""Triggers by which PostgreSQL itself refuses what constraints cannot say."""

ADVANCING = {
    "funds": ("title", "usable_from", "usable_until", "cost_share_basis_points"),
    "periods": ("state", "closed_at", "version"),
    "fund_counters": ("received", "spent"),
    "balances": ("debit", "credit", "posting_count"),
}
"""The columns that the service may change in these tables, and no other."""

_ADVANCING = ", ".join(f"('{table}', '{name}')" for table, names in ADVANCING.items() for name in names)
_TABLES = ", ".join(f"'{table}'" for table in (*APPEND_ONLY, "fund_counters", "balances"))
_GUARDS = ", ".join(f"('{name}')" for name in GUARDS)

GUARDED = [
    Invariant(
        "guards",
        "The database's own guards are in place",
        "数据库自身的保护规则齐全有效",
        f"select count(*) from (values {_GUARDS}) g (name)",  # noqa: S608
        f"""
        select 'trigger', g.name from (values {_GUARDS}) g (name)
        where not exists (select from pg_trigger t where t.tgname = g.name and t.tgenabled in ('O', 'A'))
        """,  # noqa: S608
    ),
    Invariant(
        "rights",
        "Nobody but the owner may change or delete what is booked",
        "除库主外无人可以修改或删除账目",
        f"select count(*) from pg_class where relname in ({_TABLES}) and relkind = 'r'",  # noqa: S608
        f"""
        select c.relname, r.privilege_type, coalesce(g.rolname, 'public')
        from pg_class c cross join aclexplode(c.relacl) r left join pg_roles g on g.oid = r.grantee
        where c.relname in ({_TABLES}) and c.relkind = 'r' and r.grantee <> c.relowner
          and r.privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')
        union all
        select c.relname || '.' || a.attname, r.privilege_type, coalesce(g.rolname, 'public')
        from pg_class c join pg_attribute a on a.attrelid = c.oid
        cross join aclexplode(a.attacl) r left join pg_roles g on g.oid = r.grantee
        where c.relname in ({_TABLES}) and c.relkind = 'r' and r.grantee <> c.relowner
          and r.privilege_type = 'UPDATE' and (c.relname, a.attname) not in (values {_ADVANCING})
        union all
        select c.relname, 'owner', current_user from pg_class c
        where c.relname in ({_TABLES}) and c.relkind = 'r' and pg_has_role(c.relowner, 'member')
        order by 1, 2
        """,  # noqa: S608
    ),
    Invariant(
        "switched_off",
        "No trigger, constraint or index of the database is switched off, and no table lost its guard",
        "数据库的触发器、约束与索引无一停用，只增不减的表均受保护",
        "select count(*) from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'",
        """
        select 'trigger', c.relname, t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid
        where c.relnamespace = 'public'::regnamespace and t.tgenabled not in ('O', 'A')
        union all
        select 'constraint', c.relname, k.conname from pg_constraint k join pg_class c on c.oid = k.conrelid
        where c.relnamespace = 'public'::regnamespace and not k.convalidated
        union all
        select 'index', c.relname, i.indexrelid::regclass::text
        from pg_index i join pg_class c on c.oid = i.indrelid
        where c.relnamespace = 'public'::regnamespace and not (i.indisvalid and i.indisready and i.indislive)
        union all
        select 'table', c.relname, 'rows can be deleted' from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
          and exists (select from aclexplode(c.relacl) r
                      where r.privilege_type = 'INSERT' and r.grantee <> c.relowner)
          and not exists (select from aclexplode(c.relacl) r
                          where r.privilege_type = 'DELETE' and r.grantee <> c.relowner)
          and not exists (select from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal
                          and t.tgenabled in ('O', 'A') and t.tgtype & 8 = 8)
        order by 1, 2, 3
        """,
    ),
]
ENTRIES = [
    Invariant(
        "entries",
        "Every entry has its postings, positive and in the books of one organization",
        "每笔分录均有正数金额的记账行，且只在一个机构账内",
        "select count(*) from entries",
        """
        select 'entry', e.id from entries e
        left join postings p on p.entry_id = e.id
        left join accounts d on d.id = p.debit_account_id
        left join accounts c on c.id = p.credit_account_id
        where p.id is null or p.amount < 1 or p.debit_account_id = p.credit_account_id
           or (p.organization_id, p.chart, p.currency)
              is distinct from (e.organization_id, e.chart, e.currency)
           or (d.organization_id, d.chart, d.currency)
              is distinct from (e.organization_id, e.chart, e.currency)
           or (c.organization_id, c.chart, c.currency)
              is distinct from (e.organization_id, e.chart, e.currency)
        order by e.id
        """,
    ),
    Invariant(
        "postings_one_fund",
        "Every posting moves the fund of its accounts, and no other",
        "每一记账行只变动其科目所属的基金",
        "select count(*) from postings",
        """
        select 'posting', p.id from postings p
        join entries e on e.id = p.entry_id
        join accounts d on d.id = p.debit_account_id
        join accounts c on c.id = p.credit_account_id
        where d.fund_id <> c.fund_id or d.fund_id <> p.fund_id or c.fund_id <> p.fund_id
           or (p.direction = 'in' and c.fund_id is null) or (p.direction = 'out' and d.fund_id is null)
           or (p.fund_id is null and coalesce(d.fund_id, c.fund_id) is not null
               and e.kind not in ('clearing', 'closing', 'opening') and '1122' not in (d.code, c.code))
        order by p.id
        """,
    ),
    Invariant(
        "clearing",
        "Moves between two funds leave nothing in between",
        "基金间划转不留中间余额",
        "select count(distinct entry_id) from postings p join accounts a"
        " on a.id in (p.debit_account_id, p.credit_account_id) where a.code = '0000'",
        """
        select 'entry', p.entry_id from postings p
        join accounts d on d.id = p.debit_account_id
        join accounts c on c.id = p.credit_account_id
        where '0000' in (d.code, c.code) group by p.entry_id
        having sum(case when d.code = '0000' then p.amount else 0 end)
            <> sum(case when c.code = '0000' then p.amount else 0 end)
        order by p.entry_id
        """,
    ),
    Invariant(
        "reversals",
        "Every reversal names what it reverses, and takes back no more",
        "每笔冲销均指明原分录且不超过原金额",
        "select count(*) from entries where kind = 'reversal' or reverses_id is not null",
        """
        select 'entry', e.id from entries e left join entries r on r.id = e.reverses_id
        where (e.kind = 'reversal') <> (e.reverses_id is not null) or r.organization_id <> e.organization_id
           or (select sum(amount) from postings where entry_id = e.id)
            > (select sum(amount) from postings where entry_id = r.id)
        order by e.id
        """,
    ),
    Invariant(
        "booked_on",
        "Every entry is booked on the day of its event, or on the first day of a later month",
        "每笔分录记于业务发生日，迟到的记于其后月份首日",
        "select count(*) from entries",
        """
        select 'entry', e.id, e.booked_on from entries e
        left join periods p on p.organization_id = e.organization_id
          and p.month = date_trunc('month', e.booked_on)::date
        cross join lateral (select (e.occurred_at at time zone 'Asia/Shanghai')::date) o (day)
        where p.month is null or (e.booked_on <> o.day and (e.booked_on <> p.month or p.month <= o.day))
           or (p.state = 'closed' and e.created_at > p.closed_at)
        order by e.id
        """,
    ),
]
FUNDS = [
    Invariant(
        "counters",
        "Every fund's counters equal what its postings say, and it never spent more than it had",
        "各基金收支计数与明细一致且从未超支",
        "select count(*) from fund_counters",
        """
        select 'fund', f.code, f.id from funds f
        left join fund_counters c on c.fund_id = f.id
        left join (select fund_id, coalesce(sum(amount) filter (where direction = 'in'), 0) as received,
                          coalesce(sum(amount) filter (where direction = 'out'), 0) as spent
                   from postings where fund_id is not null group by fund_id) p on p.fund_id = f.id
        where c.fund_id is null or c.received <> coalesce(p.received, 0) or c.spent <> coalesce(p.spent, 0)
           or c.spent > c.received or c.spent < 0
        order by f.id
        """,
    ),
    Invariant(
        "serials",
        "Serial numbers of every fund join without gap or overlap",
        "各基金的流水号首尾相接，无缺号无重号",
        "select count(*) from postings where fund_id is not null",
        """
        select 'posting', s.id, 'fund', s.fund_id from (
          select id, fund_id, first_serial, coalesce(lag(first_serial + amount)
            over (partition by fund_id, direction order by first_serial), 0) as expected
          from postings where fund_id is not null
        ) s where s.first_serial <> s.expected order by s.fund_id, s.first_serial
        """,
    ),
    Invariant(
        "follows",
        "Returns, transfers and refunds stay inside the posting they follow",
        "退回、划拨与退款均不超出其所承接的款项",
        "select count(*) from postings where follows_posting_id is not null",
        """
        select 'posting', o.id from (
          select follows_posting_id, follows_kind, min(follows_offset) as low,
                 max(follows_offset + amount) as high, sum(amount) as total, count(*) as number
          from postings where follows_posting_id is not null group by follows_posting_id, follows_kind
        ) s join postings o on o.id = s.follows_posting_id
        where s.low < 0 or s.high > o.amount or s.high - s.low <> s.total
           or (s.follows_kind = 'transfer'
               and (o.direction is distinct from 'out' or s.total <> o.amount or s.number <> 1))
           or (s.follows_kind = 'returned' and (o.direction is distinct from 'out' or s.high <> o.amount))
           or (s.follows_kind = 'exchange' and (o.direction = 'out' or
               case when o.follows_kind = 'transfer' then s.high <> o.amount else s.low <> 0 end))
        order by o.id
        """,
    ),
    Invariant(
        "purpose",
        "Restricted money was spent only on projects that its purpose allows",
        "限定性资金只用于其限定用途内的项目",
        "select count(*) from postings p join funds f on f.id = p.fund_id"
        " where f.restricted and p.direction = 'out'",
        """
        select 'posting', p.id, 'fund', f.code from postings p
        join entries e on e.id = p.entry_id
        join funds f on f.id = p.fund_id
        join accounts d on d.id = p.debit_account_id
        where p.direction = 'out' and p.follows_posting_id is null and f.restricted
          and e.kind not in ('transfer', 'redesignation', 'matching', 'closing')
          and d.code not in ('3101', '3102')
          and not exists (select from fund_projects a where a.fund_id = f.id and a.project_id = d.project_id)
        order by p.id
        """,
    ),
    Invariant(
        "arrivals",
        "What is said to have arrived was paid, and is said once",
        "登记到达的款项确已支付且未重复登记",
        "select count(*) from arrivals",
        """
        select 'arrival', a.id from (
          select id, posting_id, start, amount, lag(start + amount) over (
            partition by posting_id order by start) as before
          from (
            select a.id, a.posting_id, a.start, a.amount - coalesce((
              select sum(r.amount) from arrival_returns r where r.arrival_id = a.id), 0) as amount
            from arrivals a) s
        ) a join postings p on p.id = a.posting_id
        where p.direction is distinct from 'out' or a.start < a.before or a.amount < 0
           or a.start + a.amount > p.amount - coalesce((
                select sum(r.amount) from postings r
                where r.follows_posting_id = p.id and r.follows_kind = 'returned'), 0)
        order by a.id
        """,
    ),
]
