"""Voucher numbers, recurring vouchers, fixed assets, yearly budgets and letters."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rights

revision = "voucher_numbers"
down_revision = "vouchers"
branch_labels = None
depends_on = None

# What was approved stays as it was approved.
BUDGET_LINES = """
create function year_budget_lines_written() returns trigger language plpgsql as $$
declare written boolean;
begin
  select state = 'draft' into written from year_budgets
   where id = case when tg_op = 'DELETE' then old.budget_id else new.budget_id end for share;
  if not written then
    raise exception 'the budget is no draft any more'
      using errcode = '23001', constraint = 'year_budget_lines_final';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$
"""


def upgrade() -> None:
    op.create_table(
        "letter_texts",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("language in ('zh', 'en')", name=op.f("letter_texts_language_check")),
        sa.CheckConstraint("number >= 1", name=op.f("letter_texts_number_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("letter_texts_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("letter_texts_pkey")),
        sa.UniqueConstraint(
            "organization_id", "code", "number", name=op.f("letter_texts_organization_id_code_number_key")
        ),
    )
    op.create_table(
        "voucher_months",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("last_number", sa.BigInteger(), nullable=False),
        sa.Column("numbered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("last_number >= 0", name=op.f("voucher_months_last_number_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("voucher_months_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "month", name=op.f("voucher_months_pkey")),
    )
    op.create_table(
        "voucher_schedules",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("inputs", postgresql.JSONB(), nullable=False),
        sa.Column("day_of_month", sa.SmallInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("refused", sa.Text(), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "day_of_month between 1 and 31", name=op.f("voucher_schedules_day_of_month_check")
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("voucher_schedules_ends_on_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("voucher_schedules_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("voucher_schedules_pkey")),
    )
    op.create_index(
        "voucher_schedules_organization_id_idx", "voucher_schedules", ["organization_id"], unique=False
    )
    op.create_table(
        "year_budgets",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "approved",
                "superseded",
                name="budgetstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'draft') = (num_nulls(approved_by, approved_at) = 2)",
            name=op.f("year_budgets_approved_check"),
        ),
        sa.CheckConstraint("approved_by <> made_by", name=op.f("year_budgets_separate_check")),
        sa.CheckConstraint("number >= 1", name=op.f("year_budgets_number_check")),
        sa.CheckConstraint("year between 2000 and 2999", name=op.f("year_budgets_year_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("year_budgets_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("year_budgets_pkey")),
        sa.UniqueConstraint(
            "organization_id", "year", "number", name=op.f("year_budgets_organization_id_year_number_key")
        ),
    )
    op.create_index(
        "year_budgets_state_idx",
        "year_budgets",
        ["organization_id", "year", "state"],
        unique=True,
        postgresql_where=sa.text("state <> 'superseded'"),
    )
    op.create_table(
        "fixed_assets",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.Column("residual", sa.BigInteger(), nullable=False),
        sa.Column("life_months", sa.BigInteger(), nullable=False),
        sa.Column("in_use_from", sa.Date(), nullable=False),
        sa.Column("cost_account", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("fund_id", sa.Uuid(), nullable=True),
        sa.Column("project_id", sa.Uuid(), nullable=True),
        sa.Column("disposed_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "cost_account in ('5101', '5301', '5401')", name=op.f("fixed_assets_cost_account_check")
        ),
        sa.CheckConstraint("cost between 1 and 1000000000000000", name=op.f("fixed_assets_cost_check")),
        sa.CheckConstraint("disposed_on >= in_use_from", name=op.f("fixed_assets_disposed_on_check")),
        sa.CheckConstraint("life_months between 1 and 1200", name=op.f("fixed_assets_life_months_check")),
        sa.CheckConstraint("residual between 0 and cost - 1", name=op.f("fixed_assets_residual_check")),
        sa.ForeignKeyConstraint(
            ["fund_id", "organization_id"],
            ["funds.id", "funds.organization_id"],
            name=op.f("fixed_assets_fund_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("fixed_assets_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["dimensions.id"], name=op.f("fixed_assets_project_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("fixed_assets_pkey")),
        sa.UniqueConstraint("organization_id", "code", name=op.f("fixed_assets_organization_id_code_key")),
    )
    op.create_table(
        "year_budget_lines",
        sa.Column("budget_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("project_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("code ~ '^[45][0-9]{3}$'", name=op.f("year_budget_lines_code_check")),
        sa.CheckConstraint(
            "amount between 0 and 1000000000000000", name=op.f("year_budget_lines_amount_check")
        ),
        sa.CheckConstraint("number between 1 and 500", name=op.f("year_budget_lines_number_check")),
        sa.ForeignKeyConstraint(
            ["budget_id"], ["year_budgets.id"], name=op.f("year_budget_lines_budget_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["dimensions.id"], name=op.f("year_budget_lines_project_id_fkey")
        ),
        sa.PrimaryKeyConstraint("budget_id", "number", name=op.f("year_budget_lines_pkey")),
        sa.UniqueConstraint(
            "budget_id",
            "code",
            "project_id",
            name=op.f("year_budget_lines_budget_id_code_project_id_key"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "depreciations",
        sa.Column("asset_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("amount >= 1", name=op.f("depreciations_amount_check")),
        sa.ForeignKeyConstraint(["asset_id"], ["fixed_assets.id"], name=op.f("depreciations_asset_id_fkey")),
        sa.ForeignKeyConstraint(["voucher_id"], ["vouchers.id"], name=op.f("depreciations_voucher_id_fkey")),
        sa.PrimaryKeyConstraint("asset_id", "month", name=op.f("depreciations_pkey")),
    )
    op.create_index(op.f("depreciations_voucher_id_idx"), "depreciations", ["voucher_id"], unique=False)
    op.create_table(
        "scheduled_vouchers",
        sa.Column("schedule_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["schedule_id"], ["voucher_schedules.id"], name=op.f("scheduled_vouchers_schedule_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["voucher_id"], ["vouchers.id"], name=op.f("scheduled_vouchers_voucher_id_fkey")
        ),
        sa.PrimaryKeyConstraint("schedule_id", "month", name=op.f("scheduled_vouchers_pkey")),
        sa.UniqueConstraint("voucher_id", name=op.f("scheduled_vouchers_voucher_id_key")),
    )
    op.create_table(
        "voucher_numbers",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("entry_count", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("channel_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("date_trunc('month', day)::date = month", name=op.f("voucher_numbers_day_check")),
        sa.CheckConstraint(
            "entry_count >= 1 and (channel_id is not null or entry_count = 1)",
            name=op.f("voucher_numbers_entry_count_check"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(entry_id, channel_id) = 1", name=op.f("voucher_numbers_entry_or_channel_check")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("voucher_numbers_number_check")),
        sa.ForeignKeyConstraint(
            ["channel_id", "organization_id"],
            ["channels.id", "channels.organization_id"],
            name=op.f("voucher_numbers_channel_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("voucher_numbers_entry_id_fkey")),
        sa.ForeignKeyConstraint(
            ["organization_id", "month"],
            ["voucher_months.organization_id", "voucher_months.month"],
            name=op.f("voucher_numbers_organization_id_month_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("voucher_numbers_pkey")),
        sa.UniqueConstraint("entry_id", name=op.f("voucher_numbers_entry_id_key")),
        sa.UniqueConstraint(
            "organization_id",
            "month",
            "number",
            name=op.f("voucher_numbers_organization_id_month_number_key"),
        ),
    )
    op.create_table(
        "voucher_number_entries",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("number_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name=op.f("voucher_number_entries_entry_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["number_id"], ["voucher_numbers.id"], name=op.f("voucher_number_entries_number_id_fkey")
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("voucher_number_entries_pkey")),
    )
    op.create_index(
        op.f("voucher_number_entries_number_id_idx"), "voucher_number_entries", ["number_id"], unique=False
    )

    rights.append_only("voucher_months", updating="last_number, numbered_at")
    rights.append_only("voucher_numbers", "voucher_number_entries")
    rights.append_only("voucher_schedules", updating="refused, stopped_at")
    rights.append_only("scheduled_vouchers", "depreciations", "letter_texts")
    rights.append_only("fixed_assets", updating="disposed_on")
    rights.append_only("year_budgets", updating="state, reason, approved_by, approved_at, version")
    op.execute(f"grant select, insert, delete on year_budget_lines to {rights.SERVICE_ROLE}")
    op.execute(BUDGET_LINES)
    op.execute(
        "create trigger year_budget_lines_written before insert or update or delete on year_budget_lines"
        " for each row execute function year_budget_lines_written()"
    )


def downgrade() -> None:
    op.drop_index(op.f("voucher_number_entries_number_id_idx"), table_name="voucher_number_entries")
    op.drop_table("voucher_number_entries")
    op.drop_table("voucher_numbers")
    op.drop_table("scheduled_vouchers")
    op.drop_index(op.f("depreciations_voucher_id_idx"), table_name="depreciations")
    op.drop_table("depreciations")
    op.drop_table("year_budget_lines")
    op.drop_table("fixed_assets")
    op.drop_index(
        "year_budgets_state_idx", table_name="year_budgets", postgresql_where=sa.text("state <> 'superseded'")
    )
    op.drop_table("year_budgets")
    op.drop_index("voucher_schedules_organization_id_idx", table_name="voucher_schedules")
    op.drop_table("voucher_schedules")
    op.drop_table("voucher_months")
    op.drop_table("letter_texts")
    op.execute("drop function year_budget_lines_written")
