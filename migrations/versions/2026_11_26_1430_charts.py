"""Charts: the chart of 2004 (as far as it is remembered), and the move of an organization's books to the next."""

import sqlalchemy as sa
from alembic import op

from app.ledger.charts import CHART_2004, TECHNICAL
from migrations import rights

revision = "charts"
down_revision = "onboarding"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.bulk_insert(
        sa.table(
            "chart_accounts",
            *(sa.column(name, sa.Text()) for name in ("chart", "code", "name_zh", "name", "kind")),
            sa.column("debit_normal", sa.Boolean()),
        ),
        [{"chart": "2004", **line._asdict()} for line in [*CHART_2004, TECHNICAL]],
    )
    op.create_table(
        "chart_changes",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("from_chart", sa.Text(), nullable=False),
        sa.Column("to_chart", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("from_chart <> to_chart", name=op.f("chart_changes_charts_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("chart_changes_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("chart_changes_pkey")),
        sa.UniqueConstraint(
            "organization_id", "from_chart", name=op.f("chart_changes_organization_id_from_chart_key")
        ),
    )
    rights.append_only("chart_changes")
    # Whatever keeps a leaf account moves along with the books.
    rights.lockable("organizations", "chart_version")
    for column in ("chart", "account_id", "suspense_account_id", "refunds_account_id"):
        rights.lockable("channels", column)
    rights.lockable("designations", "income_account_id")


def downgrade() -> None:
    op.drop_table("chart_changes")
    op.execute("delete from chart_accounts where chart = '2004'")
