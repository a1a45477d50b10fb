"""Goods undone and moved: hand-outs taken back, moves between warehouses, and what belongs to an emergency."""

import sqlalchemy as sa
from alembic import op

from migrations import rights

revision = "goods_undone"
down_revision = "transit_arrivals"
branch_labels = None
depends_on = None

_CHECKS = {
    "reversed": "num_nulls(reversed_on, reversed_by, reversed_reason) in (0, 3)",
    "one_end": "reversed_on is null or signed_on is null",
    "reversal": "(reversal_entry_id is not null) = (reversed_on is not null and entry_id is not null)",
}
_REVERSED = ("reversed_on", "reversed_by", "reversed_reason", "reversal_entry_id")
_TAGGED = ("goods_gifts", "goods_shipments")


def upgrade() -> None:
    op.add_column("goods_handouts", sa.Column("reversed_on", sa.Date(), nullable=True))
    op.add_column("goods_handouts", sa.Column("reversed_by", sa.Text(), nullable=True))
    op.add_column("goods_handouts", sa.Column("reversed_reason", sa.Text(), nullable=True))
    op.add_column("goods_handouts", sa.Column("reversal_entry_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("goods_handouts_reversal_entry_id_fkey"),
        "goods_handouts",
        "entries",
        ["reversal_entry_id"],
        ["id"],
    )
    for name, rule in _CHECKS.items():
        op.create_check_constraint(op.f(f"goods_handouts_{name}_check"), "goods_handouts", rule)
    op.execute(f"grant update ({', '.join(_REVERSED)}) on goods_handouts to {rights.SERVICE_ROLE}")
    for table in _TAGGED:
        op.add_column(table, sa.Column("emergency_id", sa.Uuid(), nullable=True))
        op.create_foreign_key(
            op.f(f"{table}_emergency_id_fkey"), table, "emergencies", ["emergency_id"], ["id"]
        )
        op.create_index(f"{table}_emergency_id_idx", table, ["emergency_id", "id"])
    _moves()


def _moves() -> None:
    op.create_table(
        "goods_moves",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("warehouse_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["dimensions.id"], name=op.f("goods_moves_organization_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["warehouse_id", "organization_id"],
            ["warehouses.id", "warehouses.organization_id"],
            name=op.f("goods_moves_warehouse_id_organization_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("goods_moves_pkey")),
        sa.UniqueConstraint("id", "organization_id", name=op.f("goods_moves_id_organization_id_key")),
        sa.UniqueConstraint(
            "organization_id", "reference", name=op.f("goods_moves_organization_id_reference_key")
        ),
    )
    op.create_table(
        "goods_move_lines",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("move_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("moved_lot_id", sa.Uuid(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("value_minor", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("count between 1 and 1000000000000", name=op.f("goods_move_lines_count_check")),
        sa.CheckConstraint("value_minor >= 0", name=op.f("goods_move_lines_value_check")),
        sa.CheckConstraint("moved_lot_id <> lot_id", name=op.f("goods_move_lines_two_lots_check")),
        sa.ForeignKeyConstraint(
            ["move_id", "organization_id"],
            ["goods_moves.id", "goods_moves.organization_id"],
            name=op.f("goods_move_lines_move_id_organization_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["goods_lots.id"], name=op.f("goods_move_lines_lot_id_fkey")),
        sa.ForeignKeyConstraint(
            ["moved_lot_id"], ["goods_lots.id"], name=op.f("goods_move_lines_moved_lot_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("goods_move_lines_pkey")),
        sa.UniqueConstraint("move_id", "lot_id", name=op.f("goods_move_lines_move_id_lot_id_key")),
        sa.UniqueConstraint("moved_lot_id", name=op.f("goods_move_lines_moved_lot_id_key")),
    )
    op.create_index("goods_move_lines_lot_id_idx", "goods_move_lines", ["lot_id"])
    rights.append_only("goods_moves", "goods_move_lines")


def downgrade() -> None:
    op.drop_table("goods_move_lines")
    op.drop_table("goods_moves")
    for table in _TAGGED:
        op.drop_column(table, "emergency_id")
    for name in _REVERSED:
        op.drop_column("goods_handouts", name)
