"""Whole accounts: a bank's lines meet all of an account's money, agency money too, on whichever chart.

Fees of members and agency money are kinds of lines.
"""

from alembic import op

revision = "bank_whole"
down_revision = "fundraisers"
branch_labels = None
depends_on = None

# As before, but for the account: any on which money of the line's channel stands, if the other side of the
# posting is none of them. What moves within one bank account, the bank has never seen.
FOLD = """
create or replace function bank_matches_fold() returns trigger language plpgsql as $$
declare change bigint; line record; posting record;
begin
  if tg_op = 'INSERT' then
    change := new.amount;
  elsif old.undone_at is null and new.undone_at is not null then
    change := -new.amount;
  else
    raise exception 'a match is made and undone, and nothing else' using errcode = '23514';
  end if;
  update bank_lines set matched_minor = matched_minor + change where id = new.line_id
    returning amount, channel_id into line;
  {found}
  if not found then
    raise exception 'posting % does not stand on the account and side of line %', new.posting_id, new.line_id
      using errcode = '23514', constraint = 'bank_matches_account';
  end if;
  insert into matched_postings as m (posting_id, account_id, amount, matched_minor)
  values (new.posting_id, posting.account_id, posting.amount, greatest(change, 0))
  on conflict (posting_id, account_id) do update set matched_minor = m.matched_minor + change;
  return null;
end $$
"""
WHOLE = """
  select a.id as account_id, p.amount into posting
  from postings p
  join accounts a
    on a.id = case when line.amount > 0 then p.debit_account_id else p.credit_account_id end
  join accounts o
    on o.id = case when line.amount > 0 then p.credit_account_id else p.debit_account_id end
  where p.id = new.posting_id and a.channel_id = line.channel_id and a.code = '1002'
    and (o.channel_id, o.code) is distinct from (a.channel_id, a.code);
"""
OWN = """
  select c.account_id, p.amount into posting
  from channels c join postings p on p.id = new.posting_id
   and case when line.amount > 0 then p.debit_account_id else p.credit_account_id end = c.account_id
  where c.id = line.channel_id;
"""

KINDS = (
    *("gift", "settlement", "cash_deposit", "member_transfer", "returned_money"),
    *("interest", "fee", "own_transfer", "payment", "unknown"),
)
MORE = (*KINDS, "membership_fee", "agency")
TABLES = ("bank_lines", "bank_decisions", "bank_rules")


def _allow(kinds: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    for table in TABLES:
        op.drop_constraint(f"{table}_linekind_check", table)
        op.create_check_constraint(op.f(f"{table}_linekind_check"), table, f"kind in ({listed})")


def upgrade() -> None:
    op.execute(FOLD.format(found=WHOLE))
    op.create_index("accounts_channel_id_idx", "accounts", ["channel_id"])
    _allow(MORE)


def downgrade() -> None:
    _allow(KINDS)
    op.drop_index("accounts_channel_id_idx", table_name="accounts")
    op.execute(FOLD.format(found=OWN))
