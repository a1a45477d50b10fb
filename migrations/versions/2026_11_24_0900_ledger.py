"""The books: charts, dimensions, accounts, funds, entries, postings, balances, months, arrivals."""

import sqlalchemy as sa
from alembic import op

from app.ledger.charts import CHART_2026, TECHNICAL
from app.ledger.models.entries import Xid8
from migrations import ledger_rules, rights

revision = "ledger"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chart_accounts",
        sa.Column("chart", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "asset",
                "liability",
                "net_assets",
                "income",
                "expense",
                "clearing",
                name="accountkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("debit_normal", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("chart", "code", name=op.f("chart_accounts_pkey")),
    )
    op.create_table(
        "dimensions",
        sa.Column(
            "kind",
            sa.Enum(
                "organization",
                "platform",
                "channel",
                "project",
                "counterparty",
                name="dimensionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(organization_id is null) = (kind in ('organization', 'platform'))",
            name=op.f("dimensions_organization_check"),
        ),
        sa.CheckConstraint("code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name=op.f("dimensions_code_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("dimensions_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("dimensions_pkey")),
        sa.UniqueConstraint("id", "kind", name=op.f("dimensions_id_kind_key")),
        sa.UniqueConstraint(
            "kind",
            "organization_id",
            "code",
            name=op.f("dimensions_kind_organization_id_code_key"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "entries",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("chart", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "donation",
                "claim",
                "refund",
                "reversal",
                "correction",
                "disbursement",
                "transfer",
                "returned",
                "redesignation",
                "matching",
                "settlement",
                "opening",
                "clearing",
                "closing",
                "voucher",
                name="entrykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.Column("commit_donor", sa.LargeBinary(), nullable=True),
        sa.Column("commit_reference", sa.LargeBinary(), nullable=True),
        sa.Column("commit_body", sa.LargeBinary(), nullable=True),
        sa.Column("body_salt", sa.LargeBinary(), nullable=True),
        sa.Column("first_line", sa.SmallInteger(), sa.Computed("1", persisted=True), nullable=False),
        sa.Column("xid", Xid8(), server_default=sa.text("pg_current_xact_id()"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("entries_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(["reverses_id"], ["entries.id"], name=op.f("entries_reverses_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("entries_pkey")),
        sa.UniqueConstraint("reference", name=op.f("entries_reference_key")),
        sa.UniqueConstraint("reverses_id", name=op.f("entries_reverses_id_key")),
    )
    op.create_index(
        "entries_organization_id_booked_on_idx", "entries", ["organization_id", "booked_on"], unique=False
    )
    op.create_index("entries_xid_id_idx", "entries", ["xid", "id"], unique=False)
    op.create_index(
        "entries_closing_idx", "entries", ["organization_id"], postgresql_where=sa.text("kind = 'closing'")
    )
    op.create_table(
        "funds",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("general", sa.Boolean(), nullable=False),
        sa.Column("cost_share_basis_points", sa.BigInteger(), nullable=False),
        sa.Column("usable_from", sa.Date(), nullable=True),
        sa.Column("usable_until", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name=op.f("funds_code_check")),
        sa.CheckConstraint(
            "cost_share_basis_points between 0 and 10000", name=op.f("funds_cost_share_check")
        ),
        sa.CheckConstraint("not (general and restricted)", name=op.f("funds_general_check")),
        sa.CheckConstraint(
            "restricted or cost_share_basis_points = 0", name=op.f("funds_cost_share_restricted_check")
        ),
        sa.CheckConstraint("usable_until >= usable_from", name=op.f("funds_usable_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("funds_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("funds_pkey")),
        sa.UniqueConstraint("id", "organization_id", name=op.f("funds_id_organization_id_key")),
        sa.UniqueConstraint("organization_id", "code", name=op.f("funds_organization_id_code_key")),
    )
    op.create_index(
        "funds_general_idx", "funds", ["organization_id"], unique=True, postgresql_where=sa.text("general")
    )
    op.create_table(
        "periods",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open", "closed", name="periodstate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("extract(day from month) = 1", name=op.f("periods_month_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("periods_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("organization_id", "month", name=op.f("periods_pkey")),
    )
    op.create_table(
        "accounts",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("chart", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("sub", sa.Text(), nullable=True),
        sa.Column("fund_id", sa.Uuid(), nullable=True),
        sa.Column("channel_id", sa.Uuid(), nullable=True),
        sa.Column("project_id", sa.Uuid(), nullable=True),
        sa.Column("counterparty_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("currency = 'CNY'", name=op.f("accounts_currency_check")),
        sa.ForeignKeyConstraint(["channel_id"], ["dimensions.id"], name=op.f("accounts_channel_id_fkey")),
        sa.ForeignKeyConstraint(
            ["chart", "code"],
            ["chart_accounts.chart", "chart_accounts.code"],
            name=op.f("accounts_chart_code_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["counterparty_id"], ["dimensions.id"], name=op.f("accounts_counterparty_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["fund_id", "organization_id"],
            ["funds.id", "funds.organization_id"],
            name=op.f("accounts_fund_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("accounts_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["dimensions.id"], name=op.f("accounts_project_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("accounts_pkey")),
        sa.UniqueConstraint(
            "id",
            "organization_id",
            "chart",
            "currency",
            name=op.f("accounts_id_organization_id_chart_currency_key"),
        ),
        sa.UniqueConstraint(
            "organization_id",
            "chart",
            "code",
            "currency",
            "sub",
            "fund_id",
            "channel_id",
            "project_id",
            "counterparty_id",
            name="accounts_identity_key",
            postgresql_nulls_not_distinct=True,
        ),
        sa.UniqueConstraint(
            "organization_id",
            "chart",
            "currency",
            "label",
            name=op.f("accounts_organization_id_chart_currency_label_key"),
        ),
    )
    op.create_table(
        "fund_counters",
        sa.Column("fund_id", sa.Uuid(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("0 <= spent and spent <= received", name=op.f("fund_counters_spent_check")),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name=op.f("fund_counters_fund_id_fkey")),
        sa.PrimaryKeyConstraint("fund_id", name=op.f("fund_counters_pkey")),
        postgresql_with={"fillfactor": "50"},
    )
    op.create_table(
        "fund_projects",
        sa.Column("fund_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name=op.f("fund_projects_fund_id_fkey")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["dimensions.id"], name=op.f("fund_projects_project_id_fkey")
        ),
        sa.PrimaryKeyConstraint("fund_id", "project_id", name=op.f("fund_projects_pkey")),
    )
    op.create_table(
        "balances",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("debit", sa.BigInteger(), nullable=False),
        sa.Column("credit", sa.BigInteger(), nullable=False),
        sa.Column("posting_count", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("balances_account_id_fkey")),
        sa.PrimaryKeyConstraint("account_id", "month", name=op.f("balances_pkey")),
        postgresql_with={"fillfactor": "50"},
    )
    op.create_table(
        "postings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.SmallInteger(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("chart", sa.Text(), nullable=False),
        sa.Column("debit_account_id", sa.Uuid(), nullable=False),
        sa.Column("credit_account_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("fund_id", sa.Uuid(), nullable=True),
        sa.Column("direction", sa.Text(), nullable=True),
        sa.Column("first_serial", sa.BigInteger(), nullable=True),
        sa.Column("follows_posting_id", sa.Uuid(), nullable=True),
        sa.Column("follows_kind", sa.Text(), nullable=True),
        sa.Column("follows_offset", sa.BigInteger(), nullable=True),
        sa.Column("stands_for_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "case follows_kind when 'exchange' then coalesce(direction, 'out') = 'out' when 'transfer' then direction = 'in' when 'returned' then direction = 'in' else true end",
            name=op.f("postings_follows_direction_check"),
        ),
        sa.CheckConstraint("amount between 1 and 1000000000000000", name=op.f("postings_amount_check")),
        sa.CheckConstraint("debit_account_id <> credit_account_id", name=op.f("postings_two_accounts_check")),
        sa.CheckConstraint("first_serial >= 0", name=op.f("postings_first_serial_check")),
        sa.CheckConstraint("direction in ('in', 'out')", name=op.f("postings_direction_check")),
        sa.CheckConstraint(
            "follows_kind in ('transfer', 'returned', 'exchange')", name=op.f("postings_follows_kind_check")
        ),
        sa.CheckConstraint("line between 1 and 200", name=op.f("postings_line_check")),
        sa.CheckConstraint(
            "num_nulls(follows_posting_id, follows_kind, follows_offset) in (0, 3)",
            name=op.f("postings_follows_check"),
        ),
        sa.CheckConstraint(
            "num_nulls(fund_id, direction, first_serial) in (0, 3)", name=op.f("postings_fund_check")
        ),
        sa.ForeignKeyConstraint(
            ["credit_account_id", "organization_id", "chart", "currency"],
            ["accounts.id", "accounts.organization_id", "accounts.chart", "accounts.currency"],
            name="postings_credit_account_fkey",
        ),
        sa.ForeignKeyConstraint(
            ["debit_account_id", "organization_id", "chart", "currency"],
            ["accounts.id", "accounts.organization_id", "accounts.chart", "accounts.currency"],
            name="postings_debit_account_fkey",
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("postings_entry_id_fkey")),
        sa.ForeignKeyConstraint(
            ["follows_posting_id"], ["postings.id"], name=op.f("postings_follows_posting_id_fkey")
        ),
        sa.ForeignKeyConstraint(["stands_for_id"], ["accounts.id"], name=op.f("postings_stands_for_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("postings_pkey")),
        sa.UniqueConstraint("entry_id", "line", name=op.f("postings_entry_id_line_key")),
    )
    op.create_index("postings_credit_account_id_idx", "postings", ["credit_account_id"], unique=False)
    op.create_index("postings_debit_account_id_idx", "postings", ["debit_account_id"], unique=False)
    op.create_index(
        "postings_follows_idx",
        "postings",
        ["follows_posting_id", "follows_kind", "follows_offset"],
        unique=True,
        postgresql_where=sa.text("follows_posting_id is not null"),
    )
    op.create_index(
        "postings_serial_idx",
        "postings",
        ["fund_id", "direction", "first_serial"],
        unique=True,
        postgresql_where=sa.text("fund_id is not null"),
    )
    op.create_table(
        "arrivals",
        sa.Column("posting_id", sa.Uuid(), nullable=False),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "paid",
                "signed_list",
                "goods_handed_over",
                "asset_accepted",
                "report_accepted",
                name="arrivalkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("arrived_on", sa.Date(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount > 0 and start >= 0", name=op.f("arrivals_range_check")),
        sa.ForeignKeyConstraint(["posting_id"], ["postings.id"], name=op.f("arrivals_posting_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("arrivals_pkey")),
        sa.UniqueConstraint("posting_id", "start", name=op.f("arrivals_posting_id_start_key")),
    )

    op.create_foreign_key(
        "entries_first_line_fkey",
        *("entries", "postings"),
        *(["id", "first_line"], ["entry_id", "line"]),
        deferrable=True,
        initially="DEFERRED",
    )
    op.bulk_insert(
        sa.Table(
            "chart_accounts",
            sa.MetaData(),
            *(sa.Column(name, sa.String) for name in ("chart", *TECHNICAL._fields[:-1])),
            sa.Column("debit_normal", sa.Boolean),
        ),
        [{"chart": "2026", **line._asdict()} for line in [*CHART_2026, TECHNICAL]],
    )
    for statement in [*ledger_rules.FUNCTIONS, *ledger_rules.TRIGGERS]:
        op.execute(statement)
    rights.readable("chart_accounts", "alembic_version")
    rights.append_only("dimensions", "accounts", "entries", "postings", "arrivals")
    rights.append_only("funds", updating="title, usable_from, usable_until, cost_share_basis_points")
    rights.append_only("periods", updating="state, closed_at, version")
    rights.writable("fund_projects")
    for table, columns in {
        "fund_counters": "received, spent",
        "balances": "debit, credit, posting_count",
    }.items():
        op.execute(f"grant select, insert, update ({columns}) on {table} to {rights.SERVICE_ROLE}")


def downgrade() -> None:
    op.drop_constraint("entries_first_line_fkey", "entries", type_="foreignkey")
    op.drop_table("arrivals")
    op.drop_index(
        "postings_serial_idx", table_name="postings", postgresql_where=sa.text("fund_id is not null")
    )
    op.drop_index(
        "postings_follows_idx",
        table_name="postings",
        postgresql_where=sa.text("follows_posting_id is not null"),
    )
    op.drop_index("postings_debit_account_id_idx", table_name="postings")
    op.drop_index("postings_credit_account_id_idx", table_name="postings")
    op.drop_table("postings")
    op.drop_table("balances")
    op.drop_table("fund_projects")
    op.drop_table("fund_counters")
    op.drop_table("accounts")
    op.drop_table("periods")
    op.drop_index("funds_general_idx", table_name="funds", postgresql_where=sa.text("general"))
    op.drop_table("funds")
    op.drop_index("entries_closing_idx", table_name="entries", postgresql_where=sa.text("kind = 'closing'"))
    op.drop_index("entries_xid_id_idx", table_name="entries")
    op.drop_index("entries_organization_id_booked_on_idx", table_name="entries")
    op.drop_table("entries")
    op.drop_table("dimensions")
    op.drop_table("chart_accounts")
    for name in ledger_rules.NAMES:
        op.execute(f"drop function {name}()")
