"""Attachments, long work, and the log of who looked at what."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import rights

revision = "attachments"
down_revision = "approvals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attachments",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column(
            "access",
            sa.Enum("public", "internal", "personal", name="accessclass", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("uploaded_by", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("file_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("holder_id", sa.Uuid(), nullable=True),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=True),
        sa.Column("public_media_type", sa.Text(), nullable=True),
        sa.Column("public_sha256", sa.LargeBinary(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("latitude_microdegrees", sa.BigInteger(), nullable=True),
        sa.Column("longitude_microdegrees", sa.BigInteger(), nullable=True),
        sa.Column("retain_until", sa.Date(), nullable=True),
        sa.Column("owner_kind", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("attached_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hold_count", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "access in ('public', 'internal', 'personal')", name=op.f("attachments_accessclass_check")
        ),
        sa.CheckConstraint("(owner_kind is null) = (owner_id is null)", name=op.f("attachments_owner_check")),
        sa.CheckConstraint("size_bytes > 0", name=op.f("attachments_size_bytes_check")),
        sa.CheckConstraint("octet_length(sha256) = 32", name=op.f("attachments_sha256_check")),
        sa.CheckConstraint(
            "(access = 'personal') = (sealed_key is not null)", name=op.f("attachments_sealed_check")
        ),
        sa.CheckConstraint(
            "(access = 'personal') = (file_name is null)", name=op.f("attachments_file_name_check")
        ),
        sa.CheckConstraint(
            "(access = 'personal') = (file_name_sealed is not null)",
            name=op.f("attachments_file_name_sealed_check"),
        ),
        sa.CheckConstraint(
            "(access = 'personal') = (holder_id is not null)", name=op.f("attachments_holder_check")
        ),
        sa.CheckConstraint(
            "public_sha256 is null or access = 'public'", name=op.f("attachments_public_copy_check")
        ),
        sa.CheckConstraint("hold_count >= 0", name=op.f("attachments_hold_count_check")),
        sa.CheckConstraint("deleted_at is null or hold_count = 0", name=op.f("attachments_held_check")),
        sa.CheckConstraint(
            "removed_at is null or deleted_at is not null", name=op.f("attachments_removed_check")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("attachments_pkey")),
    )
    op.create_index("attachments_owner_idx", "attachments", ["owner_kind", "owner_id"])
    op.create_index(
        "attachments_loose_idx",
        "attachments",
        ["created_at"],
        postgresql_where=sa.text("owner_kind is null and removed_at is null"),
    )
    op.create_index(
        "attachments_retain_until_idx",
        "attachments",
        ["retain_until"],
        postgresql_where=sa.text("removed_at is null"),
    )
    op.create_table(
        "attachment_holds",
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name=op.f("attachment_holds_attachment_id_fkey")
        ),
        sa.PrimaryKeyConstraint("attachment_id", "holder", name=op.f("attachment_holds_pkey")),
    )
    op.create_table(
        "job_runs",
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("waiting", "running", "done", "failed", name="runstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("attempt_count", sa.BigInteger(), nullable=False),
        sa.Column("done_count", sa.BigInteger(), nullable=False),
        sa.Column("total_count", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("result", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("problem", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state in ('waiting', 'running', 'done', 'failed')", name=op.f("job_runs_runstate_check")
        ),
        sa.CheckConstraint(
            "done_count >= 0 and (total_count is null or done_count <= total_count)",
            name=op.f("job_runs_progress_check"),
        ),
        sa.CheckConstraint("(state = 'failed') = (problem is not null)", name=op.f("job_runs_problem_check")),
        sa.CheckConstraint(
            "(state in ('done', 'failed')) = (ended_at is not null)", name=op.f("job_runs_ended_check")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("job_runs_pkey")),
    )
    op.create_index("job_runs_caller_id_idx", "job_runs", ["caller", "id"])
    op.create_table(
        "accesses",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("accesses_organization_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("accesses_pkey")),
    )
    op.create_index("accesses_organization_id_id_idx", "accesses", ["organization_id", "id"])

    # What a file is never changes; whose it is, who holds it and whether it is still there does.
    rights.append_only(
        "attachments",
        updating="owner_kind, owner_id, attached_at, stored_at, deleted_at, removed_at, hold_count,"
        " retain_until, holder_id, sealed_key, file_name_sealed",
    )
    rights.writable("attachment_holds", "job_runs")
    rights.append_only("accesses")


def downgrade() -> None:
    op.drop_table("accesses")
    op.drop_table("job_runs")
    op.drop_table("attachment_holds")
    op.drop_table("attachments")
