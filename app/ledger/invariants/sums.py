"""Sums: what must add up across the books, as the queries that find where it does not."""

from app.ledger.invariants.rules import Invariant

# What a fund is, in the accounts: a due (1122) stands for a cost that nobody bore yet, so it is left out.
_CLASSES = """
    select a.organization_id, f.restricted,
           sum(case when k.kind = 'asset' then b.debit - b.credit else 0 end) as tied,
           sum(case when k.kind <> 'asset' then b.credit - b.debit else 0 end) as net
    from accounts a
    join balances b on b.account_id = a.id
    join chart_accounts k on (k.chart, k.code) = (a.chart, a.code)
    join funds f on f.id = a.fund_id
    where k.kind <> 'liability' and a.code <> '1122'
    group by a.organization_id, f.restricted
"""
SUMS = [
    Invariant(
        "balances",
        "Account balances equal the sum of their postings",
        "各科目余额与记账行重新汇总一致",
        "select count(*) from balances",
        """
        select 'account', coalesce(b.account_id, p.account_id), coalesce(b.month, p.month) from balances b
        full join (
          select x.account_id, date_trunc('month', e.booked_on)::date as month, sum(x.debit) as debit,
                 sum(x.credit) as credit, count(*) as number
          from postings p join entries e on e.id = p.entry_id
          cross join lateral (values (p.debit_account_id, p.amount, 0::bigint),
                                     (p.credit_account_id, 0::bigint, p.amount)) x (account_id, debit, credit)
          group by 1, 2
        ) p on p.account_id = b.account_id and p.month = b.month
        where (b.debit, b.credit, b.posting_count) is distinct from (p.debit, p.credit, p.number)
        order by 2, 3
        """,
    ),
    Invariant(
        "trial_balance",
        "Every organization's trial balance sums to zero",
        "各机构试算平衡",
        "select count(distinct organization_id) from accounts",
        """
        select 'organization', a.organization_id from accounts a join balances b on b.account_id = a.id
        group by a.organization_id having sum(b.debit) <> sum(b.credit) order by a.organization_id
        """,
    ),
    Invariant(
        "pairs",
        "Both sides of a transfer agree on the amount and on each other",
        "划拨双方金额与对方机构一致",
        "select count(*) from postings where follows_kind = 'transfer'",
        """
        select 'posting', i.id from postings i
        join postings o on o.id = i.follows_posting_id
        join accounts d on d.id = o.debit_account_id
        join accounts c on c.id = i.credit_account_id
        where i.follows_kind = 'transfer' and (i.amount <> o.amount
           or (i.organization_id <> o.organization_id
               and (d.counterparty_id, c.counterparty_id)
                   is distinct from (i.organization_id, o.organization_id)))
        order by i.id
        """,
    ),
    Invariant(
        "net_assets",
        "Each organization's funds equal its net assets, restricted and unrestricted apart",
        "各机构基金余额与净资产相符，限定性与非限定性分别核对",
        "select count(distinct organization_id) from funds",
        f"""
        select 'organization', f.organization_id,
               case when f.restricted then 'restricted' else 'unrestricted' end
        from (select f.organization_id, f.restricted, sum(c.received - c.spent) as held
              from funds f join fund_counters c on c.fund_id = f.id group by 1, 2) f
        left join ({_CLASSES}) s on (s.organization_id, s.restricted) = (f.organization_id, f.restricted)
        where f.held + coalesce(s.tied, 0) <> coalesce(s.net, 0)
        order by 2, 3
        """,  # noqa: S608
    ),
]
