"""Rules: what must be true of every row of the books."""

from typing import NamedTuple


class Invariant(NamedTuple):
    """A promise, the query that counts what it is about, and the one that names its offenders."""

    name: str
    title: str
    title_zh: str
    counted: str
    offenders: str


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
