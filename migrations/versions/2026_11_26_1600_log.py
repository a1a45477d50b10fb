"""The public log: leaves, tiles, heads, what waits to be appended, checkpoints and keys."""

import sqlalchemy as sa
from alembic import op

from app.kit.database import Xid8
from migrations import rights

revision = "log"
down_revision = "imports"
branch_labels = None
depends_on = None

# What was published stays: a head never goes back, a tile only grows to the right.
LOGS_GROW = """
create function logs_grow() returns trigger language plpgsql as $$
begin
  if new.size < old.size or (new.size = old.size and new.root <> old.root) then
    raise exception 'the head of log % only grows', old.origin using errcode = '23514';
  end if;
  return new;
end $$
"""
TILES_GROW = """
create function tiles_grow() returns trigger language plpgsql as $$
begin
  if substring(new.hashes for length(old.hashes)) <> old.hashes then
    raise exception 'tile %/% only grows', old.level, old.number using errcode = '23514';
  end if;
  return new;
end $$
"""


def upgrade() -> None:
    op.create_table(
        "logs",
        sa.Column("id", sa.SmallInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("cursor_xid", Xid8(), nullable=True),
        sa.Column("cursor_id", sa.Uuid(), nullable=True),
        sa.Column("resume_xid", Xid8(), nullable=True),
        sa.Column("system_identifier", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("alarm", sa.Text(), nullable=True),
        sa.Column("alarmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("size >= 0 and length(root) = 32", name=op.f("logs_head_check")),
        sa.CheckConstraint("origin ~ '^[^[:space:]+]{1,255}$'", name=op.f("logs_origin_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("logs_pkey")),
        sa.UniqueConstraint("origin", name=op.f("logs_origin_key")),
    )
    op.create_table(
        "log_submissions",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("xid", Xid8(), server_default=sa.text("pg_current_xact_id()"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind ~ '^[a-z_]{1,40}$'", name=op.f("log_submissions_kind_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("log_submissions_pkey")),
        sa.UniqueConstraint("reference", name=op.f("log_submissions_reference_key")),
    )
    op.create_index("log_submissions_xid_id_idx", "log_submissions", ["xid", "id"], unique=False)
    op.create_table(
        "leaves",
        sa.Column("log_id", sa.SmallInteger(), nullable=False),
        sa.Column("index", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("submission_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("num_nulls(entry_id, submission_id) = 1", name=op.f("leaves_source_check")),
        sa.CheckConstraint("octet_length(body) <= 65535", name=op.f("leaves_body_check")),
        sa.ForeignKeyConstraint(["log_id"], ["logs.id"], name=op.f("leaves_log_id_fkey")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("leaves_entry_id_fkey")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["log_submissions.id"], name=op.f("leaves_submission_id_fkey")
        ),
        sa.PrimaryKeyConstraint("log_id", "index", name=op.f("leaves_pkey")),
        sa.UniqueConstraint("entry_id", "log_id", name=op.f("leaves_entry_id_log_id_key")),
        sa.UniqueConstraint("submission_id", "log_id", name=op.f("leaves_submission_id_log_id_key")),
    )
    op.create_table(
        "tiles",
        sa.Column("log_id", sa.SmallInteger(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "length(hashes) between 32 and 8192 and length(hashes) % 32 = 0", name=op.f("tiles_hashes_check")
        ),
        sa.ForeignKeyConstraint(["log_id"], ["logs.id"], name=op.f("tiles_log_id_fkey")),
        sa.PrimaryKeyConstraint("log_id", "level", "number", name=op.f("tiles_pkey")),
    )
    op.create_table(
        "log_checkpoints",
        sa.Column("log_id", sa.SmallInteger(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["log_id"], ["logs.id"], name=op.f("log_checkpoints_log_id_fkey")),
        sa.PrimaryKeyConstraint("log_id", "size", name=op.f("log_checkpoints_pkey")),
    )
    op.create_table(
        "log_keys",
        sa.Column("vkey", sa.Text(), nullable=False),
        sa.Column("log_id", sa.SmallInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["log_id"], ["logs.id"], name=op.f("log_keys_log_id_fkey")),
        sa.PrimaryKeyConstraint("vkey", name=op.f("log_keys_pkey")),
    )
    for statement in (LOGS_GROW, TILES_GROW):
        op.execute(statement)
    for table in ("logs", "tiles"):
        op.execute(
            f"create trigger {table}_grow before update on {table} for each row execute function {table}_grow()"
        )
    rights.append_only("log_submissions", "leaves", "log_checkpoints")
    rights.append_only(
        "logs",
        updating="size, root, cursor_xid, cursor_id, resume_xid, system_identifier, sealed_at, alarm, alarmed_at",
    )
    rights.append_only("tiles", updating="hashes")
    rights.append_only("log_keys", updating="retired_at")


def downgrade() -> None:
    for table in ("log_keys", "log_checkpoints", "tiles", "leaves", "log_submissions", "logs"):
        op.drop_table(table)
    op.execute("drop function tiles_grow()")
    op.execute("drop function logs_grow()")
