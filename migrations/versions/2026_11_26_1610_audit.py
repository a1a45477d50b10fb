"""Audit: the years of an auditor's mandate, and who pulled what of whose books."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "audit"
down_revision = "bank_more"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("api_keys", sa.Column("first_year", sa.SmallInteger(), nullable=True))
    op.add_column("api_keys", sa.Column("last_year", sa.SmallInteger(), nullable=True))
    op.create_check_constraint(
        op.f("api_keys_years_check"),
        "api_keys",
        "(first_year is null) = (last_year is null) and (first_year is null or kind = 'auditor')"
        " and first_year <= last_year and first_year >= 1900 and last_year <= 2999",
    )
    op.create_table(
        "audit_pulls",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("caller_name", sa.Text(), nullable=False),
        sa.Column("door", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("audit_pulls_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("audit_pulls_pkey")),
    )
    op.create_index(
        "audit_pulls_organization_id_id_idx", "audit_pulls", ["organization_id", "id"], unique=False
    )
    rights.append_only("audit_pulls")


def downgrade() -> None:
    op.drop_table("audit_pulls")
    op.drop_constraint(op.f("api_keys_years_check"), "api_keys", type_="check")
    op.drop_column("api_keys", "last_year")
    op.drop_column("api_keys", "first_year")
