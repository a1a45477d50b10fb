"""Disbursements: payees' bank details and agreements, requests, payment orders, and what shows arrival."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "disbursements"
down_revision = "obligations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "payee_accounts",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("counterparty_id", sa.Uuid(), nullable=False),
        sa.Column("number_last", sa.Text(), nullable=False),
        sa.Column("number_index", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "confirmed",
                "declined",
                "replaced",
                name="payeeaccountstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_by is null)", name=op.f("payee_accounts_state_check")
        ),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f("payee_accounts_two_people_check")),
        sa.CheckConstraint(
            "num_nulls(decided_by, decided_at) in (0, 2)", name=op.f("payee_accounts_decided_check")
        ),
        sa.ForeignKeyConstraint(
            ["counterparty_id"], ["dimensions.id"], name=op.f("payee_accounts_counterparty_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("payee_accounts_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("payee_accounts_pkey")),
        sa.UniqueConstraint("id", "counterparty_id", name=op.f("payee_accounts_id_counterparty_id_key")),
    )
    op.create_index(
        "payee_accounts_confirmed_idx",
        "payee_accounts",
        ["counterparty_id"],
        unique=True,
        postgresql_where=sa.text("state = 'confirmed'"),
    )
    op.create_index(
        "payee_accounts_number_idx", "payee_accounts", ["organization_id", "number_index"], unique=False
    )
    op.create_index(
        "payee_accounts_proposed_idx",
        "payee_accounts",
        ["counterparty_id"],
        unique=True,
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.create_table(
        "payee_relations",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("counterparty_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("declared_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("relation <> ''", name=op.f("payee_relations_relation_check")),
        sa.ForeignKeyConstraint(
            ["counterparty_id"], ["dimensions.id"], name=op.f("payee_relations_counterparty_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("payee_relations_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("payee_relations_staff_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("payee_relations_pkey")),
        sa.UniqueConstraint(
            "counterparty_id", "staff_id", name=op.f("payee_relations_counterparty_id_staff_id_key")
        ),
    )
    op.create_index(
        "payee_relations_organization_id_idx", "payee_relations", ["organization_id", "id"], unique=False
    )
    op.create_table(
        "payee_agreements",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("counterparty_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("reports_due", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("cap_minor", sa.BigInteger(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name=op.f("payee_agreements_code_check")
        ),
        sa.CheckConstraint(
            "cap_minor between 1 and 1000000000000000", name=op.f("payee_agreements_cap_check")
        ),
        sa.CheckConstraint(
            "num_nulls(ended_on, ended_by, end_reason) in (0, 3)", name=op.f("payee_agreements_ended_check")
        ),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("payee_agreements_valid_check")),
        sa.ForeignKeyConstraint(
            ["counterparty_id"], ["dimensions.id"], name=op.f("payee_agreements_counterparty_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "organization_id"],
            ["projects.id", "projects.organization_id"],
            name=op.f("payee_agreements_project_id_organization_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("payee_agreements_pkey")),
        sa.UniqueConstraint(
            "id",
            "project_id",
            "counterparty_id",
            name=op.f("payee_agreements_id_project_id_counterparty_id_key"),
        ),
        sa.UniqueConstraint(
            "organization_id", "code", name=op.f("payee_agreements_organization_id_code_key")
        ),
    )
    op.create_index("payee_agreements_project_id_idx", "payee_agreements", ["project_id", "id"], unique=False)
    op.create_table(
        "payment_orders",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("item_count", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("ordered_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("item_count >= 1 and amount >= 1", name=op.f("payment_orders_items_check")),
        sa.ForeignKeyConstraint(
            ["channel_id", "organization_id"],
            ["channels.id", "channels.organization_id"],
            name=op.f("payment_orders_channel_id_organization_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("payment_orders_pkey")),
    )
    op.create_index(
        "payment_orders_organization_id_idx", "payment_orders", ["organization_id", "id"], unique=False
    )
    op.create_table(
        "disbursements",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("counterparty_id", sa.Uuid(), nullable=False),
        sa.Column("fund_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "aid",
                "purchase",
                "household_purchase",
                "works",
                "partner",
                "collective",
                name="disbursementkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.Text(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=True),
        sa.Column("item", sa.Text(), nullable=True),
        sa.Column("household_count", sa.BigInteger(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "approved",
                "rejected",
                "withdrawn",
                "ordered",
                "failed",
                "paid",
                "confirmed",
                name="disbursementstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("posting_id", sa.Uuid(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("returned_minor", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'household_purchase') = (item is not null and household_count is not null) and (item is null) = (household_count is null)",
            name=op.f("disbursements_households_check"),
        ),
        sa.CheckConstraint(
            "(posting_id is not null) = (state in ('ordered', 'paid', 'confirmed'))",
            name=op.f("disbursements_posting_check"),
        ),
        sa.CheckConstraint(
            "(state = 'confirmed') = (confirmed_on is not null)", name=op.f("disbursements_confirmed_check")
        ),
        sa.CheckConstraint(
            "(state in ('paid', 'confirmed')) = (paid_on is not null)", name=op.f("disbursements_paid_check")
        ),
        sa.CheckConstraint("amount between 1 and 1000000000000000", name=op.f("disbursements_amount_check")),
        sa.CheckConstraint("household_count >= 1", name=op.f("disbursements_household_count_check")),
        sa.CheckConstraint("returned_minor between 0 and amount", name=op.f("disbursements_returned_check")),
        sa.ForeignKeyConstraint(
            ["agreement_id", "project_id", "counterparty_id"],
            ["payee_agreements.id", "payee_agreements.project_id", "payee_agreements.counterparty_id"],
            name="disbursements_agreement_fkey",
        ),
        sa.ForeignKeyConstraint(
            ["counterparty_id"], ["dimensions.id"], name=op.f("disbursements_counterparty_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["fund_id", "organization_id"],
            ["funds.id", "funds.organization_id"],
            name=op.f("disbursements_fund_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["posting_id"], ["postings.id"], name=op.f("disbursements_posting_id_fkey")),
        sa.ForeignKeyConstraint(
            ["project_id", "organization_id"],
            ["projects.id", "projects.organization_id"],
            name=op.f("disbursements_project_id_organization_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("disbursements_pkey")),
        sa.UniqueConstraint("code", name=op.f("disbursements_code_key")),
        sa.UniqueConstraint("id", "organization_id", name=op.f("disbursements_id_organization_id_key")),
    )
    op.create_index(
        "disbursements_agreement_id_idx",
        "disbursements",
        ["agreement_id"],
        unique=False,
        postgresql_where=sa.text("agreement_id is not null"),
    )
    op.create_index(
        "disbursements_organization_id_idx", "disbursements", ["organization_id", "id"], unique=False
    )
    op.create_index("disbursements_project_id_idx", "disbursements", ["project_id", "id"], unique=False)
    op.create_table(
        "payment_results",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("file_mac", sa.LargeBinary(), nullable=False),
        sa.Column("paid_count", sa.BigInteger(), nullable=False),
        sa.Column("failed_count", sa.BigInteger(), nullable=False),
        sa.Column("known_count", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["payment_orders.id"], name=op.f("payment_results_order_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("payment_results_pkey")),
        sa.UniqueConstraint("order_id", "file_mac", name=op.f("payment_results_order_id_file_mac_key")),
    )
    op.create_table(
        "disbursement_returns",
        sa.Column("disbursement_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "amount between 1 and 1000000000000000", name=op.f("disbursement_returns_amount_check")
        ),
        sa.ForeignKeyConstraint(
            ["disbursement_id"], ["disbursements.id"], name=op.f("disbursement_returns_disbursement_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name=op.f("disbursement_returns_entry_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("disbursement_returns_pkey")),
        sa.UniqueConstraint("entry_id", name=op.f("disbursement_returns_entry_id_key")),
    )
    op.create_table(
        "disbursement_steps",
        sa.Column("disbursement_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column(
            "to_state",
            sa.Enum(
                "requested",
                "approved",
                "rejected",
                "withdrawn",
                "ordered",
                "failed",
                "paid",
                "confirmed",
                name="disbursementstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column(
            "from_state",
            sa.Enum(
                "requested",
                "approved",
                "rejected",
                "withdrawn",
                "ordered",
                "failed",
                "paid",
                "confirmed",
                name="fromstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("disbursement_steps_number_check")),
        sa.ForeignKeyConstraint(
            ["disbursement_id"], ["disbursements.id"], name=op.f("disbursement_steps_disbursement_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("disbursement_steps_pkey")),
        sa.UniqueConstraint(
            "disbursement_id", "number", name=op.f("disbursement_steps_disbursement_id_number_key")
        ),
    )
    op.create_table(
        "payee_reports",
        sa.Column("disbursement_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("reached_minor", sa.BigInteger(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("submitted_by", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "submitted",
                "accepted",
                "declined",
                name="payeereportstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'submitted') = (decided_by is null)", name=op.f("payee_reports_state_check")
        ),
        sa.CheckConstraint("decided_by <> submitted_by", name=op.f("payee_reports_two_people_check")),
        sa.CheckConstraint(
            "num_nulls(decided_by, decided_at) in (0, 2)", name=op.f("payee_reports_decided_check")
        ),
        sa.CheckConstraint(
            "reached_minor between 0 and 1000000000000000", name=op.f("payee_reports_reached_check")
        ),
        sa.ForeignKeyConstraint(
            ["disbursement_id"], ["disbursements.id"], name=op.f("payee_reports_disbursement_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("payee_reports_pkey")),
        sa.UniqueConstraint(
            "disbursement_id", "number", name=op.f("payee_reports_disbursement_id_number_key")
        ),
    )
    op.create_table(
        "payment_items",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("disbursement_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("payee_account_id", sa.Uuid(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "paid", "failed", name="paymentoutcome", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("outcome_on", sa.Date(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("failure is null or outcome = 'failed'", name=op.f("payment_items_failure_check")),
        sa.CheckConstraint(
            "num_nulls(outcome, outcome_on) in (0, 2)", name=op.f("payment_items_outcome_check")
        ),
        sa.ForeignKeyConstraint(
            ["disbursement_id"], ["disbursements.id"], name=op.f("payment_items_disbursement_id_fkey")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("payment_items_entry_id_fkey")),
        sa.ForeignKeyConstraint(
            ["order_id"], ["payment_orders.id"], name=op.f("payment_items_order_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["payee_account_id"], ["payee_accounts.id"], name=op.f("payment_items_payee_account_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("payment_items_pkey")),
        sa.UniqueConstraint("order_id", "number", name=op.f("payment_items_order_id_number_key")),
    )
    op.create_index(
        "payment_items_standing_idx",
        "payment_items",
        ["disbursement_id"],
        unique=True,
        postgresql_where=sa.text("outcome is distinct from 'failed'"),
    )
    op.create_table(
        "payment_result_rows",
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.Column(
            "problem",
            sa.Enum(
                "unknown",
                "twice",
                "amount_differs",
                "outcome_unread",
                "decided_before",
                name="resultproblem",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["result_id"], ["payment_results.id"], name=op.f("payment_result_rows_result_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("payment_result_rows_pkey")),
        sa.UniqueConstraint("result_id", "line", name=op.f("payment_result_rows_result_id_line_key")),
    )
    op.create_table(
        "signed_lists",
        sa.Column("disbursement_id", sa.Uuid(), nullable=False),
        sa.Column("arrival_id", sa.Uuid(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("row_count", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("row_count >= 1 and amount >= 1", name=op.f("signed_lists_rows_check")),
        sa.ForeignKeyConstraint(["arrival_id"], ["arrivals.id"], name=op.f("signed_lists_arrival_id_fkey")),
        sa.ForeignKeyConstraint(
            ["disbursement_id"], ["disbursements.id"], name=op.f("signed_lists_disbursement_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("signed_lists_pkey")),
    )
    op.create_table(
        "signed_rows",
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount between 1 and 1000000000000000", name=op.f("signed_rows_amount_check")),
        sa.ForeignKeyConstraint(["list_id"], ["signed_lists.id"], name=op.f("signed_rows_list_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("signed_rows_pkey")),
        sa.UniqueConstraint("list_id", "number", name=op.f("signed_rows_list_id_number_key")),
    )

    # What was asked for and agreed stays; only how far it has come goes on.
    rights.append_only("payee_accounts", updating="state, decided_by, decided_at")
    rights.append_only("payee_agreements", updating="ended_on, ended_by, end_reason")
    rights.append_only("disbursements", updating="state, posting_id, paid_on, confirmed_on, returned_minor")
    rights.append_only("payment_items", updating="outcome, outcome_on, failure")
    rights.append_only("payee_reports", updating="state, decided_by, decided_at, decision_reason")
    rights.append_only(
        *("payee_relations", "disbursement_steps", "payment_orders", "payment_results"),
        *("payment_result_rows", "signed_lists", "signed_rows", "disbursement_returns"),
    )
    # Whoever takes in an order's results holds it meanwhile.
    rights.lockable("payment_orders", "ordered_by")


def downgrade() -> None:
    op.drop_table("signed_rows")
    op.drop_table("signed_lists")
    op.drop_table("payment_result_rows")
    op.drop_index(
        "payment_items_standing_idx",
        table_name="payment_items",
        postgresql_where=sa.text("outcome is distinct from 'failed'"),
    )
    op.drop_table("payment_items")
    op.drop_table("payee_reports")
    op.drop_table("disbursement_steps")
    op.drop_table("disbursement_returns")
    op.drop_table("payment_results")
    op.drop_index("disbursements_project_id_idx", table_name="disbursements")
    op.drop_index("disbursements_organization_id_idx", table_name="disbursements")
    op.drop_index(
        "disbursements_agreement_id_idx",
        table_name="disbursements",
        postgresql_where=sa.text("agreement_id is not null"),
    )
    op.drop_table("disbursements")
    op.drop_index("payment_orders_organization_id_idx", table_name="payment_orders")
    op.drop_table("payment_orders")
    op.drop_index("payee_agreements_project_id_idx", table_name="payee_agreements")
    op.drop_table("payee_agreements")
    op.drop_index("payee_relations_organization_id_idx", table_name="payee_relations")
    op.drop_table("payee_relations")
    op.drop_index(
        "payee_accounts_proposed_idx",
        table_name="payee_accounts",
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.drop_index("payee_accounts_number_idx", table_name="payee_accounts")
    op.drop_index(
        "payee_accounts_confirmed_idx",
        table_name="payee_accounts",
        postgresql_where=sa.text("state = 'confirmed'"),
    )
    op.drop_table("payee_accounts")
