"""Vouchers: what a bookkeeper writes down, and the three people it passes."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "vouchers"
down_revision = "handovers"
branch_labels = None
depends_on = None

# Which step may follow which; what was posted stays as it was, but for being taken back once.
MOVE = """
create function vouchers_move() returns trigger language plpgsql as $$
declare sums record;
begin
  if old.state <> new.state and (old.state, new.state) not in (
       ('draft', 'submitted'), ('returned', 'submitted'), ('submitted', 'reviewed'), ('reviewed', 'posted'),
       ('submitted', 'returned'), ('reviewed', 'returned'), ('posted', 'reversed'),
       ('draft', 'withdrawn'), ('returned', 'withdrawn'), ('submitted', 'withdrawn')) then
    raise exception 'a voucher goes from % to no %', old.state, new.state
      using errcode = '23514', constraint = 'vouchers_step';
  end if;
  if old.state in ('posted', 'reversed', 'withdrawn') and (
       old.state = new.state or
       to_jsonb(old) - '{state,version,reversal_entry_id,reversed_by,reversed_at,reversal_reason}'::text[]
       <> to_jsonb(new) - '{state,version,reversal_entry_id,reversed_by,reversed_at,reversal_reason}'::text[])
  then
    raise exception 'voucher % is final', old.id using errcode = '23001', constraint = 'vouchers_final';
  end if;
  if new.state = 'submitted' and old.state <> 'submitted' then
    select coalesce(sum(amount) filter (where side = 'debit'), 0) as debit,
           coalesce(sum(amount) filter (where side = 'credit'), 0) as credit
      into sums from voucher_lines where voucher_id = new.id;
    if sums.debit <> sums.credit or sums.debit = 0 then
      raise exception 'voucher % does not balance', new.id
        using errcode = '23514', constraint = 'vouchers_balance';
    end if;
  end if;
  return new;
end $$
"""

# Lines are written while their voucher is: whoever reviews one has seen what will be posted.
LINES = """
create function voucher_lines_written() returns trigger language plpgsql as $$
declare written boolean;
begin
  select state in ('draft', 'returned') into written from vouchers
   where id = case when tg_op = 'DELETE' then old.voucher_id else new.voucher_id end for share;
  if not written then
    raise exception 'the voucher is no draft any more' using errcode = '23001', constraint = 'voucher_lines_final';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$
"""

STEPS = (
    "happened_on, summary, template, state, attachment_count, version, prepared_by, prepared_at, reviewed_by,"
    " reviewed_at, posted_by, posted_at, exception_reason, return_reason, entry_id, reversal_entry_id,"
    " reversed_by, reversed_at, reversal_reason"
)


def upgrade() -> None:
    op.create_table(
        "vouchers",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("chart", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "reviewed",
                "posted",
                "returned",
                "withdrawn",
                "reversed",
                name="voucherstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("attachment_count", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("prepared_by", sa.Uuid(), nullable=True),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("posted_by", sa.Uuid(), nullable=True),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("exception_reason", sa.Text(), nullable=True),
        sa.Column("return_reason", sa.Text(), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("reversal_entry_id", sa.Uuid(), nullable=True),
        sa.Column("reversed_by", sa.Uuid(), nullable=True),
        sa.Column("reversed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reversal_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'reversed') = (num_nonnulls(reversal_entry_id, reversed_by, reversed_at, reversal_reason) = 4)",
            name=op.f("vouchers_reversed_check"),
        ),
        sa.CheckConstraint(
            "(state in ('posted', 'reversed')) = (num_nonnulls(posted_by, posted_at, entry_id) = 3)",
            name=op.f("vouchers_posted_check"),
        ),
        sa.CheckConstraint("exception_reason <> ''", name=op.f("vouchers_exception_reason_check")),
        sa.CheckConstraint(
            "state in ('draft', 'returned', 'withdrawn') or prepared_by is not null",
            name=op.f("vouchers_prepared_check"),
        ),
        sa.CheckConstraint(
            "state not in ('reviewed', 'posted', 'reversed') or reviewed_by is not null",
            name=op.f("vouchers_reviewed_check"),
        ),
        sa.CheckConstraint(
            "attachment_count between 0 and 9999", name=op.f("vouchers_attachment_count_check")
        ),
        sa.CheckConstraint(
            "posted_by is null or exception_reason is not null or posted_by not in (prepared_by, reviewed_by)",
            name=op.f("vouchers_separate_posting_check"),
        ),
        sa.CheckConstraint("reversed_by <> prepared_by", name=op.f("vouchers_separate_reversal_check")),
        sa.CheckConstraint("reviewed_by <> prepared_by", name=op.f("vouchers_separate_review_check")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("vouchers_entry_id_fkey")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("vouchers_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(["posted_by"], ["staff.id"], name=op.f("vouchers_posted_by_fkey")),
        sa.ForeignKeyConstraint(["prepared_by"], ["staff.id"], name=op.f("vouchers_prepared_by_fkey")),
        sa.ForeignKeyConstraint(
            ["reversal_entry_id"], ["entries.id"], name=op.f("vouchers_reversal_entry_id_fkey")
        ),
        sa.ForeignKeyConstraint(["reversed_by"], ["staff.id"], name=op.f("vouchers_reversed_by_fkey")),
        sa.ForeignKeyConstraint(["reviewed_by"], ["staff.id"], name=op.f("vouchers_reviewed_by_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("vouchers_pkey")),
        sa.UniqueConstraint("entry_id", name=op.f("vouchers_entry_id_key")),
        sa.UniqueConstraint(
            "id", "organization_id", "chart", name=op.f("vouchers_id_organization_id_chart_key")
        ),
        sa.UniqueConstraint("reversal_entry_id", name=op.f("vouchers_reversal_entry_id_key")),
    )
    op.create_index(
        "vouchers_organization_id_happened_on_idx",
        "vouchers",
        ["organization_id", "happened_on"],
        unique=False,
    )
    op.create_table(
        "voucher_lines",
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("chart", sa.Text(), nullable=False),
        sa.Column(
            "side",
            sa.Enum("debit", "credit", name="side", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("sub", sa.Text(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("fund_id", sa.Uuid(), nullable=True),
        sa.Column("channel_id", sa.Uuid(), nullable=True),
        sa.Column("project_id", sa.Uuid(), nullable=True),
        sa.Column("counterparty_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("amount between 1 and 1000000000000000", name=op.f("voucher_lines_amount_check")),
        sa.CheckConstraint("number between 1 and 100", name=op.f("voucher_lines_number_check")),
        sa.ForeignKeyConstraint(
            ["channel_id", "organization_id"],
            ["channels.id", "channels.organization_id"],
            name=op.f("voucher_lines_channel_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["chart", "code"],
            ["chart_accounts.chart", "chart_accounts.code"],
            name=op.f("voucher_lines_chart_code_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["counterparty_id"], ["dimensions.id"], name=op.f("voucher_lines_counterparty_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["fund_id", "organization_id"],
            ["funds.id", "funds.organization_id"],
            name=op.f("voucher_lines_fund_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["dimensions.id"], name=op.f("voucher_lines_project_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["voucher_id", "organization_id", "chart"],
            ["vouchers.id", "vouchers.organization_id", "vouchers.chart"],
            name=op.f("voucher_lines_voucher_id_organization_id_chart_fkey"),
        ),
        sa.PrimaryKeyConstraint("voucher_id", "number", name=op.f("voucher_lines_pkey")),
    )

    op.execute(MOVE)
    op.execute(LINES)
    op.execute(
        "create trigger vouchers_move before update on vouchers for each row execute function vouchers_move()"
    )
    op.execute(
        "create trigger voucher_lines_written before insert or update or delete on voucher_lines"
        " for each row execute function voucher_lines_written()"
    )
    rights.append_only("vouchers", updating=STEPS)
    op.execute(f"grant select, insert, delete on voucher_lines to {rights.SERVICE_ROLE}")


def downgrade() -> None:
    op.drop_table("voucher_lines")
    op.drop_index("vouchers_organization_id_happened_on_idx", table_name="vouchers")
    op.drop_table("vouchers")
    op.execute("drop function vouchers_move")
    op.execute("drop function voucher_lines_written")
