"""Audit: pulls are accesses like any other look at what is financial."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "pulls"
down_revision = "visitors"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "insert into accesses (id, created_at, organization_id, caller, kind, subject)"
        " select id, created_at, organization_id, caller, 'audit_pull', door || ' ' || asked from audit_pulls"
    )
    op.drop_table("audit_pulls")


def downgrade() -> None:
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
