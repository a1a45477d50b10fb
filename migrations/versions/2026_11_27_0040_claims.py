"""Claims: disbursements pay aid cases and villages' requests, name a kind of cost, and lists count people.

What a payment alone showed to have arrived and came back has not arrived (docs/decisions/0057).
"""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "claims"
down_revision = "honours_retention"
branch_labels = None
depends_on = None

_COSTS = (
    *("aid", "goods", "construction", "materials", "equipment", "services", "training", "travel", "staff"),
    *("management", "other"),
)
_STANDS = "state not in ('rejected', 'withdrawn') and returned_minor < amount"


def upgrade() -> None:
    op.create_table(
        "arrival_returns",
        sa.Column("arrival_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("arrival_returns_amount_check")),
        sa.ForeignKeyConstraint(
            ["arrival_id"], ["arrivals.id"], name=op.f("arrival_returns_arrival_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("arrival_returns_pkey")),
    )
    op.create_index("arrival_returns_arrival_id_idx", "arrival_returns", ["arrival_id"])
    rights.append_only("arrival_returns")

    op.create_unique_constraint(op.f("aid_cases_id_project_id_key"), "aid_cases", ["id", "project_id"])
    op.add_column("disbursements", sa.Column("aid_case_id", sa.Uuid(), nullable=True))
    op.add_column("disbursements", sa.Column("village_request_id", sa.Uuid(), nullable=True))
    # What was asked for before told no kind of cost: it stands in the books as what the books do not tell.
    op.add_column("disbursements", sa.Column("cost", sa.String(40), server_default="other", nullable=False))
    op.alter_column("disbursements", "cost", server_default=None)
    known = ", ".join(f"'{one}'" for one in _COSTS)
    for name, condition in (
        ("costkind", f"cost in ({known})"),
        ("aid_case", "aid_case_id is null or kind = 'aid'"),
        ("village_request", "village_request_id is null or kind = 'collective'"),
    ):
        op.create_check_constraint(op.f(f"disbursements_{name}_check"), "disbursements", condition)
    op.create_foreign_key(
        "disbursements_aid_case_fkey",
        "disbursements",
        "aid_cases",
        ["aid_case_id", "project_id"],
        ["id", "project_id"],
    )
    op.create_foreign_key(
        "disbursements_village_request_fkey",
        "disbursements",
        "village_requests",
        ["village_request_id", "counterparty_id"],
        ["id", "village_id"],
    )
    for column in ("aid_case_id", "village_request_id"):
        op.create_index(
            f"disbursements_{column}_idx",
            "disbursements",
            [column],
            unique=True,
            postgresql_where=sa.text(f"{column} is not null and {_STANDS}"),
        )

    op.add_column("village_book_lines", sa.Column("disbursement_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("village_book_lines_disbursement_id_fkey"),
        "village_book_lines",
        "disbursements",
        ["disbursement_id"],
        ["id"],
    )
    op.create_check_constraint(
        op.f("village_book_lines_moved_check"),
        "village_book_lines",
        "disbursement_id is null or reverses_id is null",
    )

    # Lists that were signed before count nobody: their rows name no benefit.
    for column in ("identified_count", "counted_count"):
        op.add_column("signed_lists", sa.Column(column, sa.BigInteger(), server_default="0", nullable=False))
        op.alter_column("signed_lists", column, server_default=None)
    op.create_check_constraint(
        op.f("signed_lists_people_check"), "signed_lists", "identified_count >= 0 and counted_count >= 0"
    )
    op.create_check_constraint(
        op.f("signed_lists_counts_check"),
        "signed_lists",
        "identified_count + counted_count <= row_count",
    )
    op.add_column("signed_rows", sa.Column("benefit_id", sa.Uuid(), nullable=True))
    op.create_unique_constraint(op.f("signed_rows_benefit_id_key"), "signed_rows", ["benefit_id"])
    op.create_foreign_key(
        op.f("signed_rows_benefit_id_fkey"), "signed_rows", "benefits", ["benefit_id"], ["id"]
    )


def downgrade() -> None:
    op.drop_column("signed_rows", "benefit_id")
    for column in ("identified_count", "counted_count"):
        op.drop_column("signed_lists", column)
    op.drop_column("village_book_lines", "disbursement_id")
    for column in ("aid_case_id", "village_request_id", "cost"):
        op.drop_column("disbursements", column)
    op.drop_constraint(op.f("aid_cases_id_project_id_key"), "aid_cases")
    op.drop_index("arrival_returns_arrival_id_idx", "arrival_returns")
    op.drop_table("arrival_returns")
