"""Dues: what a fund could not cover, shown on the account that it stands for and not as an asset."""

SHIFTED = """
    dues as (
      select p.id, p.debit_account_id as due_id, p.stands_for_id, p.amount, e.id as entry_id, e.booked_on
      from accounts a join postings p on p.debit_account_id = a.id and p.stands_for_id is not null
      join entries e on e.id = p.entry_id
      where a.organization_id = any(cast(:organizations as uuid[])) and a.code = '1122'
        and a.fund_id is not null
    ), due_moves as (
      select due_id, stands_for_id, amount, booked_on from dues
      union all
      select d.due_id, d.stands_for_id, -x.amount, e.booked_on from dues d
      join postings x on x.follows_posting_id = d.id and x.follows_kind = 'exchange'
      join entries e on e.id = x.entry_id
      union all
      select d.due_id, d.stands_for_id, -d.amount, r.booked_on from dues d
      join entries r on r.reverses_id = d.entry_id
    ), shifted as (
      select x.account_id, x.amount, m.booked_on from due_moves m
      cross join lateral (values (m.stands_for_id, m.amount), (m.due_id, -m.amount)) x (account_id, amount)
    )"""
"""The expressions of a query `with`; the last, `shifted`, is (account_id, amount, booked_on).

A fact that a fund could not cover is booked to 1122 and stands for a cost or an income. Each is moved to that
account when it was booked, and back when it was covered or reversed.
"""
