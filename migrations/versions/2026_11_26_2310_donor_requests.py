"""Donor requests: documents on a gift with their clock, copies of data, erasures."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "donor_requests"
down_revision = "care_for_donors"
branch_labels = None
depends_on = None


def _codes(name: str, *codes: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=40)


_CHECKS = {
    "gift": "(kind = 'documents') = (donation_id is not null)",
    "person": "(donation_id is null) = (person_id is null)",
    "closed": "(closed_at is null) = (closed_by is null)",
    "ended": "(state in ('open', 'postponed')) = (closed_at is null)",
    "due": "state not in ('open', 'postponed') or due_on is not null",
    "ground": "ground is not null or state not in ('postponed', 'refused')",
}


def upgrade() -> None:
    op.create_table(
        "donor_requests",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("visitor_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _codes("donorrequestkind", "documents", "export", "erasure"), nullable=False),
        sa.Column(
            "state",
            _codes("donorrequeststate", "open", "answered", "done", "postponed", "refused"),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("donation_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column(
            "ground", _codes("retentionground", "receipt_retention", "receipt_underway"), nullable=True
        ),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.CheckConstraint(rule, name=op.f(f"donor_requests_{name}_check"))
            for name, rule in _CHECKS.items()
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("donor_requests_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(["visitor_id"], ["visitors.id"], name=op.f("donor_requests_visitor_id_fkey")),
        sa.ForeignKeyConstraint(
            ["donation_id"], ["donations.id"], name=op.f("donor_requests_donation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("donor_requests_pkey")),
    )
    op.create_index(
        "donor_requests_documents_idx",
        "donor_requests",
        ["donation_id"],
        unique=True,
        postgresql_where=sa.text("kind = 'documents' and state = 'open'"),
    )
    op.create_index(
        "donor_requests_erasure_idx",
        "donor_requests",
        ["organization_id", "visitor_id"],
        unique=True,
        postgresql_where=sa.text("kind = 'erasure' and state = 'postponed'"),
    )
    op.create_index("donor_requests_organization_idx", "donor_requests", ["organization_id", "id"])
    op.create_index("donor_requests_visitor_idx", "donor_requests", ["visitor_id", "id"])
    rights.append_only("donor_requests", updating="state, ground, due_on, closed_at, closed_by")


def downgrade() -> None:
    op.drop_table("donor_requests")
