"""Ledger rules: what PostgreSQL itself refuses about the books, as triggers over whole statements."""

REFUSE_CHANGE = """
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = '23001';
end $$
"""

# Counters only grow: a rewound counter would hand out serial numbers twice.
COUNTERS_GROW = """
create function fund_counters_grow() returns trigger language plpgsql as $$
begin
  if new.fund_id <> old.fund_id or new.received < old.received or new.spent < old.spent then
    raise exception 'the counters of fund % only grow', old.fund_id using errcode = '23514';
  end if;
  return new;
end $$
"""

# One look per statement, however many entries it brings (books.md, invariant 8).
ENTRIES_IN_OPEN_MONTHS = """
create function entries_in_open_months() returns trigger language plpgsql as $$
declare bad record;
begin
  select e.id, e.booked_on into bad from fresh e
  left join periods p on p.organization_id = e.organization_id and p.month = date_trunc('month', e.booked_on)::date
  where p.state is distinct from 'open' limit 1;
  if found then
    raise exception 'entry % is booked on %, in a month that is not open', bad.id, bad.booked_on
      using errcode = '23514', constraint = 'entries_open_month';
  end if;
  return null;
end $$
"""

# Invariants 1, 4 and the rules of "Follows", once per batch over its transition table.
POSTINGS_FIT = """
create function postings_fit() returns trigger language plpgsql
  -- Plans are kept from when the table was young: never one that reads a whole fund.
  set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off as $$
declare bad record; rules record;
begin
  -- Ranges of one fund and direction are contiguous from 0 and end where the counter stands.
  select f.fund_id into bad from (
    select fund_id, direction, min(first_serial) as low, max(first_serial + amount) as high, sum(amount) as total
    from fresh where fund_id is not null group by fund_id, direction
  ) f
  join fund_counters c using (fund_id)
  where f.high - f.low <> f.total
     or f.high <> case f.direction when 'in' then c.received else c.spent end
     or f.low <> coalesce((
          select p.first_serial + p.amount from postings p
          where p.fund_id = f.fund_id and p.direction = f.direction and p.first_serial < f.low
          order by p.first_serial desc limit 1), 0)
  limit 1;
  if found then
    raise exception 'serial numbers of fund % do not join', bad.fund_id
      using errcode = '23514', constraint = 'postings_contiguous';
  end if;

  -- A posting stands in the books of its entry. (No composite foreign key says so, as it does for the accounts:
  -- on a young table its look-up would read all entries of an organization.)
  if exists (select from fresh n join entries e on e.id = n.entry_id
             where (e.organization_id, e.chart, e.currency) <> (n.organization_id, n.chart, n.currency)) then
    raise exception 'a posting stands in other books than its entry'
      using errcode = '23514', constraint = 'postings_entry_books';
  end if;

  -- One pass over the accounts tells which of the rules below have anything to say about this batch.
  select bool_or(
           coalesce(d.fund_id <> c.fund_id, false)
           or (n.direction = 'in' and c.fund_id is distinct from n.fund_id)
           or (n.direction = 'out' and d.fund_id is distinct from n.fund_id)) as wrong,
         bool_or(n.fund_id is null and coalesce(d.fund_id, c.fund_id) is not null
                 and d.code <> '1122' and c.code <> '1122') as idle,
         bool_or(n.direction = 'out' and n.follows_posting_id is null) as spending,
         bool_or(d.code = '0000' or c.code = '0000') as clearing,
         bool_or(n.follows_posting_id is not null) as following
    into rules
  from fresh n
  join accounts d on d.id = n.debit_account_id
  join accounts c on c.id = n.credit_account_id;

  -- A posting touches at most one fund, and moves it, unless its kind of entry says that it need not.
  if rules.wrong or (rules.idle and exists (
       select from fresh n join entries e on e.id = n.entry_id
       join accounts d on d.id = n.debit_account_id join accounts c on c.id = n.credit_account_id
       where n.fund_id is null and coalesce(d.fund_id, c.fund_id) is not null
         and '1122' not in (d.code, c.code) and e.kind not in ('clearing', 'closing', 'opening'))) then
    raise exception 'a posting does not agree with the funds of its accounts'
      using errcode = '23514', constraint = 'postings_one_fund';
  end if;

  -- Restricted money is spent only on a project that the fund's purpose allows.
  if rules.spending then
    select n.id into bad from fresh n
    join entries e on e.id = n.entry_id
    join funds f on f.id = n.fund_id
    join accounts d on d.id = n.debit_account_id
    where n.direction = 'out' and n.follows_posting_id is null and f.restricted
      and e.kind in ('disbursement', 'voucher') and d.code not in ('3101', '3102')
      and not exists (select from fund_projects a where a.fund_id = f.id and a.project_id = d.project_id)
    limit 1;
    if found then
      raise exception 'posting % spends restricted money outside its purpose', bad.id
        using errcode = '23514', constraint = 'postings_purpose';
    end if;
  end if;

  -- The clearing account is zero in every entry.
  if rules.clearing then
    select s.entry_id into bad from (
      select n.entry_id, sum(case when d.code = '0000' then n.amount else 0 end)
                       - sum(case when c.code = '0000' then n.amount else 0 end) as rest
      from fresh n join accounts d on d.id = n.debit_account_id join accounts c on c.id = n.credit_account_id
      group by n.entry_id
    ) s where s.rest <> 0 limit 1;
    if found then
      raise exception 'the clearing account is not zero in entry %', bad.entry_id
        using errcode = '23514', constraint = 'postings_clearing_zero';
    end if;
  end if;

  if rules.following then
    perform postings_follow();
  end if;
  return null;
end $$
"""

# Called with the batch's transition table in sight of the caller only, so it looks at the latest followers itself.
POSTINGS_FOLLOW = """
create function postings_follow() returns void language plpgsql as $$
declare bad record;
begin
  select s.follows_posting_id into bad from (
    select n.follows_posting_id, n.follows_kind, min(n.follows_offset) as low,
           max(n.follows_offset + n.amount) as high, sum(n.amount) as total, count(*) as count
    from postings n
    where n.follows_posting_id in (
      select p.follows_posting_id from postings p join entries e on e.id = p.entry_id
      where e.xid = pg_current_xact_id() and p.follows_posting_id is not null)
    group by n.follows_posting_id, n.follows_kind
  ) s
  join postings o on o.id = s.follows_posting_id
  where s.low < 0 or s.high > o.amount or s.high - s.low <> s.total
     or (s.follows_kind = 'transfer' and not (o.direction = 'out' and s.total = o.amount and s.count = 1))
     or (s.follows_kind = 'returned' and not (o.direction = 'out' and s.high = o.amount))
     -- A gift is taken back from its front; what a member gives back is the end of what was sent to it.
     or (s.follows_kind = 'exchange' and not (coalesce(o.direction, 'in') = 'in'
           and case when o.follows_kind = 'transfer' then s.high = o.amount else s.low = 0 end))
  limit 1;
  if found then
    raise exception 'what follows posting % does not fit into it', bad.follows_posting_id
      using errcode = '23514', constraint = 'postings_follow';
  end if;
end $$
"""

TRIGGERS = [
    "create trigger fund_counters_grow before update on fund_counters"
    " for each row execute function fund_counters_grow()",
    "create trigger fund_counters_append_only before delete or truncate on fund_counters"
    " for each statement execute function refuse_change()",
    "create trigger entries_in_open_months after insert on entries referencing new table as fresh"
    " for each statement execute function entries_in_open_months()",
    "create trigger postings_fit after insert on postings referencing new table as fresh"
    " for each statement execute function postings_fit()",
]
FUNCTIONS = [REFUSE_CHANGE, COUNTERS_GROW, ENTRIES_IN_OPEN_MONTHS, POSTINGS_FOLLOW, POSTINGS_FIT]
NAMES = ["postings_fit", "postings_follow", "entries_in_open_months", "fund_counters_grow", "refuse_change"]
