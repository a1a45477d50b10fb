"""Matches: what a person says that a bank's line is, and which money of the books it is; general gifts."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "bank_matches"
down_revision = "bank"
branch_labels = None
depends_on = None

# The database keeps the sums: whatever is matched or taken back, both sides know how much of them is left.
FOLD = """
create function bank_matches_fold() returns trigger language plpgsql as $$
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
  select c.account_id, p.amount into posting
  from channels c join postings p on p.id = new.posting_id
   and case when line.amount > 0 then p.debit_account_id else p.credit_account_id end = c.account_id
  where c.id = line.channel_id;
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


def upgrade() -> None:
    op.create_table(
        "matched_postings",
        sa.Column("posting_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("matched_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("matched_minor between 0 and amount", name=op.f("matched_postings_matched_check")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("matched_postings_account_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["postings.id"], name=op.f("matched_postings_posting_id_fkey")
        ),
        sa.PrimaryKeyConstraint("posting_id", "account_id", name=op.f("matched_postings_pkey")),
    )
    op.create_table(
        "bank_decisions",
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "gift",
                "settlement",
                "cash_deposit",
                "member_transfer",
                "returned_money",
                "interest",
                "fee",
                "own_transfer",
                "payment",
                "unknown",
                name="linekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("bank_decisions_entry_id_fkey")),
        sa.ForeignKeyConstraint(["line_id"], ["bank_lines.id"], name=op.f("bank_decisions_line_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("bank_decisions_pkey")),
    )
    op.create_index("bank_decisions_line_id_idx", "bank_decisions", ["line_id", "id"], unique=False)
    op.create_table(
        "bank_matches",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("posting_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.Column("undone_because", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount between 1 and 1000000000000000", name=op.f("bank_matches_amount_check")),
        sa.CheckConstraint(
            "num_nulls(undone_at, undone_by, undone_because) in (0, 3)",
            name=op.f("bank_matches_undone_check"),
        ),
        sa.ForeignKeyConstraint(
            ["line_id", "organization_id"],
            ["bank_lines.id", "bank_lines.organization_id"],
            name=op.f("bank_matches_line_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["posting_id"], ["postings.id"], name=op.f("bank_matches_posting_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("bank_matches_pkey")),
    )
    op.create_index("bank_matches_line_id_idx", "bank_matches", ["line_id"], unique=False)
    op.create_index("bank_matches_posting_id_idx", "bank_matches", ["posting_id"], unique=False)
    op.create_index(
        "bank_matches_standing_key",
        "bank_matches",
        ["line_id", "posting_id"],
        unique=True,
        postgresql_where=sa.text("undone_at is null"),
    )
    op.execute(FOLD)
    op.execute(
        "create trigger bank_matches_fold after insert or update on bank_matches"
        " for each row execute function bank_matches_fold()"
    )
    # A gift for no campaign is unrestricted.
    op.drop_constraint(op.f("donations_campaign_check"), "donations", type_="check")

    rights.append_only("bank_decisions")
    rights.append_only("bank_matches", updating="undone_at, undone_by, undone_because")
    rights.append_only("matched_postings", updating="matched_minor")


def downgrade() -> None:
    op.create_check_constraint(
        op.f("donations_campaign_check"), "donations", "(state = 'posted') <= (campaign_id is not null)"
    )
    op.drop_index(
        "bank_matches_standing_key", table_name="bank_matches", postgresql_where=sa.text("undone_at is null")
    )
    op.drop_index("bank_matches_posting_id_idx", table_name="bank_matches")
    op.drop_index("bank_matches_line_id_idx", table_name="bank_matches")
    op.drop_table("bank_matches")
    op.drop_index("bank_decisions_line_id_idx", table_name="bank_decisions")
    op.drop_table("bank_decisions")
    op.drop_table("matched_postings")
    op.execute("drop function bank_matches_fold()")
