"""Notices to volunteers: what was decided about what they had asked for, and what of it they have read."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "volunteer_notices"
down_revision = "goods_requests"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "volunteer_notices",
        sa.Column("volunteer_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                *("sign_up_accepted", "sign_up_waiting", "sign_up_declined", "sign_up_promoted"),
                *("certificate_issued", "certificate_refused"),
                name="noticekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sign_up_id", sa.Uuid(), nullable=True),
        sa.Column("certificate_request_id", sa.Uuid(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind in ('certificate_issued', 'certificate_refused')) = (certificate_request_id is not null)"
            " and num_nonnulls(sign_up_id, certificate_request_id) = 1",
            name=op.f("volunteer_notices_subject_check"),
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteers.id"], name=op.f("volunteer_notices_volunteer_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("volunteer_notices_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["sign_up_id"], ["sign_ups.id"], name=op.f("volunteer_notices_sign_up_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["certificate_request_id"],
            ["certificate_requests.id"],
            name=op.f("volunteer_notices_certificate_request_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("volunteer_notices_pkey")),
        sa.UniqueConstraint("sign_up_id", "kind", name=op.f("volunteer_notices_sign_up_id_kind_key")),
        sa.UniqueConstraint(
            "certificate_request_id", name=op.f("volunteer_notices_certificate_request_id_key")
        ),
    )
    op.create_index("volunteer_notices_volunteer_id_idx", "volunteer_notices", ["volunteer_id", "id"])
    op.create_index(
        "volunteer_notices_unread_idx",
        "volunteer_notices",
        ["volunteer_id", "id"],
        postgresql_where=sa.text("read_at is null"),
    )
    rights.append_only("volunteer_notices", updating="read_at")


def downgrade() -> None:
    op.drop_table("volunteer_notices")
