"""Impact assessments, which nobody may delete."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "impact_assessments"
down_revision = "related_parties"
branch_labels = None
depends_on = None


def _codes(name: str, *codes: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)


def _record() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )


def upgrade() -> None:
    _impact_assessments()
    rights.append_only("impact_assessments", updating="reviewed_by, reviewed_on, superseded_on")


def _impact_assessments() -> None:
    op.create_table(
        "impact_assessments",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "processing",
            _codes(
                "processing",
                "donor_records",
                "donor_publication",
                "beneficiary_records",
                "aid_case_health",
                "payee_accounts",
                "volunteer_records",
                "complaint_texts",
            ),
            nullable=False,
        ),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("necessity", sa.Text(), nullable=False),
        sa.Column("risks", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("reviewed_by", sa.Text(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("superseded_on", sa.Date(), nullable=True),
        *_record(),
        sa.CheckConstraint(
            "(reviewed_by is null) = (reviewed_on is null)", name=op.f("impact_assessments_reviewed_check")
        ),
        sa.CheckConstraint("reviewed_by <> recorded_by", name=op.f("impact_assessments_reviewer_check")),
        sa.CheckConstraint("superseded_on >= assessed_on", name=op.f("impact_assessments_superseded_check")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("impact_assessments_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("impact_assessments_pkey")),
    )
    op.create_index(
        "impact_assessments_in_force_idx",
        "impact_assessments",
        ["organization_id", "processing"],
        unique=True,
        postgresql_where=sa.text("superseded_on is null and reviewed_by is not null"),
    )
    op.create_index(
        "impact_assessments_organization_id_idx",
        "impact_assessments",
        ["organization_id", "id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("impact_assessments")
