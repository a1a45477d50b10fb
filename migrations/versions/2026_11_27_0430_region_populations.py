"""Populations of regions: the census of 2020 as shipped, and what organizations record beside it."""

import sqlalchemy as sa
from alembic import op

from app.kit.clock import now
from app.kit.ids import new_id
from app.organizations.populations import shipped
from migrations import rights

revision = "region_populations"
down_revision = "news"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table = op.create_table(
        "region_populations",
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("people_count", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("people_count > 0", name=op.f("region_populations_people_count_check")),
        sa.CheckConstraint("source <> ''", name=op.f("region_populations_source_check")),
        sa.ForeignKeyConstraint(
            ["region_code"], ["regions.code"], name=op.f("region_populations_region_code_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("region_populations_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("region_populations_pkey")),
    )
    op.create_index("region_populations_region_code_idx", "region_populations", ["region_code", "counted_on"])
    op.create_index("region_populations_organization_id_idx", "region_populations", ["organization_id"])
    moment = now()
    op.bulk_insert(
        table,
        [
            {
                "id": new_id(),
                "created_at": moment,
                "region_code": code,
                "counted_on": shipped.COUNTED_ON,
                "people_count": count,
                "source": shipped.SOURCE,
                "recorded_by": shipped.RECORDED_BY,
            }
            for code, count in shipped.people().items()
        ],
    )
    rights.append_only("region_populations")


def downgrade() -> None:
    op.drop_table("region_populations")
