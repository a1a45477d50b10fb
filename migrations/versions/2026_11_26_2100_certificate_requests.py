"""Requests for certificates: who asked which organization, until when, and how it was answered."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "certificate_requests"
down_revision = "voucher_attachments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "certificate_requests",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("volunteer_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("served_on_from", sa.Date(), nullable=True),
        sa.Column("served_on_to", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "issued",
                "refused",
                "withdrawn",
                name="certificaterequeststate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Text(), nullable=True),
        sa.Column("refused_reason", sa.Text(), nullable=True),
        sa.Column("certificate_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'open') = (answered_at is null)", name=op.f("certificate_requests_answered_check")
        ),
        sa.CheckConstraint(
            "num_nulls(answered_at, answered_by) in (0, 2)", name=op.f("certificate_requests_answer_check")
        ),
        sa.CheckConstraint(
            "(state = 'issued') = (certificate_id is not null)",
            name=op.f("certificate_requests_issued_check"),
        ),
        sa.CheckConstraint(
            "(state = 'refused') = (refused_reason is not null)",
            name=op.f("certificate_requests_refused_check"),
        ),
        sa.CheckConstraint("served_on_to >= served_on_from", name=op.f("certificate_requests_dates_check")),
        sa.ForeignKeyConstraint(
            ["certificate_id", "organization_id", "volunteer_id"],
            ["certificates.id", "certificates.organization_id", "certificates.volunteer_id"],
            name="certificate_requests_certificate_fkey",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("certificate_requests_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteers.id"], name=op.f("certificate_requests_volunteer_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("certificate_requests_pkey")),
        sa.UniqueConstraint("certificate_id", name=op.f("certificate_requests_certificate_id_key")),
    )
    op.create_index(
        "certificate_requests_open_idx",
        "certificate_requests",
        ["organization_id", "volunteer_id"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index("certificate_requests_volunteer_id_idx", "certificate_requests", ["volunteer_id", "id"])
    rights.append_only(
        "certificate_requests", updating="state, answered_at, answered_by, refused_reason, certificate_id"
    )


def downgrade() -> None:
    op.drop_table("certificate_requests")
