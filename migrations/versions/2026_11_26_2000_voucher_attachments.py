"""Attachments of vouchers: which files support which voucher, and what was taken away before the review."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "voucher_attachments"
down_revision = "cash_days"
branch_labels = None
depends_on = None

# What the reviewer has looked at stays: from the review on papers are added, and none is taken away.
MOVE = """
create function voucher_attachments_move() returns trigger language plpgsql as $$
declare standing text;
begin
  select state into standing from vouchers where id = new.voucher_id for share;
  if tg_op = 'INSERT' and standing in ('withdrawn', 'reversed')
     or tg_op = 'UPDATE' and standing not in ('draft', 'returned', 'submitted') then
    raise exception 'the papers of a % voucher stay as they are', standing
      using errcode = '23001', constraint = 'voucher_attachments_final';
  end if;
  return new;
end $$
"""


def upgrade() -> None:
    op.create_table(
        "voucher_attachments",
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_by", sa.Text(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "num_nulls(removed_by, removed_at) in (0, 2)", name=op.f("voucher_attachments_removed_check")
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name=op.f("voucher_attachments_attachment_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["voucher_id"], ["vouchers.id"], name=op.f("voucher_attachments_voucher_id_fkey")
        ),
        sa.PrimaryKeyConstraint("attachment_id", name=op.f("voucher_attachments_pkey")),
    )
    op.create_index("voucher_attachments_voucher_id_idx", "voucher_attachments", ["voucher_id"])
    op.execute(MOVE)
    op.execute(
        "create trigger voucher_attachments_move before insert or update on voucher_attachments"
        " for each row execute function voucher_attachments_move()"
    )
    rights.append_only("voucher_attachments", updating="removed_by, removed_at")


def downgrade() -> None:
    op.drop_table("voucher_attachments")
    op.execute("drop function voucher_attachments_move")
